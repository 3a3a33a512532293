internal import CampaignPlan
internal import Timeline

/// A message of a triggered campaign, by the order in which a ceiling lets them through: by instant, then key. Customers'
/// ids ascend as their keys do.
struct TriggeredSend: Hashable, Sendable, Comparable {
    let instant: Int64
    let customer: Int
    /// Two triggers of one customer can meet at one instant.
    let occurrence: Int32

    static func < (a: TriggeredSend, b: TriggeredSend) -> Bool {
        (a.instant, a.customer, a.occurrence) < (b.instant, b.customer, b.occurrence)
    }
}

/// The first messages of one day, one more than a ceiling lets through.
struct FirstSends: Sendable {
    let ceiling: Int
    private var sends: [TriggeredSend] = []
    private static let leastPruned = 64

    init(ceiling: Int) {
        self.ceiling = ceiling
    }

    mutating func add(_ send: TriggeredSend) {
        sends.append(send)
        prune()
    }

    mutating func add(_ other: FirstSends) {
        sends += other.sends
        prune()
    }

    /// The first message beyond the ceiling; nil: there is none.
    var firstBeyond: TriggeredSend? {
        guard sends.count > ceiling else { return nil }
        return sends.sorted()[ceiling]
    }

    /// Sorts seldom: twice as many as needed may stay.
    private mutating func prune() {
        guard sends.count >= Self.leastPruned, sends.count / 2 > ceiling else { return }
        sends.sort()
        sends.removeLast(sends.count - ceiling - 1)
    }
}

/// Where ceilings stop the campaigns of a plan. Caps are spent all the same, so that counting without ceilings tells.
struct CeilingCuts: Sendable {
    /// By campaign: occurrences that would reach too many and therefore reach nobody.
    private(set) var stopped: [Set<Int32>]
    /// By campaign, by day of the period: the first message that is not sent.
    private var cuts: [[Int: TriggeredSend]]
    private(set) var isEmpty = true

    /// No campaign is stopped.
    init(_ plan: Plan) {
        stopped = plan.campaigns.map { _ in [] }
        cuts = plan.campaigns.map { _ in [:] }
    }

    /// What breaches in a count that knew no ceilings.
    init(_ plan: Plan, _ tally: Tally) {
        self.init(plan)
        for (index, campaign) in plan.campaigns.enumerated() {
            guard let ceiling = campaign.maxRecipients else { continue }
            if campaign.schedule.isTriggered {
                cuts[index] = tally.firstSends[index].compactMapValues(\.firstBeyond)
            } else {
                let counts = tally.campaigns[index].occurrences
                stopped[index] = Set(counts.indices.filter { counts[$0].sent > ceiling }.map { Int32(clamping: $0) })
            }
            if !cuts[index].isEmpty || !stopped[index].isEmpty { isEmpty = false }
        }
    }

    /// The decision after ceilings.
    func applied(to decision: Decision, customer: Int, in period: SimulationPeriod) -> Decision {
        guard !isEmpty, case .send = decision.outcome, refuse(decision, customer, in: period) else { return decision }
        var refused = decision
        refused.outcome = .refused(.ceiling)
        return refused
    }

    private func refuse(_ decision: Decision, _ customer: Int, in period: SimulationPeriod) -> Bool {
        if stopped[decision.campaign].contains(decision.occurrence) { return true }
        guard !cuts[decision.campaign].isEmpty, let cut = cuts[decision.campaign][period.day(decision.instant)] else {
            return false
        }
        return TriggeredSend(
            instant: decision.instant, customer: customer, occurrence: decision.occurrence) >= cut
    }
}
