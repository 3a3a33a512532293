import Diagnostics
import DiagnosticsRendering
import TestSupport
import Testing

struct HumanRendererTests {
    private func check(
        _ workspace: Workspace, _ diagnostics: [Diagnostic], named name: String,
        renderer: HumanRenderer = HumanRenderer(), sourceLocation: SourceLocation = #_sourceLocation
    ) {
        expectSnapshot(
            renderer.render(diagnostics, in: workspace.sources), named: name, sourceLocation: sourceLocation)
    }

    private let segment = """
        kind: segment
        name: away-a-week
        people:
          all:
            - event: order
              within: 7 days
              count: 0
            - segment: customers
            - attribute: countri
              is: KR

        """

    private let catalog = """
        kind: catalog
        zone: Asia/Seoul

        events:
          order: {}

        attributes:
            country: { type: text, values: [KR, US, JP] }

        """

    @Test func relatedPlaceInAnotherFile() {
        let workspace = Workspace(["segments/away-a-week.yaml": segment, "catalog.yaml": catalog])
        let diagnostic = Diagnostic(
            .unknownAttribute, "unknown attribute `countri`",
            at: workspace.span("segments/away-a-week.yaml", "countri"),
            label: "not in the catalog",
            related: [.init(workspace.span("catalog.yaml", "country"), "a similar name is declared here")],
            help: ["write `country`"])
        check(workspace, [diagnostic], named: "related-in-another-file")
        check(workspace, [diagnostic], named: "colours", renderer: HumanRenderer(color: .on))
    }

    @Test func relatedPlacesInTheSameFile() {
        let workspace = Workspace(["a.yaml": segment])
        let diagnostics = [
            Diagnostic(
                .unknownAttribute, "far apart", at: workspace.span("a.yaml", "countri"), label: "here",
                related: [
                    .init(workspace.span("a.yaml", "order"), "and two lines up"),
                    .init(workspace.span("a.yaml", "segment"), "a long way before"),
                    .init(workspace.span("a.yaml", "customers"), "on the line before"),
                    .init(workspace.span("a.yaml", "attribute"), "on the same line"),
                ]),
            Diagnostic(
                .unusedSegment, "two lines apart", at: workspace.span("a.yaml", "kind"), label: "here",
                related: [.init(workspace.span("a.yaml", "people"), "the line between is shown")]),
        ]
        check(workspace, diagnostics, named: "related-in-the-same-file")
    }

    @Test func severalFindings() {
        let workspace = Workspace(["a.yaml": segment])
        let diagnostics = [
            Diagnostic(.unusedSegment, "unused segment `away-a-week`", at: workspace.span("a.yaml", "away-a-week")),
            Diagnostic(
                .unknownAttribute, "unknown attribute `countri`", at: workspace.span("a.yaml", "countri"),
                notes: ["the catalog has 3 attributes", "a note\nof two lines"], help: ["one way", "another way"],
                severity: .warning),
        ]
        check(workspace, diagnostics, named: "several-findings")
        check(workspace, diagnostics, named: "several-findings-colours", renderer: HumanRenderer(color: .on))
        check(workspace, [], named: "no-findings")
    }

    @Test func placesWithoutSource() {
        let workspace = Workspace(["a.yaml": segment])
        let diagnostics = [
            Diagnostic(
                .unknownAttribute, "bad row", at: .line(path: "data/orders.csv", line: 17), label: "`x` is no instant",
                related: [.init(workspace.span("a.yaml", "order"), "used here")], help: ["write an instant"]),
            Diagnostic(.unknownAttribute, "no such folder", at: .path("campaigns")),
            Diagnostic(.unknownAttribute, "no pabal.yaml", at: .path("work"), help: ["run `pabal validate DIR`"]),
            Diagnostic(.unknownAttribute, "lost", at: Span(file: FileID(index: 9), lower: 0, upper: 1), label: "why"),
        ]
        check(workspace, diagnostics, named: "places-without-source")
    }

    @Test func wideCharacters() {
        let workspace = Workspace([
            "ko.yaml": "이름: 돌아온 고객\n제목: \"안녕 👋🏽 반가워요\"\n",
            "marks.yaml": "a: cafe\u{301} \u{1112}\u{1161}\u{11AB} x\nb: 👩‍👩‍👧‍👦❤️🇰🇷1️⃣🏴󠁧󠁢󠁥󠁮󠁧󠁿 y\n",
            "tabs.yaml": "\tone:\tvalue\n12\t3: [가\t나]\n",
        ])
        let diagnostics = [
            Diagnostic(.unknownAttribute, "Korean", at: workspace.span("ko.yaml", "고객"), label: "고객 label"),
            Diagnostic(.unknownAttribute, "after an emoji", at: workspace.span("ko.yaml", "반가워요"), label: "here"),
            Diagnostic(.unknownAttribute, "the emoji", at: workspace.span("ko.yaml", "👋🏽"), label: "here"),
            Diagnostic(.unknownAttribute, "after marks and jamo", at: workspace.span("marks.yaml", "x"), label: "here"),
            Diagnostic(.unknownAttribute, "after sequences", at: workspace.span("marks.yaml", "y"), label: "here"),
            Diagnostic(.unknownAttribute, "the heart", at: workspace.span("marks.yaml", "❤️"), label: "here"),
            Diagnostic(.unknownAttribute, "after tabs", at: workspace.span("tabs.yaml", "value"), label: "here"),
            Diagnostic(.unknownAttribute, "a tab inside", at: workspace.span("tabs.yaml", "가\t나"), label: "here"),
            Diagnostic(.unknownAttribute, "the tab itself", at: workspace.span("tabs.yaml", "\t"), label: "here"),
        ]
        check(workspace, diagnostics, named: "wide-characters")
    }

    @Test func spansOverLines() {
        let workspace = Workspace(["a.yaml": segment])
        let list = workspace.span("a.yaml", "- event: order\n      within: 7 days\n      count: 0\n    ")
        let diagnostics = [
            Diagnostic(.unknownAttribute, "a block", at: list, label: "this condition"),
            Diagnostic(.unusedSegment, "no label", at: list),
            Diagnostic(.unknownAttribute, "only its line end", at: workspace.span("a.yaml", "count: 0\n    ")),
            Diagnostic(.unknownAttribute, "from a line end", at: workspace.span("a.yaml", "\nname")),
            Diagnostic(
                .unknownAttribute, "a long second place", at: workspace.span("a.yaml", "KR"),
                related: [.init(list, "because of this")]),
        ]
        check(workspace, diagnostics, named: "spans-over-lines")
    }

    @Test func endsOfFiles() {
        let workspace = Workspace([
            "a-no-line-end.yaml": "name: x", "b-line-end.yaml": "name: x\n", "c-empty.yaml": "",
            "d-crlf.yaml": "name: x\r\nkind: y\r\n",
        ])
        let diagnostics = ["a-no-line-end.yaml", "b-line-end.yaml", "c-empty.yaml", "d-crlf.yaml"].flatMap { path in
            [
                Diagnostic(.unknownAttribute, "at the end", at: workspace.span(path, "\u{0}"), label: "end"),
                Diagnostic(.unknownAttribute, "beyond the end", at: workspace.span(path, 500, 900), label: "beyond"),
                Diagnostic(.unknownAttribute, "before the start", at: workspace.span(path, -9, 2), label: "before"),
                Diagnostic(.unknownAttribute, "the end of a line", at: workspace.span(path, 7, 7), label: "missing"),
                Diagnostic(.unknownAttribute, "all of it", at: workspace.span(path, 0, Int.max), label: "all"),
            ]
        }
        check(workspace, diagnostics, named: "ends-of-files")
    }

    @Test func longLines() {
        let numbers = (0..<400).map(String.init).joined(separator: ", ")
        let words = String(repeating: "가나다 ", count: 3000)
        let workspace = Workspace(["a.yaml": "list: [\(numbers)]\n", "b.yaml": "text: \(words)X \(words)\n"])
        let diagnostics = [
            Diagnostic(.unknownAttribute, "at the start", at: workspace.span("a.yaml", "list"), label: "here"),
            Diagnostic(
                .unknownAttribute, "in the middle", at: workspace.span("a.yaml", "200"), label: "here",
                related: [
                    .init(workspace.span("a.yaml", "list"), "cut off before"),
                    .init(workspace.span("a.yaml", "202"), "near"),
                    .init(workspace.span("a.yaml", "399"), "cut off after"),
                ]),
            Diagnostic(.unknownAttribute, "at the end", at: workspace.span("a.yaml", "]"), label: "here"),
            Diagnostic(.unknownAttribute, "after the end", at: workspace.span("a.yaml", "\n"), label: "here"),
            Diagnostic(.unknownAttribute, "all of it", at: workspace.span("a.yaml", "[\(numbers)]"), label: "here"),
            Diagnostic(.unknownAttribute, "longer than the rest", at: workspace.span("a.yaml", 900, 1900), label: "x"),
            Diagnostic(.unknownAttribute, "far into a wide line", at: workspace.span("b.yaml", "X"), label: "here"),
        ]
        check(workspace, diagnostics, named: "long-lines")
        check(workspace, diagnostics, named: "long-lines-narrow", renderer: HumanRenderer(width: 40))
    }

    @Test func nothingReachesTheTerminalRaw() {
        let hostile = "name: \u{1B}[31mred\u{7}\u{202E}x\u{85}y\u{200B}z\u{FEFF}\n"
        let workspace = Workspace(["dir\u{1B}[2J/a.yaml": hostile])
        let path = "dir\u{1B}[2J/a.yaml"
        let diagnostics = [
            Diagnostic(
                .unknownAttribute, "unknown `\u{1B}[31mred`\nfake: line", at: workspace.span(path, "red"),
                label: "\u{1B}]0;title\u{7}", related: [.init(workspace.span(path, "z"), "\u{9B}31m")],
                notes: ["\u{1B}[5m\r\nnext"], help: ["\u{202E}"]),
            Diagnostic(.unknownAttribute, "x", at: .path("\u{1B}c")),
            Diagnostic(.unknownAttribute, "x", at: .line(path: "\u{1B}c", line: 3)),
        ]
        check(workspace, diagnostics, named: "controls")
        expectSnapshot(ConciseRenderer().render(diagnostics, in: workspace.sources), named: "controls-concise")
    }

    @Test func invalidBytesAreOneColumnEach() {
        let bytes = Array("a: ".utf8) + [0xFF, 0xC3, 0x28, 0xE2, 0x82] + Array(" end\n".utf8)
        let workspace = Workspace(path: "a.yaml", bytes: bytes)
        check(
            workspace,
            [
                Diagnostic(.unknownAttribute, "invalid UTF-8", at: workspace.span("a.yaml", 3, 4), label: "this byte"),
                Diagnostic(.unknownAttribute, "after it", at: workspace.span("a.yaml", "end"), label: "here"),
            ], named: "invalid-utf-8")
    }
}
