import Diagnostics

/// The lines of a finding, and its columns where it has a place in the line. All count from 1; `endColumn` is exclusive.
struct LineRange: Sendable, Hashable {
    let line: Int
    let endLine: Int
    let columns: Columns?

    struct Columns: Sendable, Hashable {
        let start: Int
        let end: Int
    }

    private init(line: Int, endLine: Int, columns: Columns?) {
        (self.line, self.endLine, self.columns) = (line, endLine, columns)
    }

    /// Nil for a finding about a whole file, and for a file that the map does not hold.
    init?(_ place: Place, in sources: SourceMap) {
        switch place {
        case .span(let span):
            guard let source = sources[span.file] else { return nil }
            self.init(span, in: source)
        case .line(_, let line): self.init(line: line, endLine: line, columns: nil)
        case .path: return nil
        }
    }

    init(_ span: Span, in source: SourceText) {
        let lower = min(max(0, span.lower), source.bytes.count)
        let upper = min(max(lower, span.upper), source.bytes.count)
        self.init(
            line: source.line(at: lower), endLine: source.line(at: upper),
            columns: Columns(start: source.column(at: lower), end: source.column(at: upper)))
    }
}
