internal import Approvals
internal import ArgumentParser
internal import CampaignPlan
internal import CivilTime
internal import Diagnostics
internal import DiagnosticsRendering
internal import Foundation
internal import Reports

struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Tell whether people who are trusted have approved a plan.",
        discussion: """
            Looks, in this order, at the signatures, how many different people they are of, the plan's digest, the \
            environment, the time of validity, and rejections; the first that fails is the answer. What may be sent is \
            what all approvals that count allow together.

            Approvals are the files *.json of the folder beside the plan (plan.approvals for plan.json).

            The trust root is a JSON file of its own. A person's keys are what `pabal key new` prints; an approval counts \
            where it is given in one of the environment's roles, by someone who has it:

            { "pabal_trust": 1,
              "people": { "kim": { "roles": ["approver"], "keys": [{ "ed25519": "MCowBQYDK2VwAyEA…" }] } },
              "environments": { "production": { "threshold": 1, "roles": ["approver"] } } }

            Exit status: 0 approved; 21 not approved; 22 expired, or not valid yet; 23 signature or digest that does not \
            fit; 65 damaged plan or trust root; 66 file missing.
            """)

    @OptionGroup var subject: PlanOptions

    @Option(name: .long, help: ArgumentHelp("Who is trusted.", valueName: "file"))
    var trust: String

    @Option(name: .long, help: ArgumentHelp("Another folder of approvals.", valueName: "folder"))
    var approvals: String?

    func run() throws {
        let output = subject.options.output
        let environment = subject.environment
        let file = try PlanFile(subject.path, output: output)
        let trustRoot = try TrustRoot(reading: trust, output)
        let files = try ApprovalFiles(
            approvals ?? PlanFile.approvalsFolder(subject.path), isOptional: approvals == nil, output: output)
        let now = subject.now(in: file.plan)
        let verdict = judge(
            file.identity, approvals: files.contents, trust: trustRoot, environment: environment, now: now)
        let words = VerdictWords(environment: environment, trust: trustRoot)
        let notes = zip(files.names, verdict.standings).map { "\($0): \(words.words($1))" }
        switch verdict.outcome {
        case .refused(let refusal):
            let (code, status) = words.kind(refusal)
            let hint = files.names.isEmpty ? ["there is no approval in `\(files.folder)`"] : []
            throw output.refuse(
                Diagnostic(
                    code, words.words(refusal), at: .path(subject.path), notes: hint + notes,
                    help: [words.help(refusal)]),
                status)
        case .approved(let envelope):
            let names = verdict.standings.compactMap { standing in
                if case .approves(let approver, _, _) = standing { approver } else { nil }
            }
            let approvers = Set(names).sorted()
            if subject.options.outputFormat == .json {
                let json = JSON.object([
                    "approved": .bool(true), "environment": .string(environment),
                    "plan": .object(["name": .string(file.identity.name), "sha256": .string(file.identity.sha256)]),
                    "approvers": .array(approvers.map { .string($0) }), "not_before": .string("\(envelope.notBefore)"),
                    "expires_at": .string("\(envelope.expiresAt)"), "envelope": envelope.json,
                    "approvals": .array(notes.map { .string($0) }),
                ])
                output.write(json.canonicalText + "\n", to: .data)
                return
            }
            let view = ApprovalView(file.plan, file.identity, style: Style(isColored: output.isColored(.data)))
            output.write(view.text(envelope, environment: environment, approvedBy: approvers), to: .data)
            for note in notes { output.write(VisibleText.escaping(note) + "\n", to: .talk) }
        }
    }
}

extension TrustRoot {
    /// Throws `CommandExit` after a report where the file is missing or cannot be used.
    init(reading path: String, _ output: Output) throws {
        let bytes = try readInput(path, "trust root", largest: 1 << 20, output)
        do {
            self = try TrustRoot(parsing: bytes)
        } catch {
            throw output.refuse(
                Diagnostic(
                    .badTrustRoot, "the file `\(path)` is no trust root that can be used", at: .path(path),
                    notes: ["\(error)"], help: ["correct it; `pabal verify --help` shows a whole file"]), .damagedData)
        }
    }
}

/// The files of a folder of approvals, in the order of their names.
private struct ApprovalFiles {
    let folder: String
    private(set) var names: [String] = []
    private(set) var contents: [[UInt8]] = []

    /// Throws `CommandExit` after a report. A file that cannot be read ends the command: it may be a rejection.
    init(_ folder: String, isOptional: Bool, output: Output) throws {
        self.folder = folder
        if isOptional, !FileManager.default.fileExists(atPath: folder) { return }
        guard let entries = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw output.refuse(
                Diagnostic(
                    .inputMissing, "there is no folder `\(folder)` that can be read", at: .path(folder),
                    help: ["correct the path or its permissions"]), .noInput)
        }
        names = entries.filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }.sorted()
        for name in names {
            contents.append(try readInput("\(folder)/\(name)", "approval", largest: 1 << 20, output))
        }
    }
}
