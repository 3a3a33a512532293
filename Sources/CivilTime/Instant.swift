/// A point on the time line: milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
package struct Instant: Hashable, Comparable, Sendable {
    package var milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package static let distantPast = Instant(milliseconds: .min)
    package static let distantFuture = Instant(milliseconds: .max)

    package static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }
}

extension Instant: CustomStringConvertible {
    /// `2026-12-24T18:00:00Z`, or `2026-12-24T18:00:00.123Z` when it is not a whole second; instants outside the years
    /// 1 to 9999 print as the nearest instant inside.
    package var description: String {
        let utc = CivilDateTime(wallMilliseconds: WallClock.clamped(milliseconds))
        let time = utc.time
        let minutes = "\(utc.date)T\(Padded.text(time.hour, 2)):\(Padded.text(time.minute, 2))"
        return "\(minutes):\(time.secondsText)Z"
    }
}
