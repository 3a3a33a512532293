internal import Approvals
internal import Diagnostics

/// A verdict in words.
struct VerdictWords {
    let environment: String
    let trust: TrustRoot

    func kind(_ refusal: Verdict.Refusal) -> (Code, ExitStatus) {
        switch refusal {
        case .unknownEnvironment, .tooFew, .otherEnvironment, .rejected, .revoked: (.notApproved, .notApproved)
        case .notYetValid, .expired: (.approvalExpired, .approvalExpired)
        case .badSignature, .otherPlan: (.badApproval, .badApproval)
        }
    }

    func words(_ refusal: Verdict.Refusal) -> String {
        switch refusal {
        case .unknownEnvironment: "the trust root knows no environment `\(environment)`"
        case .badSignature: "too few approvals of the plan carry a valid signature"
        case .tooFew(let people, let threshold):
            "the plan is not approved for \(environment): \(people) of \(threshold) \(threshold == 1 ? "person" : "people")"
        case .otherPlan: "the approvals are about another plan than this one"
        case .otherEnvironment: "the approvals do not count for \(environment)"
        case .notYetValid(let instant): "the approval is not valid before \(instant)"
        case .expired(let instant): "the approval has expired at \(instant)"
        case .rejected(let approver): "\(approver) has rejected the plan for \(environment)"
        case .revoked(let approver): "\(approver) has revoked the plan's approval for \(environment)"
        }
    }

    func help(_ refusal: Verdict.Refusal) -> String {
        switch refusal {
        case .unknownEnvironment:
            nearestName(to: environment, among: trust.environments.map(\.name)).map { "write `\($0)`" }
                ?? "the environments are \(trust.environments.map(\.name).joined(separator: ", "))"
        case .badSignature: "have the plan approved again, and find out who has changed the files"
        case .tooFew, .otherEnvironment:
            "have it approved: `pabal approve PLAN --key FILE --approver NAME --environment \(environment)`"
        case .otherPlan: "have this plan approved, or run the one that is approved"
        case .notYetValid: "wait, or have it approved from an earlier time on"
        case .expired: "have it approved again"
        case .rejected, .revoked: "talk to them; a new plan needs new approvals"
        }
    }

    /// What one file is worth.
    func words(_ standing: Standing) -> String {
        switch standing {
        case .malformed(let problem): "not an approval: \(problem)"
        case .badSignature: "the signature does not fit"
        case .unknownSigner: "signed with a key that the trust root does not know"
        case .otherSigner(let approver): "not signed by \(approver), whom it names"
        case .roleNotHeld(let approver, let role): "\(approver) does not have the role `\(role)`"
        case .otherPlan(let approver, let digest): "\(approver) approves another plan, \(digest)"
        case .otherEnvironment(let approver, let name): "\(approver) approves for \(name)"
        case .refusesElsewhere(let approver): "\(approver) refuses another plan, or another environment"
        case .roleNotAccepted(let approver, let role):
            "\(approver) approves as \(role), which does not count for \(environment)"
        case .notYetValid(let approver, let instant): "\(approver) approves from \(instant) on"
        case .expired(let approver, let instant): "\(approver) approved until \(instant)"
        case .rejects(let approver): "\(approver) rejects the plan"
        case .revokes(let approver): "\(approver) revokes the plan's approval"
        case .approves(let approver, let role, let envelope):
            "\(approver) approves as \(role), \(envelope.notBefore) to \(envelope.expiresAt)"
        }
    }
}
