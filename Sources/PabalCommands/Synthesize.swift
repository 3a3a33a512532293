internal import ArgumentParser
internal import CampaignCompiler
internal import CampaignPlan
internal import CivilTime
internal import Dataset
internal import Diagnostics

extension Data {
    struct Synthesize: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "synthesize", abstract: "Make up a shop's data of any size, for trials and measurements.",
            discussion: """
                Writes a data set (--out), a workspace with CSV sources (--csv), or both. The same options give the same \
                data on every machine. Customers' activity is log-normal (sigma 1.5), products follow Zipf's law, each \
                event type has three quarters of the share of the one before it, and days and hours have seasons.
                """)

        @Option(name: .long, help: "How many customers.")
        var customers = 10_000

        @Option(name: .long, help: "How many events, of all customers together.")
        var events = 500_000

        @Option(name: .long, help: "How many event types.")
        var types = 16

        @Option(name: .long, help: "Over how many days, in UTC.")
        var days = 180

        @Option(name: .long, help: "The first day.")
        var start = DateOption(date: CivilDate(daysSinceEpoch: 20_454))

        @Option(name: .long, help: "Another seed gives other data of the same kind.")
        var seed: UInt64 = 1

        @Option(name: .long, help: "The folder of the data set; an older data set there is replaced.")
        var out: String?

        @Option(name: .long, help: "A folder for customers.csv, events.csv, catalog.yaml and pabal.yaml.")
        var csv: String?

        @Option(name: .long, help: "A folder for catalog.yaml and pabal.yaml alone, to go with --out.")
        var workspace: String?

        @OptionGroup var options: WorkspaceOptions

        func validate() throws {
            if out == nil && csv == nil { throw ValidationError("name a data set with --out, or a folder with --csv") }
            try check(customers, in: SynthesisOptions.customerLimits, "--customers")
            try check(events, in: SynthesisOptions.eventLimits, "--events")
            try check(types, in: SynthesisOptions.typeLimits, "--types")
            try check(days, in: SynthesisOptions.dayLimits, "--days")
            try check(start.date.year, in: SynthesisOptions.yearLimits, "the year of --start")
        }

        func run() throws {
            let output = options.output
            guard
                let synthesis = SynthesisOptions(
                    customers: customers, events: events, types: types, days: days, seed: seed, start: start.date)
            else { throw CommandExit(.usage) }
            do {
                if let csv {
                    try synthesizeSources(synthesis, into: csv)
                    output.write(
                        "wrote \(customers) customers and \(events) events into \(csv)\n", to: .talk)
                }
                if let workspace { try synthesizeWorkspace(synthesis, into: workspace, withSources: false) }
                if let out {
                    let schema = SyntheticShop.schema(types: types).json.canonicalText
                    let summary = try synthesizeDataset(
                        synthesis, to: out, catalogDigest: sha256(Array(schema.utf8)),
                        sourcesDigest: sha256(Array(synthesis.text.utf8)))
                    output.write(
                        "synthesized \(summary.customers) customers and \(events) events into \(out), "
                            + "\(summary.bytes) bytes\n", to: .talk)
                }
            } catch let error as DatasetError {
                throw output.refuse(error)
            }
        }

        private func check(_ value: Int, in limits: ClosedRange<Int>, _ name: String) throws {
            guard limits.contains(value) else {
                throw ValidationError("\(name) takes \(limits.lowerBound) to \(limits.upperBound)")
            }
        }
    }
}

/// A calendar date on the command line.
struct DateOption: ExpressibleByArgument {
    let date: CivilDate

    init(date: CivilDate) {
        self.date = date
    }

    init?(argument: String) {
        guard let date = CivilDate(parsing: argument) else { return nil }
        self.date = date
    }

    var defaultValueDescription: String { date.description }
}
