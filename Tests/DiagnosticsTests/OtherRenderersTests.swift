import Diagnostics
import DiagnosticsRendering
import Foundation
import TestSupport
import Testing

struct OtherRenderersTests {
    private let workspace = Workspace(["이름.yaml": "kind: \"고객\"\nname: x\n", "b.yaml": "b: 1\n"])

    private var diagnostics: [Diagnostic] {
        [
            Diagnostic(
                .unknownAttribute, "unknown \"name\" \\ \t\u{1B}\u{2028} 👋", at: workspace.span("이름.yaml", "고객"),
                label: "here", related: [.init(workspace.span("b.yaml", "b"), "declared here")],
                notes: ["a note"], help: ["write this", "or that"]),
            Diagnostic(.unusedSegment, "over lines", at: workspace.span("이름.yaml", "고객\"\nname")),
            Diagnostic(.unusedSegment, "beyond the end", at: workspace.span("b.yaml", 99, 200)),
            Diagnostic(.unknownAttribute, "bad row", at: .line(path: "data/orders.csv", line: 17)),
            Diagnostic(.unknownAttribute, "no such folder", at: .path("campaigns")),
            Diagnostic(.unknownAttribute, "lost", at: Span(file: FileID(index: 9), lower: 0, upper: 1)),
        ]
    }

    @Test func concise() {
        expectSnapshot(ConciseRenderer().render(diagnostics, in: workspace.sources), named: "concise")
    }

    @Test func json() throws {
        let text = JSONRenderer().render(diagnostics, in: workspace.sources)
        expectSnapshot(text, named: "json")
        let object = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["errors"] as? Int == 4)
        #expect(object["warnings"] as? Int == 2)
        let findings = try #require(object["diagnostics"] as? [[String: Any]])
        #expect(findings.count == 6)
        let messages = Set(findings.compactMap { $0["message"] as? String })
        #expect(messages == Set(diagnostics.map(\.message)))
    }

    @Test func emptyJSON() {
        let text = JSONRenderer().render([], in: workspace.sources)
        #expect(text == "{\"diagnostics\":[],\"errors\":0,\"warnings\":0}\n")
    }

    /// Every scalar survives a round trip through another reader.
    @Test func jsonEscaping() throws {
        var generator = SeededGenerator(seed: testSeed("jsonEscaping"))
        for _ in 0..<200 {
            var message = ""
            for _ in 0..<40 {
                let limit: UInt32 = [0x100, 0x3000, 0x110000].randomElement(using: &generator) ?? 0x100
                if let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &generator)) {
                    message.unicodeScalars.append(scalar)
                }
            }
            let text = JSONRenderer().render(
                [Diagnostic(.unknownAttribute, message, at: .path("a"))], in: workspace.sources)
            let object = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            let read = (object["diagnostics"] as? [[String: Any]])?.first?["message"] as? String
            #expect(read.map { Array($0.unicodeScalars) } == Array(message.unicodeScalars))
        }
    }

    @Test(arguments: [
        (0, 0, "no findings"), (1, 0, "1 error"), (2, 1, "2 errors, 1 warning"), (0, 3, "3 warnings"),
    ])
    func summary(errors: Int, warnings: Int, expected: String) {
        let all =
            (0..<errors).map { Diagnostic(.unknownAttribute, "\($0)", at: .path("a")) }
            + (0..<warnings).map { Diagnostic(.unusedSegment, "\($0)", at: .path("a")) }
        #expect(Summary(all).text == expected)
    }

    @Test func explanation() {
        expectSnapshot(ExplanationRenderer().render(.unknownAttribute), named: "explanation")
        expectSnapshot(ExplanationRenderer(color: .on).render(.unusedSegment), named: "explanation-colours")
    }
}
