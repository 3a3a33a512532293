internal import Diagnostics

/// A place in a text: lines from 0, and units of the session's encoding from the line's beginning.
struct Position: Codable, Hashable {
    let line: Int
    let character: Int
}

/// A half-open range.
struct TextRange: Codable, Hashable {
    let start: Position
    let end: Position

    /// Of a file as a whole.
    static let beginning = TextRange(start: Position(line: 0, character: 0), end: Position(line: 0, character: 0))
}

struct Location: Encodable, Hashable {
    let uri: String
    let range: TextRange
}

/// In what `Position.character` counts.
enum PositionEncoding: String {
    case utf8 = "utf-8"
    case utf16 = "utf-16"

    /// Units that a byte adds: UTF-16 counts characters by their first bytes.
    fileprivate func units(_ byte: UInt8) -> Int {
        switch self {
        case .utf8: 1
        case .utf16: byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1
        }
    }
}

extension SourceText {
    /// The byte at a position. Places outside of the text are its end, those behind a line the line's end, and those
    /// within a character the character's beginning.
    func offset(of position: Position, _ encoding: PositionEncoding) -> Int {
        guard position.line >= 0 else { return 0 }
        guard position.line < lineStarts.count else { return bytes.count }
        let end = contentEnd(ofLine: position.line)
        var place = lineStarts[position.line]
        var units = 0
        while place < end {
            var next = place + 1
            while next < end, bytes[next] & 0xC0 == 0x80 { next += 1 }
            units += bytes[place..<next].reduce(0) { $0 + encoding.units($1) }
            if units > position.character { return place }
            place = next
        }
        return end
    }

    func position(of offset: Int, _ encoding: PositionEncoding) -> Position {
        let place = min(max(0, offset), bytes.count)
        let line = line(at: place) - 1
        let units = bytes[lineStarts[line]..<place].reduce(0) { $0 + encoding.units($1) }
        return Position(line: line, character: units)
    }

    func range(of span: Span, _ encoding: PositionEncoding) -> TextRange {
        TextRange(start: position(of: span.lower, encoding), end: position(of: span.upper, encoding))
    }

    /// Without its line end; lines from 0.
    private func contentEnd(ofLine line: Int) -> Int {
        var end = line + 1 < lineStarts.count ? lineStarts[line + 1] : bytes.count
        while end > lineStarts[line], bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        return end
    }
}
