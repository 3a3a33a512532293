internal import Diagnostics

extension LooseParser {
    /// Nobody closes a quote after so many lines; the limit bounds the work on what is never closed.
    private static let quotedLinesMax = 200

    func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    func isDash(_ offset: Int) -> Bool {
        bytes[offset] == UInt8(ascii: "-") && (offset + 1 >= bytes.count || isSpace(bytes[offset + 1]))
    }

    func isSpace(_ byte: UInt8) -> Bool { isBlank(byte) || byte == 0x0A || byte == 0x0D }

    func startsFlow(_ offset: Int) -> Bool { bytes[offset] == UInt8(ascii: "{") || bytes[offset] == UInt8(ascii: "[") }

    func startsQuote(_ offset: Int) -> Bool {
        bytes[offset] == UInt8(ascii: "\"") || bytes[offset] == UInt8(ascii: "'")
    }

    func startsBlockScalar(_ offset: Int) -> Bool {
        bytes[offset] == UInt8(ascii: "|") || bytes[offset] == UInt8(ascii: ">")
    }

    /// The place of the `:` behind a key that begins here; nil where the line is no key.
    func keyEnd(at offset: Int) -> Int? {
        let end = lineEnd(lineNumber(at: offset))
        guard offset < end, !startsFlow(offset), !startsBlockScalar(offset) else { return nil }
        var place = offset
        if startsQuote(offset) {
            guard let close = closingQuote(from: offset, to: end) else { return nil }
            place = close + 1
            while place < end, isBlank(bytes[place]) { place += 1 }
            return place < end && isColon(place, end) ? place : nil
        }
        while place < end {
            if bytes[place] == UInt8(ascii: "#"), place > offset, isBlank(bytes[place - 1]) { return nil }
            if isColon(place, end) { return place > offset ? place : nil }
            place += 1
        }
        return nil
    }

    /// A `:` that ends a key: a blank or nothing follows.
    private func isColon(_ place: Int, _ end: Int) -> Bool {
        bytes[place] == UInt8(ascii: ":") && (place + 1 >= end || isBlank(bytes[place + 1]))
    }

    func key(_ lower: Int, _ upper: Int) -> Located<String> {
        if startsQuote(lower), upper - lower >= 2 {
            return Located(unquoted(lower, upper), span(lower, upper))
        }
        return Located(String(decoding: bytes[lower..<upper], as: UTF8.self), span(lower, upper))
    }

    /// Behind the last character of a plain text: before a comment, and without blanks.
    func plainEnd(from offset: Int, to end: Int) -> Int {
        var upper = offset
        while upper < end {
            if bytes[upper] == UInt8(ascii: "#"), upper > offset, isBlank(bytes[upper - 1]) { break }
            upper += 1
        }
        while upper > offset, isBlank(bytes[upper - 1]) { upper -= 1 }
        return upper
    }

    /// A plain text with the lines that continue it.
    mutating func plain(at offset: Int, parent: Int) -> YAMLNode {
        var end = plainEnd(from: offset, to: lineEnd(line))
        var parts = [String(decoding: bytes[offset..<end], as: UTF8.self)]
        line += 1
        while let next = content(of: line), next.indent > parent, keyEnd(at: next.lower) == nil {
            end = plainEnd(from: next.lower, to: next.upper)
            parts.append(String(decoding: bytes[next.lower..<end], as: UTF8.self))
            line += 1
        }
        return .scalar(YAMLScalar(text: parts.joined(separator: " "), isPlain: true, span: span(offset, end)))
    }

    /// `|` or `>` with its lines, as they stand.
    mutating func blockScalar(at offset: Int, parent: Int) -> YAMLNode {
        var upper = lineEnd(line)
        var texts: [Substring] = []
        line += 1
        while line < lineCount {
            let text = String(decoding: bytes[lineStarts[line]..<lineEnd(line)], as: UTF8.self)
            let indent = text.prefix { $0 == " " }.count
            let isEmpty = text.allSatisfy { $0 == " " }
            guard isEmpty || indent > parent else { break }
            texts.append(text[...])
            if !isEmpty { upper = lineEnd(line) }
            line += 1
        }
        while texts.last?.allSatisfy({ $0 == " " }) == true { texts.removeLast() }
        let margin = texts.filter { !$0.allSatisfy { $0 == " " } }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
        let lines = texts.map { $0.dropFirst(margin) }
        return .scalar(
            YAMLScalar(
                text: lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n", isPlain: false,
                span: span(offset, upper)))
    }

    /// A text in quotes and the offset behind it. One that is not closed ends with its line.
    func quoted(at offset: Int, parent: Int) -> (YAMLNode, Int) {
        let first = lineNumber(at: offset)
        var last = first
        while true {
            if let close = closingQuote(from: offset, to: lineEnd(last)) {
                let text = unquoted(offset, close + 1)
                return (.scalar(YAMLScalar(text: text, isPlain: false, span: span(offset, close + 1))), close + 1)
            }
            last += 1
            guard last < lineCount, last - first < Self.quotedLinesMax else { break }
            if let content = content(of: last), content.indent <= parent { break }
        }
        let end = plainEnd(from: offset, to: lineEnd(first))
        let text = String(decoding: bytes[(offset + 1)..<max(offset + 1, end)], as: UTF8.self)
        return (.scalar(YAMLScalar(text: text, isPlain: false, span: span(offset, end))), max(end, offset + 1))
    }

    private func closingQuote(from offset: Int, to end: Int) -> Int? {
        let quote = bytes[offset]
        var place = offset + 1
        while place < end {
            if quote == UInt8(ascii: "\""), bytes[place] == UInt8(ascii: "\\") {
                place += 2
                continue
            }
            if bytes[place] == quote {
                let isDoubled = quote == UInt8(ascii: "'") && place + 1 < end && bytes[place + 1] == quote
                guard isDoubled else { return place }
                place += 1
            }
            place += 1
        }
        return nil
    }

    /// Without its quotes; of escapes only those of quotes and backslashes.
    private func unquoted(_ lower: Int, _ upper: Int) -> String {
        let text = String(decoding: bytes[(lower + 1)..<max(lower + 1, upper - 1)], as: UTF8.self)
        return bytes[lower] == UInt8(ascii: "'")
            ? text.replacing("''", with: "'") : text.replacing("\\\"", with: "\"").replacing("\\\\", with: "\\")
    }
}
