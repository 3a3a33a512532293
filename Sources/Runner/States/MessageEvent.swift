/// What happens to a message.
package enum MessageEvent: Hashable, Sendable {
    /// Decided again at its instant: not to be sent, and why.
    case refused(reason: String)
    case deferred(until: Int64)
    /// Its time is over before anything was sent.
    case lateness(reason: String)
    /// To be sent on a channel.
    case leased(Lease)
    /// The attempt is about to begin: durable before the first byte.
    case started
    case ended(Verdict)
    /// The runner that had it is gone.
    case abandonedByRunner
    case cancelled
    case resolved(Resolution)

    /// What an attempt's outcome means, after the rules of `OutcomeRule`.
    package enum Verdict: Hashable, Sendable {
        case accepted
        case again(at: Int64, reason: String)
        case rejected(reason: String)
        case uncertain(reason: String)
    }

    /// What a look-up or a person says about an uncertain message.
    package enum Resolution: String, CaseIterable, Hashable, Sendable, Codable {
        case accepted
        /// It was not sent: try again.
        case resend
        case abandon
    }
}
