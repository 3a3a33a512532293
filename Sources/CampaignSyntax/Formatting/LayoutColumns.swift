import Diagnostics

/// Tables: where somebody lined up the values of all lines that follow each other, they stay lined up, one blank behind the
/// longest key. All other values stand one blank behind their keys.
struct LayoutColumns {
    /// Between the colon of each entry and its value.
    private(set) var blanks: [Int]

    /// How an entry stands in the file.
    fileprivate enum Extent {
        /// On one line, with its value in this column.
        case line(column: Int)
        /// On several, which may become one.
        case open
        /// On several that stay, or without a value.
        case block
    }

    init(_ entries: [YAMLEntry], _ source: SourceText) {
        blanks = Array(repeating: 1, count: entries.count)
        let extents = entries.map { Self.extent($0, source) }
        var start = 0
        while start < entries.count {
            // Lines without anything between them, of which the last may be the last of an open entry.
            var end = start + 1
            while end < entries.count, !extents[end - 1].isBlock, !extents[end].isBlock,
                source.line(at: entries[end].key.span.lower) == source.lastLine(of: entries[end - 1]) + 1
            {
                end += 1
            }
            if Self.isTable(extents[start..<end]) {
                let widths = entries[start..<end].map { source.width($0.key.span) }
                let longest = widths.max() ?? 0
                for (index, width) in zip(start..<end, widths) { blanks[index] = 1 + longest - width }
            }
            start = end
        }
    }

    private static func isTable(_ extents: ArraySlice<Extent>) -> Bool {
        guard case .line(let column)? = extents.first, extents.count > 1 else { return false }
        return extents.allSatisfy { if case .line(column) = $0 { true } else { false } }
    }

    private static func extent(_ entry: YAMLEntry, _ source: SourceText) -> Extent {
        let (key, value) = (entry.key.span, entry.value.span)
        guard key.upper < value.lower, value.lower < value.upper else { return .block }
        let line = source.line(at: key.lower)
        if source.line(at: value.upper - 1) == line { return .line(column: source.column(at: value.lower)) }
        switch entry.value {
        case .scalar(let scalar):
            // One that begins behind its key has several lines for good.
            return source.line(at: scalar.span.lower) == line ? .block : .open
        case .sequence, .mapping: return source.isFlow(value) ? .open : .block
        case .invalid: return .block
        }
    }
}

extension LayoutColumns.Extent {
    fileprivate var isBlock: Bool { if case .block = self { true } else { false } }
}

extension SourceText {
    /// In Unicode scalars.
    fileprivate func width(_ span: Span) -> Int {
        bytes[span.lower..<min(span.upper, bytes.count)].count { $0 & 0xC0 != 0x80 }
    }

    fileprivate func lastLine(of entry: YAMLEntry) -> Int {
        line(at: max(entry.key.span.upper, entry.value.span.upper) - 1)
    }

    /// Whether a list or mapping stands in brackets.
    func isFlow(_ span: Span) -> Bool {
        guard span.lower < bytes.count else { return false }
        return bytes[span.lower] == UInt8(ascii: "{") || bytes[span.lower] == UInt8(ascii: "[")
    }
}
