import CampaignSyntax
import Diagnostics
import Testing

/// What YAML allows and the language does not.
@Suite struct StrictnessTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        /// Ids of the findings; none: the file is fine.
        let codes: [String]
        /// The text at the first finding.
        let place: String?

        init(_ name: String, _ text: String, _ codes: [String] = [], at place: String? = nil) {
            self.init(name, bytes: Array(text.utf8), codes, at: place)
        }

        init(_ name: String, bytes: [UInt8], _ codes: [String] = [], at place: String? = nil) {
            self.name = name
            self.bytes = bytes
            self.codes = codes
            self.place = place
        }

        var testDescription: String { name }
    }

    private static let bomb =
        "a0: &a0 [x, x, x]\n"
        + (1...60).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1), *a\($0 - 1)]\n" }.joined()

    static let cases: [Case] = [
        Case("plain", "a: b\n"),
        Case("no line end", "a: b"),
        Case("CRLF", "a: b\r\nc:\r\n  - d\r\n"),
        Case("lone CR", "a: b\rc: d\r"),
        Case("byte-order mark", "\u{FEFF}a: b\nc: d\n"),
        Case("document marks", "---\na: b\n...\n"),
        Case("comments", "# one\na: b # two\n# three\n"),
        Case("tab between key and value", "a:\tb\n"),
        Case("emoji and joiners", "a: 👩‍👩‍👧 e\u{301}\n"),
        Case("quoted merge key", "\"<<\": a\n"),
        Case("stars inside", "a: 5 * 3 & 4 ! 5\n"),
        Case("tab indentation", "a:\n\tb: c\n", ["PB0002"], at: "\t"),
        Case("tab behind spaces", "a:\n  \tb: c\n", ["PB0002"], at: "\t"),
        Case("tab in a folded text", "a: b\n\tc: d\n", ["PB0002"], at: "\t"),
        Case("duplicate key", "a: 1\nb: 2\na: 3\n", ["PB0003"], at: "a"),
        Case("duplicate key in another spelling", "a: 1\n\"a\": 2\n", ["PB0003"], at: "\"a\""),
        Case("duplicate key, composed and decomposed", "\u{E9}: 1\ne\u{301}: 2\n", ["PB0003"]),
        Case("three times", "a: 1\na: 2\na: 3\n", ["PB0003", "PB0003"]),
        Case("anchor on a scalar", "a: &x b\n", ["PB0004"], at: "&x"),
        Case("anchor on a list", "a: &x [b]\n", ["PB0004"], at: "&x"),
        Case("anchor on a block", "a: &x\n  b: c\n", ["PB0004"], at: "&x"),
        Case("anchor on a key", "&x a: b\n", ["PB0004"], at: "&x"),
        Case("alias", "a: *x\n", ["PB0004"], at: "*x"),
        Case("alias as a key", "*x : b\n", ["PB0004"], at: "*x"),
        Case("merge key", "a: { <<: *x, b: c }\n", ["PB0004"], at: "<<"),
        Case("merge key with a mapping", "<<: { a: &y b }\n", ["PB0004"], at: "<<"),
        Case("billion laughs", bomb, Array(repeating: "PB0004", count: 61 + 180)),
        Case("tag", "a: !!int 5\n", ["PB0005"], at: "!!int"),
        Case("own tag", "a: !secret [b]\n", ["PB0005"], at: "!secret"),
        Case("verbatim tag", "a: !<tag:yaml.org,2002:str> b\n", ["PB0005"]),
        Case("non-specific tag", "a: ! b\n", ["PB0005"], at: "!"),
        Case("tag and anchor", "a: &x !!str b\n", ["PB0004", "PB0005"]),
        Case("version directive", "%YAML 1.1\n---\na: b\n", ["PB0005"], at: "%YAML 1.1"),
        Case("tag directive", "%TAG ! tag:example.com,2000:\n---\na: b\n", ["PB0005"]),
        Case("unknown directive", "%FOO bar\n---\na: b\n", ["PB0001"]),
        Case("exactly 1 MiB", "a: b\n" + String(repeating: "#", count: 1_048_570) + "\n"),
        Case("1 MiB and a byte", "a: b\n" + String(repeating: "#", count: 1_048_571) + "\n", ["PB0006"]),
        Case("2 MiB", "a: b\n" + String(repeating: "# 2 MiB\n", count: 262_144), ["PB0006"]),
        Case("lone continuation byte", bytes: [0x61, 0x3A, 0x20, 0x80, 0x0A], ["PB0007"]),
        Case("overlong", bytes: [0x61, 0x3A, 0x20, 0xC0, 0xAF, 0x0A], ["PB0007"]),
        Case("surrogate", bytes: [0x61, 0x3A, 0x20, 0xED, 0xA0, 0x80, 0x0A], ["PB0007"]),
        Case("beyond U+10FFFF", bytes: [0x61, 0x3A, 0x20, 0xF4, 0x90, 0x80, 0x80, 0x0A], ["PB0007"]),
        Case("truncated character", bytes: [0x61, 0x3A, 0x20, 0xEA, 0xB0], ["PB0007"]),
        Case("UTF-16", bytes: [0xFF, 0xFE, 0x61, 0x00], ["PB0007"]),
        Case("two documents", "a: b\n---\nc: d\n", ["PB0008"], at: "---"),
        Case("two documents with an end", "a: b\n...\n---\nc: d\n", ["PB0008"]),
        Case("next line", "a: b\u{85}c\n", ["PB0009"], at: "\u{85}"),
        Case("line separator in a comment", "a: b # \u{2028}c: d\n", ["PB0009"], at: "\u{2028}"),
        Case("paragraph separator in quotes", "가: \"나\u{2029}\"\n", ["PB0009"], at: "\u{2029}"),
        Case("right-to-left override", "a: \u{202E}b\n", ["PB0009"], at: "\u{202E}"),
        Case("isolate", "a: \u{2066}b\u{2069}\n", ["PB0009"], at: "\u{2066}"),
        Case("Arabic letter mark", "a: \u{61C}b\n", ["PB0009"]),
        Case("NUL", "a: b\u{0}\n", ["PB0009"], at: "\u{0}"),
        Case("escape", "a: \u{1B}[31m\n", ["PB0009"]),
        Case("delete", "a: \u{7F}\n", ["PB0009"]),
        Case("C1 control", "a: \u{9B}31m\n", ["PB0009"]),
        Case("byte-order mark inside", "a: b\n\u{FEFF}c: d\n", ["PB0009"]),
        Case("two byte-order marks", "\u{FEFF}\u{FEFF}a: b\n", ["PB0009"]),
        Case("noncharacter", "a: \u{FFFE}\n", ["PB0009"]),
        Case("depth 64", "a: " + String(repeating: "[", count: 63) + String(repeating: "]", count: 63)),
        Case(
            "depth 65", "a: " + String(repeating: "[", count: 64) + String(repeating: "]", count: 64), ["PB0010"],
            at: "["),
        Case("depth 65 in blocks", (0..<65).map { String(repeating: " ", count: $0) + "a:\n" }.joined(), ["PB0010"]),
        Case("depth 100,000", "a: " + String(repeating: "[", count: 100_000), ["PB0010"]),
        Case("depth 100,000 of mappings", "a: " + String(repeating: "{a: ", count: 100_000), ["PB0010"]),
        Case("list as a key", "? [a, b]\n: c\n", ["PB0011"], at: "[a, b]"),
        Case("mapping as a key", "{ {a: b}: c }\n", ["PB0011"], at: "{a: b}"),
        Case("braces of a template", "a: {{ b }}\n", ["PB0011"], at: "{ b }"),
        Case("braces and more", "a: {{ b }}, c\n", ["PB0011"]),
        Case("question mark that a flow mapping swallows", "a: { ?b: c }\n", ["PB0011"], at: "?b"),
        Case("question mark that a list swallows", "a: [?b]\n", ["PB0011"], at: "?b"),
        Case("question mark in a block", "?b: c\n"),
        Case("empty", "", ["PB0012"]),
        Case("blank", "\n  \n\n", ["PB0012"]),
        Case("only a comment", "# a\n", ["PB0012"]),
        Case("only a byte-order mark", "\u{FEFF}", ["PB0012"]),
        Case("only dashes", "---\n", ["PB0012"]),
        Case("only dashes and dots", "---\n...\n", ["PB0012"]),
        Case("unclosed brace", "a: { b: c\n", ["PB0001"], at: "{"),
        Case("unclosed bracket", "a: [b, c\nd: e\n", ["PB0001"]),
        Case("unclosed quote", "a: \"b\nc: d\n", ["PB0001"], at: "\""),
        Case("closing brace alone", "a: b }\n}\n", ["PB0001"]),
        Case("unexpected indentation", "a: b\n   c: d\n", ["PB0001"]),
        Case("text behind a quote", "a: \"b\" c\n", ["PB0001"], at: "c"),
        Case("at sign", "a: @b\n", ["PB0001"], at: "@"),
        Case("backquote", "a: `b`\n", ["PB0001"], at: "`"),
        Case("colon and space", "a: b: c\n", ["PB0001"], at: ":"),
        Case("findings before a syntax error stay", "a: &x b\nc: [\n", ["PB0004", "PB0001"]),
    ]

    @Test(arguments: cases)
    func strictness(_ example: Case) throws {
        let (tree, diagnostics, source) = parseBytes(example.bytes)
        #expect(diagnostics.map(\.code.id) == example.codes, "\(diagnostics.map(\.message))")
        if example.codes.isEmpty { #expect(tree != nil) }
        for diagnostic in diagnostics {
            guard case .span(let span) = diagnostic.place else { continue }
            #expect(span.lower <= span.upper && span.upper <= source.bytes.count)
        }
        if let place = example.place, case .span(let span)? = diagnostics.first?.place {
            #expect(text(at: span, in: source) == place)
        }
    }

    @Test func manyKeysAreFast() {
        // 150,000 keys of one mapping, which an unlucky comparison of all pairs would take minutes for.
        let keys = (0..<120_000).map { "k\($0):\n" }.joined()
        let (tree, diagnostics, _) = parseText(keys)
        #expect(diagnostics.isEmpty)
        if case .mapping(let entries, _)? = tree {
            #expect(entries.count == 120_000)
        } else {
            Issue.record("no mapping")
        }
    }
}
