/// Finds the fields of one CSV record (RFC 4180) in a buffer.
///
/// A record ends with LF or CR LF; a CR elsewhere is a character like any other. A quote inside a field that does not
/// begin with one is, too.
struct RecordScanner {
    struct Field {
        var start: Int
        var end: Int
        /// The field has quotes written twice.
        var isEscaped: Bool
    }

    enum Outcome {
        /// The record ends before `next`, and this many line ends lie in it, its own included.
        case record(next: Int, lines: Int)
        /// The buffer ends first.
        case incomplete
        /// The file ends inside a quoted field that began this many lines below the record's first.
        case unclosedQuote(linesBelow: Int)
    }

    private(set) var fields: [Field] = []
    /// False where a byte of the record is not ASCII.
    private(set) var isASCII = true
    /// A field whose closing quote is followed by something else than a comma or the end.
    private(set) var brokenField: Int?
    private var hasEscapes = false

    private static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// Scans from the start of `range`, which is not empty; `isLast`: the file ends with the range.
    mutating func scan(_ buffer: [UInt8], _ range: Range<Int>, isLast: Bool) -> Outcome {
        fields.removeAll(keepingCapacity: true)
        isASCII = true
        brokenField = nil
        hasEscapes = false
        let bytes = buffer.span
        let end = range.upperBound
        var index = range.lowerBound
        var lines = 0
        var seen: UInt8 = 0
        while true {
            var field = Field(start: index, end: index, isEscaped: false)
            let isQuoted = index < end && bytes[index] == Self.quote
            if isQuoted {
                let linesAtQuote = lines
                index += 1
                field.start = index
                var isClosed = false
                while index < end {
                    let byte = bytes[index]
                    seen |= byte
                    if byte == Self.quote {
                        if index + 1 < end, bytes[index + 1] == Self.quote {
                            field.isEscaped = true
                            hasEscapes = true
                            index += 2
                            continue
                        }
                        // Whether the quote is one of two, only the next byte tells.
                        if index + 1 == end, !isLast { return .incomplete }
                        isClosed = true
                        break
                    }
                    if byte == Self.lineFeed { lines += 1 }
                    index += 1
                }
                guard isClosed else { return isLast ? .unclosedQuote(linesBelow: linesAtQuote) : .incomplete }
                field.end = index
                index += 1
            }
            let afterQuote = index
            while index < end {
                let byte = bytes[index]
                if byte == Self.comma || byte == Self.lineFeed { break }
                seen |= byte
                index += 1
            }
            if index == end, !isLast { return .incomplete }
            let isEndOfRecord = index == end || bytes[index] == Self.lineFeed
            var fieldEnd = index
            if isEndOfRecord, index < end, fieldEnd > afterQuote, bytes[fieldEnd - 1] == Self.carriageReturn {
                fieldEnd -= 1
            }
            if !isQuoted {
                field.end = fieldEnd
            } else if fieldEnd > afterQuote, brokenField == nil {
                brokenField = fields.count
            }
            fields.append(field)
            if isEndOfRecord {
                isASCII = seen < 0x80
                return .record(next: min(index + 1, end), lines: lines + 1)
            }
            index += 1
        }
    }

    /// Makes one quote of two in the fields that have them, in place.
    mutating func unescape(_ buffer: inout [UInt8]) {
        guard hasEscapes else { return }
        for position in fields.indices where fields[position].isEscaped {
            var target = fields[position].start
            var index = target
            while index < fields[position].end {
                buffer[target] = buffer[index]
                if buffer[index] == Self.quote { index += 1 }
                index += 1
                target += 1
            }
            fields[position].end = target
        }
    }
}
