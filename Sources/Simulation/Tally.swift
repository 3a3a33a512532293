internal import CampaignPlan
internal import CivilTime
internal import Timeline

/// Counts of decisions over any set of customers. Adding tallies is associative and commutative.
struct Tally: Sendable {
    struct Campaign: Sendable {
        var sent: [Int]
        var recipients = 0
        var eligible = 0
        var converted = 0
        var perDay: [Int]
        var occurrences: [Occurrence]
    }

    struct Occurrence: Sendable {
        var refused = [Int](repeating: 0, count: Refusal.allCases.count)
        var pending = 0
        var sent = 0

        var total: Int { refused.reduce(0, +) + pending + sent }

        mutating func add(_ other: Occurrence) {
            for index in refused.indices { refused[index] += other.refused[index] }
            pending += other.pending
            sent += other.sent
        }
    }

    var campaigns: [Campaign]
    var contacted = 0
    var messages = 0
    var fatigue = Fatigue()
    var work = WorkCounters()
    var buffer: DecisionBuffer

    init(_ plan: Plan, _ calendar: OccurrenceCalendar, _ period: SimulationPeriod) {
        buffer = DecisionBuffer(calendar: calendar)
        campaigns = plan.campaigns.enumerated().map { index, campaign in
            let occurrences =
                campaign.schedule.isTriggered ? period.dayCount : calendar.occurrenceCount(campaign: index)
            return Campaign(
                sent: [Int](repeating: 0, count: campaign.variants.count * campaign.channels.count),
                perDay: [Int](repeating: 0, count: period.dayCount),
                occurrences: [Occurrence](repeating: Occurrence(), count: occurrences))
        }
    }

    mutating func add(_ other: Tally) {
        for index in campaigns.indices { campaigns[index].add(other.campaigns[index]) }
        contacted += other.contacted
        messages += other.messages
        fatigue.add(other.fatigue)
        work += other.work
        buffer.addConsidered(of: other.buffer)
    }
}

extension Tally.Campaign {
    fileprivate mutating func add(_ other: Self) {
        for index in sent.indices { sent[index] += other.sent[index] }
        recipients += other.recipients
        eligible += other.eligible
        converted += other.converted
        for index in perDay.indices { perDay[index] += other.perDay[index] }
        for index in occurrences.indices { occurrences[index].add(other.occurrences[index]) }
    }
}

extension Fatigue {
    /// Counts one customer: how many messages, and the days on which they come, ascending.
    mutating func add(days: [Int], firstWeekday: Weekday) {
        let count = days.count
        customers[Fatigue.classes.firstIndex { count <= $0 } ?? Fatigue.classes.count] += 1
        mostPerPeriod = max(mostPerPeriod, count)
        mostPerDay = max(mostPerDay, longestRun(days) { $0 })
        mostPerWeek = max(mostPerWeek, longestRun(days) { ($0 + firstWeekday.rawValue - 1) / 7 })
    }

    private func longestRun(_ days: [Int], _ key: (Int) -> Int) -> Int {
        var longest = 0
        var run = 0
        var last: Int?
        for day in days {
            let current = key(day)
            run = current == last ? run + 1 : 1
            last = current
            longest = max(longest, run)
        }
        return longest
    }

    fileprivate mutating func add(_ other: Fatigue) {
        for index in customers.indices { customers[index] += other.customers[index] }
        mostPerDay = max(mostPerDay, other.mostPerDay)
        mostPerWeek = max(mostPerWeek, other.mostPerWeek)
        mostPerPeriod = max(mostPerPeriod, other.mostPerPeriod)
    }
}
