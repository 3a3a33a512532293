package import CivilTime

extension Plan {
    /// A campaign that needs public holidays of a day for which they are not known.
    package struct UnknownHolidays: Hashable, Sendable {
        package let campaign: String
        package let holidays: HolidayCalendar
        package let date: CivilDate
    }

    /// The first campaign whose working days in `[from, to)` are not all known, with the first or the last day of the
    /// period. In the recipient's zone the days of all zones count.
    package func unknownHolidays(from: Instant, to: Instant) -> UnknownHolidays? {
        for campaign in campaigns {
            guard let (holidays, zone) = campaign.schedule.workingDays else { continue }
            for date in dates(from, to, zone) where !holidays.knows(date) {
                return UnknownHolidays(campaign: campaign.name, holidays: holidays, date: date)
            }
        }
        return nil
    }

    /// The first and the last day of a period.
    private func dates(_ from: Instant, _ to: Instant, _ zone: ZoneReference) -> [CivilDate] {
        let last = Instant(milliseconds: max(to.milliseconds, from.milliseconds + 1) - 1)
        switch zone {
        case .named(let name):
            let rules = TimeZoneRules.named(name) ?? .utc
            return [rules.day(at: from), rules.day(at: last)]
        case .recipient:
            // From the westernmost to the easternmost clocks.
            return [
                TimeZoneRules.utc.day(at: Instant(milliseconds: from.milliseconds - 12 * 3_600_000)),
                TimeZoneRules.utc.day(at: Instant(milliseconds: last.milliseconds + 14 * 3_600_000)),
            ]
        }
    }
}

extension Schedule {
    fileprivate var workingDays: (HolidayCalendar, ZoneReference)? {
        switch self {
        case .onceAtInstant, .once, .cron: nil
        case .recurring(let rule, at: _, from: _, until: _, let zone): rule.holidays.map { ($0, zone) }
        case .onEvent, .onEntry, .beforeDate, .onSequence, .onAnniversary:
            timing?.next.flatMap { next in next.days.holidays.map { ($0, next.zone) } }
        }
    }
}

extension DayRule {
    fileprivate var holidays: HolidayCalendar? {
        switch self {
        case .weekdays, .monthDay: nil
        case .workingDays(let holidays): holidays
        }
    }
}
