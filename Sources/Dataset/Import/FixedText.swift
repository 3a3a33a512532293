internal import Algorithms
import CivilTime

/// The forms of dates and instants that most sources have, read quickly; everything else is left to the full reader.
enum FixedText {
    /// Milliseconds since 1970 of `YYYY-MM-DDTHH:MM:SS`, with a space for the `T`, and nothing, `Z` or an offset like
    /// `+09:00` at the end. Nil: the full reader decides.
    static func instant(_ text: UnsafeBufferPointer<UInt8>, _ zone: ZoneSpans) -> Int64? {
        guard text.count >= 19, let bytes = text.baseAddress, let days = days(text),
            bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":")
        else { return nil }
        let (hour, minute, second) = (pair(bytes + 11), pair(bytes + 14), pair(bytes + 17))
        guard hour < 24, minute < 60, second < 60 else { return nil }
        let wall = days * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        switch text.count {
        case 19: return zone.offset(atWall: wall).map { (wall - $0) * 1000 }
        case 20: return bytes[19] == UInt8(ascii: "Z") ? wall * 1000 : nil
        case 25:
            guard bytes[19] == UInt8(ascii: "+") || bytes[19] == UInt8(ascii: "-"), bytes[22] == UInt8(ascii: ":")
            else { return nil }
            let (hours, minutes) = (pair(bytes + 20), pair(bytes + 23))
            guard hours < 24, minutes < 60 else { return nil }
            let offset = Int64(hours * 3600 + minutes * 60)
            return (bytes[19] == UInt8(ascii: "+") ? wall - offset : wall + offset) * 1000
        default: return nil
        }
    }

    /// Days since 1970 of `YYYY-MM-DD` at the start of the text; nil: the full reader decides.
    static func days(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard text.count >= 10, let bytes = text.baseAddress, bytes[4] == UInt8(ascii: "-"),
            bytes[7] == UInt8(ascii: "-")
        else { return nil }
        let (century, years, month, day) = (pair(bytes), pair(bytes + 2), pair(bytes + 5), pair(bytes + 8))
        // The first and the last year are left out, so that no offset leads out of the range of times.
        guard century < 100, years < 100, month >= 1, month <= 12, day >= 1, day <= 31 else { return nil }
        let year = Int(century * 100 + years)
        guard year > 1, year < 9999 else { return nil }
        if day > 28, Int(day) > CivilDate.daysInMonth(year: year, month: Int(month)) { return nil }
        // Years begin in March here, so that the leap day is their last.
        let shifted = month > 2 ? year : year - 1
        let monthFromMarch = (Int(month) + 9) % 12
        let era = shifted / 400
        let yearOfEra = shifted % 400
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + Int(day) - 1
        return Int64(era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468)
    }

    /// The value of two digits; 100 or more where they are none.
    @inline(__always)
    private static func pair(_ bytes: UnsafePointer<UInt8>) -> UInt32 {
        let (tens, units) = (UInt32(bytes[0] &- 0x30), UInt32(bytes[1] &- 0x30))
        return tens < 10 && units < 10 ? tens * 10 + units : 1000
    }
}

/// Stretches of local time in which a zone's offset does not change, more than a day away from any change.
struct ZoneSpans: Sendable {
    private struct Span {
        /// Seconds since 1970 on the zone's clocks.
        var wall: Range<Int64>
        var offset: Int64
    }

    private var spans: [Span] = []

    /// The years that sources are about; for others there is no span.
    private static let years = (first: Int64(0), end: Int64(4_102_444_800))

    init(_ zone: TimeZoneRules) {
        let day: Int64 = 86_400
        var start = Self.years.first
        while start < Self.years.end {
            let offset = Int64(zone.offsetSeconds(at: Instant(milliseconds: start * 1000)))
            let next = zone.nextTransition(after: Instant(milliseconds: start * 1000)).map { $0.milliseconds / 1000 }
            let end = min(next ?? Self.years.end, Self.years.end)
            if start + 2 * day < end {
                spans.append(Span(wall: start + day + offset..<end - day + offset, offset: offset))
            }
            start = end
        }
    }

    /// Seconds east of UTC; nil near a change.
    func offset(atWall wall: Int64) -> Int64? {
        let place = spans.partitioningIndex { $0.wall.upperBound > wall }
        return place < spans.count && spans[place].wall.contains(wall) ? spans[place].offset : nil
    }
}
