package import Diagnostics

/// Findings one a line, as editors and `grep` like them: `path:line:column: error[PB2104]: message`.
package struct ConciseRenderer: Sendable {
    package init() {}

    /// All findings in their stable order, each with a line end.
    package func render(_ diagnostics: [Diagnostic], in sources: SourceMap) -> String {
        diagnostics.sorted(in: sources)
            .map { diagnostic in
                let text = "\(diagnostic.severity.rawValue)[\(diagnostic.code.id)]: \(diagnostic.message)"
                let place = place(of: diagnostic, in: sources).map { "\($0): " } ?? ""
                return VisibleText.escaping(place + text) + "\n"
            }
            .joined()
    }

    private func place(of diagnostic: Diagnostic, in sources: SourceMap) -> String? {
        switch diagnostic.place {
        case .span(let span):
            sources[span.file].map { "\($0.path):\($0.line(at: span.lower)):\($0.column(at: span.lower))" }
        case .line(let path, let line): "\(path):\(line)"
        case .path(let path): path
        }
    }
}
