/// What became of an attempt, as far as the provider lets us know.
package enum DeliveryOutcome: Hashable, Sendable {
    /// The provider has taken the message; `reference` is its own name for it, if it gave one.
    case accepted(reference: String?)
    /// Surely not taken, and the same again may be: a refused connection, a full queue. `after` is what the provider
    /// asked for, in milliseconds.
    case retry(reason: String, after: Int64?)
    /// Surely not taken, and never will be: a bad address.
    case rejected(reason: String)
    /// Nobody can say: the answer was lost after the request was complete.
    case uncertain(reason: String)
    /// Surely not taken, because the account or its credentials are refused: nothing more is sent on the channel until
    /// somebody looks.
    case channelDown(reason: String)
}

/// What a provider knows about a key.
package enum DeliveryRecord: Hashable, Sendable {
    case accepted(reference: String?)
    case notSent
    /// The provider keeps no such record, or not for so long.
    case unknown
}
