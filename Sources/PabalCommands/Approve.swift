internal import Approvals
internal import ArgumentParser
internal import CampaignPlan
internal import CampaignSyntax
internal import CivilTime
internal import Diagnostics
internal import Foundation
internal import Reports

struct Approve: ParsableCommand {
    enum Decision: String, ExpressibleByArgument, CaseIterable {
        case approve, reject, revoke
    }

    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Sign that a plan may run, or that it must not.",
        discussion: """
            PLAN is a file that `pabal plan --out` has written. The approval is about its exact bytes, one environment and \
            the limits given; it goes to a file NAME.ENVIRONMENT.json in the folder of approvals, which lies beside the \
            plan (plan.approvals for plan.json), and takes the place of an earlier decision of the same person. A \
            rejection or revocation from anybody who is trusted wins over all approvals.
            """)

    @OptionGroup var subject: PlanOptions

    @Option(name: .long, help: ArgumentHelp("The approver's private key, of `pabal key new`.", valueName: "file"))
    var key: String

    @Option(name: .long, help: ArgumentHelp("The approver, as the trust root names them.", valueName: "name"))
    var approver: String

    @Option(name: .long, help: ArgumentHelp("In which of their roles.", valueName: "name"))
    var role = "approver"

    @Option(name: .long, help: ArgumentHelp("What is signed.", valueName: "decision"))
    var decision = Decision.approve

    @Option(
        name: .long,
        help: ArgumentHelp("From when it is valid; default now.", valueName: "instant"),
        transform: InstantOption.init(parsing:))
    var notBefore: InstantOption?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Until when: an instant, or a length of time such as 7d from the beginning on; default 30d.",
            valueName: "instant|duration"),
        transform: Expiry.init(parsing:))
    var expires: Expiry?

    @Option(
        name: .long,
        help: ArgumentHelp("Only these of the plan's channels, parted by commas.", valueName: "names"))
    var channels: String?

    @Option(
        name: .long, help: ArgumentHelp("Most recipients of one occurrence of a campaign.", valueName: "number"))
    var maxRecipients: Int?

    @Option(
        name: .long, help: ArgumentHelp("Most messages in a day, of all campaigns together.", valueName: "number"))
    var maxMessagesPerDay: Int?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Most that all messages may cost together, in the workspace's currency.", valueName: "amount"))
    var maxCost: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Another file or folder for the approval.", valueName: "file|folder"))
    var out: String?

    func validate() throws {
        for (option, name) in [("--approver", approver), ("--environment", subject.environment), ("--role", role)]
        where !Approval.isName(name) {
            throw ValidationError("\(option) takes up to 64 ASCII letters, digits and @ . _ + -")
        }
        for (option, number) in [("--max-recipients", maxRecipients), ("--max-messages-per-day", maxMessagesPerDay)] {
            if let number, number < 0 { throw ValidationError("\(option) takes zero or more") }
        }
        if let maxCost {
            guard let cost = scaledInteger(maxCost, scale: 4), cost >= 0 else {
                throw ValidationError("--max-cost takes an amount such as 50000 or 99.50")
            }
        }
        guard decision == .approve else {
            let isLimited =
                notBefore != nil || expires != nil || channels != nil || maxRecipients != nil
                || maxMessagesPerDay != nil || maxCost != nil
            if isLimited {
                throw ValidationError("only an approval has limits; to \(decision.rawValue) is without any")
            }
            return
        }
    }

    func run() throws {
        let output = subject.options.output
        let file = try PlanFile(subject.path, output: output)
        let signingKey = try readKey(output)
        let now = subject.now(in: file.plan)
        var random = SystemRandomNumberGenerator()
        let nonce = randomBytes(16, &random).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let approval = Approval(
            plan: file.identity, decision: try signedDecision(file.plan, now, output), approver: approver, role: role,
            environment: subject.environment, approvedAt: now, nonce: nonce)
        guard let envelope = approval.signed(by: signingKey) else {
            throw output.refuse(
                Diagnostic(
                    .badKey, "the system's cryptography does not sign", at: .path(key), help: ["try another machine"]),
                .internalError)
        }
        let target = try target(output)
        try write(Array((envelope.json.canonicalText + "\n").utf8), to: target, output)
        if subject.options.outputFormat == .json {
            let json = JSON.object([
                "file": .string(target), "key": .string(signingKey.verificationKey.id), "statement": approval.statement,
            ])
            output.write(json.canonicalText + "\n", to: .data)
        } else {
            let view = ApprovalView(file.plan, file.identity, style: Style(isColored: output.isColored(.data)))
            output.write(view.text(approval), to: .data)
            output.write("wrote \(target)\n", to: .talk)
        }
    }

    private func readKey(_ output: Output) throws -> SigningKey {
        let bytes = try readInput(key, "key", largest: 1 << 16, output)
        let note: String
        do {
            return try SigningKey(pem: String(decoding: bytes, as: UTF8.self))
        } catch .notPEM {
            note = "it is no PEM"
        } catch .otherLabel(let label) {
            note = "it holds one `\(label)`, not a `PRIVATE KEY`"
        } catch .notEd25519 {
            note = "it is a key of another algorithm or form than Ed25519 in PKCS#8"
        }
        throw output.refuse(
            Diagnostic(
                .badKey, "the file `\(key)` is no private key that can be used", at: .path(key), notes: [note],
                help: ["name the file that `pabal key new --out` has written"]), .damagedData)
    }

    private func signedDecision(_ plan: Plan, _ now: Instant, _ output: Output) throws -> Approval.Decision {
        switch decision {
        case .reject: return .reject
        case .revoke: return .revoke
        case .approve: break
        }
        let zone = planZone(plan)
        let begins = notBefore?.instant(in: zone) ?? now
        let ends = (expires ?? .default).instant(from: begins, in: zone)
        guard begins < ends else {
            throw output.refuse(usage("the approval expires before it begins", "write a later --expires"), .usage)
        }
        let known = Set(plan.campaigns.flatMap(\.channels))
        let allowed = channels?.split(separator: ",").map { String($0) } ?? known.sorted()
        for name in allowed where !known.contains(name) {
            let near = nearestName(to: name, among: known.sorted())
            throw output.refuse(
                usage(
                    "no campaign of the plan uses the channel `\(name)`",
                    near.map { "write `\($0)`" } ?? "the channels are \(known.sorted().joined(separator: ", "))"),
                .usage)
        }
        return .approve(
            SendingEnvelope(
                notBefore: begins, expiresAt: ends, channels: allowed, maxRecipients: maxRecipients,
                maxMessagesPerDay: maxMessagesPerDay, maxCost: maxCost.flatMap { scaledInteger($0, scale: 4) }))
    }

    private func usage(_ message: String, _ help: String) -> Diagnostic {
        Diagnostic(.usage, message, at: .commandLine, help: [help])
    }

    /// The file to write; makes the folder of approvals where it is the usual one.
    private func target(_ output: Output) throws -> String {
        let name = "\(approver).\(subject.environment).json"
        guard let out else {
            let folder = PlanFile.approvalsFolder(subject.path)
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            } catch {
                throw output.refuse(
                    Diagnostic(
                        .outputNotWritten, "the folder `\(folder)` cannot be made", at: .path(folder),
                        help: ["name another place with --out"]), .noInput)
            }
            return folder + "/" + name
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: out, isDirectory: &isFolder), isFolder.boolValue else {
            return out
        }
        return (out.hasSuffix("/") ? String(out.dropLast()) : out) + "/" + name
    }
}

/// The end of an approval on the command line.
enum Expiry {
    case at(InstantOption)
    /// Milliseconds from the beginning on, > 0.
    case after(Int64)

    /// 30 days.
    static let `default` = Expiry.after(30 * 86_400_000)

    /// Throws a `ValidationError`.
    init(parsing argument: String) throws {
        if let length = ElapsedTime.milliseconds(parsing: argument), length > 0 {
            self = .after(length)
        } else if let instant = try? InstantOption(parsing: argument) {
            self = .at(instant)
        } else {
            throw ValidationError("Write a length of time such as 7d or 12h, or a date or time such as 2026-12-24.")
        }
    }

    func instant(from begin: Instant, in zone: TimeZoneRules) -> Instant {
        switch self {
        case .at(let option): return option.instant(in: zone)
        case .after(let length):
            let (sum, overflow) = begin.milliseconds.addingReportingOverflow(length)
            return overflow ? .distantFuture : Instant(milliseconds: sum)
        }
    }
}

/// The zone of dates and times on the command line.
func planZone(_ plan: Plan) -> TimeZoneRules { TimeZoneRules.named(plan.workspace.zone) ?? .utc }
