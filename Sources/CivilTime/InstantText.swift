/// An instant as people and files write it: `2026-12-24T18:00`, with or without an offset from UTC.
///
/// Seconds are optional, and so is their fraction; a space may stand for the `T`; at the end there may be `Z`,
/// `+09:00`, `-0530` or `+09`. Digits of the fraction after the third must be zeros, and there is no second 60.
package struct InstantText: Hashable, Sendable {
    package let local: CivilDateTime
    /// Seconds east of UTC, less than a day; nil when the text has no offset.
    package let offsetSeconds: Int?

    package init?(parsing text: some StringProtocol) {
        let bytes = Array(text.utf8)
        self.init(utf8: bytes.span)
    }

    /// Reads a part of a larger text without a copy; nil also when the range is not inside the bytes.
    package init?(bytes: [UInt8], range: Range<Int>) {
        guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return nil }
        self.init(utf8: bytes.span.extracting(range))
    }

    package init?(utf8 bytes: Span<UInt8>) {
        var reader = ByteReader()
        guard let date = reader.date(in: bytes), reader.take("T", in: bytes) || reader.take(" ", in: bytes),
            let time = reader.time(in: bytes, fractions: true)
        else { return nil }
        local = CivilDateTime(date: date, time: time)
        if reader.isAtEnd(of: bytes) {
            offsetSeconds = nil
        } else {
            guard let offset = reader.offset(in: bytes), reader.isAtEnd(of: bytes) else { return nil }
            offsetSeconds = offset
        }
    }

    /// By its own offset, or else by the clock of the zone as `TimeZoneRules.instant(of:)` reads it.
    package func instant(in zone: TimeZoneRules) -> Instant {
        guard let offsetSeconds else { return zone.instant(of: local) }
        return Instant(milliseconds: local.wallMilliseconds - Int64(offsetSeconds) * 1000)
    }
}

extension ByteReader {
    /// The seconds of `Z`, `+09`, `+09:00` or `+0900`.
    fileprivate mutating func offset(in bytes: Span<UInt8>) -> Int? {
        if take("Z", in: bytes) { return 0 }
        let isWest = take("-", in: bytes)
        guard isWest || take("+", in: bytes), let hours = number(digits: 2, in: bytes), hours < 24 else { return nil }
        var seconds = hours * 3600
        if !isAtEnd(of: bytes) {
            _ = take(":", in: bytes)
            guard let minutes = number(digits: 2, in: bytes), minutes < 60 else { return nil }
            seconds += minutes * 60
        }
        return isWest ? -seconds : seconds
    }
}
