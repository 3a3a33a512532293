import Diagnostics
import DiagnosticsRendering
import Foundation
import TestSupport
import Testing

/// Formats that services read.
struct ServiceFormatTests {
    private let workspace = Workspace(["segments/이름 1.yaml": "kind: \"고객\"\nname: x\n", "b.yaml": "b: 1\n"])
    private let paths = RepositoryPaths(folder: "./crm/campaigns")

    private var diagnostics: [Diagnostic] {
        let file = "segments/이름 1.yaml"
        return [
            Diagnostic(
                .unknownAttribute, "unknown: \"name\", 100% <b> \\ \t\u{1B}\u{2028}\u{FFFF} 👋",
                at: workspace.span(file, "고객"), label: "here",
                related: [.init(workspace.span("b.yaml", "b"), "declared here")],
                notes: ["a note"], help: ["write this", "or that"]
            ).fixed(workspace.span(file, "고객"), "customer", isSafe: true),
            Diagnostic(.unusedSegment, "over lines", at: workspace.span(file, "고객\"\nname")),
            Diagnostic(.unusedSegment, "beyond the end", at: workspace.span("b.yaml", 99, 200)),
            Diagnostic(.unknownAttribute, "bad row", at: .line(path: "data/orders.csv", line: 17)),
            Diagnostic(.unknownAttribute, "no such folder", at: .path("campaigns")),
            Diagnostic(.unknownAttribute, "wrong option", at: .commandLine),
            Diagnostic(.unknownAttribute, "lost", at: Span(file: FileID(index: 9), lower: 0, upper: 1)),
        ]
    }

    private func render(_ format: DiagnosticsFormat, _ diagnostics: [Diagnostic]) -> String {
        format.render(diagnostics, in: workspace.sources, DiagnosticsSetting(version: "1.2.3", paths: paths))
    }

    @Test(arguments: [DiagnosticsFormat.sarif, .github, .gitlab, .junit])
    func text(_ format: DiagnosticsFormat) {
        expectSnapshot(render(format, diagnostics), named: format.rawValue)
    }

    @Test(arguments: [DiagnosticsFormat.sarif, .github, .gitlab, .junit])
    func nothingFound(_ format: DiagnosticsFormat) {
        expectSnapshot(render(format, []), named: "\(format.rawValue)-nothing")
    }

    /// Other programs' readers take them.
    @Test func wellFormed() throws {
        for findings in [diagnostics, []] {
            let sarif = try JSONSerialization.jsonObject(with: Data(render(.sarif, findings).utf8)) as? [String: Any]
            #expect(((sarif?["runs"] as? [[String: Any]])?.first?["results"] as? [Any])?.count == findings.count)
            let gitlab =
                try JSONSerialization.jsonObject(with: Data(render(.gitlab, findings).utf8)) as? [[String: Any]]
            #expect(Set((gitlab ?? []).compactMap { $0["fingerprint"] as? String }).count == findings.count)
        }
    }

    /// Ten of a level, those of changed files first, and a word about the rest.
    @Test func annotationsAreFew() {
        let many =
            (0..<25).map { Diagnostic(.unknownAttribute, "finding \($0)", at: .path("file-\($0 + 10).yaml")) }
            + [Diagnostic(.unusedSegment, "a warning", at: .path("z.yaml"))]
        let renderer = GitHubRenderer(paths: paths, changed: ["crm/campaigns/file-30.yaml"])
        let lines = renderer.render(many, in: SourceMap()).split(separator: "\n")
        #expect(lines.count == 12)
        #expect(lines.first?.contains("file-30.yaml") == true)
        #expect(lines.count { $0.hasPrefix("::error ") } == 10)
        #expect(lines.last == "::notice title=pabal::15 more errors not shown here")
    }

    /// A finding keeps its name when lines are put before it, and twins have different ones.
    @Test func fingerprintsOutliveEdits() {
        func fingerprints(_ text: String) -> [String] {
            let workspace = Workspace(["a.yaml": text])
            let finding = Diagnostic(.unusedSegment, "unused", at: workspace.span("a.yaml", "kind"))
            return Fingerprints([finding, finding], in: workspace.sources).all
        }
        let before = fingerprints("kind: x\n")
        #expect(before == fingerprints("# a comment\n\n  kind: x\n"))
        #expect(before != fingerprints("kind: y\n"))
        #expect(Set(before).count == 2)
    }

    @Test(arguments: [("", ""), (".", ""), ("./a/b", "a/b/"), ("a b/", "a b/")])
    func repositoryPaths(folder: String, prefix: String) {
        #expect(RepositoryPaths(folder: folder).prefix == prefix)
        #expect(RepositoryPaths(folder: folder).path("/etc/x") == "/etc/x")
    }
}
