package import Diagnostics

/// Findings as one JSON object, with the same keys in the same order on every run.
///
/// `path` is null for a file that the map does not hold; `start` and `end` are null for a finding about a whole file, and
/// have only a `line` for one about a line of a large file. `end` is exclusive. Lines and columns count from 1, columns
/// in Unicode scalars; `byte` is the offset from 0.
package struct JSONRenderer: Sendable {
    package init() {}

    /// `{"diagnostics":[…],"errors":N,"warnings":N}`, one finding a line, with a final line end.
    package func render(_ diagnostics: [Diagnostic], in sources: SourceMap) -> String {
        let shown = diagnostics.sorted(in: sources)
        let summary = Summary(shown)
        let list = shown.map { object($0, in: sources) }.joined(separator: ",\n")
        return JSONText.object([
            ("diagnostics", shown.isEmpty ? "[]" : "[\n\(list)\n]"),
            ("errors", String(summary.errors)),
            ("warnings", String(summary.warnings)),
        ]) + "\n"
    }

    private func object(_ diagnostic: Diagnostic, in sources: SourceMap) -> String {
        JSONText.object(
            [
                ("code", JSONText.string(diagnostic.code.id)),
                ("severity", JSONText.string(diagnostic.severity.rawValue)),
                ("message", JSONText.string(diagnostic.message)),
            ] + place(diagnostic.place, in: sources) + [
                ("label", JSONText.string(diagnostic.label)),
                ("related", JSONText.array(diagnostic.related.map { related($0, in: sources) })),
                ("notes", JSONText.array(diagnostic.notes.map(JSONText.string))),
                ("help", JSONText.array(diagnostic.help.map(JSONText.string))),
            ])
    }

    private func related(_ related: Diagnostic.Related, in sources: SourceMap) -> String {
        JSONText.object(place(.span(related.span), in: sources) + [("text", JSONText.string(related.text))])
    }

    private func place(_ place: Place, in sources: SourceMap) -> [(key: String, value: String)] {
        switch place {
        case .span(let span):
            guard let source = sources[span.file] else { return members(path: nil, start: "null", end: "null") }
            return members(
                path: source.path, start: position(span.lower, in: source), end: position(span.upper, in: source))
        case .line(let path, let line):
            let position = JSONText.object([("line", String(line)), ("column", "null"), ("byte", "null")])
            return members(path: path, start: position, end: position)
        case .path(let path):
            return members(path: path, start: "null", end: "null")
        }
    }

    private func members(path: String?, start: String, end: String) -> [(key: String, value: String)] {
        [("path", path.map(JSONText.string) ?? "null"), ("start", start), ("end", end)]
    }

    private func position(_ offset: Int, in source: SourceText) -> String {
        let byte = min(max(0, offset), source.bytes.count)
        return JSONText.object([
            ("line", String(source.line(at: byte))),
            ("column", String(source.column(at: byte))),
            ("byte", String(byte)),
        ])
    }
}
