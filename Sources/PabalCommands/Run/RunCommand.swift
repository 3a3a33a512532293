internal import Approvals
internal import ArgumentParser
internal import CampaignPlan
internal import CampaignSemantics
internal import Channels
internal import CivilTime
internal import Dataset
internal import Diagnostics
internal import Foundation
internal import Runner
internal import Simulation

struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Execute an approved plan on schedule.",
        discussion: """
            Messages go to an outbox: a JSON file each, KEY.json, where KEY is the same for every attempt.

            Audiences are those of now: the workspace's sources, and what is put into the inbox while it runs. A file \
            there is taken once, by its name: NAME.events.csv or .events.ndjson with the columns of the events' source, \
            NAME.customers.csv or .customers.ndjson with new values of customers' attributes. Write elsewhere, then move it \
            there.

            The state folder holds the ledger, for one runner at a time. SIGTERM finishes what was begun and stops; \
            whatever else ends the process, the next run goes on from there. A new plan in the place of the old one takes \
            over when it is approved; a revoked approval stops the run.

            Exit status: 1 another runner works in the folder, or a channel is stopped; 21 not approved; 22 expired; 23 \
            signature or digest that does not fit; 24 everything has run already; 65 damaged plan, data or ledger; 66 \
            input missing, or a ledger that cannot be written.
            """)

    @Argument(help: WorkspaceOptions.folderHelp)
    var directory = "."

    @Option(name: .long, help: ArgumentHelp("The plan's file.", valueName: "plan"))
    var plan: String

    @Option(
        name: .long,
        help: ArgumentHelp("The folder of approvals; default the one beside the plan.", valueName: "folder"))
    var approvals: String?

    @Option(name: .long, help: ArgumentHelp("Who is trusted.", valueName: "file"))
    var trust: String

    @Option(name: .long, help: ArgumentHelp("Where the plan runs.", valueName: "name"))
    var environment: String

    @Option(
        name: .long, help: ArgumentHelp("The folder of the ledger; made where it is not there.", valueName: "folder"))
    var state: String

    @Option(
        name: .long, help: ArgumentHelp("Where messages go; default outbox/ in the state folder.", valueName: "folder"))
    var outbox: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Where new data comes; default inbox/ in the state folder.", valueName: "folder"))
    var inbox: String?

    @Flag(name: .long, help: "Do what is due now, and stop.")
    var once = false

    @Option(
        name: .long, help: ArgumentHelp("Stop at this instant.", valueName: "instant"),
        transform: InstantOption.init(parsing:))
    var until: InstantOption?

    @Option(
        name: .long,
        help: ArgumentHelp(
            """
            For trials: begin at this instant, and let the time jump to whatever comes next instead of waiting; needs \
            --until or --once.
            """, valueName: "instant"), transform: InstantOption.init(parsing:))
    var clock: InstantOption?

    @OptionGroup var data: DataOptions
    @OptionGroup var options: WorkspaceOptions

    func validate() throws {
        if clock != nil, until == nil, !once { throw ValidationError("--clock needs --until or --once") }
    }

    func run() throws {
        // A limit on the size of files is an error of the write that meets it, not the end of the process.
        signal(SIGXFSZ, SIG_IGN)
        let output = options.output
        do { try OpenFiles.reserve() } catch let error as StoreError { throw output.refuse(error, state: state) }
        let file = try PlanFile(plan, output: output)
        // The gate reads it again and again, and refuses where it is gone by then.
        _ = try TrustRoot(reading: trust, output)
        let watch = PlanWatch(
            plan, approvals: approvals ?? PlanFile.approvalsFolder(plan), trust: trust, environment: environment)
        let zone = TimeZoneRules.named(file.plan.workspace.zone) ?? .utc
        let clock: RunClock = self.clock.map { .trial(now: $0.instant(in: zone).milliseconds) } ?? .system
        do {
            // Before anything is read or made: nothing is done for a plan that may not run.
            let gate = RunGate(watch.gate(file.identity))
            _ = try gate.limits(at: clock.reading.wall)
            try checkHolidays(file.plan, from: clock.reading.wall, in: zone, output)
            let compiled = try CompiledWorkspace(directory, output: output)
            let audience = try data.audience(compiled, file.plan, output)
            let store = try SQLiteStore(
                try StoreFolder(state),
                owner: SQLiteStore.Owner(workspace: file.plan.workspace.name, environment: environment))
            try refuseFinished(file, store, output)
            let channel = try Outbox(folder: outbox ?? state + "/outbox")
            let runner = try Runner(
                store: store, audience: audience, plan: ApprovedPlan(file.plan, digest: file.identity.sha256),
                gate: gate,
                settings: RunnerSettings(workspace: file.plan.workspace.name, environment: environment),
                now: clock.reading.wall, channels: { _ in channel })
            let control = ControlFolder(state: state)
            try control.open()
            var loop = RunLoop(
                runner: runner, gate: gate, control: control, inbox: try openInbox(output),
                parser: InboxParser(schema: file.plan.schema, sources: compiled.workspace.sources), plan: watch,
                end: until?.instant(in: zone).milliseconds, once: once, clock: clock, output: output)
            output.write(
                "runs plan \(file.identity.sha256.prefix(12)) in `\(environment)` from \(clock.reading.wallText)\n",
                to: .talk)
            try Interruption.during { isInterrupted in try loop.run(isInterrupted: isInterrupted) }
            output.write("stopped\n", to: .talk)
            if !runner.downChannels.isEmpty { throw CommandExit(.findings) }
        } catch let error as StoreError {
            throw output.refuse(error, state: state)
        } catch let error as GateRefusal {
            throw output.refuse(error, plan: plan)
        } catch Outbox.Failure.folder(let reason) {
            throw output.refuse(
                Diagnostic(
                    .outputNotWritten, "the outbox cannot be used: \(reason)",
                    at: .path(outbox ?? state + "/outbox"), help: ["name a folder that can be written to"]), .noInput)
        } catch let error as DatasetError {
            throw output.refuse(error)
        }
    }

    private func openInbox(_ output: Output) throws -> InboxFolder {
        let path = inbox ?? state + "/inbox"
        do {
            return try InboxFolder(path)
        } catch {
            throw output.refuse(
                Diagnostic(
                    .inputMissing, "the inbox cannot be used: \(error.reason)", at: .path(path),
                    help: ["name a folder that can be read"]), .noInput)
        }
    }

    /// What is decided in the years that follow is not decided on a guess either: no day of theirs is a working day.
    private func checkHolidays(_ plan: Plan, from now: Int64, in zone: TimeZoneRules, _ output: Output) throws {
        let start = Instant(milliseconds: now)
        try output.refuseUnknownHolidays(plan, from: start, to: until?.instant(in: zone) ?? start, at: self.plan)
        output.warnOfHolidays(plan, from: start, at: self.plan)
    }

    private func refuseFinished(_ file: PlanFile, _ store: SQLiteStore, _ output: Output) throws {
        guard try store.hasFinished(file.plan) else { return }
        throw output.refuse(
            Diagnostic(
                .alreadyRun, "everything in the plan happens once, and is over", at: .path(plan),
                help: [
                    "`pabal ledger --state \(state)` shows what was sent, `pabal status --state \(state)` what was missed"
                ]), .alreadyRun)
    }
}

extension ClockReading {
    fileprivate var wallText: String { "\(Instant(milliseconds: wall))" }
}

extension DataOptions {
    /// The data, and what arrives while it is used. Throws `CommandExit` after a report.
    func audience(_ compiled: CompiledWorkspace, _ plan: Plan, _ output: Output) throws -> DatasetAudience {
        let zone = compiled.workspace.sources.flatMap { TimeZoneRules.named($0.events.zone) } ?? .utc
        let make = { (dataset: Dataset) in
            // Everything that the plan needs is opened here, and the catalogs are compared.
            _ = try BoundDataset(plan, dataset)
            let audience = try DatasetAudience(dataset, schema: plan.schema, zone: zone)
            _ = try audience.bind(plan)
            return audience
        }
        do {
            guard let data else {
                return try SourceCache(compiled, threads: threadCount, output: output).withDataset(make)
            }
            return try make(try Dataset.open(at: data))
        } catch SimulationError.otherCatalog(let path) {
            throw output.refuse(
                Diagnostic(
                    .otherCatalog, "the data set was imported with another catalog", at: .path(path),
                    notes: ["the customers' attributes or the events differ from those of the plan"],
                    help: ["run the plan of this workspace, or import the data again"]), .findings)
        }
    }
}
