import Diagnostics
import DiagnosticsRendering
import TestSupport
import Testing

struct OrderTests {
    private let workspace = Workspace(["b.yaml": "one: 1\ntwo: 2\n", "a.yaml": "three: 3\n", "B.yaml": "four: 4\n"])

    private var expected: [Diagnostic] {
        [
            Diagnostic(.unknownAttribute, "in capitals", at: workspace.span("B.yaml", "four")),
            Diagnostic(.unknownAttribute, "other file", at: workspace.span("a.yaml", "three")),
            Diagnostic(.unknownAttribute, "the whole file", at: .path("b.yaml")),
            Diagnostic(.unknownAttribute, "first column", at: workspace.span("b.yaml", "one")),
            Diagnostic(.unknownAttribute, "same place, first code", at: workspace.span("b.yaml", "1")),
            Diagnostic(.unknownAttribute, "same place, first code, later", at: workspace.span("b.yaml", "1")),
            Diagnostic(.unusedSegment, "same place, second code", at: workspace.span("b.yaml", "1")),
            Diagnostic(.unknownAttribute, "second line", at: workspace.span("b.yaml", "two")),
            Diagnostic(.unknownAttribute, "a line", at: .line(path: "c.csv", line: 9)),
            Diagnostic(.unknownAttribute, "a later line", at: .line(path: "c.csv", line: 10)),
        ]
    }

    @Test func byPathLineColumnAndCode() {
        var generator = SeededGenerator(seed: testSeed("byPathLineColumnAndCode"))
        for _ in 0..<50 {
            var shuffled = expected.shuffled(using: &generator)
            // What ties keeps its order, so put that pair right first.
            let tied = shuffled.indices.filter { shuffled[$0].message.hasPrefix("same place") }
            let inOrder = tied.map { shuffled[$0] }.sorted { $0.message < $1.message }
            for (index, diagnostic) in zip(tied, inOrder) { shuffled[index] = diagnostic }
            #expect(shuffled.sorted(in: workspace.sources).map(\.message) == expected.map(\.message))
        }
    }

    @Test func repeatsAreShownOnce() {
        var other = expected[3]
        other.notes = ["notes do not make a finding another one"]
        let sorted = (expected + [other] + expected).sorted(in: workspace.sources)
        #expect(sorted.map(\.message) == expected.map(\.message))
        #expect(sorted.flatMap(\.notes).isEmpty)
        #expect(Summary(expected + expected) == Summary(expected))
    }

    @Test func placesOutsideTheMapComeFirst() {
        let lost = Diagnostic(.unknownAttribute, "lost", at: Span(file: FileID(index: 77), lower: 4, upper: 9))
        #expect((expected + [lost]).sorted(in: workspace.sources).first?.message == "lost")
    }
}
