package import CivilTime

/// Whether a plan may run, and what every approval did for it.
package struct Verdict: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        /// Within what all approvals that count allow.
        case approved(SendingEnvelope)
        case refused(Refusal)
    }

    /// The first step that failed.
    package enum Refusal: Hashable, Sendable {
        /// The trust root does not know the environment.
        case unknownEnvironment
        /// Too few valid signatures, and at least one that is not valid.
        case badSignature
        /// Too few people have signed an approval.
        case tooFew(people: Int, threshold: Int)
        /// Enough people have approved, but another plan.
        case otherPlan
        /// Enough people have approved, but not for this environment or not in a role that counts there.
        case otherEnvironment
        /// Enough people have approved, from this instant on.
        case notYetValid(from: Instant)
        /// Enough people had approved, until this instant.
        case expired(at: Instant)
        case rejected(by: String)
        case revoked(by: String)
    }

    package let outcome: Outcome
    /// In the order of the approvals given.
    package let standings: [Standing]
}
