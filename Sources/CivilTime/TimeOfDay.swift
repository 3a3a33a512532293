/// A time by the wall clock, from 00:00 to 23:59:59.999.
package struct TimeOfDay: Hashable, Comparable, Sendable {
    /// Since 00:00 by the clock; from 0 to 86,399,999.
    package let milliseconds: Int32

    package static let midnight = TimeOfDay(validMilliseconds: 0)

    /// Nil unless every part is in its range; there is no 24:00 and no second 60.
    package init?(hour: Int, minute: Int, second: Int = 0, millisecond: Int = 0) {
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second),
            (0..<1000).contains(millisecond)
        else { return nil }
        self.init(validMilliseconds: Int64(((hour * 60 + minute) * 60 + second) * 1000 + millisecond))
    }

    /// The caller has made sure of the range.
    init(validMilliseconds: Int64) {
        milliseconds = Int32(clamping: min(max(validMilliseconds, 0), WallClock.millisecondsPerDay - 1))
    }

    /// 0 to 23.
    package var hour: Int { Int(milliseconds) / 3_600_000 }
    /// 0 to 59.
    package var minute: Int { Int(milliseconds) / 60_000 % 60 }
    /// 0 to 59.
    package var second: Int { Int(milliseconds) / 1000 % 60 }
    /// 0 to 999.
    package var millisecond: Int { Int(milliseconds) % 1000 }

    package static func < (a: TimeOfDay, b: TimeOfDay) -> Bool { a.milliseconds < b.milliseconds }
}

extension TimeOfDay: CustomStringConvertible {
    /// Nil unless the text is exactly `HH:MM` or `HH:MM:SS` and names a time.
    package init?(parsing text: some StringProtocol) {
        let bytes = Array(text.utf8)
        var reader = ByteReader()
        guard let time = reader.time(in: bytes.span, fractions: false), reader.isAtEnd(of: bytes.span) else {
            return nil
        }
        self = time
    }

    /// `12:30`, `12:30:15` or `12:30:15.250`: no more than it takes.
    package var description: String {
        let minutes = "\(Padded.text(hour, 2)):\(Padded.text(minute, 2))"
        return milliseconds % 60_000 == 0 ? minutes : "\(minutes):\(secondsText)"
    }

    /// `15` or `15.250`.
    var secondsText: String {
        let seconds = Padded.text(second, 2)
        return millisecond == 0 ? seconds : "\(seconds).\(Padded.text(millisecond, 3))"
    }
}
