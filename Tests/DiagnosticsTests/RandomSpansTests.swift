import Diagnostics
import DiagnosticsRendering
import TestSupport
import Testing

struct RandomSpansTests {
    /// A piece of a line: its bytes, how it is shown, and how many columns that takes.
    private static let pieces: [(bytes: [UInt8], shown: String)] = [
        (Array("a".utf8), "a"), (Array(" ".utf8), " "), (Array(":".utf8), ":"), (Array("한".utf8), "한"),
        (Array("e\u{301}".utf8), "e\u{301}"), (Array("👩‍👩‍👧".utf8), "👩‍👩‍👧"), (Array("👋🏽".utf8), "👋🏽"),
        (Array("🇰🇷".utf8), "🇰🇷"), (Array("❤️".utf8), "❤️"), ([0xFF], "\u{FFFD}"), ([0x1B], "\\u{1B}"),
        (Array("\u{202E}".utf8), "\\u{202E}"), (Array("\t".utf8), "\t"),
    ]
    private static let widths = [1, 1, 1, 2, 1, 2, 2, 2, 2, 1, 6, 8, 0]

    /// Lines made of known pieces: row and carets are known too.
    @Test func caretsStandUnderTheirPieces() {
        var generator = SeededGenerator(seed: testSeed("caretsStandUnderTheirPieces"))
        for _ in 0..<3000 {
            var bytes: [UInt8] = []
            var shown = ""
            var starts: [(byte: Int, scalars: Int, column: Int)] = []
            var scalars = 0
            var column = 0
            for _ in 0..<Int.random(in: 1...20, using: &generator) {
                let choice = Int.random(in: 0..<Self.pieces.count, using: &generator)
                starts.append((bytes.count, scalars, column))
                let isTab = Self.pieces[choice].shown == "\t"
                let width = isTab ? 4 - column % 4 : Self.widths[choice]
                bytes += Self.pieces[choice].bytes
                shown += isTab ? String(repeating: " ", count: width) : Self.pieces[choice].shown
                column += width
                scalars += String(decoding: Self.pieces[choice].bytes, as: UTF8.self).unicodeScalars.count
            }
            let from = Int.random(in: 0..<starts.count, using: &generator)
            let to = Int.random(in: from..<starts.count, using: &generator)
            starts.append((bytes.count, scalars, column))
            let workspace = Workspace(path: "a", bytes: bytes + [0x0A, 0x62])
            let span = workspace.span("a", starts[from].byte, starts[to + 1].byte)
            let text = HumanRenderer(width: 1000).render(
                [Diagnostic(.unknownAttribute, "m", at: span)], in: workspace.sources)
            let indent = String(repeating: " ", count: starts[from].column)
            let carets = String(repeating: "^", count: starts[to + 1].column - starts[from].column)
            let wanted = """
                error[PB2104]: m
                  --> a:1:\(starts[from].scalars + 1)
                   |
                 1 | \(shown)
                   | \(indent)\(carets)

                """
            #expect(text.utf8.elementsEqual(wanted.utf8), "wanted:\n\(wanted)\nseen:\n\(text)")
        }
    }

    /// Any bytes, any span: no crash, nothing raw, and marks only under what is shown.
    @Test func anySpanOverAnyBytes() {
        var generator = SeededGenerator(seed: testSeed("anySpanOverAnyBytes"))
        for round in 0..<3000 {
            let bytes = randomBytes(&generator)
            let workspace = Workspace(path: "a", bytes: bytes)
            func place() -> Span {
                workspace.span(
                    "a", Int.random(in: -3...bytes.count + 3, using: &generator),
                    Int.random(in: -3...bytes.count + 3, using: &generator))
            }
            let width = Int.random(in: 0...100, using: &generator)
            let diagnostic = Diagnostic(
                .unknownAttribute, String(decoding: bytes.prefix(20), as: UTF8.self), at: place(),
                related: [.init(place(), ""), .init(place(), "")])
            let text = HumanRenderer(width: width).render([diagnostic], in: workspace.sources)
            checkRows(text, width: width, round: round)
            _ = JSONRenderer().render([diagnostic], in: workspace.sources)
            _ = ConciseRenderer().render([diagnostic], in: workspace.sources)
        }
    }

    private func randomBytes(_ generator: inout SeededGenerator) -> [UInt8] {
        let alphabets: [[UInt8]] = [
            Array(0...255), Array("ab: \n\r\t-한글👋🏽".utf8), Array("a".utf8), [0x80, 0xE2, 0x82, 0xAC, 0xF0, 0x0A],
        ]
        let alphabet = alphabets.randomElement(using: &generator) ?? [0]
        let count = [5, 60, 600, 20_000].randomElement(using: &generator) ?? 5
        return (0..<Int.random(in: 0...count, using: &generator)).map { _ in
            alphabet.randomElement(using: &generator) ?? 0
        }
    }

    private func checkRows(_ text: String, width: Int, round: Int) {
        for scalar in text.unicodeScalars where scalar != "\n" && scalar.properties.generalCategory == .control {
            Issue.record("round \(round): raw control \(scalar.value)")
        }
        var sourceWidth = 0
        for row in text.split(separator: "\n").dropFirst(2) {
            guard let bar = row.firstIndex(of: "|") else { continue }
            let body = row[bar...].dropFirst(2)
            let columns = TextWidth.columns(of: body)
            if row[..<bar].contains(where: \.isNumber) {
                sourceWidth = columns
                let total = TextWidth.columns(of: row)
                #expect(total <= max(width, 20 + TextWidth.columns(of: row[...bar]) + 1), "round \(round):\n\(text)")
            } else if let mark = body.first(where: { $0 != " " }), mark == "^" || mark == "-" {
                let drawn = body.prefix { $0 == " " }.count + body.drop { $0 == " " }.prefix { $0 == mark }.count
                #expect(drawn <= sourceWidth + 1, "round \(round):\n\(text)")
            }
        }
    }
}
