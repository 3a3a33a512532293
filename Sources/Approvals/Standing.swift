package import CivilTime

/// What one approval file is worth, by the first thing that is wrong with it.
package enum Standing: Hashable, Sendable {
    // The signature.

    /// Not an envelope, or not a statement of this version.
    case malformed(String)
    /// No signature of a trusted key covers what the file says.
    case badSignature
    /// All signatures say that they are of keys that nobody trusts.
    case unknownSigner
    /// Signed by somebody else than the approver it names.
    case otherSigner(approver: String)
    /// The approver does not have the role.
    case roleNotHeld(approver: String, role: String)

    // What it is about.

    /// About a plan with this digest.
    case otherPlan(approver: String, sha256: String)
    case otherEnvironment(approver: String, environment: String)
    /// A rejection or revocation that is not about this plan in this environment.
    case refusesElsewhere(approver: String)
    /// In a role in which nobody approves for this environment.
    case roleNotAccepted(approver: String, role: String)
    case notYetValid(approver: String, from: Instant)
    case expired(approver: String, at: Instant)

    // Its decision.

    case rejects(approver: String)
    case revokes(approver: String)
    case approves(approver: String, role: String, SendingEnvelope)
}

extension Standing {
    /// How far an approval came. A later step counts what passed all before it.
    enum Step: Int, Comparable {
        case signature, digest, environment, validity, decision

        static func < (a: Step, b: Step) -> Bool { a.rawValue < b.rawValue }
    }

    /// The step at which it fell out; `decision`: at none.
    var step: Step {
        switch self {
        case .malformed, .badSignature, .unknownSigner, .otherSigner, .roleNotHeld: .signature
        case .otherPlan, .refusesElsewhere: .digest
        case .otherEnvironment, .roleNotAccepted: .environment
        case .notYetValid, .expired: .validity
        case .rejects, .revokes, .approves: .decision
        }
    }

    /// Who approves, or would if it were not for the step at which it fell out.
    var wouldBeApprover: String? {
        switch self {
        case .malformed, .badSignature, .unknownSigner, .otherSigner, .roleNotHeld, .refusesElsewhere, .rejects,
            .revokes:
            nil
        case .otherPlan(let approver, _), .otherEnvironment(let approver, _), .roleNotAccepted(let approver, _),
            .notYetValid(let approver, _), .expired(let approver, _), .approves(let approver, _, _):
            approver
        }
    }
}
