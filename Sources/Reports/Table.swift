internal import DiagnosticsRendering

/// Rows of cells in aligned columns.
struct Table {
    enum Alignment {
        case left, right
    }

    private let alignments: [Alignment]
    private var rows: [[String]] = []

    init(_ alignments: [Alignment]) {
        self.alignments = alignments
    }

    mutating func add(_ cells: [String]) {
        rows.append(cells)
    }

    /// Lines without trailing blanks, each behind `indent`.
    func lines(indent: String = "") -> [String] {
        let widths = alignments.indices.map { column in
            rows.map { column < $0.count ? TextWidth.columns(of: $0[column]) : 0 }.max() ?? 0
        }
        return rows.map { row in
            var line = indent
            for (column, cell) in row.enumerated() where column < widths.count {
                let padding = String(repeating: " ", count: max(0, widths[column] - TextWidth.columns(of: cell)))
                line += alignments[column] == .left ? cell + padding : padding + cell
                line += "  "
            }
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }
    }
}
