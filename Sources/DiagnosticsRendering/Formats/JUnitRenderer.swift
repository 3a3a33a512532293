package import Diagnostics

/// Findings as a JUnit report: a test case for each file, which fails where the file has errors. Warnings are the output
/// of a case that passes.
package struct JUnitRenderer: Sendable {
    package var paths: RepositoryPaths

    package init(paths: RepositoryPaths = RepositoryPaths()) {
        self.paths = paths
    }

    /// One suite, with a final line end. Files without findings are cases too.
    package func render(_ diagnostics: [Diagnostic], in sources: SourceMap) -> String {
        var cases = Dictionary(
            uniqueKeysWithValues: Set(sources.files.map(\.path)).map { (paths.path($0), [Diagnostic]()) })
        for diagnostic in diagnostics.sorted(in: sources) {
            cases[paths.path(of: diagnostic, in: sources) ?? "pabal", default: []].append(diagnostic)
        }
        let names = cases.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let failures = cases.values.count { $0.hasErrors }
        let counts = "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\""
        let body = names.map { testCase($0, cases[$0] ?? [], in: sources) }.joined()
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites \(counts)>
            <testsuite name="pabal" \(counts)>
            \(body)</testsuite>
            </testsuites>

            """
    }

    private func testCase(_ name: String, _ diagnostics: [Diagnostic], in sources: SourceMap) -> String {
        let opening = "<testcase classname=\"pabal\" name=\"\(Self.escaped(name))\" file=\"\(Self.escaped(name))\""
        guard !diagnostics.isEmpty else { return opening + "/>\n" }
        let text = Self.escaped(ConciseRenderer().render(diagnostics, in: sources))
        let errors = diagnostics.filter { $0.severity == .error }
        guard let first = errors.first else { return "\(opening)><system-out>\(text)</system-out></testcase>\n" }
        let more = errors.count == 1 ? "" : " (and \(errors.count - 1) more)"
        return "\(opening)><failure type=\"\(first.code.id)\" message=\"\(Self.escaped(first.message + more))\">\(text)"
            + "</failure></testcase>\n"
    }

    /// XML 1.0 has no way to write most controls; they are spelled out before.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n": result.unicodeScalars.append(scalar)
            case "\u{FFFE}", "\u{FFFF}": result += VisibleText.spelledOut(scalar)
            case _ where VisibleText.isHidden(scalar): result += VisibleText.spelledOut(scalar)
            case _: result.unicodeScalars.append(scalar)
            }
        }
    }
}
