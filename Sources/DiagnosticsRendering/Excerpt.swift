import Diagnostics

/// The lines of one file that a finding points at, with the marks under them.
struct Excerpt {
    /// What a mark says; the finding's own place has carets, a related one has dashes.
    struct Mark {
        let span: Span
        let label: String
        let isPrimary: Bool
    }

    /// `path:line:column` of the first mark.
    let heading: String
    /// Nothing in the excerpt has a higher number.
    let lastLine: Int
    private let source: SourceText
    private let marks: [PlacedMark]

    /// Nil without a mark.
    init?(_ source: SourceText, marks: [Mark]) {
        self.source = source
        self.marks = marks.map { PlacedMark($0, in: source) }
        guard let first = self.marks.first else { return nil }
        heading = "\(VisibleText.escaping(source.path)):\(first.line):\(source.column(at: first.bytes.lowerBound))"
        lastLine = self.marks.reduce(1) { max($0, $1.line) }
    }

    /// Lines of text, without line ends.
    func rows(gutter: Gutter, width: Int, marksAs style: Style) -> [String] {
        var rows: [String] = []
        var shown = 0
        for (line, marks) in Dictionary(grouping: marks, by: \.line).sorted(by: { $0.key < $1.key }) {
            if shown > 0, line == shown + 2 {
                rows.append(plainRow(line - 1, gutter: gutter, width: width))
            } else if shown > 0, line > shown + 2 {
                rows.append(gutter.gap)
            }
            rows += markedRows(line, marks, gutter: gutter, width: width, style: style)
            shown = line
        }
        return rows
    }

    private func plainRow(_ line: Int, gutter: Gutter, width: Int) -> String {
        let excerpt = ExcerptLine(source, line: line, focus: 0)
        return gutter.row(line, excerpt.window(around: 0..<1, columnsMax: gutter.room(in: width)).text)
    }

    private func markedRows(
        _ line: Int, _ marks: [PlacedMark], gutter: Gutter, width: Int, style: Style
    ) -> [String] {
        let ordered = marks.filter(\.mark.isPrimary) + marks.filter { !$0.mark.isPrimary }
        guard let leading = ordered.first else { return [] }
        let excerpt = ExcerptLine(source, line: line, focus: leading.bytes.lowerBound)
        let window = excerpt.window(around: excerpt.columns(of: leading.bytes), columnsMax: gutter.room(in: width))
        return [gutter.row(line, window.text)]
            + ordered.map { placed in
                let position = window.position(of: excerpt.columns(of: placed.bytes))
                let indent = String(repeating: " ", count: position.lowerBound)
                let drawn = String(repeating: placed.mark.isPrimary ? "^" : "-", count: position.count)
                let text = placed.label.isEmpty ? drawn : "\(drawn) \(placed.label)"
                return gutter.row(nil, indent + gutter.color.paint(text, placed.mark.isPrimary ? style : .frame))
            }
    }
}

/// A mark with its place in the file; spans that leave the file are cut to it.
private struct PlacedMark {
    let mark: Excerpt.Mark
    /// The bytes to underline, of one line.
    let bytes: Range<Int>
    /// From 1.
    let line: Int
    /// The label, with the last line of a longer span.
    let label: String

    init(_ mark: Excerpt.Mark, in source: SourceText) {
        let lower = min(max(0, mark.span.lower), source.bytes.count)
        let upper = min(max(lower, mark.span.upper), source.bytes.count)
        let line = source.line(at: lower)
        let lastLine = source.line(at: max(lower, source.lastInk(lower..<upper)))
        let label = VisibleText.escaping(mark.label)
        self.mark = mark
        self.line = line
        if lastLine > line {
            bytes = lower..<max(lower, source.lineStarts[line])
            self.label = label.isEmpty ? "… to line \(lastLine)" : "… to line \(lastLine): \(label)"
        } else {
            bytes = lower..<upper
            self.label = label
        }
    }
}

extension SourceText {
    /// The last byte of a range that is not blank, because a parser's block ends where the next one begins; the first
    /// byte where all are blank.
    fileprivate func lastInk(_ range: Range<Int>) -> Int {
        bytes[range].lastIndex { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D } ?? range.lowerBound
    }
}
