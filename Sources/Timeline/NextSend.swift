import CampaignPlan
import CivilTime

/// A time of day on some days of the week.
struct NextSend: Hashable, Sendable {
    private let time: TimeOfDay
    /// A bit for each weekday, Monday's the second lowest.
    private let days: UInt8

    init(_ next: NextTime) {
        time = next.at
        days = next.days.reduce(0) { $0 | 1 << UInt8($1.rawValue) }
    }

    /// The first such instant from here on; `Int64.max` if there is none in the calendar.
    ///
    /// A wall time that the zone skips is the first instant after the gap, which can be on the next day: hence the start
    /// on the day before. One that occurs twice is its first occurrence only.
    func first(from instant: Int64, in zone: TimeZoneRules) -> Int64 {
        var date = zone.local(at: Instant(milliseconds: instant)).date.adding(days: -1)
        for _ in 0..<10 {
            if days & 1 << UInt8(date.weekday.rawValue) != 0 {
                let found = zone.instant(of: CivilDateTime(date: date, time: time)).milliseconds
                if found >= instant { return found }
            }
            date = date.adding(days: 1)
        }
        return .max
    }
}
