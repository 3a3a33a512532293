package import Diagnostics
internal import Foundation

/// `# pabal:ignore PB2103 reason=kept for the spring sale`: a warning that somebody has looked at and accepts.
package struct IgnoreComment: Sendable {
    /// Of the word `pabal:ignore`.
    package let span: Span
    /// In upper case, each at least once.
    package let codes: [Located<String>]
    /// The line (from 1) whose findings are meant: the comment's own, or the next one with content where it stands alone.
    package let line: Int

    /// All such comments of a file, and what is wrong with those that cannot be read. A file with a syntax error has none.
    package static func find(in source: SourceText, _ file: FileID) -> ([IgnoreComment], [Diagnostic]) {
        guard mayContainOne(source.bytes), let tree = parseYAML(source, file).0 else { return ([], []) }
        var finder = IgnoreFinder(source: source, file: file, texts: tree.textSpans)
        finder.find()
        return (finder.comments, finder.diagnostics)
    }

    private static let marker = Array("pabal:ignore".utf8)

    /// A `#` with the word behind it, wherever it stands.
    private static func mayContainOne(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { all in
            var rest = all[...]
            while let base = all.baseAddress, let hash = memchr(base + rest.startIndex, 0x23, rest.count) {
                let behind = all[(base.distance(to: UnsafeRawPointer(hash)) + 1)...]
                if behind.drop(while: { $0 == 0x20 || $0 == 0x09 }).starts(with: marker) { return true }
                rest = behind
            }
            return false
        }
    }
}

private struct IgnoreFinder {
    let source: SourceText
    let file: FileID
    /// Where a `#` is text and begins no comment.
    let texts: [Span]
    var comments: [IgnoreComment] = []
    var diagnostics: [Diagnostic] = []

    mutating func find() {
        for line in 1...source.lineStarts.count {
            let bytes = bytes(ofLine: line)
            guard let hash = commentStart(bytes) else { continue }
            var scanner = Words(bytes: source.bytes, file: file, place: hash + 1, end: bytes.upperBound)
            guard let word = scanner.next(), word.value == "pabal:ignore" else { continue }
            let standsAlone = source.bytes[bytes.lowerBound..<hash].allSatisfy(Self.isBlank)
            read(word.span, &scanner, line: standsAlone ? nextLine(after: line) : line)
        }
    }

    private mutating func read(_ span: Span, _ scanner: inout Words, line: Int) {
        var codes: [Located<String>] = []
        while let word = scanner.next(separator: ",") {
            if word.value.hasPrefix("reason=") {
                let rest = scanner.rest
                guard word.value.utf8.count > "reason=".utf8.count || rest.contains(where: { !Self.isBlank($0) }) else {
                    break
                }
                if codes.isEmpty {
                    report(span, "says no code to ignore", "write the code of the finding, as in `\(Self.example)`")
                } else {
                    comments.append(IgnoreComment(span: span, codes: codes, line: line))
                }
                return
            }
            guard let code = Code.named(word.value) else {
                let near = nearestName(to: word.value.uppercased(), among: Code.all.map(\.id))
                report(
                    word.span, "not a code of a finding",
                    near.map { "write `\($0)`" } ?? "write the code of the finding, as in `\(Self.example)`")
                return
            }
            guard code.severity == .warning else {
                report(word.span, "an error cannot be ignored", "correct what it says, and remove the comment")
                return
            }
            codes.append(Located(code.id, word.span))
        }
        report(span, "says no reason", "add one, as in `\(Self.example)`")
    }

    private mutating func report(_ span: Span, _ label: String, _ help: String) {
        diagnostics.append(
            Diagnostic(
                .ignoreUnreadable, "the comment ignores nothing", at: span, label: label, help: [help]))
    }

    private static let example = "# pabal:ignore PB2103 reason=used from May on"

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    /// Without its line end.
    private func bytes(ofLine line: Int) -> Range<Int> {
        let start = line == 1 ? byteOrderMarkLength(source.bytes) : source.lineStarts[line - 1]
        var end = line < source.lineStarts.count ? source.lineStarts[line] : source.bytes.count
        while end > start, source.bytes[end - 1] == 0x0A || source.bytes[end - 1] == 0x0D { end -= 1 }
        return start..<end
    }

    /// The place of the `#` that begins a comment: not within a text, and behind a blank or at the line's beginning.
    private func commentStart(_ line: Range<Int>) -> Int? {
        line.first { place in
            source.bytes[place] == UInt8(ascii: "#")
                && (place == line.lowerBound || Self.isBlank(source.bytes[place - 1]))
                && !texts.contains { $0.lower <= place && place < $0.upper }
        }
    }

    /// The next line that is neither empty nor a comment; the line itself where there is none.
    private func nextLine(after line: Int) -> Int {
        let next = (line + 1...source.lineStarts.count + 1).first { candidate in
            guard candidate <= source.lineStarts.count else { return true }
            let content = source.bytes[bytes(ofLine: candidate)].first { !Self.isBlank($0) }
            return content.map { $0 != UInt8(ascii: "#") } ?? false
        }
        return next.flatMap { $0 <= source.lineStarts.count ? $0 : nil } ?? line
    }
}

/// The words of a comment.
private struct Words {
    let bytes: [UInt8]
    let file: FileID
    var place: Int
    let end: Int

    var rest: ArraySlice<UInt8> { bytes[place..<end] }

    mutating func next(separator: Unicode.Scalar? = nil) -> Located<String>? {
        func separates(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
                || separator.map { byte == UInt8(ascii: $0) } ?? false
        }
        while place < end, separates(bytes[place]) { place += 1 }
        guard place < end else { return nil }
        let start = place
        while place < end, !separates(bytes[place]) { place += 1 }
        return Located(
            String(decoding: bytes[start..<place], as: UTF8.self), Span(file: file, lower: start, upper: place))
    }
}
