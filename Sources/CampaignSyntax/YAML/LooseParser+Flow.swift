internal import Diagnostics

extension LooseParser {
    /// What stands in brackets, and the offset behind it. Brackets that nobody closed end before the next key in column
    /// `parent` or further left.
    func flow(at offset: Int, parent: Int) -> (YAMLNode, Int) {
        var reader = FlowReader(parser: self, parent: parent, place: offset)
        let node = reader.node(depth: 0)
        return (node, reader.place)
    }
}

/// Reads `{ … }` and `[ … ]` over any number of lines.
private struct FlowReader {
    let parser: LooseParser
    let parent: Int
    var place: Int
    /// The brackets were left open.
    private var isOver = false

    private static let deepest = 64
    private static let indicators = Array(",[]{}".utf8)

    init(parser: LooseParser, parent: Int, place: Int) {
        self.parser = parser
        self.parent = parent
        self.place = place
    }

    private var next: UInt8? { !isOver && place < parser.bytes.count ? parser.bytes[place] : nil }

    mutating func node(depth: Int) -> YAMLNode {
        switch next {
        case UInt8(ascii: "{") where depth < Self.deepest: return mapping(depth: depth + 1)
        case UInt8(ascii: "[") where depth < Self.deepest: return sequence(depth: depth + 1)
        case nil: return parser.empty(at: place)
        default: return scalar()
        }
    }

    private mutating func mapping(depth: Int) -> YAMLNode {
        let lower = place
        var entries: [YAMLEntry] = []
        place += 1
        while true {
            skipSpace()
            guard let byte = next, byte != UInt8(ascii: "]") else { break }
            if byte == UInt8(ascii: "}") {
                place += 1
                break
            }
            if byte == UInt8(ascii: ",") {
                place += 1
                continue
            }
            entries.append(entry(depth: depth))
        }
        return .mapping(entries, parser.span(lower, end(from: lower)))
    }

    private mutating func sequence(depth: Int) -> YAMLNode {
        let lower = place
        var children: [YAMLNode] = []
        place += 1
        while true {
            skipSpace()
            guard let byte = next, byte != UInt8(ascii: "}") else { break }
            if byte == UInt8(ascii: "]") {
                place += 1
                break
            }
            if byte == UInt8(ascii: ",") {
                place += 1
                continue
            }
            let child = node(depth: depth)
            skipSpace()
            if case .scalar(let scalar) = child, next == UInt8(ascii: ":") {
                let entry = YAMLEntry(key: Located(scalar.text, scalar.span), value: value(depth: depth))
                children.append(.mapping([entry], parser.span(scalar.span.lower, entry.value.span.upper)))
            } else {
                children.append(child)
            }
        }
        return .sequence(children, parser.span(lower, end(from: lower)))
    }

    /// Without the blanks that were looked at in vain.
    private func end(from lower: Int) -> Int {
        var end = min(place, parser.bytes.count)
        while end > lower + 1, parser.isSpace(parser.bytes[end - 1]) { end -= 1 }
        return end
    }

    private mutating func entry(depth: Int) -> YAMLEntry {
        let key: Located<String>
        if case .scalar(let scalar) = node(depth: depth) {
            key = Located(scalar.text, scalar.span)
        } else {
            key = Located("", parser.span(place, place))
        }
        let end = place
        skipSpace()
        guard next == UInt8(ascii: ":") else {
            return YAMLEntry(key: key, value: .invalid(parser.span(end, end)))
        }
        return YAMLEntry(key: key, value: value(depth: depth))
    }

    /// What stands behind a `:`.
    private mutating func value(depth: Int) -> YAMLNode {
        place += 1
        let start = place
        skipSpace()
        switch next {
        case nil, UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"): return parser.empty(at: start)
        default: return node(depth: depth)
        }
    }

    private mutating func scalar() -> YAMLNode {
        if parser.startsQuote(place) {
            let (node, end) = parser.quoted(at: place, parent: parent)
            place = end
            return node
        }
        let lower = place
        let lineEnd = parser.lineEnd(parser.lineNumber(at: place))
        while place < lineEnd {
            let byte = parser.bytes[place]
            if Self.indicators.contains(byte) { break }
            if byte == UInt8(ascii: "#"), place > lower, parser.isBlank(parser.bytes[place - 1]) { break }
            if byte == UInt8(ascii: ":"), endsKey(place, lineEnd) { break }
            place += 1
        }
        var upper = place
        while upper > lower, parser.isBlank(parser.bytes[upper - 1]) { upper -= 1 }
        // A character that begins nothing must not be looked at again.
        if upper == lower { place = max(place, lower + 1) }
        let text = String(decoding: parser.bytes[lower..<upper], as: UTF8.self)
        return .scalar(YAMLScalar(text: text, isPlain: true, span: parser.span(lower, upper)))
    }

    private func endsKey(_ place: Int, _ lineEnd: Int) -> Bool {
        guard place + 1 < lineEnd else { return true }
        let byte = parser.bytes[place + 1]
        return parser.isBlank(byte) || Self.indicators.contains(byte)
    }

    /// Blanks, comments and line ends; notices where an outer key begins.
    private mutating func skipSpace() {
        while let byte = next {
            if parser.isBlank(byte) {
                place += 1
            } else if byte == UInt8(ascii: "#") {
                place = parser.lineEnd(parser.lineNumber(at: place))
            } else if byte == 0x0A || byte == 0x0D {
                let line = parser.lineNumber(at: place)
                if let content = parser.content(of: line + 1), content.indent <= parent,
                    parser.keyEnd(at: content.lower) != nil || parser.isDash(content.lower)
                {
                    isOver = true
                    return
                }
                place += 1
            } else {
                return
            }
        }
    }
}
