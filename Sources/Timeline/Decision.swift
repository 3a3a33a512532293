/// What was decided about one customer at one trigger of one campaign. Instants are milliseconds since
/// 1970-01-01T00:00:00Z.
package struct Decision: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        case refused(Refusal)
        /// `channel` is an index into the campaign's channels, `variant` into its variants.
        case send(channel: Int, variant: Int)
        /// The send instant is not before the end of the period.
        case pending
    }

    /// An index into the plan's campaigns.
    package var campaign: Int
    /// Scheduled: the index of the occurrence in the calendar. Triggered: the running number of the customer's trigger
    /// in the period, from 0.
    package var occurrence: Int32
    /// Scheduled: the same as `planned`.
    package var trigger: Int64
    package var planned: Int64
    /// The send instant, at which everything was looked at; where a journey does not begin, the trigger.
    package var instant: Int64
    package var outcome: Outcome

    package init(
        campaign: Int, occurrence: Int32, trigger: Int64, planned: Int64, instant: Int64, outcome: Outcome
    ) {
        self.campaign = campaign
        self.occurrence = occurrence
        self.trigger = trigger
        self.planned = planned
        self.instant = instant
        self.outcome = outcome
    }
}
