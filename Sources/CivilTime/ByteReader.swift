/// Reads the fixed forms of dates and times from bytes, and refuses everything else.
///
/// The bytes come with each call, because a span cannot be stored. After a nil the position means nothing.
struct ByteReader {
    private(set) var position = 0

    func isAtEnd(of bytes: Span<UInt8>) -> Bool { position >= bytes.count }

    func peek(in bytes: Span<UInt8>) -> UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    mutating func next(in bytes: Span<UInt8>) -> UInt8? {
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    /// True when the next byte was this one, and is read now.
    mutating func take(_ wanted: Unicode.Scalar, in bytes: Span<UInt8>) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(truncatingIfNeeded: wanted.value) else { return false }
        position += 1
        return true
    }

    mutating func digit(in bytes: Span<UInt8>) -> Int? {
        guard position < bytes.count else { return nil }
        let value = bytes[position] &- 0x30
        guard value < 10 else { return nil }
        position += 1
        return Int(value)
    }

    /// The value of exactly this many digits.
    mutating func number(digits: Int, in bytes: Span<UInt8>) -> Int? {
        var value = 0
        for _ in 0..<digits {
            guard let digit = digit(in: bytes) else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// A number of 1 to 12 digits without needless zeros in front.
    mutating func count(in bytes: Span<UInt8>) -> Int? {
        guard var value = digit(in: bytes) else { return nil }
        var length = 1
        while let digit = digit(in: bytes) {
            length += 1
            guard value > 0, length <= 12 else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// `YYYY-MM-DD`.
    mutating func date(in bytes: Span<UInt8>) -> CivilDate? {
        guard let year = number(digits: 4, in: bytes), take("-", in: bytes),
            let month = number(digits: 2, in: bytes), take("-", in: bytes),
            let day = number(digits: 2, in: bytes)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    /// `HH:MM` or `HH:MM:SS`, and after seconds a fraction when they are allowed.
    mutating func time(in bytes: Span<UInt8>, fractions: Bool) -> TimeOfDay? {
        guard let hour = number(digits: 2, in: bytes), take(":", in: bytes),
            let minute = number(digits: 2, in: bytes)
        else { return nil }
        guard take(":", in: bytes) else { return TimeOfDay(hour: hour, minute: minute) }
        guard let second = number(digits: 2, in: bytes) else { return nil }
        guard fractions, take(".", in: bytes) else { return TimeOfDay(hour: hour, minute: minute, second: second) }
        guard let millisecond = fraction(in: bytes) else { return nil }
        return TimeOfDay(hour: hour, minute: minute, second: second, millisecond: millisecond)
    }

    /// The milliseconds of a decimal fraction, which has at least one digit and none but zeros after the third.
    private mutating func fraction(in bytes: Span<UInt8>) -> Int? {
        guard let tenths = digit(in: bytes) else { return nil }
        var value = tenths * 100
        var weight = 10
        while let digit = digit(in: bytes) {
            guard weight > 0 || digit == 0 else { return nil }
            value += digit * weight
            weight /= 10
        }
        return value
    }
}
