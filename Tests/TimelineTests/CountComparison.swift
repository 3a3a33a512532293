import CampaignPlan
import CivilTime
import ContractOracle
import Timeline

/// The same customers by decisions that are counted while walking and by decisions that are listed first.
struct CountComparison {
    private let bound: BoundPlan
    private let calendar: OccurrenceCalendar
    /// Of the local days.
    private let zone: TimeZoneRules
    private let last: Int64?
    /// Outcomes that were met, in words.
    private(set) var met: [String: Int] = [:]

    private struct Expected: Hashable {
        /// By what `DecisionCounts.Occurrence` has, in words.
        var outcomes: [String: Int] = [:]
        var sent: [Int]
        var perDay: [Int: Int] = [:]
        var recipients = 0
        var eligible = 0
        var converted = 0
    }

    init(_ plan: Plan, from: Int64, to: Int64, last: Int64?, zone: TimeZoneRules) {
        bound = bind(plan, vocabulary: RandomVocabulary())
        calendar = OccurrenceCalendar(bound: bound, from: from, to: to)
        self.zone = zone
        self.last = last
    }

    /// The first difference in words; nil: none.
    mutating func difference(_ customers: [NaiveCustomer]) -> String? {
        let plan = bound.plan
        var expected = plan.campaigns.map {
            Expected(sent: [Int](repeating: 0, count: $0.variants.count * $0.channels.count))
        }
        var listing = DecisionBuffer(calendar: calendar)
        var counting = DecisionBuffer(calendar: calendar)
        let counter = DecisionCounter(bound, Array(plan.campaigns.indices), calendar, zone: zone, lastTime: last)
        var lister = Evaluator(bound)
        var walker = Evaluator(bound, horizon: calendar.from - 1)
        for (number, customer) in customers.enumerated() {
            let key = Array("customer-\(number)".utf8)
            lister.timeline.load(customer, key: key)
            lister.begin()
            listing.removeDecisions()
            lister.decide(calendar, into: &listing)
            var days: [Int32] = []
            for decision in listing.decisions { add(decision, &expected[decision.campaign], &days, &lister) }
            for campaign in Set(listing.decisions.filter(\.isSend).map(\.campaign)) {
                expected[campaign].recipients += 1
            }
            walker.timeline.load(customer, key: key)
            walker.begin()
            walker.count(into: counter)
            let counted = counter.messageDays.sorted()
            if counted != days.sorted() { return "customer \(number): messages on \(days), counted \(counted)" }
        }
        var difference: String?
        counter.drain(into: &counting) { campaign, counts in
            difference = difference ?? describe(expected[campaign], counts).map { "campaign \(campaign): \($0)" }
        }
        counter.drain(into: &counting) { campaign, counts in
            if !describes(counts, nothing: expected[campaign].sent) { difference = difference ?? "counts are kept" }
        }
        for campaign in plan.campaigns.indices where !plan.campaigns[campaign].schedule.isTriggered {
            let (a, b) = (listing.considered(campaign: campaign), counting.considered(campaign: campaign))
            if a != b { difference = difference ?? "campaign \(campaign): considered \(a), counted \(b)" }
        }
        return difference
    }

    private mutating func add(
        _ decision: Decision, _ expected: inout Expected, _ days: inout [Int32], _ evaluator: inout Evaluator
    ) {
        let campaign = bound.plan.campaigns[decision.campaign]
        let instant = decision.outcome == .pending ? decision.trigger : decision.instant
        let day = number(ofDay: instant)
        let place = campaign.schedule.isTriggered ? day : Int(decision.occurrence)
        var isEligible = false
        let outcome: String
        switch decision.outcome {
        case .refused(let refusal):
            outcome = refusal.label
            isEligible = refusal == .holdout || refusal == .controlGroup
        case .pending: outcome = "pending"
        case .send(let channel, let variant):
            outcome = "sent"
            isEligible = true
            expected.sent[variant * campaign.channels.count + channel] += 1
            expected.perDay[day, default: 0] += 1
            days.append(Int32(day))
        }
        expected.outcomes["\(place) \(outcome)", default: 0] += 1
        if campaign.schedule.isTriggered { met[outcome, default: 0] += 1 }
        guard isEligible, let goal = campaign.goal, let last, decision.instant + goal.within <= last else { return }
        expected.eligible += 1
        if evaluator.holds(goal.converted, at: decision.instant + goal.within) { expected.converted += 1 }
    }

    private func number(ofDay instant: Int64) -> Int {
        let first = zone.day(at: Instant(milliseconds: calendar.from))
        return Int(zone.day(at: Instant(milliseconds: instant)).daysSinceEpoch - first.daysSinceEpoch)
    }

    private func describe(_ expected: Expected, _ counts: DecisionCounts) -> String? {
        var outcomes: [String: Int] = [:]
        for (place, occurrence) in counts.occurrences.enumerated() {
            for refusal in Refusal.allCases {
                outcomes["\(place) \(refusal.label)"] = occurrence.refused[refusal.rawValue]
            }
            outcomes["\(place) pending"] = occurrence.pending
            outcomes["\(place) sent"] = occurrence.sent
        }
        for key in Set(expected.outcomes.keys).union(outcomes.keys).sorted() {
            let (a, b) = (expected.outcomes[key] ?? 0, outcomes[key] ?? 0)
            if a != b { return "\(key): \(a) decisions, \(b) counted" }
        }
        if expected.sent != counts.sent { return "sent \(expected.sent), \(counts.sent)" }
        for (day, messages) in counts.perDay.enumerated() where messages != expected.perDay[day] ?? 0 {
            return "\(messages) messages on day \(day)"
        }
        let pairs = [
            (expected.recipients, counts.recipients), (expected.eligible, counts.eligible),
            (expected.converted, counts.converted),
        ]
        return pairs.allSatisfy { $0.0 == $0.1 } ? nil : "recipients, eligible and converted \(pairs)"
    }

    /// Whether nothing is counted.
    private func describes(_ counts: DecisionCounts, nothing sent: [Int]) -> Bool {
        describe(Expected(sent: sent.map { _ in 0 }), counts) == nil
    }
}

extension Decision {
    fileprivate var isSend: Bool {
        if case .send = outcome { true } else { false }
    }
}
