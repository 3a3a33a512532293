package import Diagnostics

/// Findings as a GitLab code-quality report: a JSON array of issues with unique fingerprints.
package struct GitLabRenderer: Sendable {
    package var paths: RepositoryPaths

    package init(paths: RepositoryPaths = RepositoryPaths()) {
        self.paths = paths
    }

    /// One issue a line, with a final line end. An issue about a whole file points at its first line.
    package func render(_ diagnostics: [Diagnostic], in sources: SourceMap) -> String {
        let shown = diagnostics.sorted(in: sources)
        let issues = zip(shown, Fingerprints(shown, in: sources).all).map { issue($0, $1, in: sources) }
        return issues.isEmpty ? "[]\n" : "[\n\(issues.joined(separator: ",\n"))\n]\n"
    }

    private func issue(_ diagnostic: Diagnostic, _ fingerprint: String, in sources: SourceMap) -> String {
        // A path is required; what is not about a file is about the workspace.
        let path = paths.path(of: diagnostic, in: sources) ?? paths.path("pabal.yaml")
        let range = LineRange(diagnostic.place, in: sources)
        let lines = JSONText.object([("begin", String(range?.line ?? 1)), ("end", String(range?.endLine ?? 1))])
        let severity =
            switch diagnostic.severity {
            case .error: "major"
            case .warning: "minor"
            }
        return JSONText.object([
            ("description", JSONText.string(Remarks(diagnostic).text)),
            ("check_name", JSONText.string(diagnostic.code.id)),
            ("fingerprint", JSONText.string(fingerprint)),
            ("severity", JSONText.string(severity)),
            ("location", JSONText.object([("path", JSONText.string(path)), ("lines", lines)])),
        ])
    }
}
