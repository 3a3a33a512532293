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
                isDay(day, rule) && first.map { day >= $0 } ?? true && last.map { day <= $0 } ?? true
            }.map { CivilDateTime(date: $0, time: time) }
            return scheduled(walls.map { ("\($0)", rules(zone).instant(of: $0).milliseconds) })
        case .cron(let expression, let zone):
            return scheduled(cronTimes(NaiveCron(expression.text), rules(zone)))
        case .onEvent(let selection, let timing):
            let times =
                mutation == .lateEventsTriggerAtTheirTime
                ? Set(oracle.items(selection.types, at: .max).filter { oracle.selects($0, selection) }.map(\.time))
                    .sorted()
                : oracle.triggerTimes(selection)
            return triggered(times, timing, campaign)
        case .beforeDate(let date, let timing):
            return triggered(moments(before: date), timing, campaign)
        case .onSequence(let pattern, let timing):
            let wait = mutation == .absencesFireAtTheirBeginning ? pattern.absence?.within ?? 0 : 0
            let times = oracle.completions(of: pattern, fromAnyStart: mutation == .startsAreSeenForEver)
            return triggered(times.map { $0 - wait }, timing, campaign)
        case .onAnniversary(var anniversary, let timing):
            if mutation == .returnsFireOnTheDay, let day = CalendarSpan(count: 1, unit: .day) { anniversary.next = day }
            let midnights = days.map { rules(anniversary.zone).startOfDay($0).milliseconds }
            return triggered(
                midnights.filter {
                    mutation == .returnsAreDaily
                        ? oracle.returns(anniversary, at: $0) : oracle.beginsToReturn(anniversary, at: $0)
                }, timing, campaign)
        case .onEntry(let timing):
            return triggered(entries(campaign), timing, campaign)
        }
    }

    private func scheduled(_ list: [(label: String, instant: Int64)]) -> [NaiveTrigger] {
        list.filter { isInPeriod($0.instant) }.map {
            NaiveTrigger(instant: $0.instant, planned: $0.instant, label: $0.label)
        }
    }

    private func triggered(
        _ times: [Int64], _ timing: SendTiming, _ campaign: PlannedCampaign
    ) -> [NaiveTrigger] {
        times.filter { isInPeriod($0) && counts($0, campaign.beforeTrigger) }.map { time in
            NaiveTrigger(instant: time, planned: planned(time + timing.delay, timing.next, trigger: time), label: nil)
        }
    }

    /// When events remind of the dates that they carry, each as it is at that instant; what comes too late for that reminds
    /// of nothing.
    private func moments(before date: EventDate) -> [Int64] {
        func items(at t: Int64) -> [NaiveItem] {
            oracle.items(date.selection.types, at: t).filter { oracle.selects($0, date.selection) }
        }
        // Nothing is another one between these.
        let changes = Set(person.customer.events.map(\.visibleFrom))
        let moments = Set(changes.flatMap { items(at: $0).compactMap { moment(of: $0, date) } })
        if mutation == .lateEventsRemindToo { return moments.sorted() }
        return moments.filter { t in items(at: t).contains { moment(of: $0, date) == t } }.sorted()
    }

    private func moment(of item: NaiveItem, _ date: EventDate) -> Int64? {
        guard case .number(let value) = item.property(date.property) else { return nil }
        let zone = rules(date.zone)
        let type = plan.schema.event(item.type)?.property(date.property)?.type
        let local =
            type == .date
            ? CivilDateTime(date: CivilDate(daysSinceEpoch: Int32(value)), time: .midnight)
            : zone.local(at: Instant(milliseconds: value))
        switch date.lead {
        case .calendar(let span):
            if mutation == .datesKeepTheirTimeOfUTC, type == .instant {
                let days = local.date.daysSinceEpoch - span.before(local.date).daysSinceEpoch
                return value - Int64(days) * 86_400_000
            }
            return zone.instant(of: CivilDateTime(date: span.before(local.date), time: local.time)).milliseconds
        case .elapsed(let length): return (type == .date ? zone.instant(of: local).milliseconds : value) - length
        }
    }

    private func counts(_ trigger: Int64, _ before: ConditionIndex?) -> Bool {
        guard let before else { return true }
        return mutation == .beforeTriggerSeesTheTrigger
            ? oracle.held(before, before: trigger + 1) : oracle.held(before, before: trigger)
    }

    private func isInPeriod(_ instant: Int64) -> Bool {
        instant >= simulation.from && instant < simulation.to && instant >= person.customer.existsFrom
    }

    /// Contract 14: the first instant from here on with such a wall time.
    func planned(_ start: Int64, _ next: NextTime?, trigger: Int64) -> Int64 {
        guard let next else { return start }
        let zone = rules(next.zone)
        let today = zone.day(at: Instant(milliseconds: start))
        func first(at time: TimeOfDay) -> Int64 {
            (-2...40).map { today.adding(days: $0) }.filter { isDay($0, next.days) }
                .map { zone.instant(of: CivilDateTime(date: $0, time: time)).milliseconds }
                .filter { $0 >= start }.min() ?? .max
        }
        switch next.time {
        case .at(let time): return first(at: time)
        case .best(let best):
            return first(at: bestTime(best, zone, at: mutation == .bestTimeIsOfTheSend ? start : trigger))
        case .within: return isOpen(next, start) ? start : firstQuarter(after: start) { isOpen(next, $0) }
        }
    }

    /// The hour of most events, each looked at.
    private func bestTime(_ best: BestTime, _ zone: TimeZoneRules, at t: Int64) -> TimeOfDay {
        let hours = oracle.items(best.selection.types, at: t)
            .filter { oracle.selects($0, best.selection) && $0.time > t - best.over }
            .map { zone.local(at: Instant(milliseconds: $0.time)).time.hour }
            .filter { hour in
                guard let within = best.within else { return true }
                let minutes = (hour * 60, within.from.milliseconds / 60_000, within.until.milliseconds / 60_000)
                return minutes.1 < minutes.2
                    ? minutes.0 >= minutes.1 && minutes.0 < minutes.2 : minutes.0 >= minutes.1 || minutes.0 < minutes.2
            }
        let wanted = mutation == .bestTimeNeedsOneMore ? best.occurrences + 1 : best.occurrences
        guard hours.count >= wanted else { return best.fallback }
        let ordered = Set(hours).sorted { a, b in
            let (first, second) = (hours.count { $0 == a }, hours.count { $0 == b })
            if first != second { return first > second }
            return mutation == .bestTimeIsTheLatest ? a > b : a < b
        }
        return ordered.first.flatMap { TimeOfDay(hour: $0, minute: 0) } ?? best.fallback
    }

    private func isDay(_ day: CivilDate, _ rule: DayRule) -> Bool {
        if case .workingDays = rule, mutation == .holidaysAreWorkingDays {
            return day.weekday != .saturday && day.weekday != .sunday
        }
        return rule.names(day)
    }

    /// Whether a message may go out by the window of its campaign.
    func isOpen(_ next: NextTime?, _ instant: Int64) -> Bool {
        guard let next, case .within(let hours) = next.time else { return true }
        let local = rules(next.zone).local(at: Instant(milliseconds: instant))
        guard isDay(local.date, next.days) || mutation == .windowsForgetTheirDays else { return false }
        let isAfter = local.time >= hours.from
        let isBefore = mutation == .windowIncludesItsEnd ? local.time <= hours.until : local.time < hours.until
        return hours.from < hours.until ? isAfter && isBefore : isAfter || isBefore
    }

    /// Every time at which the zone's clocks show a time of the expression; a time that is named and skipped is the end of
    /// the gap, and of one that is named and comes twice the first counts.
    private func cronTimes(_ cron: NaiveCron, _ zone: TimeZoneRules) -> [(label: String, instant: Int64)] {
        let times = (0..<24 * 60).compactMap { TimeOfDay(hour: $0 / 60, minute: $0 % 60) }.filter { cron.names($0) }
        let walls = days.filter { cron.names($0, needsBoth: mutation == .cronNeedsBothDays) }.flatMap { date in
            times.map { CivilDateTime(date: date, time: $0) }
        }
        guard cron.isHourly, mutation != .hourlyCronFiresOnce else {
            return walls.map { ("\($0)", zone.instant(of: $0).milliseconds) }
        }
        return walls.flatMap { wall in
            // Clocks are never set by more than three hours.
            let first = zone.instant(of: wall).milliseconds
            let shown = stride(from: first, through: first + 3 * 3_600_000, by: 15 * 60_000).filter {
                zone.local(at: Instant(milliseconds: $0)) == wall
            }
            return shown.enumerated().map { ($0.offset == 0 ? "\(wall)" : "\(wall) again", $0.element) }
        }
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
    private func entries(_ campaign: PlannedCampaign) -> [Int64] {
        let condition = campaign.include
        let isCurrent = campaign.includesCurrent && mutation != .currentOnesDoNotEnter
        var times = person.customer.moments
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
        if isCurrent || mutation == .insideAtTheStartIsAnEntry, oracle.holds(condition, at: simulation.from) {
            edges.insert(simulation.from)
        }
        return edges.filter { edge in
            guard edge >= simulation.from - 1, edge <= simulation.to else { return false }
            guard oracle.holds(condition, at: edge) else { return false }
            if edge == simulation.from, isCurrent || mutation == .insideAtTheStartIsAnEntry { return true }
            return !oracle.holds(condition, at: edge - 1)
        }.sorted()
    }
}

extension DayRule {
    fileprivate func names(_ day: CivilDate) -> Bool {
        switch self {
        case .weekdays(let days): days.contains(day.weekday)
        case .workingDays(let holidays): holidays.isWorkingDay(day) == true
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
