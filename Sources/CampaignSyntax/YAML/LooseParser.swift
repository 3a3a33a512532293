package import Diagnostics

/// Reads what can be read of a file that somebody is still writing: never fails, and reports nothing.
///
/// Keys without a colon are entries whose value is invalid; brackets and quotes that nobody closed end where the next key
/// of an outer mapping begins, or with their line. Of a file that `parseYAML` accepts it gives the same tree, but for the
/// exact texts of scalars over several lines, and for escapes.
package func parseLoosely(_ source: SourceText, _ file: FileID) -> YAMLNode? {
    var parser = LooseParser(source: source, file: file)
    return parser.parse()
}

/// The structure of blocks, by indentation; `LooseParser+Flow` reads what stands in brackets, `LooseParser+Scalars` texts.
struct LooseParser {
    let bytes: [UInt8]
    let file: FileID
    let lineStarts: [Int]
    private let source: SourceText
    /// The line that is being read, from 0.
    var line = 0
    private var depth = 0

    /// Recursion follows the levels, so they must be few.
    private static let deepest = 64

    init(source: SourceText, file: FileID) {
        bytes = source.bytes
        lineStarts = source.lineStarts
        self.source = source
        self.file = file
    }

    mutating func parse() -> YAMLNode? {
        var result: YAMLNode?
        // Lines that stand further left than the first one begin anew; their keys belong to the same mapping.
        while let first = nextContent() {
            let node = node(at: first.lower, column: first.indent, parent: -1)
            if case .mapping(let before, let span)? = result {
                guard case .mapping(let entries, let rest) = node else { continue }
                result = .mapping(before + entries, self.span(span.lower, rest.upper))
            } else {
                result = node
            }
        }
        return result
    }

    func span(_ lower: Int, _ upper: Int) -> Span { Span(file: file, lower: lower, upper: upper) }

    // MARK: lines

    /// A line that holds something else than blanks and a comment.
    struct Content {
        /// The first byte that is no blank.
        let lower: Int
        /// Behind the last byte that is no line end.
        let upper: Int
        /// Blanks before `lower`.
        let indent: Int
    }

    func content(of line: Int) -> Content? {
        guard line < lineStarts.count else { return nil }
        let start = lineStarts[line] + (line == 0 ? byteOrderMarkLength(bytes) : 0)
        let end = lineEnd(line)
        var lower = start
        while lower < end, bytes[lower] == UInt8(ascii: " ") { lower += 1 }
        guard lower < end, bytes[lower] != UInt8(ascii: "#"), !isMarker(start, end) else { return nil }
        guard bytes[lower..<end].contains(where: { $0 != UInt8(ascii: "\t") && $0 != UInt8(ascii: " ") }) else {
            return nil
        }
        return Content(lower: lower, upper: end, indent: lower - start)
    }

    func lineEnd(_ line: Int) -> Int {
        var end = line + 1 < lineStarts.count ? lineStarts[line + 1] : bytes.count
        while end > lineStarts[line], bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        return end
    }

    var lineCount: Int { lineStarts.count }

    /// The line (from 0) that holds the byte at `offset`.
    func lineNumber(at offset: Int) -> Int { source.line(at: offset) - 1 }

    /// `---` or `...` alone.
    private func isMarker(_ start: Int, _ end: Int) -> Bool {
        end - start == 3
            && (bytes[start..<end].allSatisfy { $0 == UInt8(ascii: "-") }
                || bytes[start..<end].allSatisfy { $0 == UInt8(ascii: ".") })
    }

    /// Goes on to the next line with content.
    private mutating func nextContent() -> Content? {
        while line < lineStarts.count {
            if let content = content(of: line) { return content }
            line += 1
        }
        return nil
    }

    // MARK: blocks

    /// What stands below a key or dash in column `parent`: nil where nothing does.
    private mutating func block(below parent: Int, takesDashes: Bool) -> YAMLNode? {
        guard let content = nextContent() else { return nil }
        let isDeeper = content.indent > parent
        guard isDeeper || (takesDashes && content.indent == parent && isDash(content.lower)) else { return nil }
        return node(at: content.lower, column: content.indent, parent: isDeeper ? parent : parent - 1)
    }

    /// A node that begins in the current line and goes on in lines that are indented more than `parent`.
    private mutating func node(at offset: Int, column: Int, parent: Int) -> YAMLNode {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.deepest else {
            line += 1
            return .invalid(span(offset, offset))
        }
        if isDash(offset) { return sequence(at: offset, column: column) }
        if keyEnd(at: offset) != nil || isUnfinishedKey(offset, column: column) {
            return mapping(at: offset, column: column)
        }
        return value(at: offset, parent: parent)
    }

    /// A word in the place of a key, with a key below it.
    private func isUnfinishedKey(_ offset: Int, column: Int) -> Bool {
        guard !startsFlow(offset), !startsQuote(offset), !startsBlockScalar(offset) else { return false }
        let next = (line + 1..<max(line + 1, lineCount)).lazy.compactMap { self.content(of: $0) }.first
        return next.map { $0.indent == column && keyEnd(at: $0.lower) != nil } ?? false
    }

    private mutating func sequence(at offset: Int, column: Int) -> YAMLNode {
        var children: [YAMLNode] = []
        var offset = offset
        var upper = offset
        let lower = offset
        while true {
            let start = line
            let child = item(at: offset, column: column)
            children.append(child)
            upper = max(offset + 1, child.span.upper)
            if line == start { line += 1 }
            guard let next = nextContent(), next.indent >= column, isDash(next.lower) else { break }
            offset = next.lower
        }
        return .sequence(children, span(lower, upper))
    }

    private mutating func item(at dash: Int, column: Int) -> YAMLNode {
        let end = lineEnd(line)
        var start = dash + 1
        while start < end, isBlank(bytes[start]) { start += 1 }
        guard start < end, bytes[start] != UInt8(ascii: "#") else {
            line += 1
            return block(below: column, takesDashes: false) ?? empty(at: dash + 1)
        }
        return node(at: start, column: column + start - dash, parent: column)
    }

    private mutating func mapping(at offset: Int, column: Int) -> YAMLNode {
        var entries: [YAMLEntry] = []
        var offset = offset
        while true {
            let start = line
            entries.append(entry(at: offset, column: column))
            if line == start { line += 1 }
            // A key that is indented more than those above it is hardly anything else than one of them.
            guard let next = nextContent(), next.indent >= column, !isDash(next.lower) || next.indent > column else {
                break
            }
            offset = next.lower
        }
        let upper = entries.last.map { max($0.key.span.upper, $0.value.span.upper) } ?? offset
        return .mapping(entries, span(entries.first?.key.span.lower ?? offset, upper))
    }

    private mutating func entry(at offset: Int, column: Int) -> YAMLEntry {
        let end = lineEnd(line)
        guard let colon = keyEnd(at: offset) else {
            let upper = plainEnd(from: offset, to: end)
            line += 1
            return YAMLEntry(key: key(offset, upper), value: .invalid(span(upper, upper)))
        }
        var upper = colon
        while upper > offset, isBlank(bytes[upper - 1]) { upper -= 1 }
        var start = colon + 1
        while start < end, isBlank(bytes[start]) { start += 1 }
        if start < end, bytes[start] != UInt8(ascii: "#") {
            return YAMLEntry(key: key(offset, upper), value: value(at: start, parent: column))
        }
        line += 1
        return YAMLEntry(
            key: key(offset, upper), value: block(below: column, takesDashes: true) ?? empty(at: colon + 1))
    }

    /// A value that begins in the current line: in brackets, in quotes, a block of text, or plain.
    private mutating func value(at offset: Int, parent: Int) -> YAMLNode {
        if startsFlow(offset) {
            let (node, end) = flow(at: offset, parent: parent)
            line = lineNumber(at: max(offset, end - 1)) + 1
            return node
        }
        if startsQuote(offset) {
            let (node, end) = quoted(at: offset, parent: parent)
            line = lineNumber(at: max(offset, end - 1)) + 1
            return node
        }
        if startsBlockScalar(offset) { return blockScalar(at: offset, parent: parent) }
        let scalar = plain(at: offset, parent: parent)
        // Keys below a value: the value was left over when somebody began to write a mapping.
        guard let next = nextContent(), next.indent > parent, keyEnd(at: next.lower) != nil else { return scalar }
        return node(at: next.lower, column: next.indent, parent: parent)
    }

    func empty(at offset: Int) -> YAMLNode {
        .scalar(YAMLScalar(text: "", isPlain: true, span: span(offset, offset)))
    }
}
