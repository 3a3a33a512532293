/// A day and a time by the wall clock, in no zone.
package struct CivilDateTime: Hashable, Comparable, Sendable {
    package var date: CivilDate
    package var time: TimeOfDay

    package init(date: CivilDate, time: TimeOfDay) {
        self.date = date
        self.time = time
    }

    package static func < (a: CivilDateTime, b: CivilDateTime) -> Bool {
        (a.date, a.time) < (b.date, b.time)
    }

    /// Milliseconds since 1970-01-01T00:00 by the same clock.
    var wallMilliseconds: Int64 {
        Int64(date.daysSinceEpoch) * WallClock.millisecondsPerDay + Int64(time.milliseconds)
    }

    /// The value is from `WallClock.first` to `WallClock.last`.
    init(wallMilliseconds: Int64) {
        let days = WallClock.floorDivide(wallMilliseconds, by: WallClock.millisecondsPerDay)
        date = CivilDate(daysSinceEpoch: Int32(clamping: days))
        time = TimeOfDay(validMilliseconds: wallMilliseconds - days * WallClock.millisecondsPerDay)
    }
}

extension CivilDateTime: CustomStringConvertible {
    /// `2026-12-24T18:00`, with seconds and milliseconds when it takes them.
    package var description: String { "\(date)T\(time)" }
}
