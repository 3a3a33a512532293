import CampaignSyntax
import Testing

/// Scalars are texts: the expected type decides, not their looks.
@Suite struct ScalarTests {
    @Test(arguments: [
        "NO", "no", "yes", "on", "off", "y", "true", "True", "~", "null", "Null", "08:00", "12:30", "0123", "0x1F",
        "0o17",
        "1_000", "1e3", ".inf", "NaN", "2026-12-24", "2026-12-24T18:00:00Z", "01012345678", "-", "=", "3.10", "+5",
        "10%",
        "1.", "한국", "a#b", "a:b", "- b".replacing(" ", with: "x"),
    ])
    func notGuessed(_ written: String) {
        for text in ["a: \(written)\n", "a: '\(written)'\n", "a: \"\(written)\"\n"]
        where written != "-" || text != "a: -\n" {
            let (tree, diagnostics, _) = parseText(text)
            #expect(diagnostics.isEmpty)
            #expect(CampaignSyntaxTests.text(of: tree) == "{\"a\": \(quoted(written))}")
        }
    }

    @Test func emptyScalarsArePlain() {
        guard case .mapping(let entries, _)? = parseText("a:\nb: ''\nc: \"\"\n").tree else {
            Issue.record("no mapping")
            return
        }
        let plain = entries.map { if case .scalar(let scalar) = $0.value { scalar.isPlain } else { false } }
        #expect(plain == [true, false, false])
    }

    @Test(arguments: [
        ("a: |\n  one\n  two\n", "one\ntwo\n"), ("a: |-\n  one\n  two\n", "one\ntwo"),
        ("a: >\n  one\n  two\n", "one two\n"),
        ("a: one\n  two\n", "one two"), ("a: \"one\\ntwo\"\n", "one\ntwo"), ("a: 'it''s'\n", "it's"),
        ("a: \"\\uAC00\"\n", "가"), ("a: |\r\n  one\r\n  two\r\n", "one\ntwo\n"), ("a: |\n\n  one\n\n", "\none\n"),
    ])
    func textsOfLines(_ written: String, _ meant: String) {
        let (tree, diagnostics, _) = parseText(written)
        #expect(diagnostics.isEmpty)
        #expect(text(of: tree) == "{\"a\": \(quoted(meant))}")
    }
}
