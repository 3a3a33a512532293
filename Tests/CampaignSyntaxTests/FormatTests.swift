import CampaignSyntax
import Diagnostics
import Foundation
import TestSupport
import Testing

@Suite struct FormatTests {
    private func formatting(_ bytes: [UInt8]) -> Formatting {
        format(SourceText(path: "a.yaml", bytes: bytes), FileID(index: 0))
    }

    private func formatted(_ text: String) -> String {
        String(decoding: formatting(Array(text.utf8)).bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("a:   1", "a: 1\n"), ("a:\n     b:   1\n     c: [ 1,2 ,3 ]\n", "a:\n  b: 1\n  c: [1, 2, 3]\n"),
        ("a: {b: 1,c: {d: 2}}   \n\n\n\n\nb: 2\n\n", "a: { b: 1, c: { d: 2 } }\n\nb: 2\n"),
        ("a:\n- 1\n-   b: 2\n    c: 3\n", "a:\n  - 1\n  - b: 2\n    c: 3\n"),
        ("a:\n-\n  b: 1\n- - x\n  - y\n", "a:\n  - b: 1\n  - - x\n    - y\n"),
        ("# head\n\na: 1 # one\n#two\nb: 2\n# end", "# head\n\na: 1 # one\n#two\nb: 2\n# end\n"),
        ("a:\n    b: 1\n    # of b\n  # of a\n# of all\nc: 2\n", "a:\n  b: 1\n  # of b\n# of a\n# of all\nc: 2\n"),
        ("a: |\n     one\n       two\n\nb: >-\n  x\n", "a: |\n  one\n    two\n\nb: >-\n  x\n"),
        ("a: |2\n     one\n", "a: |2\n     one\n"),
        ("a:   |2\n    x\n   y\nb:  1\n", "a: |2\n    x\n   y\nb: 1\n"),
        ("a:\n    b:   |2\n          x\n", "a:\n  b: |2\n        x\n"),
        ("a:   |+\n    x\n\n\nb:  1\n", "a: |+\n  x\n\n\nb: 1\n"), ("a:   |+\n  x\n\n\n", "a: |+\n  x\n\n\n"),
        ("a:   >+\n  x\n\n\n\n# b\nb: 1\n", "a: >+\n  x\n\n\n\n# b\nb: 1\n"), ("a:   |\n  x\n\n\n", "a: |\n  x\n"),
        ("a:   |\n    x \n      \n\nb: 1\n", "a: |\n  x \n    \n\nb: 1\n"), ("a:   |\n  x", "a: |\n  x"),
        ("a:   |-\r\n    x\r\n\r\n    y\r\n", "a: |-\n  x\n\n  y\n"),
        ("a: \"one\n     two\"\nb: one\n   two\n", "a: \"one\n  two\"\nb: one\n  two\n"),
        ("a: # why\n   b: 1\nc:   # list\n - 1\n", "a: # why\n  b: 1\nc: # list\n  - 1\n"),
        ("a: [1,\n  2]\nb: [1, # one\n 2]\n", "a: [1, 2]\nb: [1, # one\n    2]\n"),
        ("a:\r\n   b: 1\r\n", "a:\n  b: 1\n"), ("\u{FEFF}a:  1\n", "a: 1\n"), ("---\na:  1\n", "a: 1\n"),
        ("a: {}\nb: [ ]\nc: { d }\ne:\n", "a: {}\nb: []\nc: { d }\ne:\n"), ("a: {b : , c}\n", "a: { b: , c }\n"),
        ("a: 'it''s'\nb: \"#x\"\nc: a#b\n", "a: 'it''s'\nb: \"#x\"\nc: a#b\n"),
        ("이름:   '고객'  # 님\n", "이름: '고객' # 님\n"), ("? a\n: 1\n", "a: 1\n"), ("a:  1\n...\n", "a: 1\n"),
        ("a:\n  { b: 1 }\n", "a: { b: 1 }\n"),
        ("a:\n  - b:\n      - 1\n    c: 2\n", "a:\n  - b:\n      - 1\n    c: 2\n"),
    ])
    func layout(_ text: String, _ expected: String) {
        #expect(formatted(text) == expected)
        #expect(formatted(expected) == expected)
    }

    /// Values that somebody lined up stay lined up, as near to their keys as they can.
    @Test(arguments: [
        ("a:     1\nbbb:   2\ncc:    3\n", "a:   1\nbbb: 2\ncc:  3\n"),
        ("a:     1\nbbb:   2\n\ncc:    3\n", "a:   1\nbbb: 2\n\ncc: 3\n"),
        ("a:     1\n# two\nbbb:   2\n", "a: 1\n# two\nbbb: 2\n"), ("a:     1\nbbb:  2\n", "a: 1\nbbb: 2\n"),
        ("owner: me\nkind:  b\npriority: 60\n", "owner: me\nkind: b\npriority: 60\n"),
        ("a:   1\nbbb: 2\ncc:\n  3\n", "a: 1\nbbb: 2\ncc: 3\n"),
        ("x:\n   이:   1\n   bbb: 2\n   c: |\n     d\n", "x:\n  이:   1\n  bbb: 2\n  c: |\n    d\n"),
        ("- a:   1\n  cc:  3\n  bbb: [1,\n    2]\n", "- a: 1\n  cc: 3\n  bbb: [1, 2]\n"),
    ])
    func tables(_ text: String, _ expected: String) {
        #expect(formatted(text) == expected)
        #expect(formatted(expected) == expected)
    }

    @Test func longCollectionsBreak() {
        let words = (0..<20).map { "campaign-number-\($0)" }
        let text = "a: [\(words.joined(separator: ",\n  "))]\n"
        let expected = "a:\n  [\n\(words.map { "    \($0)" }.joined(separator: ",\n"))\n  ]\n"
        #expect(formatted(text) == expected)
        #expect(formatted(expected) == expected)
    }

    /// What cannot be read stays as it is, and says why.
    @Test(arguments: [
        ("a: [1", "PB0001"), ("a:  &x 1\n", "PB0004"), ("a:  1\nb: *a\n", "PB0004"), ("a:  1\na: 2\n", "PB0003"),
        ("\ta:  1\n", "PB0002"), ("a:  1\n---\nb: 2\n", "PB0008"), ("a:  !!int 1\n", "PB0005"), ("", "PB0012"),
        ("a:  \u{202E}1\n", "PB0009"), ("# only a comment\n", "PB0012"),
    ])
    func brokenFilesStay(_ text: String, _ code: String) {
        let bytes = Array(text.utf8)
        let result = formatting(bytes)
        #expect(result.bytes == bytes)
        #expect(result.diagnostics.map(\.code.id) == [code])
    }

    @Test func notUTF8Stays() {
        let bytes = Array("a:   ".utf8) + [0xB0, 0xA1, 0x0A]
        #expect(formatting(bytes).bytes == bytes)
        #expect(formatting(bytes).diagnostics.map(\.code.id) == ["PB0007"])
    }

    private func samples() throws -> [(path: String, bytes: [UInt8])] {
        try ["campaigns", "campaigns/store-kr"].flatMap { try sampleFiles($0) }
    }

    /// The samples have the layout.
    @Test func samplesStay() throws {
        let files = try samples()
        #expect(files.count > 15)
        for (path, bytes) in files { #expect(formatting(bytes).bytes == bytes, "\(path)") }
    }

    /// Edited layouts: words, comments and their order are the same, and laying out twice is laying out once.
    @Test func layoutEdits() throws {
        var edits = LayoutEdits(seed: testSeed("layout edits"))
        let files = try samples()
        var changed = 0
        for number in 0..<10_000 {
            let bytes = edits.applied(to: files[number % files.count].bytes)
            let first = formatting(bytes)
            guard first.bytes != bytes else { continue }
            changed += 1
            let text = String(decoding: bytes, as: UTF8.self)
            let isKept = withoutBlanks(first.bytes) == withoutBlanks(bytes)
            #expect(isKept, "\(text)")
            expectSame(first.bytes, formatting(first.bytes).bytes, text)
        }
        print("edited layouts that were laid out: \(changed) of 10000")
        #expect(changed > 3000)
    }

    /// Whatever somebody types: the result can be read, and does not change again.
    @Test func randomEdits() throws {
        var generator = SeededGenerator(seed: testSeed("random edits"))
        let files = try samples()
        let pieces = [
            "- ", ": ", "{ ", " }", "[", "]", ", ", "\t", "|\n  ", "'", "\"", "a", "a: b\n", "? ", "#", "\r", "---\n",
            "...\n", "\u{FEFF}", "*", "&", "이",
        ].map { Array($0.utf8) }
        var changed = 0
        for number in 0..<5_000 {
            var bytes = files[number % files.count].bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0...bytes.count, using: &generator)
                if Bool.random(using: &generator) {
                    bytes.insert(contentsOf: pieces.randomElement(using: &generator) ?? [], at: place)
                } else {
                    bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...6, using: &generator)))
                }
            }
            let first = formatting(bytes)
            guard first.bytes != bytes else { continue }
            changed += 1
            let again = formatting(first.bytes)
            #expect(again.diagnostics.isEmpty)
            expectSame(first.bytes, again.bytes, String(decoding: bytes, as: UTF8.self))
        }
        print("random edits laid out: \(changed) of 5000")
        #expect(changed > 200)
    }

    private func expectSame(_ first: [UInt8], _ again: [UInt8], _ original: String) {
        guard first != again else { return }
        let difference = lineDifference(
            from: String(decoding: first, as: UTF8.self), to: String(decoding: again, as: UTF8.self))
        Issue.record("\(original)\n>>> changed again:\n\(difference)")
    }

    private func withoutBlanks(_ bytes: [UInt8]) -> [UInt8] { bytes.filter { !" \n\r\t".utf8.contains($0) } }
}
