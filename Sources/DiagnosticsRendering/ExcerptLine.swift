import Diagnostics

/// One source line as a terminal shows it: a row of cells, each with the bytes that it came from.
struct ExcerptLine {
    private struct Cell {
        let bytes: Range<Int>
        /// From 0, before cutting.
        let column: Int
        let width: Int
        let text: String

        var end: Int { column + width }
    }

    private var cells: [Cell] = []
    /// Whether the line goes on before the first or after the last cell.
    private let isCutBefore: Bool
    private let isCutAfter: Bool

    /// `line` counts from 1. Of a very long line only the bytes near `focus` are read, so that a thousand findings in one
    /// line of megabytes stay cheap.
    init(_ source: SourceText, line: Int, focus: Int) {
        let whole = source.byteRange(ofLine: line)
        let near = min(max(focus, whole.lowerBound), whole.upperBound)
        let lower = source.scalarStart(notAfter: max(whole.lowerBound, near - Self.bytesNearFocus))
        let range = max(lower, whole.lowerBound)..<min(whole.upperBound, near + Self.bytesNearFocus)
        isCutBefore = range.lowerBound > whole.lowerBound
        isCutAfter = range.upperBound < whole.upperBound
        appendCells(source.bytes[range])
    }

    private static let bytesNearFocus = 2048
    private static let tabStop = 4

    /// One past the last column.
    private var end: Int { cells.last?.end ?? 0 }

    /// The columns that show these bytes; never empty, one past the last cell for a place at the line's end.
    func columns(of bytes: Range<Int>) -> Range<Int> {
        guard let first = cells.first(where: { $0.bytes.upperBound > bytes.lowerBound }) else { return end..<end + 1 }
        guard let last = cells.last(where: { $0.bytes.lowerBound < bytes.upperBound }), last.end > first.column else {
            return first.column..<first.column + 1
        }
        return first.column..<last.end
    }

    /// At most `columnsMax` columns of the line, with `…` where it goes on, so that `focus` can be seen.
    func window(around focus: Range<Int>, columnsMax: Int) -> Window {
        let needed = max(end, focus.upperBound)
        if needed <= columnsMax, !isCutBefore, !isCutAfter {
            return Window(text: cells.map(\.text).joined(), shown: 0..<end, isCutLeft: false, isCutRight: false)
        }
        let start = windowStart(focus, needed: needed, room: columnsMax - 2)
        let shown = cells.drop { $0.column < start }
        let base = shown.first?.column ?? end
        let isCutLeft = isCutBefore || base > 0
        let room = columnsMax - (isCutLeft ? 1 : 0)
        let isCutRight = isCutAfter || end - base > room
        let fitting = shown.prefix { $0.end - base <= room - (isCutRight ? 1 : 0) }
        let text = (isCutLeft ? "…" : "") + fitting.map(\.text).joined() + (isCutRight ? "…" : "")
        return Window(
            text: text, shown: base..<(fitting.last?.end ?? base), isCutLeft: isCutLeft, isCutRight: isCutRight)
    }

    /// The beginning of the line where that shows the focus, else the focus in the middle.
    private func windowStart(_ focus: Range<Int>, needed: Int, room: Int) -> Int {
        if focus.upperBound <= room, !isCutBefore { return 0 }
        let context = max(room / 8, (room - focus.count) / 2)
        let centred = focus.lowerBound - context
        return max(0, isCutAfter ? centred : min(centred, needed - room))
    }

    /// The part of a line that fits, and where its columns went.
    struct Window {
        let text: String
        fileprivate let shown: Range<Int>
        fileprivate let isCutLeft: Bool
        fileprivate let isCutRight: Bool

        /// Where columns of the line are in the text; what has been cut off is at the `…`.
        func position(of columns: Range<Int>) -> Range<Int> {
            let left = isCutLeft ? 1 : 0
            let start = columns.lowerBound < shown.lowerBound ? 0 : left + at(columns.lowerBound)
            let end = columns.upperBound > shown.upperBound ? left + shown.count + 1 : left + at(columns.upperBound)
            return start..<max(end, start + 1)
        }

        private func at(_ column: Int) -> Int {
            min(max(column, shown.lowerBound), shown.upperBound) - shown.lowerBound
        }
    }
}

extension ExcerptLine {
    private mutating func appendCells(_ bytes: ArraySlice<UInt8>) {
        let (text, lengths) = decode(bytes)
        var offset = bytes.startIndex
        var scalarIndex = 0
        var column = 0
        func append(_ shown: String, width: Int, byteCount: Int) {
            cells.append(Cell(bytes: offset..<offset + byteCount, column: column, width: width, text: shown))
            offset += byteCount
            column += width
        }
        for character in text {
            let scalars = character.unicodeScalars
            let width = TextWidth.columns(of: character)
            if width > 0, !scalars.contains(where: VisibleText.isHidden) {
                let count = lengths[scalarIndex..<scalarIndex + scalars.count].reduce(0) { $0 + Int($1) }
                append(String(character), width: width, byteCount: count)
            } else {
                for (index, scalar) in scalars.enumerated() {
                    let byteCount = Int(lengths[scalarIndex + index])
                    if scalar == "\t" {
                        let spaces = Self.tabStop - column % Self.tabStop
                        append(String(repeating: " ", count: spaces), width: spaces, byteCount: byteCount)
                    } else {
                        let shown = VisibleText.spelledOut(scalar)
                        append(shown, width: shown.utf8.count, byteCount: byteCount)
                    }
                }
            }
            scalarIndex += scalars.count
        }
    }

    /// The text, with U+FFFD for what is not UTF-8, and how many bytes each scalar stands for.
    private func decode(_ bytes: ArraySlice<UInt8>) -> (text: String, lengths: [UInt8]) {
        var text = String.UnicodeScalarView()
        var lengths: [UInt8] = []
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let encoded):
                text.append(Unicode.UTF8.decode(encoded))
                lengths.append(UInt8(encoded.count))
            case .error(let length):
                text.append("\u{FFFD}")
                lengths.append(UInt8(length))
            case .emptyInput:
                return (String(text), lengths)
            }
        }
    }
}

extension SourceText {
    /// The bytes of a line (from 1) without its line end; empty at the file's end for a line that is not there.
    fileprivate func byteRange(ofLine line: Int) -> Range<Int> {
        guard line >= 1, line <= lineStarts.count else { return bytes.count..<bytes.count }
        let start = lineStarts[line - 1]
        var end = line < lineStarts.count ? lineStarts[line] : bytes.count
        while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        return start..<end
    }

    /// Where the scalar that holds this byte begins.
    fileprivate func scalarStart(notAfter offset: Int) -> Int {
        var start = offset
        while start > 0, start > offset - 3, start < bytes.count, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        return start
    }
}
