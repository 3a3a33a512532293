package import CivilTime

/// What an approval allows at most. Nil: no more than the plan itself says.
package struct SendingEnvelope: Hashable, Sendable {
    /// `[notBefore, expiresAt)`.
    package var notBefore: Instant
    package var expiresAt: Instant
    /// Sorted; nothing goes out by others.
    package var channels: [String]
    /// Of one occurrence of a campaign, or of a workspace day where people trigger it.
    package var maxRecipients: Int?
    /// Of all campaigns together, in a workspace day.
    package var maxMessagesPerDay: Int?
    /// Of all messages under this approval together, in ten-thousandths of the currency's unit.
    package var maxCost: Int64?

    package init(
        notBefore: Instant, expiresAt: Instant, channels: [String], maxRecipients: Int? = nil,
        maxMessagesPerDay: Int? = nil, maxCost: Int64? = nil
    ) {
        self.notBefore = notBefore
        self.expiresAt = expiresAt
        self.channels = Set(channels).sorted()
        self.maxRecipients = maxRecipients
        self.maxMessagesPerDay = maxMessagesPerDay
        self.maxCost = maxCost
    }

    /// What both allow.
    package func intersection(_ other: SendingEnvelope) -> SendingEnvelope {
        SendingEnvelope(
            notBefore: max(notBefore, other.notBefore), expiresAt: min(expiresAt, other.expiresAt),
            channels: channels.filter(other.channels.contains),
            maxRecipients: least(maxRecipients, other.maxRecipients),
            maxMessagesPerDay: least(maxMessagesPerDay, other.maxMessagesPerDay),
            maxCost: least(maxCost, other.maxCost))
    }

    private func least<Number: Comparable>(_ a: Number?, _ b: Number?) -> Number? {
        guard let a, let b else { return a ?? b }
        return min(a, b)
    }
}
