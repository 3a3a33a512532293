internal import Approvals
internal import CampaignPlan
internal import CivilTime
internal import Diagnostics
internal import Foundation
internal import Runner

/// Drives a runner: time, requests, new files, another plan, and the signal to stop.
struct RunLoop {
    let runner: Runner
    let gate: RunGate
    let control: ControlFolder
    var inbox: InboxFolder
    let parser: InboxParser
    let plan: PlanWatch
    let end: Int64?
    let once: Bool
    var clock: RunClock
    let output: Output
    private var nextLook = ContinuousClock.now
    private var isHeld = false
    private var saidDown: Set<String> = []

    init(
        runner: Runner, gate: RunGate, control: ControlFolder, inbox: InboxFolder, parser: InboxParser,
        plan: PlanWatch, end: Int64?, once: Bool, clock: RunClock, output: Output
    ) {
        self.runner = runner
        self.gate = gate
        self.control = control
        self.inbox = inbox
        self.parser = parser
        self.plan = plan
        self.end = end
        self.once = once
        self.clock = clock
        self.output = output
    }

    /// Until the end, or until told to stop; what was begun is finished, what was not is left to the next runner.
    mutating func run(isInterrupted: () -> Bool) throws {
        try look()
        while !isInterrupted() {
            if ContinuousClock.now >= nextLook { try look() }
            let reading = clock.reading
            if let end, reading.wall >= end { break }
            switch try runner.step(at: reading) {
            case .worked:
                isHeld = false
                sayDown()
            case .idle(let next):
                isHeld = false
                // Files may have come since the last look.
                if once || end != nil, try takeFiles() { continue }
                if once { return try runner.releaseLeased(clock.reading.wall) }
                clock.wait(until: min(next, end ?? .max))
            case .held(let jump):
                sayHeld(jump)
                if once { return }
                clock.wait(until: reading.wall + 200)
            }
        }
        try runner.releaseLeased(clock.reading.wall)
    }

    /// What comes from outside, some times a second.
    private mutating func look() throws {
        nextLook = .now + .milliseconds(200)
        for (id, request) in control.requests() { try control.reply(try reply(to: request), to: id) }
        _ = try takeFiles()
        if let changed = plan.changed(output) {
            try gate.use(changed.gate, at: clock.reading.wall)
            try runner.replace(with: changed.plan, now: clock.reading.wall)
            output.write("runs plan \(changed.plan.digest.prefix(12)) from now on\n", to: .talk)
        }
    }

    private mutating func takeFiles() throws -> Bool {
        let store = runner.store
        let found = try inbox.look { try store.file($0) }
        let now = clock.reading.wall
        for file in found.new {
            let content = parser.parse(file.bytes, named: file.name, now: now)
            try runner.take(content, name: file.name, digest: file.digest, now: now)
        }
        for name in found.other {
            output.show(
                [
                    Diagnostic(
                        .inboxNameTaken, "`\(name)` was taken before, with other content", at: .path(name),
                        help: ["give the new file another name"])
                ], in: SourceMap(), on: .talk)
        }
        return !found.new.isEmpty
    }

    private func reply(to request: Request) throws -> ControlFolder.Reply {
        do {
            switch request {
            case .status: return .status(try StatusReport(runner.store).json(isRunning: true).canonicalText)
            case .check: return .problems(try runner.store.problems())
            case .export(let path): try LedgerExport.write(runner.store, to: path)
            case .pause, .resume, .cancel, .release, .resolve:
                try runner.perform(request, now: clock.reading.wall)
            }
            return .done
        } catch let error as RequestError {
            return .refused(error.message)
        } catch let error as LedgerExport.NotWritten {
            return .refused("the file `\(error.path)` cannot be written")
        }
    }

    private mutating func sayDown() {
        let down = runner.downChannels
        for (channel, reason) in down.sorted(by: { $0.key < $1.key }) where saidDown.insert(channel).inserted {
            output.show(
                [
                    Diagnostic(
                        .channelStopped, "channel `\(channel)` is stopped: \(reason)", at: .path("channels"),
                        help: ["mend it, then let it go on: `pabal resume`"])
                ], in: SourceMap(), on: .talk)
        }
        saidDown.formIntersection(down.keys)
    }

    private mutating func sayHeld(_ jump: Int64) {
        if isHeld { return }
        isHeld = true
        output.show(
            [
                Diagnostic(
                    .clockHeld, "the clock jumped by \(jump / 1000) s: nothing is sent", at: .path("clock"),
                    help: ["correct the clock, then confirm it: `pabal resume`"])
            ], in: SourceMap(), on: .talk)
    }
}

/// The gate of the plan that runs; another plan brings its own.
final class RunGate: PlanGate {
    private var gate: ApprovalGate

    init(_ gate: ApprovalGate) {
        self.gate = gate
    }

    /// Throws where the new one lets nothing through; the old one stays then.
    func use(_ gate: ApprovalGate, at now: Int64) throws {
        _ = try gate.limits(at: now)
        self.gate = gate
    }

    func limits(at now: Int64) throws -> SendLimits { try gate.limits(at: now) }
}

/// Watches the file of the plan while a runner works.
final class PlanWatch {
    private let path: String
    private let approvals: String
    private let trust: String
    private let environment: String
    private var mark: [Int64]?

    init(_ path: String, approvals: String, trust: String, environment: String) {
        self.path = path
        self.approvals = approvals
        self.trust = trust
        self.environment = environment
        mark = InputFile.mark(path)
    }

    func gate(_ identity: PlanIdentity) -> ApprovalGate {
        ApprovalGate(identity, approvals: approvals, trust: trust, environment: environment)
    }

    /// Another plan than before, if the file holds one that is approved now. What is not is said once, and the plan before
    /// goes on.
    func changed(_ output: Output) -> (plan: ApprovedPlan, gate: ApprovalGate)? {
        let now = InputFile.mark(path)
        guard let now, now != mark else { return nil }
        mark = now
        guard let bytes = try? InputFile.bytes(path, largest: PlanFile.largest),
            let plan = try? Plan(canonicalBytes: bytes)
        else {
            output.write("the file `\(path)` is no plan that can be used: the plan before goes on\n", to: .talk)
            return nil
        }
        let identity = PlanIdentity(plan)
        let gate = gate(identity)
        do {
            _ = try gate.limits(at: SystemClock.read().wall)
        } catch {
            let reason = (error as? GateRefusal)?.message ?? "\(error)"
            output.write("the new plan is not run: \(reason); the plan before goes on\n", to: .talk)
            return nil
        }
        return (ApprovedPlan(plan, digest: identity.sha256), gate)
    }
}
