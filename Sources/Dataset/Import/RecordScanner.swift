import Foundation

/// Finds the fields of one CSV record (RFC 4180) in a block.
///
/// A record ends with LF or CR LF; a CR elsewhere is a character like any other. A quote inside a field that does not
/// begin with one is, too.
struct RecordScanner: ~Copyable {
    struct Field {
        var start: Int
        var end: Int
    }

    enum Outcome {
        /// The record ends before `next`, and this many line ends lie in it, its own included.
        case record(next: Int, lines: Int)
        /// The block ends inside a quoted field that began this many lines below the record's first.
        case unclosedQuote(linesBelow: Int)
    }

    /// Fields of the record.
    private(set) var count = 0
    /// False where a byte of the record is not ASCII.
    private(set) var isASCII = true
    /// A field whose closing quote is followed by something else than a comma or the end.
    private(set) var brokenField: Int?
    private var fields = UnsafeMutablePointer<Field>.allocate(capacity: 16)
    private var capacity = 16

    private static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    deinit { fields.deallocate() }

    @inline(__always)
    subscript(index: Int) -> Field {
        precondition(index >= 0 && index < count, "field outside its record")
        return fields[index]
    }

    /// Scans from the start of `range`, which is not empty and at whose end a line feed stands; quotes written twice
    /// become one, in place.
    mutating func scan(_ bytes: UnsafeMutablePointer<UInt8>, _ range: Range<Int>) -> Outcome {
        count = 0
        brokenField = nil
        let end = range.upperBound
        var index = range.lowerBound
        var lines = 0
        var seen: UInt64 = 0
        while true {
            if count == capacity { grow() }
            var field = Field(start: index, end: index)
            let isQuoted = bytes[index] == Self.quote
            if isQuoted {
                let linesAtQuote = lines
                index += 1
                field.start = index
                field.end = index
                var isClosed = false
                while index < end {
                    let byte = bytes[index]
                    seen |= UInt64(byte)
                    if byte == Self.quote {
                        if bytes[index + 1] != Self.quote {
                            isClosed = true
                            break
                        }
                        index += 1
                    } else if byte == Self.lineFeed {
                        lines += 1
                    }
                    bytes[field.end] = byte
                    field.end += 1
                    index += 1
                }
                guard isClosed else { return .unclosedQuote(linesBelow: linesAtQuote) }
                index += 1
            }
            let afterQuote = index
            index = Self.fieldEnd(bytes, index, &seen)
            let isEndOfRecord = bytes[index] != Self.comma
            var fieldEnd = index
            if isEndOfRecord, index < end, fieldEnd > afterQuote, bytes[fieldEnd - 1] == Self.carriageReturn {
                fieldEnd -= 1
            }
            if !isQuoted {
                field.end = fieldEnd
            } else if fieldEnd > afterQuote, brokenField == nil {
                brokenField = count
            }
            fields[count] = field
            count += 1
            if isEndOfRecord {
                isASCII = seen & Self.highs == 0
                return .record(next: min(index + 1, end), lines: lines + 1)
            }
            index += 1
        }
    }

    /// The next comma or line feed; eight bytes at a time, the first of them found by its zero after an exclusive or.
    @inline(__always)
    private static func fieldEnd(_ bytes: UnsafeMutablePointer<UInt8>, _ start: Int, _ seen: inout UInt64) -> Int {
        var index = start
        while true {
            let word = UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt64.self)
            let commas = word ^ (ones &* UInt64(comma))
            let feeds = word ^ (ones &* UInt64(lineFeed))
            let found = (((commas &- ones) & ~commas) | ((feeds &- ones) & ~feeds)) & highs
            if found != 0 {
                let bits = UInt64(found.trailingZeroBitCount) & ~7
                seen |= word & ((1 &<< bits) &- 1)
                return index + Int(bits >> 3)
            }
            seen |= word
            index += 8
        }
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Field>.allocate(capacity: capacity * 2)
        larger.update(from: fields, count: count)
        fields.deallocate()
        fields = larger
        capacity *= 2
    }

    /// Where the last record ends that is whole for certain; 0 without one. The bytes begin with a record.
    ///
    /// A quote opens a field only where one begins, so between quotes nothing needs to be looked at.
    static func lastRecordEnd(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
        var lastEnd = 0
        var index = 0
        while true {
            // Outside quotes, at `index`.
            var opening = index
            while true {
                opening = find(quote, bytes, opening, count)
                if opening == count || opening == 0 || bytes[opening - 1] == comma || bytes[opening - 1] == lineFeed {
                    break
                }
                opening += 1
            }
            var feed = opening
            while feed > index, bytes[feed - 1] != lineFeed { feed -= 1 }
            if feed > index { lastEnd = feed }
            guard opening < count else { return lastEnd }
            var closing = find(quote, bytes, opening + 1, count)
            while closing + 1 < count, bytes[closing + 1] == quote { closing = find(quote, bytes, closing + 2, count) }
            // The next byte would tell whether the last one closes.
            guard closing + 1 < count else { return lastEnd }
            index = closing + 1
        }
    }

    /// `end` where there is none.
    private static func find(_ byte: UInt8, _ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        guard start < end, let found = memchr(bytes + start, Int32(byte), end - start) else { return end }
        return UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - bytes
    }
}
