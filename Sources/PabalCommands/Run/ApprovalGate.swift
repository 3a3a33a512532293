internal import Approvals
internal import CivilTime
internal import Diagnostics
internal import Runner

/// Lets a plan send only while its approvals hold: they and the trust root are read again and again, so that a revocation
/// stops a runner that is at work.
final class ApprovalGate: PlanGate {
    private let identity: PlanIdentity
    private let approvals: String
    private let trust: String
    private let environment: String
    private var known: (limits: SendLimits, allowed: Range<Int64>, judged: ContinuousClock.Instant)?

    init(_ identity: PlanIdentity, approvals: String, trust: String, environment: String) {
        self.identity = identity
        self.approvals = approvals
        self.trust = trust
        self.environment = environment
    }

    /// What was found is trusted for a second.
    func limits(at now: Int64) throws -> SendLimits {
        if let known, known.allowed.contains(now), ContinuousClock.now - known.judged < .seconds(1) {
            return known.limits
        }
        known = nil
        let root: TrustRoot
        do { root = try TrustRoot(parsing: try InputFile.bytes(trust, largest: 1 << 20)) } catch {
            throw GateRefusal(.notApproved, "the trust root `\(trust)` cannot be used")
        }
        guard let files = try? InputFile.approvals(approvals) else {
            // One that cannot be read may be a rejection.
            throw GateRefusal(.notApproved, "the approvals in `\(approvals)` cannot be read")
        }
        let verdict = judge(
            identity, approvals: files, trust: root, environment: environment, now: Instant(milliseconds: now))
        switch verdict.outcome {
        case .refused(let refusal):
            let words = VerdictWords(environment: environment, trust: root)
            let (_, status) = words.kind(refusal)
            throw GateRefusal(Self.kind(status), words.words(refusal))
        case .approved(let envelope):
            let limits = SendLimits(
                channels: Set(envelope.channels), recipientsMax: envelope.maxRecipients,
                messagesPerDayMax: envelope.maxMessagesPerDay, costMax: envelope.maxCost)
            let from = envelope.notBefore.milliseconds
            known = (limits, from..<max(from, envelope.expiresAt.milliseconds), .now)
            return limits
        }
    }

    private static func kind(_ status: ExitStatus) -> GateRefusal.Kind {
        switch status {
        case .approvalExpired: .expired
        case .badApproval: .badSignature
        case .notApproved, .fine, .findings, .usage, .damagedData, .noInput, .internalError, .noWorkspace, .alreadyRun:
            .notApproved
        }
    }
}

extension Output {
    func refuse(_ refusal: GateRefusal, plan: String) -> CommandExit {
        let (code, status): (Code, ExitStatus) =
            switch refusal.kind {
            case .notApproved: (.notApproved, .notApproved)
            case .expired: (.approvalExpired, .approvalExpired)
            case .badSignature: (.badApproval, .badApproval)
            }
        return refuse(
            Diagnostic(
                code, refusal.message, at: .path(plan),
                help: ["`pabal verify` shows what every approval is worth"]), status)
    }
}
