import CampaignSyntax
import Diagnostics
import Foundation
import TestSupport
import Testing

/// Reading what is not finished.
@Suite struct LooseParserTests {
    private func loose(_ text: String) -> YAMLNode? {
        parseLoosely(SourceText(path: "test.yaml", bytes: Array(text.utf8)), FileID(index: 0))
    }

    private func check(
        _ written: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(text(of: loose(written)) == expected, sourceLocation: sourceLocation)
    }

    @Test func keysWithoutAColon() {
        check("where:\n  event: purchase\n  wi\n", #"{"where": {"event": "purchase", "wi": invalid}}"#)
        check("wi\nevent: purchase\n", #"{"wi": invalid, "event": "purchase"}"#)
        check("where: { event: purchase, wi }\n", #"{"where": {"event": "purchase", "wi": invalid}}"#)
        check("seg", #""seg""#)
    }

    @Test func valuesThatAreMissing() {
        check("where:\nowner: a\n", #"{"where": "", "owner": "a"}"#)
        check("where: { event: , within: }\n", #"{"where": {"event": "", "within": ""}}"#)
        check("all:\n  -\n  - a\n", #"{"all": ["", "a"]}"#)
    }

    @Test func bracketsAndQuotesThatNobodyClosed() {
        check(
            "include: { segment: regu\nschedule:\n  at: x\n",
            #"{"include": {"segment": "regu"}, "schedule": {"at": "x"}}"#)
        check("channels: [email, sm\nkind: marketing\n", #"{"channels": ["email", "sm"], "kind": "marketing"}"#)
        check("owner: \"growth\nkind: marketing\n", #"{"owner": "growth", "kind": "marketing"}"#)
        check("a: { b: [ { c: d\n", #"{"a": {"b": [{"c": "d"}]}}"#)
        check("a: [b}\nc: d\n", #"{"a": ["b"], "c": "d"}"#)
    }

    @Test func linesThatDoNotFit() {
        check("a:\n    b: 1\n  c: 2\nd: 3\n", #"{"a": {"b": "1"}, "c": "2", "d": "3"}"#)
        check("  a: 1\nb: 2\n", #"{"a": "1", "b": "2"}"#)
        check("a: text\n  b: 1\nc: 2\n", #"{"a": {"b": "1"}, "c": "2"}"#)
        check("- a\nb: 1\n", #"{"b": "1"}"#)
        check("", "nothing")
        check("# only a comment\n", "nothing")
    }

    /// The sample workspace and all texts that tests hold: what can be parsed is read the same, in the same places.
    @Test func theSameAsTheParser() throws {
        var count = 0
        for text in try Self.samples() {
            let source = SourceText(path: "test.yaml", bytes: Array(text.utf8))
            let (tree, findings) = parseYAML(source, FileID(index: 0))
            guard let tree, findings.isEmpty else { continue }
            count += 1
            let loose = parseLoosely(source, FileID(index: 0))
            #expect(outline(loose, source) == outline(tree, source), "\(text)")
        }
        #expect(count > 30)
    }

    /// Every beginning of every sample, and every sample without one of its lines, is read without trouble and within its
    /// own bytes.
    @Test func whateverIsMissing() throws {
        for sample in try Self.samples() {
            let bytes = Array(sample.utf8)
            for end in stride(from: 0, through: bytes.count, by: max(1, bytes.count / 200)) {
                let source = SourceText(path: "test.yaml", bytes: Array(bytes[..<end]))
                if let tree = parseLoosely(source, FileID(index: 0)) {
                    #expect(tree.span.lower >= 0 && tree.span.upper <= end)
                }
            }
        }
    }

    @Test func hostileDepths() {
        for text in [
            String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 50_000),
            String(repeating: "- ", count: 50_000),
            (0..<2_000).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
            String(repeating: "\"\n", count: 20_000),
        ] {
            #expect(loose(text) != nil)
        }
    }

    private static func samples() throws -> [String] {
        let folder = packageRoot + "/campaigns"
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }
        var texts = try names.sorted().map { try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }
        for place in DeclaredPlace.all {
            for field in place.declaration.fields { texts += place.documents(with: field.name, field.example) }
        }
        texts += texts.prefix(20).map { $0.replacing("\n", with: "\r\n") }
        texts.append("# 한국어\nsegment: \u{AC00}\nwhere: { \"quoted key\": 'it''s', 'k': \"😀\" } # end\n")
        return texts
    }

    /// Keys and single-line scalars with their places; texts over several lines only as such.
    private func outline(_ node: YAMLNode?, _ source: SourceText) -> String {
        func part(_ span: Span) -> String {
            let written = text(at: span, in: source)
            return written.contains("\n") ? "…" : "\(span.lower) \(written)"
        }
        switch node {
        case nil: return "nothing"
        case .scalar(let scalar): return scalar.text.isEmpty ? "empty" : part(scalar.span)
        case .sequence(let children, _): return "[" + children.map { outline($0, source) }.joined(separator: ", ") + "]"
        case .mapping(let entries, _):
            return "{" + entries.map { "\(part($0.key.span)): \(outline($0.value, source))" }.joined(separator: ", ")
                + "}"
        case .invalid: return "invalid"
        }
    }
}
