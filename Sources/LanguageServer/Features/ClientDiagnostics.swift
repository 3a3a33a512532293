internal import CampaignCompiler
internal import Diagnostics

extension WorkspaceSession {
    /// A finding as the protocol has it, and the file that it is about.
    func clientDiagnostic(
        _ diagnostic: Diagnostic, _ encoding: PositionEncoding, uri: (String) -> String
    ) -> (path: String, diagnostic: ClientDiagnostic) {
        let path: String
        let range: TextRange
        switch diagnostic.place {
        case .span(let span):
            let source = files.sources[span.file]
            path = source?.path ?? "pabal.yaml"
            range = source?.range(of: span, encoding) ?? .beginning
        case .line(let file, let line):
            path = file
            let place = Position(line: max(0, line - 1), character: 0)
            range = TextRange(start: place, end: place)
        case .path(let file):
            path = file
            range = .beginning
        }
        let related = diagnostic.related.compactMap { related in
            files.sources[related.span.file].map { source in
                ClientDiagnostic.Related(
                    location: Location(uri: uri(source.path), range: source.range(of: related.span, encoding)),
                    message: related.text)
            }
        }
        let lines =
            [diagnostic.label.isEmpty ? diagnostic.message : "\(diagnostic.message): \(diagnostic.label)"]
            + diagnostic.notes.map { "note: \($0)" } + diagnostic.help.map { "help: \($0)" }
        return (
            path,
            ClientDiagnostic(
                range: range, severity: diagnostic.severity == .error ? 1 : 2, code: diagnostic.code.id,
                source: "pabal", message: lines.joined(separator: "\n"),
                relatedInformation: related.isEmpty ? nil : related)
        )
    }
}
