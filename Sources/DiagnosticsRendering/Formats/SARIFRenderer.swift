package import Diagnostics

/// Findings as a SARIF 2.1.0 log with one run, as code-scanning services read it.
///
/// Paths are relative to the repository; columns are Unicode scalars from 1, `endColumn` is exclusive; the rules are those
/// of the codes that occur, with the texts of `pabal explain`.
package struct SARIFRenderer: Sendable {
    /// Of the program.
    package var version: String
    package var paths: RepositoryPaths

    package init(version: String, paths: RepositoryPaths = RepositoryPaths()) {
        self.version = version
        self.paths = paths
    }

    /// One log, one result a line, with a final line end.
    package func render(_ diagnostics: [Diagnostic], in sources: SourceMap) -> String {
        let shown = diagnostics.sorted(in: sources)
        let fingerprints = Fingerprints(shown, in: sources).all
        let codes = Set(shown.map(\.code)).sorted { $0.id < $1.id }
        let places = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })
        let results = zip(shown, fingerprints).map { diagnostic, fingerprint in
            result(diagnostic, rule: places[diagnostic.code] ?? 0, fingerprint, in: sources)
        }
        let driver = JSONText.object([
            ("name", JSONText.string("pabal")), ("version", JSONText.string(version)),
            ("rules", JSONText.array(codes.map(rule))),
        ])
        let run = JSONText.object([
            ("tool", JSONText.object([("driver", driver)])),
            ("columnKind", JSONText.string("unicodeCodePoints")),
            ("results", results.isEmpty ? "[]" : "[\n\(results.joined(separator: ",\n"))\n]"),
        ])
        return JSONText.object([
            ("$schema", JSONText.string("https://json.schemastore.org/sarif-2.1.0.json")),
            ("version", JSONText.string("2.1.0")),
            ("runs", JSONText.array([run])),
        ]) + "\n"
    }

    private func rule(_ code: Code) -> String {
        JSONText.object([
            ("id", JSONText.string(code.id)),
            ("shortDescription", text(code.title)),
            ("fullDescription", text(code.cause)),
            ("help", text(ExplanationRenderer().render(code))),
            ("defaultConfiguration", JSONText.object([("level", JSONText.string(code.severity.rawValue))])),
        ])
    }

    private func result(_ diagnostic: Diagnostic, rule: Int, _ fingerprint: String, in sources: SourceMap) -> String {
        var members = [
            ("ruleId", JSONText.string(diagnostic.code.id)),
            ("ruleIndex", String(rule)),
            ("level", JSONText.string(diagnostic.severity.rawValue)),
            ("message", text(Remarks(diagnostic).text)),
        ]
        if let path = paths.path(of: diagnostic, in: sources) {
            let location = physical(path, LineRange(diagnostic.place, in: sources))
            members.append(("locations", JSONText.array([JSONText.object([("physicalLocation", location)])])))
        }
        let related = diagnostic.related.compactMap { related in
            sources[related.span.file].map { source in
                JSONText.object([
                    ("physicalLocation", physical(paths.path(source.path), LineRange(related.span, in: source))),
                    ("message", text(related.text)),
                ])
            }
        }
        if !related.isEmpty { members.append(("relatedLocations", JSONText.array(related))) }
        if let fix = diagnostic.fix.flatMap({ self.fix($0, in: sources) }) {
            members.append(("fixes", JSONText.array([fix])))
        }
        members.append(("partialFingerprints", JSONText.object([("pabal/v1", JSONText.string(fingerprint))])))
        return JSONText.object(members)
    }

    /// Nil where an edit is in no file of the map.
    private func fix(_ fix: Fix, in sources: SourceMap) -> String? {
        let changes = fix.edits.compactMap { edit in
            sources[edit.span.file].map { source in
                let replacement = JSONText.object([
                    ("deletedRegion", region(LineRange(edit.span, in: source))), ("insertedContent", text(edit.text)),
                ])
                return JSONText.object([
                    ("artifactLocation", artifact(paths.path(source.path))),
                    ("replacements", JSONText.array([replacement])),
                ])
            }
        }
        guard changes.count == fix.edits.count else { return nil }
        return JSONText.object([("artifactChanges", JSONText.array(changes))])
    }

    private func physical(_ path: String, _ range: LineRange?) -> String {
        guard let range else { return JSONText.object([("artifactLocation", artifact(path))]) }
        return JSONText.object([("artifactLocation", artifact(path)), ("region", region(range))])
    }

    private func artifact(_ path: String) -> String {
        JSONText.object([("uri", JSONText.string(RepositoryPaths.reference(path)))])
    }

    private func region(_ range: LineRange) -> String {
        var region = [("startLine", String(range.line))]
        if let columns = range.columns { region.append(("startColumn", String(columns.start))) }
        region.append(("endLine", String(range.endLine)))
        if let columns = range.columns { region.append(("endColumn", String(columns.end))) }
        return JSONText.object(region)
    }

    private func text(_ text: String) -> String { JSONText.object([("text", JSONText.string(text))]) }
}
