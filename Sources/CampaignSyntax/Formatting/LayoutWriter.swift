import Diagnostics

/// Writes a tree in the layout of the language, with the comments of the text that it was read from.
struct LayoutWriter {
    private let source: SourceText
    private let bytes: [UInt8]
    /// How far the source is written.
    private var place = 0
    private var output: [UInt8] = []
    /// The blocks that have ended since the last text, innermost first: the column that they had, and the one that they
    /// got. A comment behind them may belong to one of them.
    private var ended: [(old: Int, new: Int)] = []

    /// The columns that the blocks around the text at hand had, outermost first.
    private var columns: [Int] = []
    /// How many line ends the text at the end of the file needs behind it.
    private var finalLineEnds = 1

    private static let longestLine = 120

    init(_ source: SourceText) {
        self.source = source
        bytes = source.bytes
        place = byteOrderMarkLength(source.bytes)
    }

    mutating func write(_ tree: YAMLNode) -> [UInt8] {
        write(tree, indent: 0, isInline: true)
        _ = closeGap(LayoutGap(bytes[min(place, bytes.count)...]), indent: 0)
        if output.isEmpty { return output }
        return output + [UInt8](repeating: 0x0A, count: finalLineEnds)
    }

    // MARK: nodes

    /// `isInline`: the first part goes on the line that is being written.
    private mutating func write(_ node: YAMLNode, indent: Int, isInline: Bool) {
        switch node {
        case .scalar(let scalar): write(scalar.span, parentIndent: indent - 2)
        case .mapping(let entries, let span):
            if isFlow(span) { return writeFlow(node, indent: indent, breaks: breaks(node)) }
            inBlock(column(entries.first?.key.span.lower ?? span.lower), indent) { writer in
                let blanks = LayoutColumns(entries, writer.source).blanks
                for (number, entry) in entries.enumerated() {
                    writer.begin(entry.key.span.lower, indent: indent, isInline: isInline && number == 0)
                    writer.write(entry.key.span, parentIndent: indent)
                    writer.output.append(UInt8(ascii: ":"))
                    writer.writeValue(entry.value, indent: indent, blanks: blanks[number])
                }
            }
        case .sequence(let children, let span):
            if isFlow(span) { return writeFlow(node, indent: indent, breaks: breaks(node)) }
            inBlock(column(span.lower), indent) { writer in
                for (number, child) in children.enumerated() {
                    let dash = writer.dash(before: writer.start(of: child))
                    writer.begin(dash, indent: indent, isInline: isInline && number == 0)
                    writer.output.append(UInt8(ascii: "-"))
                    writer.place = max(writer.place, min(dash + 1, writer.start(of: child)))
                    writer.writeItem(child, indent: indent)
                }
            }
        case .invalid(let span): write(span, parentIndent: indent)
        }
    }

    private mutating func writeValue(_ value: YAMLNode, indent: Int, blanks: Int) {
        if isEmpty(value) { return }
        if isFlow(value.span), breaks(value) {
            // Too long behind its key: it is laid out in lines even where it would fit a line of its own, to which it
            // would not come back.
            begin(value.span.lower, indent: indent + 2, isInline: false)
            writeFlow(value, indent: indent + 2, breaks: true)
        } else if !isFlow(value.span), !isScalar(value) {
            write(value, indent: indent + 2, isInline: false)
        } else {
            begin(start(of: value), indent: indent + 2, isInline: true, after: String(repeating: " ", count: blanks))
            write(value, indent: indent + 2, isInline: true)
        }
    }

    private mutating func writeItem(_ item: YAMLNode, indent: Int) {
        if isEmpty(item) { return }
        begin(start(of: item), indent: indent + 2, isInline: true, after: " ")
        write(item, indent: indent + 2, isInline: true)
    }

    private mutating func inBlock(_ old: Int, _ new: Int, _ body: (inout LayoutWriter) -> Void) {
        columns.append(old)
        body(&self)
        columns.removeLast()
        ended.append((old, new))
    }

    // MARK: between nodes

    /// Comes to what begins at `offset`: on the line at hand with `separator`, or on a line of its own where comments
    /// force it or it is not inline.
    private mutating func begin(_ offset: Int, indent: Int, isInline: Bool, after separator: String = "") {
        let gap = LayoutGap(bytes[min(place, offset)..<offset])
        let breaks = closeGap(gap, indent: indent) || (!isInline && !output.isEmpty)
        if breaks {
            if gap.endsApart, !output.isEmpty { output.append(0x0A) }
            newLine(indent)
        } else {
            output += separator.utf8
        }
        place = max(place, offset)
    }

    /// Writes the comments of a gap; whether there were any.
    private mutating func closeGap(_ gap: LayoutGap, indent: Int) -> Bool {
        if let comment = gap.trailing {
            if let last = output.last, last != 0x0A { output.append(0x20) }
            output += comment
        }
        for line in gap.lines {
            let level = ended.first { $0.old <= line.column && $0.new > indent }?.new ?? indent
            if line.isApart, !output.isEmpty { output.append(0x0A) }
            newLine(level)
            output += line.comment
        }
        return gap.trailing != nil || !gap.lines.isEmpty
    }

    private mutating func newLine(_ indent: Int) {
        if !output.isEmpty { output.append(0x0A) }
        output += [UInt8](repeating: 0x20, count: max(0, indent))
    }

    // MARK: texts

    /// A text as it stands; lines behind its first are moved to the level of its block.
    private mutating func write(_ span: Span, parentIndent: Int) {
        let text = bytes[span.lower..<min(span.upper, bytes.count)]
        place = max(place, span.upper)
        ended.removeAll()
        finalLineEnds = 1
        if text.first == UInt8(ascii: "|") || text.first == UInt8(ascii: ">") {
            return writeBlock(span, parentIndent: parentIndent)
        }
        let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            guard number > 0 else {
                output += lines.count > 1 ? LayoutGap.trimmed(line) : Array(line)
                continue
            }
            let content = LayoutGap.trimmed(line.drop { $0 == 0x20 || $0 == 0x09 })
            output.append(0x0A)
            if !content.isEmpty { output += [UInt8](repeating: 0x20, count: max(0, parentIndent + 2)) + content }
        }
    }

    /// A text behind `|` or `>`. Blanks behind its level are a part of it, on empty lines and at the ends of lines too; so are
    /// all line ends behind it where the header says `+`.
    private mutating func writeBlock(_ span: Span, parentIndent: Int) {
        let end = lineEnd(from: span.upper)
        let lines = bytes[span.lower..<end].split(separator: 0x0A, omittingEmptySubsequences: false)
        let header = LayoutGap.trimmed(lines[0])
        let keeps = header.prefix(3).contains(UInt8(ascii: "+"))
        // The level is that of the lines, or written in the header: so many blanks more than the block around it has.
        let depth = header.dropFirst().prefix(2).first { (0x31...0x39).contains($0) }.map { Int($0) - 0x30 }
        let removed =
            depth.map { (columns.last ?? 0) + $0 } ?? lines.dropFirst().compactMap(Self.indentation).min() ?? .max
        let indent = [UInt8](repeating: 0x20, count: max(0, parentIndent + (depth ?? 2)))
        // Lines of blanks behind the last text.
        var behind: [ArraySlice<UInt8>] = []
        var (last, count, isEnd) = (end, 0, end >= bytes.count)
        while last < bytes.count {
            let next = lineEnd(from: last + 1)
            let line = bytes[(last + 1)..<next]
            guard line.allSatisfy(LayoutGap.isBlank) else { break }
            isEnd = next >= bytes.count
            if isEnd, line.isEmpty { break }
            behind.append(line)
            last = next
            let blanks = line.prefix { $0 == 0x20 }.count
            if keeps || blanks > removed { count = behind.count }
        }
        output += header
        for line in lines.dropFirst() + behind.prefix(count) {
            output.append(0x0A)
            var content = line.dropFirst(min(line.prefix { $0 == 0x20 }.count, removed))
            // All of them: one a pass would be another layout each time.
            while content.last == 0x0D { content.removeLast() }
            if !content.isEmpty { output += indent + content }
        }
        place = behind.prefix(count).last?.endIndex ?? end
        if isEnd, last >= bytes.count, place >= bytes.count { finalLineEnds = 0 }
    }

    /// Where the line ends that holds a place, before its line end.
    private func lineEnd(from place: Int) -> Int {
        place < bytes.count ? bytes[place...].firstIndex(of: 0x0A) ?? bytes.count : bytes.count
    }

    /// The blanks before a line's text; nil for an empty line.
    private static func indentation(_ line: ArraySlice<UInt8>) -> Int? {
        let blanks = line.prefix { $0 == 0x20 || $0 == 0x09 }.count
        return line.dropFirst(blanks).allSatisfy { $0 == 0x0D } ? nil : blanks
    }

    // MARK: flow

    /// `breaks`: an element a line.
    private mutating func writeFlow(_ node: YAMLNode, indent: Int, breaks: Bool) {
        let text = bytes[node.span.lower..<node.span.upper]
        place = max(place, node.span.upper)
        ended.removeAll()
        if let oneLine = flow(node), !breaks {
            output += oneLine
        } else if let parts = flowParts(node) {
            // An element a line, with the brackets around them.
            output.append(text.first ?? 0x20)
            for (number, part) in parts.enumerated() {
                newLine(indent + 2)
                output += part + (number < parts.count - 1 ? [UInt8(ascii: ",")] : [])
            }
            newLine(indent)
            output.append(text.last ?? 0x20)
        } else {
            // With comments or texts of several lines: its lines stay.
            let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
            for (number, line) in lines.enumerated() {
                if number > 0 { output.append(0x0A) }
                let content = LayoutGap.trimmed(number == 0 ? line : line.drop { $0 == 0x20 || $0 == 0x09 })
                if number > 0, !content.isEmpty {
                    let closes = content.first == UInt8(ascii: "]") || content.first == UInt8(ascii: "}")
                    output += [UInt8](repeating: 0x20, count: closes ? indent : indent + 2)
                }
                output += content
            }
        }
    }

    /// Whether a flow collection that somebody wrote on several lines is too long for the line at hand.
    private func breaks(_ node: YAMLNode) -> Bool {
        guard bytes[node.span.lower..<node.span.upper].contains(0x0A), flowParts(node)?.isEmpty == false else {
            return false
        }
        guard let oneLine = flow(node) else { return false }
        return lineLength + 1 + oneLine.count { $0 & 0xC0 != 0x80 } > Self.longestLine
    }

    /// The line that is being written, in Unicode scalars.
    private var lineLength: Int {
        output.reversed().prefix { $0 != 0x0A }.count { $0 & 0xC0 != 0x80 }
    }

    /// A flow collection on one line; nil where it holds comments or a text of several lines.
    private func flow(_ node: YAMLNode) -> [UInt8]? {
        if case .scalar(let scalar) = node {
            let text = bytes[scalar.span.lower..<scalar.span.upper]
            return text.contains(0x0A) ? nil : Array(text)
        }
        guard let parts = flowParts(node) else { return nil }
        let first = bytes[node.span.lower]
        let inner = Array(parts.joined(separator: [UInt8(ascii: ","), 0x20]))
        switch first {
        case UInt8(ascii: "{"): return inner.isEmpty ? Array("{}".utf8) : Array("{ ".utf8) + inner + Array(" }".utf8)
        case UInt8(ascii: "["): return Array("[".utf8) + inner + Array("]".utf8)
        // A pair in a list, without braces.
        default: return inner
        }
    }

    private func flowParts(_ node: YAMLNode) -> [[UInt8]]? {
        guard !hasComments(node) else { return nil }
        var parts: [[UInt8]] = []
        switch node {
        case .scalar, .invalid: return nil
        case .sequence(let children, _):
            for child in children {
                guard let part = flow(child) else { return nil }
                parts.append(part)
            }
        case .mapping(let entries, _):
            for (number, entry) in entries.enumerated() {
                let (key, place) = (entry.key.span, entry.value.span.lower)
                guard !bytes[key.lower..<key.upper].contains(0x0A), let value = flow(entry.value) else { return nil }
                var part = Array(bytes[key.lower..<key.upper])
                // `{ a }` has no colon, and none is put there; one right before a comma would be a part of the word.
                if bytes[key.upper..<max(key.upper, place)].contains(UInt8(ascii: ":")) {
                    part.append(UInt8(ascii: ":"))
                    if !value.isEmpty || number < entries.count - 1 { part.append(0x20) }
                }
                parts.append(part + value)
            }
        }
        return parts
    }

    private func hasComments(_ node: YAMLNode) -> Bool {
        var last = node.span.lower
        for text in node.textSpans where text.lower >= last {
            if bytes[last..<text.lower].contains(UInt8(ascii: "#")) { return true }
            last = text.upper
        }
        return bytes[min(last, node.span.upper)..<node.span.upper].contains(UInt8(ascii: "#"))
    }

    // MARK: places

    private func column(_ offset: Int) -> Int { offset - source.lineStarts[source.line(at: offset) - 1] }

    private func isFlow(_ span: Span) -> Bool { source.isFlow(span) }

    private func isScalar(_ node: YAMLNode) -> Bool { if case .scalar = node { true } else { false } }

    /// A value that somebody left out.
    private func isEmpty(_ node: YAMLNode) -> Bool {
        if case .scalar(let scalar) = node { scalar.isPlain && scalar.text.isEmpty } else { false }
    }

    /// Where the first text of a node, its bracket or its dash stands.
    private func start(of node: YAMLNode) -> Int {
        switch node {
        case .scalar(let scalar): scalar.span.lower
        case .mapping(let entries, let span): isFlow(span) ? span.lower : entries.first?.key.span.lower ?? span.lower
        case .sequence(_, let span), .invalid(let span): span.lower
        }
    }

    /// The dash of the item that begins at `offset`: the first one that is not behind it nor in a comment.
    private func dash(before offset: Int) -> Int {
        var isComment = false
        for index in place..<max(place, offset) {
            switch bytes[index] {
            case UInt8(ascii: "#"): isComment = true
            case 0x0A: isComment = false
            case UInt8(ascii: "-") where !isComment: return index
            default: break
            }
        }
        return max(place, offset)
    }
}
