/// One firing of a campaign: for a scheduled one a nominal time with all its recipients, for a triggered one a single
/// trigger of one customer. Instants are milliseconds since 1970-01-01T00:00:00Z.
package struct Occurrence: Hashable, Sendable {
    package var id: Int64
    package var campaign: String
    /// Unique in its campaign; see `Nominal`.
    package var nominal: String
    package var isTriggered: Bool
    /// The digest of the plan that it was listed with.
    package var plan: String
    package var state: OccurrenceState
    /// The planned instants of its first and last recipients.
    package var planned: ClosedRange<Int64>
    /// The key of the last customer who was looked at, while it is being listed; empty: none. A key and not a number,
    /// because the numbers change when the data is imported again.
    package var lastCustomer: String
    /// How many customers were looked at; of a journey how many steps.
    package var considered: Int
    /// Of these, how many were not in the audience, or did not exist, at their planned instant, and have no message.
    package var outside: Int
    /// Its messages, fallbacks apart.
    package var listed: Int
    /// Its messages, fallbacks included, that are not over.
    package var open: Int
    /// Whether it would reach more people than it may, and therefore reaches nobody.
    package var isStopped: Bool
    /// A chain of SHA-256 over its messages in order.
    package var digest: [UInt8]

    package init(
        id: Int64, campaign: String, nominal: String, isTriggered: Bool, plan: String, state: OccurrenceState,
        planned: ClosedRange<Int64>, lastCustomer: String = "", considered: Int = 0, outside: Int = 0, listed: Int = 0,
        open: Int = 0, isStopped: Bool = false, digest: [UInt8] = []
    ) {
        self.id = id
        self.campaign = campaign
        self.nominal = nominal
        self.isTriggered = isTriggered
        self.plan = plan
        self.state = state
        self.planned = planned
        self.lastCustomer = lastCustomer
        self.considered = considered
        self.outside = outside
        self.listed = listed
        self.open = open
        self.isStopped = isStopped
        self.digest = digest
    }

    package mutating func handle(_ event: OccurrenceEvent) throws(OccurrenceMachine.Violation) {
        var machine = OccurrenceMachine(state)
        try machine.handle(event)
        state = machine.state
    }
}
