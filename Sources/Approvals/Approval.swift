package import CivilTime

/// What somebody says about a plan.
package struct Approval: Hashable, Sendable {
    package enum Decision: Hashable, Sendable {
        case approve(SendingEnvelope)
        /// The plan must not run.
        case reject
        /// The plan must not run any longer, whoever has approved it.
        case revoke
    }

    package var plan: PlanIdentity
    package var decision: Decision
    package var approver: String
    /// In which of the approver's roles.
    package var role: String
    package var environment: String
    package var approvedAt: Instant
    /// Random: two approvals never have the same bytes.
    package var nonce: String

    package init(
        plan: PlanIdentity, decision: Decision, approver: String, role: String, environment: String,
        approvedAt: Instant, nonce: String
    ) {
        self.plan = plan
        self.decision = decision
        self.approver = approver
        self.role = role
        self.environment = environment
        self.approvedAt = approvedAt
        self.nonce = nonce
    }

    /// Names of people, roles and environments: ASCII letters, digits and `@ . _ + -`, beginning with a letter or digit,
    /// at most 64; they become parts of file names.
    package static func isName(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, bytes.count <= 64, isLetterOrDigit(first) else { return false }
        return bytes.allSatisfy { isLetterOrDigit($0) || "@._+-".utf8.contains($0) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: false
        }
    }
}
