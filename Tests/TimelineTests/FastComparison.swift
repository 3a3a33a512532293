import CampaignPlan
import CivilTime
import ContractOracle
import Timeline

/// The same customers by masks and by listed decisions.
struct FastComparison {
    private let bound: BoundPlan
    private let calendar: OccurrenceCalendar
    private let bits: BitPlan
    private let levels: Int
    private let last: Int64
    private let from: Int64
    private let dayCount: Int
    /// Campaigns that were compared.
    var replayed: Int { bits.replayed.count }

    /// What was counted, by campaign, occurrence and outcome in words.
    struct Counts: Hashable {
        var outcomes: [String: Int] = [:]
        var recipients: [Int]
        var considered: [[Int]] = []
    }

    init(_ plan: Plan, from: Int64, to: Int64, last: Int64, levels: Int = 16) {
        bound = bind(plan, vocabulary: RandomVocabulary())
        calendar = OccurrenceCalendar(bound: bound, from: from, to: to)
        bits = BitPlan(bound: bound, calendar: calendar, lastTime: last)
        self.levels = levels
        self.last = last
        self.from = from
        dayCount = Int((to - from) / 86_400_000) + 1
    }

    /// The first difference in words; nil: none.
    func difference(_ customers: [NaiveCustomer]) -> String? {
        var evaluator = Evaluator(bound)
        var listing = DecisionBuffer(calendar: calendar)
        var counting = DecisionBuffer(calendar: calendar)
        let replay = BitReplay(bits, levels: levels) { Int(($0 - from) / 86_400_000) }
        let none = [Int](repeating: 0, count: bound.plan.campaigns.count)
        var expected = Counts(recipients: none)
        var found = Counts(recipients: none)
        var expectedDays: [[Int]] = []
        for (number, customer) in customers.enumerated() {
            evaluator.timeline.load(customer, key: Array("customer-\(number)".utf8))
            evaluator.begin()
            listing.removeDecisions()
            evaluator.decide(bits.replayed, calendar, into: &listing)
            var days = [Int](repeating: 0, count: dayCount)
            for decision in listing.decisions { add(decision, &expected, &days, &evaluator) }
            for campaign in Set(listing.decisions.filter(\.isSend).map(\.campaign)) {
                expected.recipients[campaign] += 1
            }
            evaluator.begin()
            expectedDays.append(days)
            // A day behind the period tells the customers of a block apart.
            let marks = [Int32(dayCount + number)]
            if let block = marks.withUnsafeBufferPointer({ replay.take(&evaluator, listed: $0) }) {
                if let flaw = flaw(of: block, replay, expectedDays) { return flaw }
                if replay.isFull { drain(replay, &counting, &found) }
            }
        }
        for block in replay.openBlocks {
            if let flaw = flaw(of: block, replay, expectedDays) { return flaw }
        }
        drain(replay, &counting, &found)
        for campaign in bits.replayed {
            expected.considered.append(listing.considered(campaign: campaign))
            found.considered.append(counting.considered(campaign: campaign))
            found.recipients[campaign] = replay.recipients[campaign]
        }
        return describe(expected, found)
    }

    private func describe(_ expected: Counts, _ found: Counts) -> String? {
        for key in Set(expected.outcomes.keys).union(found.outcomes.keys).sorted() {
            let (a, b) = (expected.outcomes[key] ?? 0, found.outcomes[key] ?? 0)
            if a != b { return "\(key): \(a) decisions, \(b) counted" }
        }
        if expected.recipients != found.recipients { return "recipients \(expected.recipients), \(found.recipients)" }
        if expected.considered != found.considered { return "considered \(expected.considered), \(found.considered)" }
        return nil
    }

    /// Finishes a block: the messages of its customers by day, against those expected.
    private func flaw(of block: Int, _ replay: BitReplay, _ expected: [[Int]]) -> String? {
        var flaw: String?
        replay.finish(block) { customer in
            let load = customer.messageLoad()
            var counted = [Int](repeating: 0, count: dayCount + expected.count)
            customer.forEachDay { counted[$0] += $1 }
            guard let number = counted[dayCount...].firstIndex(of: 1).map({ $0 - dayCount }) else {
                flaw = "a customer without the listed message"
                return
            }
            let days = expected[number]
            let most = days.max() ?? 0
            if Array(counted[..<dayCount]) != days {
                flaw = "customer \(number): messages by day \(days), counted \(counted)"
            } else if load.messages != days.reduce(1, +) {
                flaw = "customer \(number): \(days.reduce(1, +)) messages, \(load.messages) counted"
            } else if load.perDayAtMost < most {
                flaw = "customer \(number): \(most) on a day, bound \(load.perDayAtMost)"
            }
        }
        return flaw
    }

    private func add(
        _ decision: Decision, _ counts: inout Counts, _ days: inout [Int], _ evaluator: inout Evaluator
    ) {
        let place = "\(decision.campaign) #\(decision.occurrence)"
        let isEligible: Bool
        switch decision.outcome {
        case .refused(let refusal):
            counts.outcomes["\(place) \(refusal.label)", default: 0] += 1
            isEligible = refusal == .holdout || refusal == .controlGroup
        case .pending:
            counts.outcomes["\(place) pending", default: 0] += 1
            isEligible = false
        case .send(let channel, let variant):
            counts.outcomes["\(place) send \(channel) \(variant)", default: 0] += 1
            days[Int((decision.instant - from) / 86_400_000)] += 1
            isEligible = true
        }
        guard isEligible, let goal = bound.plan.campaigns[decision.campaign].goal else { return }
        guard decision.instant + goal.within <= last else { return }
        counts.outcomes["\(place) measured", default: 0] += 1
        if evaluator.holds(goal.converted, at: decision.instant + goal.within) {
            counts.outcomes["\(place) converted", default: 0] += 1
        }
    }

    private func drain(_ replay: BitReplay, _ buffer: inout DecisionBuffer, _ counts: inout Counts) {
        replay.drain(into: &buffer) { count in
            let place = "\(count.campaign) #\(count.occurrence)"
            var isEligible = false
            let outcome: String
            switch count.outcome {
            case .refused(let refusal):
                outcome = refusal.label
                isEligible = refusal == .holdout || refusal == .controlGroup
            case .pending: outcome = "pending"
            case .send(let channel, let variant):
                outcome = "send \(channel) \(variant)"
                isEligible = true
            case .converted: outcome = "converted"
            }
            counts.outcomes["\(place) \(outcome)", default: 0] += count.customers
            if isEligible, count.isMeasured { counts.outcomes["\(place) measured", default: 0] += count.customers }
        }
    }
}

extension Decision {
    fileprivate var isSend: Bool {
        if case .send = outcome { true } else { false }
    }
}
