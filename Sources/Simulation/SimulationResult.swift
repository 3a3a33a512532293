package import Timeline

/// What a plan would have done in a period. Whole numbers only, the same for any number of threads and shards.
package struct SimulationResult: Hashable, Sendable {
    package var workspace: String
    package var period: SimulationPeriod
    package var customers: Int
    /// Customers who would have got at least one message.
    package var contacted: Int
    package var messages: Int
    /// Ten-thousandths of the currency's unit; nil where the workspace names no costs.
    package var cost: Int64?
    package var currency: String?
    /// In the order of the plan: by name, then by step.
    package var campaigns: [CampaignResult]
    package var fatigue: Fatigue
    package var work: WorkCounters
}

/// How often people would be written to.
package struct Fatigue: Hashable, Sendable {
    /// The upper ends of the classes of messages per customer in the period; the last class is open.
    package static let classes = [0, 1, 2, 3, 5, 10, 20]

    /// Customers by class; one more than `classes`.
    package var customers = [Int](repeating: 0, count: Fatigue.classes.count + 1)
    /// The most messages that one customer gets on one local day, in one week from Monday, and in the period.
    package var mostPerDay = 0
    package var mostPerWeek = 0
    package var mostPerPeriod = 0

    package init() {}
}

/// What a campaign would have done, or one step of a journey.
package struct CampaignResult: Hashable, Sendable {
    package var name: String
    /// The name of the step; nil of a campaign of one message.
    package var step: String?
    package var isTriggered: Bool
    package var channels: [String]
    package var variants: [String]
    /// Decisions: customers × occurrences for scheduled campaigns, triggers for others.
    package var considered: Int
    /// By `Refusal`.
    package var refused: [Int]
    /// Would be sent at or after the end of the period.
    package var pending: Int
    /// By variant, then channel.
    package var sent: [[Int]]
    /// Different customers who would get a message.
    package var recipients: Int
    /// Ten-thousandths of the currency's unit.
    package var cost: Int64
    /// Decisions that passed every filter, whatever group the customer is in, and whose conversion window lies in the
    /// data.
    package var eligible: Int
    /// Those of them after whose send instant the customer converted without any message: the natural conversion.
    package var converted: Int
    /// Messages by local day of the period.
    package var perDay: [Int]
    /// Scheduled: every occurrence. Triggered: every local day with a decision.
    package var occurrences: [OccurrenceResult]

    /// `welcome`, or of a journey `welcome/coupon`.
    package var title: String { step.map { "\(name)/\($0)" } ?? name }

    package var sentTotal: Int { sent.reduce(0) { $0 + $1.reduce(0, +) } }
}

package struct OccurrenceResult: Hashable, Sendable {
    /// The wall time or instant of a scheduled occurrence, the date of a triggered one.
    package var label: String
    package var considered: Int
    /// By `Refusal`.
    package var refused: [Int]
    package var pending: Int
    package var sent: Int
}
