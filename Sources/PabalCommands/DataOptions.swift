internal import ArgumentParser
internal import CampaignCompiler
internal import CampaignPlan
internal import Dataset
internal import Diagnostics
internal import Foundation
internal import Simulation

/// Options of every command that needs data.
struct DataOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("An imported data set; without it the workspace's sources are read.", valueName: "dataset"))
    var data: String?

    @Option(name: .long, help: ArgumentHelp("How many threads to use; default one a processor.", valueName: "number"))
    var threads: Int?

    var threadCount: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

    func validate() throws {
        if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads takes 1 to 1024") }
    }

    /// Opens the data and binds the plan to it. Throws `CommandExit` after a report.
    func bind(_ compiled: CompiledWorkspace, _ output: Output) throws -> BoundDataset {
        try bind(compiled, compiled.plan, output)
    }

    /// The same for a part of the workspace's plan.
    func bind(_ compiled: CompiledWorkspace, _ plan: Plan, _ output: Output) throws -> BoundDataset {
        do {
            guard let data else {
                return try SourceCache(compiled, threads: threadCount, output: output).withDataset {
                    try BoundDataset(plan, $0)
                }
            }
            return try BoundDataset(plan, try Dataset.open(at: data, threads: threadCount))
        } catch let error as DatasetError {
            throw output.refuse(error)
        } catch SimulationError.otherCatalog(let path) {
            throw output.refuse(
                Diagnostic(
                    .otherCatalog, "the data set was imported with another catalog", at: .path(path),
                    notes: ["the customers' attributes or the events differ from those of the workspace"],
                    help: ["import the data again: `pabal data import \(compiled.path) --out \(path)`"]), .findings)
        }
    }
}

extension Output {
    func refuse(_ error: DatasetError) -> CommandExit {
        let status: ExitStatus =
            switch error.reason {
            case .missing, .notADataset: .noInput
            case .damaged, .newer: .damagedData
            case .notStored, .targetOccupied: .findings
            case .fileSystem: .noInput
            }
        return refuse(error.diagnostic, status)
    }
}
