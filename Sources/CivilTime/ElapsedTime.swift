/// Durations by the stopwatch, where a day is 24 hours, as text.
package enum ElapsedTime {
    /// The milliseconds of a count and a unit without a space: `45s`, `30m`, `24h`, `7d` or `2w`.
    ///
    /// Nil for anything else: signs, fractions, zeros in front, other units, and more than 100 years (36,525 days).
    package static func milliseconds(parsing text: some StringProtocol) -> Int64? {
        let bytes = Array(text.utf8)
        var reader = ByteReader()
        guard let count = reader.count(in: bytes.span), let unit = reader.next(in: bytes.span),
            let size = size(ofUnit: unit), reader.isAtEnd(of: bytes.span)
        else { return nil }
        let (product, overflow) = Int64(count).multipliedReportingOverflow(by: size)
        return overflow || product > longest ? nil : product
    }

    /// The count of the largest unit of `d`, `h`, `m`, `s` and `ms` that divides it: `7d`, `90m`, `5ms`; 0 is `0s`.
    package static func text(milliseconds: Int64) -> String {
        if milliseconds == 0 { return "0s" }
        for (unit, size) in printed where milliseconds % size == 0 {
            return "\(milliseconds / size)\(unit)"
        }
        return "\(milliseconds)ms"
    }

    private static let longest = 36_525 * WallClock.millisecondsPerDay
    private static let printed: [(unit: String, size: Int64)] = [
        ("d", WallClock.millisecondsPerDay), ("h", 3_600_000), ("m", 60_000), ("s", 1000),
    ]

    private static func size(ofUnit unit: UInt8) -> Int64? {
        switch Unicode.Scalar(unit) {
        case "s": 1000
        case "m": 60_000
        case "h": 3_600_000
        case "d": WallClock.millisecondsPerDay
        case "w": 7 * WallClock.millisecondsPerDay
        default: nil
        }
    }
}
