import CampaignPlan
import CivilTime
import Simulation
import Timeline

/// A simulation counted again, customer by customer, from the decisions that an explanation lists and from the rows of
/// the data themselves.
struct NaiveRecount {
    struct Campaign: Equatable {
        var considered = 0
        var refused = [Int](repeating: 0, count: Refusal.allCases.count)
        var pending = 0
        var sent: [[Int]]
        var recipients = 0
        var cost: Int64 = 0
        var eligible = 0
        var converted = 0
        var perDay: [Int]
        var occurrences: [String: Occurrence] = [:]
    }

    struct Occurrence: Equatable {
        var considered = 0
        var refused = [Int](repeating: 0, count: Refusal.allCases.count)
        var pending = 0
        var sent = 0
    }

    let plan: Plan
    let random: RandomStore
    let period: SimulationPeriod
    private(set) var campaigns: [Campaign] = []
    private(set) var contacted = 0
    private(set) var messages = 0
    private(set) var fatigue = Fatigue()

    init(_ random: RandomStore, _ store: Store, _ period: SimulationPeriod) throws {
        plan = store.plan
        self.random = random
        self.period = period
        campaigns = plan.campaigns.map { campaign in
            Campaign(
                sent: campaign.variants.map { _ in campaign.channels.map { _ in 0 } },
                perDay: [Int](repeating: 0, count: period.dayCount))
        }
        for (index, customer) in random.customers.enumerated() {
            let explanation = try explain(customer: customer.key, in: store.source, period: period)
            count(index, explanation.campaigns.map(\.decisions))
        }
        for index in campaigns.indices { finish(index) }
    }

    private mutating func count(_ customer: Int, _ decisions: [[Decision]]) {
        var days: [CivilDate] = []
        for (index, list) in decisions.enumerated() {
            var hasSend = false
            for decision in list {
                if let day = count(decision, of: customer, index) {
                    days.append(day)
                    hasSend = true
                }
            }
            if hasSend { campaigns[index].recipients += 1 }
            if !plan.campaigns[index].schedule.isTriggered { consider(customer, index) }
        }
        messages += days.count
        if !days.isEmpty { contacted += 1 }
        let place = Fatigue.classes.firstIndex { days.count <= $0 } ?? Fatigue.classes.count
        fatigue.customers[place] += 1
        fatigue.mostPerPeriod = max(fatigue.mostPerPeriod, days.count)
        for day in days {
            fatigue.mostPerDay = max(fatigue.mostPerDay, days.count { $0 == day })
            fatigue.mostPerWeek = max(fatigue.mostPerWeek, days.count { monday(of: $0) == monday(of: day) })
        }
    }

    private func monday(of day: CivilDate) -> CivilDate { day.adding(days: 1 - day.weekday.rawValue) }

    /// The local day of a send.
    private mutating func count(_ decision: Decision, of customer: Int, _ index: Int) -> CivilDate? {
        let campaign = plan.campaigns[index]
        let label = label(of: decision, customer)
        var occurrence = campaigns[index].occurrences[label, default: Occurrence()]
        defer { campaigns[index].occurrences[label] = occurrence }
        if campaign.schedule.isTriggered { occurrence.considered += 1 }
        switch decision.outcome {
        case .pending:
            occurrence.pending += 1
            return nil
        case .refused(let refusal):
            occurrence.refused[refusal.rawValue] += 1
            if [Refusal.holdout, .controlGroup, .capped, .ceiling].contains(refusal) {
                countConversion(decision, customer, index)
            }
            return nil
        case .send(let channel, let variant):
            occurrence.sent += 1
            campaigns[index].sent[variant][channel] += 1
            let price = plan.workspace.costs.first { $0.channel == campaign.channels[channel] }
            campaigns[index].cost += price?.amount ?? 0
            countConversion(decision, customer, index)
            let day = period.zone.day(at: Instant(milliseconds: decision.instant))
            campaigns[index].perDay[Int(day.daysSinceEpoch - period.firstDay.daysSinceEpoch)] += 1
            return day
        }
    }

    private mutating func countConversion(_ decision: Decision, _ customer: Int, _ index: Int) {
        guard let goal = plan.campaigns[index].goal, let last = random.events.map(\.time).max(),
            decision.instant + goal.within <= last
        else { return }
        campaigns[index].eligible += 1
        let after = decision.instant + 1...decision.instant + goal.within
        // The only test that a goal of these campaigns has is that of an amount.
        let least = goal.conversion.tests.isEmpty ? nil : 5
        let isConverted = random.events.contains { event in
            event.customer == customer && goal.conversion.types.contains(event.type) && after.contains(event.time)
                && (least.map { event.amount ?? -1 >= $0 } ?? true)
        }
        if isConverted { campaigns[index].converted += 1 }
    }

    /// Everybody who exists is looked at by every occurrence.
    private mutating func consider(_ customer: Int, _ index: Int) {
        for (label, instant) in occurrences(of: plan.campaigns[index].schedule, for: customer)
        where instant >= period.from && instant < period.to
            && instant.milliseconds >= random.customers[customer].since
        {
            campaigns[index].occurrences[label, default: Occurrence()].considered += 1
        }
    }

    private func occurrences(of schedule: Schedule, for customer: Int) -> [(label: String, instant: Instant)] {
        switch schedule {
        case .onceAtInstant(let instant): return [("\(instant)", instant)]
        case .once(let wall, let zone): return [("\(wall)", self.zone(zone, customer).instant(of: wall))]
        case .recurring(let rule, let time, let from, let until, let zone):
            return (-3...period.dayCount + 3).map { period.firstDay.adding(days: $0) }.filter { day in
                rule.isOn(day) && from.map { day >= $0 } ?? true && until.map { day <= $0 } ?? true
            }.map { day in
                let wall = CivilDateTime(date: day, time: time)
                return ("\(wall)", self.zone(zone, customer).instant(of: wall))
            }
        case .onEvent, .onEntry: return []
        }
    }

    private func label(of decision: Decision, _ customer: Int) -> String {
        let schedule = plan.campaigns[decision.campaign].schedule
        let planned = Instant(milliseconds: decision.planned)
        switch schedule {
        case .onceAtInstant: return "\(planned)"
        case .once(_, let zone), .recurring(_, _, _, _, let zone):
            return "\(self.zone(zone, customer).local(at: planned))"
        case .onEvent, .onEntry:
            let isInPeriod = decision.instant < period.to.milliseconds
            let counted = isInPeriod ? decision.instant : decision.trigger
            return "\(period.zone.day(at: Instant(milliseconds: counted)))"
        }
    }

    private func zone(_ reference: ZoneReference, _ customer: Int) -> TimeZoneRules {
        switch reference {
        case .named(let name): TimeZoneRules.named(name) ?? .utc
        case .recipient: random.customers[customer].zone ?? period.zone
        }
    }

    /// Whoever was looked at and is not listed is not in the audience.
    private mutating func finish(_ index: Int) {
        for (label, occurrence) in campaigns[index].occurrences {
            var counted = occurrence
            let listed = counted.refused.reduce(0, +) + counted.pending + counted.sent
            counted.refused[Refusal.notInAudience.rawValue] += counted.considered - listed
            campaigns[index].occurrences[label] = counted
            campaigns[index].considered += counted.considered
            campaigns[index].pending += counted.pending
            for place in counted.refused.indices { campaigns[index].refused[place] += counted.refused[place] }
        }
    }
}

extension DayRule {
    fileprivate func isOn(_ day: CivilDate) -> Bool {
        switch self {
        case .weekdays(let days): days.contains(day.weekday)
        case .monthDay(let wanted):
            day.day == wanted || (day.day < wanted && day.adding(days: 1).day == 1)
        }
    }
}
