/// One message to one recipient: a row of the ledger. Instants are milliseconds since 1970-01-01T00:00:00Z.
package struct Message: Hashable, Sendable {
    package var id: Int64
    package var occurrence: Int64
    /// What it waits in line with; see `Lane`.
    package var lane: Int64
    /// The number of its step; see `CampaignRow`. 0 for a campaign of one message.
    package var step: Int
    /// The customer's key.
    package var recipient: String
    /// 0, or how many channels rejected it before.
    package var fallback: Int
    package var trigger: Int64
    package var planned: Int64
    package var machine: MessageMachine
    /// Whether its trigger counts for re-entry.
    package var acceptsTrigger: Bool
    package var channel: String?
    package var variant: String?
    /// The channels that rejected it before, in order.
    package var failedChannels: [String]
    package var firstAttempt: Int64?
    /// When it was reserved: since then it counts against caps and ceilings, where it counts at all; nil while it does not.
    package var counted: Int64?
    package var key: String?
    /// What is sent, from the first attempt until the message is over; then only its digest is kept.
    package var body: [UInt8]?
    /// SHA-256 of what was frozen.
    package var digest: [UInt8]?

    package init(
        id: Int64, occurrence: Int64, lane: Int64, step: Int = 0, recipient: String, fallback: Int = 0,
        trigger: Int64, planned: Int64, machine: MessageMachine, acceptsTrigger: Bool = false, channel: String? = nil,
        variant: String? = nil, failedChannels: [String] = [], firstAttempt: Int64? = nil, counted: Int64? = nil,
        key: String? = nil, body: [UInt8]? = nil, digest: [UInt8]? = nil
    ) {
        self.id = id
        self.occurrence = occurrence
        self.lane = lane
        self.step = step
        self.recipient = recipient
        self.fallback = fallback
        self.trigger = trigger
        self.planned = planned
        self.machine = machine
        self.acceptsTrigger = acceptsTrigger
        self.channel = channel
        self.variant = variant
        self.failedChannels = failedChannels
        self.firstAttempt = firstAttempt
        self.counted = counted
        self.key = key
        self.body = body
        self.digest = digest
    }

    package var state: MessageState { machine.state }
}

/// The line in which a message waits for its instant: that of its occurrence, or for triggered campaigns, whose
/// occurrences have one message each, that of the campaign; each step of a journey has one. Whole lanes are held and served.
package enum Lane {
    package static func occurrence(_ id: Int64) -> Int64 { id }
    package static func triggers(ofCampaign id: Int64, step: Int = 0) -> Int64 { -id - Int64(step) << 32 }
}
