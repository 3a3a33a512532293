internal import ArgumentParser
internal import CampaignPlan
internal import CivilTime
internal import Diagnostics
internal import Reports
internal import Simulation

struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Show what the plan would have done to the customers of the data in a period.",
        discussion: """
            The period is [FROM, TO): TO itself is not part of it. A date means midnight in the workspace's zone; a time \
            without an offset is local there. Sources are imported once into .pabal/ below the workspace.
            """)

    @Argument(help: WorkspaceOptions.folderHelp, completion: .directory)
    var directory = "."

    @Option(
        name: .long, help: ArgumentHelp("The first day or instant.", valueName: "instant"),
        transform: InstantOption.init(parsing:))
    var from: InstantOption

    @Option(
        name: .long, help: ArgumentHelp("The day or instant after the last.", valueName: "instant"),
        transform: InstantOption.init(parsing:))
    var to: InstantOption

    @Option(
        name: .long, help: ArgumentHelp("Write the result to a file.", valueName: "json=FILE"),
        transform: ResultOutput.init(parsing:))
    var output: [ResultOutput] = []

    @Option(name: .long, help: ArgumentHelp("Show this customer's timeline instead.", valueName: "customer"))
    var explain: String?

    @OptionGroup var data: DataOptions
    @OptionGroup var options: WorkspaceOptions

    func validate() throws {
        if explain != nil, !output.isEmpty {
            throw ValidationError("--explain shows one customer and writes no result; leave --output out")
        }
    }

    func run() throws {
        let output = options.output
        let compiled = try CompiledWorkspace(directory, output: output)
        let start = from.instant(in: compiled.zone)
        let end = to.instant(in: compiled.zone)
        guard let period = SimulationPeriod(from: start, to: end, zone: compiled.zone) else {
            throw output.refuse(
                Diagnostic(
                    .emptyPeriod,
                    start == end
                        ? "the period ends when it begins, at \(compiled.zone.local(at: start))"
                        : "the period ends before it begins: \(compiled.zone.local(at: start)) to "
                            + "\(compiled.zone.local(at: end))", at: .commandLine,
                    help: ["write the later time behind --to; the day of --to is not part of the period"]), .usage)
        }
        try output.refuseUnknownHolidays(compiled.plan, from: start, to: end, at: "command line")
        let source = try data.bind(compiled, output)
        let style = Style(isColored: output.isColored(.data))
        if let explain {
            try show(explain, source, period, compiled, style)
            return
        }
        let result = simulate(source, period: period, threads: data.threadCount)
        // Made for those who want it only: a hundredth of the time of a large plan.
        if options.outputFormat == .json || !self.output.isEmpty {
            let json = result.json(planDigest: compiled.digest).canonicalText + "\n"
            for file in self.output { try write(Array(json.utf8), to: file.path, output) }
            if options.outputFormat == .json { output.write(json, to: .data) }
        }
        if options.outputFormat != .json {
            output.write(SimulationView(result, plan: compiled.plan, style: style).text, to: .data)
        }
    }

    private func show(
        _ customer: String, _ source: BoundDataset, _ period: SimulationPeriod, _ compiled: CompiledWorkspace,
        _ style: Style
    ) throws {
        do {
            let explanation = try Simulation.explain(
                customer: customer, in: source, period: period, threads: data.threadCount)
            let text =
                options.outputFormat == .json
                ? explanation.json.canonicalText + "\n"
                : ExplanationView(explanation, plan: compiled.plan, style: style).text
            options.output.write(text, to: .data)
        } catch SimulationError.unknownCustomer(let key) {
            throw options.output.refuse(
                Diagnostic(
                    .unknownCustomer, "the data has no customer `\(key)`", at: .commandLine,
                    help: ["write the key as it stands in the source, zeros in front included"]), .noInput)
        }
    }
}

/// `json=FILE`.
struct ResultOutput {
    let path: String

    /// Throws a `ValidationError` for another format and for no file.
    init(parsing argument: String) throws {
        guard argument.hasPrefix("json="), argument.count > 5 else {
            throw ValidationError("Write json=FILE; a result is written as JSON.")
        }
        path = String(argument.dropFirst(5))
    }
}
