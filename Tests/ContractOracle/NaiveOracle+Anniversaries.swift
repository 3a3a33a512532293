import CampaignPlan
import CivilTime

extension NaiveOracle {
    /// Whether a return of the date falls on one of the local days from today on.
    func returns(_ anniversary: Anniversary, at t: Int64) -> Bool {
        let rules = rules(of: anniversary.zone)
        let date: CivilDate
        switch anniversary.origin {
        case .attribute(let name):
            guard case .number(let value) = value(ofAttribute: name, at: t) else { return false }
            date =
                plan.schema.attribute(name)?.type == .date
                ? CivilDate(daysSinceEpoch: Int32(clamping: value)) : rules.day(at: Instant(milliseconds: value))
        case .first(let selection):
            let times = items(selection.types, at: t).filter { selects($0, selection) }.map(\.time)
            guard let first = times.min() else { return false }
            date = rules.day(at: Instant(milliseconds: first))
        }
        let today = rules.day(at: Instant(milliseconds: t))
        let end = anniversary.next.after(today)
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
