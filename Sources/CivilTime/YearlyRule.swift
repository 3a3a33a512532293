/// The instant from which on a zone has an offset, both in seconds.
struct ZoneTransition {
    let seconds: Int64
    let offset: Int64
}

/// Daylight time by a rule that is the same every year, as at the end of a TZif file (RFC 9636, section 3.3).
struct YearlyRule {
    /// A change such as "the last Sunday in March at 01:00".
    struct Change {
        /// 1 to 12.
        let month: Int
        /// 1 to 5, where 5 is the last.
        let week: Int
        /// 0 to 6 from Sunday.
        let weekday: Int
        /// After 00:00 of that day, by the clock before the change; negative or more than a day at times.
        let seconds: Int64
    }

    let standardOffset: Int64
    let daylightOffset: Int64
    let start: Change
    let end: Change

    /// Both changes of each year, in ascending order.
    func transitions(years: ClosedRange<Int>) -> [ZoneTransition] {
        var all: [ZoneTransition] = []
        for year in years {
            let begins = Self.wall(start, year: year) - standardOffset
            let ends = Self.wall(end, year: year) - daylightOffset
            all.append(ZoneTransition(seconds: begins, offset: daylightOffset))
            all.append(ZoneTransition(seconds: ends, offset: standardOffset))
        }
        return all.sorted { $0.seconds < $1.seconds }
    }

    /// Seconds since 1970-01-01T00:00 at the start of the year.
    static func startOfYear(_ year: Int) -> Int64 {
        seconds(of: CivilDate(year: year, month: 1, day: 1))
    }

    private static func wall(_ change: Change, year: Int) -> Int64 {
        guard let first = CivilDate(year: year, month: change.month, day: 1) else { return 0 }
        let firstWeekday = first.weekday.rawValue % 7
        var day = 1 + (change.weekday - firstWeekday + 7) % 7 + (change.week - 1) * 7
        if day > CivilDate.daysInMonth(year: year, month: change.month) { day -= 7 }
        return seconds(of: CivilDate(year: year, month: change.month, day: day)) + change.seconds
    }

    private static func seconds(of date: CivilDate?) -> Int64 {
        Int64(date?.daysSinceEpoch ?? 0) * WallClock.secondsPerDay
    }
}
