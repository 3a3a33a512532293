import CampaignPlan
import CivilTime

extension NaiveOracle {
    /// Whether a return of the date falls on one of the local days from today on.
    func returns(_ anniversary: Anniversary, at t: Int64) -> Bool {
        guard let date = date(of: anniversary, at: t) else { return false }
        let today = rules(of: anniversary.zone).day(at: Instant(milliseconds: t))
        let days = Int(anniversary.next.after(today).daysSinceEpoch - today.daysSinceEpoch)
        return returns(anniversary, of: date, from: today, days: days)
    }

    /// Whether the days of a return begin with this instant, the beginning of a day.
    func beginsToReturn(_ anniversary: Anniversary, at t: Int64) -> Bool {
        let rules = rules(of: anniversary.zone)
        guard let date = date(of: anniversary, at: t) else { return false }
        let (today, yesterday) = (
            rules.day(at: Instant(milliseconds: t)), rules.day(at: Instant(milliseconds: t - 1))
        )
        // Days that only today looks ahead to.
        let new = anniversary.next.after(yesterday).daysSinceEpoch..<anniversary.next.after(today).daysSinceEpoch
        return new.contains { returns(anniversary, of: date, from: CivilDate(daysSinceEpoch: $0), days: 1) }
    }

    private func date(of anniversary: Anniversary, at t: Int64) -> CivilDate? {
        let rules = rules(of: anniversary.zone)
        switch anniversary.origin {
        case .attribute(let name):
            guard case .number(let value) = value(ofAttribute: name, at: t) else { return nil }
            return
                plan.schema.attribute(name)?.type == .date
                ? CivilDate(daysSinceEpoch: Int32(clamping: value)) : rules.day(at: Instant(milliseconds: value))
        case .first(let selection):
            let times = items(selection.types, at: t).filter { selects($0, selection) }.map(\.time)
            return times.min().map { rules.day(at: Instant(milliseconds: $0)) }
        }
    }

    private func returns(_ anniversary: Anniversary, of date: CivilDate, from today: CivilDate, days: Int) -> Bool {
        let end = today.adding(days: days)
        let least = mutation == .theDayItselfReturns ? 0 : 1
        for year in today.year...end.year {
            let number = year - date.year
            guard number >= least, number <= Anniversary.returnsMax, anniversary.year ?? number == number else {
                continue
            }
            var day = CivilDate(year: year, month: date.month, day: date.day)
            if day == nil {
                // 29 February.
                day = CivilDate(year: year, month: 2, day: 28)
                if mutation == .leapDaysReturnInMarch { day = CivilDate(year: year, month: 3, day: 1) }
            }
            if let day, today <= day, mutation == .returnEndIncluded ? day <= end : day < end { return true }
        }
        return false
    }
}
