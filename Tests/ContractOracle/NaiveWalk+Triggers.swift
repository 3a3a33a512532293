import CampaignPlan
import CivilTime

/// When a campaign looks at the person.
struct NaiveTrigger {
    let instant: Int64
    let planned: Int64
    /// The occurrence of a schedule; nil: a trigger counts on a day.
    let label: String?
}

extension NaiveWalk {
    /// Those of the period, ascending.
    func triggers(_ campaign: PlannedCampaign) -> [NaiveTrigger] {
        switch campaign.schedule {
        case .onceAtInstant(let instant):
            return scheduled([("\(instant)", instant.milliseconds)])
        case .once(let wall, let zone):
            return scheduled([("\(wall)", rules(zone).instant(of: wall).milliseconds)])
        case .recurring(let rule, let time, let first, let last, let zone):
            let walls = days.filter { day in
                rule.names(day) && first.map { day >= $0 } ?? true && last.map { day <= $0 } ?? true
            }.map { CivilDateTime(date: $0, time: time) }
            return scheduled(walls.map { ("\($0)", rules(zone).instant(of: $0).milliseconds) })
        case .onEvent(let selection, let timing):
            return triggered(oracle.triggerTimes(selection), timing)
        case .onEntry(let timing):
            return triggered(entries(campaign.include), timing)
        }
    }

    private func scheduled(_ list: [(label: String, instant: Int64)]) -> [NaiveTrigger] {
        list.filter { isInPeriod($0.instant) }.map {
            NaiveTrigger(instant: $0.instant, planned: $0.instant, label: $0.label)
        }
    }

    private func triggered(_ times: [Int64], _ timing: SendTiming) -> [NaiveTrigger] {
        times.filter(isInPeriod).map { time in
            NaiveTrigger(instant: time, planned: planned(time + timing.delay, timing.next), label: nil)
        }
    }

    private func isInPeriod(_ instant: Int64) -> Bool {
        instant >= simulation.from && instant < simulation.to && instant >= person.customer.existsFrom
    }

    /// Contract 14: the first instant from here on with such a wall time.
    private func planned(_ start: Int64, _ next: NextTime?) -> Int64 {
        guard let next else { return start }
        let zone = rules(next.zone)
        let today = zone.day(at: Instant(milliseconds: start))
        return (-2...10).map { today.adding(days: $0) }.filter { next.days.contains($0.weekday) }
            .map { zone.instant(of: CivilDateTime(date: $0, time: next.at)).milliseconds }
            .filter { $0 >= start }.min() ?? start
    }

    /// Every date that the period can reach in any zone.
    private var days: [CivilDate] {
        let first = simulation.zone.day(at: Instant(milliseconds: simulation.from))
        let last = simulation.zone.day(at: Instant(milliseconds: simulation.to))
        return (first.daysSinceEpoch - 3...last.daysSinceEpoch + 3).map { CivilDate(daysSinceEpoch: $0) }
    }

    private func rules(_ zone: ZoneReference) -> TimeZoneRules {
        switch zone {
        case .named(let name): TimeZoneRules.named(name) ?? simulation.zone
        case .recipient: mutation == .schedulesIgnoreTheRecipientsZone ? simulation.zone : oracle.recipientRules
        }
    }

    /// Contract 11: the starts of a condition. It can only start where something that it sees comes or goes.
    private func entries(_ condition: ConditionIndex) -> [Int64] {
        var times = person.customer.events.map(\.time)
        for attribute in plan.schema.customer.attributes where attribute.type == .instant {
            if case .number(let time) = person.customer.attribute(attribute.name) { times.append(time) }
        }
        var edges = Set(times)
        let lengths = Set(plan.conditions.flatMap(\.lengths))
        for time in times {
            for length in lengths { edges.formUnion([time + length, time - length, time - length + 1]) }
            edges.insert(time + 1)
        }
        for zone in [simulation.zone, oracle.recipientRules] {
            for day in days { edges.insert(zone.startOfDay(day).milliseconds) }
        }
        edges.insert(person.customer.existsFrom)
        edges.formUnion(oracle.edges(of: condition, from: simulation.from, to: simulation.to))
        if mutation == .insideAtTheStartIsAnEntry, oracle.holds(condition, at: simulation.from) {
            edges.insert(simulation.from)
        }
        return edges.filter { edge in
            guard edge >= simulation.from - 1, edge <= simulation.to else { return false }
            guard oracle.holds(condition, at: edge) else { return false }
            if edge == simulation.from, mutation == .insideAtTheStartIsAnEntry { return true }
            return !oracle.holds(condition, at: edge - 1)
        }.sorted()
    }
}

extension DayRule {
    fileprivate func names(_ day: CivilDate) -> Bool {
        switch self {
        case .weekdays(let days): days.contains(day.weekday)
        case .monthDay(let wanted): day.day == wanted || (day.day < wanted && day.adding(days: 1).day == 1)
        }
    }
}

extension Condition {
    /// The elapsed lengths that it counts with.
    fileprivate var lengths: [Int64] {
        switch self {
        case .constant, .not, .all, .any, .attribute: []
        case .attributeTime(_, .elapsed(let from, let to, _)): [from, to]
        case .attributeTime(_, .nextElapsed(let length, _)): [length]
        case .attributeTime: []
        case .events(_, let window, _): window.lengths
        case .behaviour(let behaviour): behaviour.windows.flatMap(\.lengths)
        case .movement(_, _, let within): [within]
        // Their edges come from the oracle.
        case .sequence, .anniversary, .population: []
        }
    }
}

extension EventWindow {
    fileprivate var lengths: [Int64] {
        switch self {
        case .elapsed(let from, let to): [from, to]
        case .ever, .past, .recent, .between, .sinceTrigger: []
        }
    }
}
