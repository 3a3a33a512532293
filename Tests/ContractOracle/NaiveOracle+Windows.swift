import CampaignPlan
import CivilTime

// Differences of times are taken in 128 bits, in which nothing can overflow.
extension NaiveOracle {
    /// Whether a condition that looks through `window` at `t` sees an event at `s`.
    func sees(_ s: Int64, through window: EventWindow, at t: Int64, trigger: Int64?) -> Bool {
        switch window {
        case .ever:
            return s <= t
        case .elapsed(let from, let to):
            return seesElapsed(s, from: from, to: to, at: t)
        case .past(let span, let zone):
            return seesPast(s, span, rules(of: zone), at: t)
        case .recent(let span, let zone):
            return seesRecent(s, span, rules(of: zone), at: t)
        case .between(let first, let last, let zone):
            let day = day(of: s, rules(of: zone))
            return s <= t && first <= day && (mutation == .betweenEndExcluded ? day < last : day <= last)
        case .sinceTrigger:
            guard let trigger else { return false }
            if mutation == .triggerIgnored { return s <= t }
            return s <= t && (s > trigger || (s == trigger && mutation == .triggerCountsItself))
        }
    }

    /// Whether the attribute's time lies in `window` at `t`; a missing one never does.
    func seesAttribute(_ name: String, through window: AttributeWindow, at t: Int64) -> Bool {
        guard case .number(let value) = value(ofAttribute: name, at: t) else { return false }
        let isDate = plan.schema.attribute(name)?.type == .date
        func time(in rules: TimeZoneRules) -> Int64 {
            isDate ? rules.startOfDay(CivilDate(daysSinceEpoch: Int32(clamping: value))).milliseconds : value
        }
        switch window {
        case .elapsed(let from, let to, let zone):
            return seesElapsed(time(in: rules(of: zone)), from: from, to: to, at: t)
        case .past(let span, let zone):
            let rules = rules(of: zone)
            return seesPast(time(in: rules), span, rules, at: t)
        case .recent(let span, let zone):
            let rules = rules(of: zone)
            return seesRecent(time(in: rules), span, rules, at: t)
        case .nextElapsed(let length, let zone):
            let s = time(in: rules(of: zone))
            let end = Int128(t) + Int128(length)
            let isAfter = mutation == .nextIncludesNow ? t <= s : t < s
            return isAfter && (mutation == .nextEndExcluded ? Int128(s) < end : Int128(s) <= end)
        case .nextDays(let span, let zone):
            let rules = rules(of: zone)
            let s = time(in: rules)
            let today = day(of: t, rules)
            let day = day(of: s, rules)
            let countsAllDay = isDate && mutation != .datesEndAtMidnight
            let isAhead = t < s || (t == s && mutation == .nextIncludesNow)
            return (countsAllDay || isAhead) && today <= day && day < span.after(today)
        }
    }

    private func seesElapsed(_ s: Int64, from: Int64, to: Int64, at t: Int64) -> Bool {
        let age = Int128(t) - Int128(s)
        let oldest = mutation == .windowOneMillisecondShort ? Int128(from) - 1 : Int128(from)
        return (age < oldest || (age == oldest && mutation == .windowStartIncluded))
            && (mutation == .windowEndExcluded ? age > to : age >= to)
    }

    private func seesPast(_ s: Int64, _ span: CalendarSpan, _ rules: TimeZoneRules, at t: Int64) -> Bool {
        guard s <= t else { return false }
        let today = day(of: t, rules)
        let first = day(before: today, span)
        let day = day(of: s, rules)
        return (mutation == .pastStartExcluded ? first < day : first <= day)
            && (mutation == .pastSeesToday ? day <= today : day < today)
    }

    private func seesRecent(_ s: Int64, _ span: CalendarSpan, _ rules: TimeZoneRules, at t: Int64) -> Bool {
        guard s <= t || mutation == .recentSeesTheRestOfToday else { return false }
        let today = day(of: t, rules)
        let before = day(before: today, span)
        let day = day(of: s, rules)
        // The calendar begins with the year 1: what would begin before shows its first day too.
        let isBeforeTheCalendar = span.after(before) > today
        let isAfterStart = mutation == .recentStartIncluded ? before <= day : before < day || isBeforeTheCalendar
        return isAfterStart && day <= today
    }

    private func day(before today: CivilDate, _ span: CalendarSpan) -> CivilDate {
        if mutation == .monthsOfThirtyDays, span.unit == .month { return today.adding(days: -30 * span.count) }
        return span.before(today)
    }

    private func day(of instant: Int64, _ rules: TimeZoneRules) -> CivilDate {
        let rules = mutation == .daysOfUTC ? .utc : rules
        return rules.day(at: Instant(milliseconds: instant))
    }

    func rules(of zone: ZoneReference) -> TimeZoneRules {
        switch zone {
        case .named(let name): TimeZoneRules.named(name) ?? workspaceRules
        case .recipient: recipientRules
        }
    }
}
