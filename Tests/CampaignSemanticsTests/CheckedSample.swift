import CampaignSemantics
import CampaignSyntax
import Diagnostics
import DiagnosticsRendering

/// A sample workspace after parsing and checking.
struct CheckedSample {
    private(set) var sources = SourceMap()
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var workspace: CheckedWorkspace?

    init(_ sample: SampleFiles) {
        var parsed: [ParsedFile] = []
        for file in sample.files.sorted(by: { $0.path < $1.path }) {
            var document: Document?
            if let bytes = file.bytes {
                let source = SourceText(path: file.path, bytes: bytes)
                let (decoded, findings) = parse(source, sources.add(source))
                diagnostics += findings
                document = decoded
            }
            parsed.append(ParsedFile(path: file.path, document: document))
        }
        let (workspace, findings) = check(parsed)
        diagnostics = (diagnostics + findings).sorted(in: sources)
        self.workspace = diagnostics.hasErrors ? nil : workspace
    }

    var text: String { HumanRenderer().render(diagnostics, in: sources) }

    var codes: [String] { diagnostics.map(\.code.id) }
}
