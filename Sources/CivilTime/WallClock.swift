/// Arithmetic on wall-clock time as one number: milliseconds or seconds since 1970-01-01T00:00 by the local clock.
enum WallClock {
    static let millisecondsPerDay: Int64 = 86_400_000
    static let secondsPerDay: Int64 = 86_400

    /// 0001-01-01T00:00.
    static var first: Int64 { Int64(CivilDate.firstDay) * millisecondsPerDay }
    /// 9999-12-31T23:59:59.999.
    static var last: Int64 { (Int64(CivilDate.lastDay) + 1) * millisecondsPerDay - 1 }

    static func clamped(_ value: Int64) -> Int64 {
        min(max(value, first), last)
    }

    /// Division that rounds towards the past; the divisor is positive.
    static func floorDivide(_ value: Int64, by divisor: Int64) -> Int64 {
        let quotient = value / divisor
        return value % divisor < 0 ? quotient - 1 : quotient
    }
}
