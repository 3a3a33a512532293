package import Diagnostics

/// Findings as workflow commands, which GitHub shows as annotations beside the lines of a pull request.
///
/// GitHub shows at most ten annotations of a level for each step: those in changed files come first, and a notice counts
/// what is left out.
package struct GitHubRenderer: Sendable {
    package static let annotationsMax = 10

    package var paths: RepositoryPaths
    /// Paths in the repository; empty where it is not known what changed.
    package var changed: Set<String>

    package init(paths: RepositoryPaths = RepositoryPaths(), changed: Set<String> = []) {
        self.paths = paths
        self.changed = changed
    }

    /// A command a line.
    package func render(_ diagnostics: [Diagnostic], in sources: SourceMap) -> String {
        let shown = diagnostics.sorted(in: sources)
        let changedFirst = shown.filter { isChanged($0, sources) } + shown.filter { !isChanged($0, sources) }
        var lines: [String] = []
        var left: [String] = []
        for severity in [Severity.error, .warning] {
            let level = changedFirst.filter { $0.severity == severity }
            lines += level.prefix(Self.annotationsMax).map { command($0, in: sources) }
            let more = level.count - Self.annotationsMax
            if more > 0 { left.append("\(more) more \(severity.rawValue)\(more == 1 ? "" : "s")") }
        }
        if !left.isEmpty { lines.append("::notice title=pabal::\(left.joined(separator: " and ")) not shown here") }
        return lines.map { $0 + "\n" }.joined()
    }

    private func isChanged(_ diagnostic: Diagnostic, _ sources: SourceMap) -> Bool {
        paths.path(of: diagnostic, in: sources).map(changed.contains) ?? false
    }

    private func command(_ diagnostic: Diagnostic, in sources: SourceMap) -> String {
        var properties: [(String, String)] = []
        if let path = paths.path(of: diagnostic, in: sources) { properties.append(("file", path)) }
        if let range = LineRange(diagnostic.place, in: sources) {
            properties += [("line", String(range.line)), ("endLine", String(range.endLine))]
            // Columns across lines are refused. GitHub's end column is the last one, not the one behind it.
            if let columns = range.columns, range.line == range.endLine {
                properties += [
                    ("col", String(columns.start)), ("endColumn", String(max(columns.start, columns.end - 1))),
                ]
            }
        }
        properties.append(("title", "\(diagnostic.code.id) \(diagnostic.code.title)"))
        let list = properties.map { "\($0.0)=\(Self.escaped($0.1, isProperty: true))" }.joined(separator: ",")
        return "::\(diagnostic.severity.rawValue) \(list)::\(Self.escaped(Remarks(diagnostic).text, isProperty: false))"
    }

    private static func escaped(_ text: String, isProperty: Bool) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "%": result += "%25"
            case "\r": result += "%0D"
            case "\n": result += "%0A"
            case ":" where isProperty: result += "%3A"
            case "," where isProperty: result += "%2C"
            case _ where VisibleText.isHidden(scalar): result += VisibleText.spelledOut(scalar)
            case _: result.unicodeScalars.append(scalar)
            }
        }
    }
}
