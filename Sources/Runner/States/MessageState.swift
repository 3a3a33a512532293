/// Where a message stands. The raw values are stored: a number is never given to another state.
package enum MessageState: Int, CaseIterable, Hashable, Sendable {
    /// Waits for its instant.
    case planned = 0
    /// Waits for quiet hours to end.
    case deferred = 1
    /// May be attempted again after somebody or a look-up said that it was not sent.
    case ready = 2
    /// Decided, its caps reserved, not begun.
    case leased = 3
    /// An attempt has begun: from here on only the provider knows.
    case sending = 4
    /// Surely not taken, to be attempted again.
    case retryWait = 5
    /// Nobody can say whether it was sent.
    case uncertain = 6
    case suppressed = 7
    case accepted = 8
    case rejected = 9
    /// Uncertain, and given up.
    case abandoned = 10
    case delivered = 11
    case bounced = 12
    case complained = 13
    case expired = 14
    case cancelled = 15

    package var label: String {
        switch self {
        case .planned: "planned"
        case .deferred: "deferred"
        case .ready: "ready"
        case .leased: "leased"
        case .sending: "sending"
        case .retryWait: "retry_wait"
        case .uncertain: "uncertain"
        case .suppressed: "suppressed"
        case .accepted: "accepted"
        case .rejected: "rejected"
        case .abandoned: "abandoned"
        case .delivered: "delivered"
        case .bounced: "bounced"
        case .complained: "complained"
        case .expired: "expired"
        case .cancelled: "cancelled"
        }
    }

    /// Nothing but feedback can change it any more; an occurrence is complete when all its messages are.
    package var isTerminal: Bool {
        switch self {
        case .planned, .deferred, .ready, .leased, .sending, .retryWait, .uncertain: false
        case .suppressed, .accepted, .rejected, .abandoned, .delivered, .bounced, .complained, .expired, .cancelled:
            true
        }
    }

    /// Looked at again when its `due` instant has come.
    package var isWaiting: Bool {
        switch self {
        case .planned, .deferred, .ready, .retryWait: true
        case .leased, .sending, .uncertain, .suppressed, .accepted, .rejected, .abandoned, .delivered, .bounced,
            .complained, .expired, .cancelled:
            false
        }
    }

    /// Whether it counts against caps: it was sent, or may have been.
    package var isCounted: Bool {
        switch self {
        case .leased, .sending, .uncertain, .accepted, .abandoned, .delivered, .bounced, .complained: true
        // A message that waits for another attempt has given its caps back and asks for them again.
        case .planned, .deferred, .ready, .retryWait, .suppressed, .rejected, .expired, .cancelled: false
        }
    }
}
