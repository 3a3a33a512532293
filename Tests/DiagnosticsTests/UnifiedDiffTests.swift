import DiagnosticsRendering
import Foundation
import TestSupport
import Testing

struct UnifiedDiffTests {
    private func diff(_ old: String, _ new: String) -> String {
        UnifiedDiff(path: "a.yaml", from: Array(old.utf8), to: Array(new.utf8), isShown: true).text
    }

    @Test func nothingChanges() {
        #expect(diff("a\nb\n", "a\nb\n") == "")
    }

    @Test func oneHunkForNeighbours() {
        expectSnapshot(
            diff((1...20).map { "\($0)\n" }.joined(), (1...20).map { $0 == 5 || $0 == 9 ? "x\n" : "\($0)\n" }.joined()),
            named: "diff-neighbours")
    }

    @Test func endsOfFiles() {
        expectSnapshot(diff("a\nb", "a\nb\n") + diff("", "new\n") + diff("old\n", ""), named: "diff-ends")
    }

    /// Random edits, applied by `patch`, give the new text.
    @Test(
        .enabled(
            if: (try? PabalBinary(path: "/usr/bin/env").run(["patch", "--version"]).status) == 0, "skipped: no patch"))
    func patchAgrees() throws {
        var generator = SeededGenerator(seed: testSeed("patchAgrees"))
        for _ in 0..<60 {
            let old = (0..<Int.random(in: 0...30, using: &generator)).map { _ in
                Int.random(in: 0...9, using: &generator)
            }
            var new = old
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0...new.count, using: &generator)
                if Bool.random(using: &generator) || place == new.count {
                    new.insert(Int.random(in: 10...20, using: &generator), at: place)
                } else {
                    new.remove(at: place)
                }
            }
            let texts = [old, new].map { $0.map { "\($0)\n" }.joined() }
            let text = diff(texts[0], texts[1])
            guard !text.isEmpty else { continue }
            let folder = try TemporaryDirectory()
            try folder.write(texts[0], to: "a.yaml")
            try folder.write(text, to: "diff")
            let run = try PabalBinary(path: "/usr/bin/env").run(
                ["patch", "-s", "-p1", "-i", "diff", "-o", "result", "a.yaml"], workingDirectory: folder.path)
            #expect(run.status == 0, "\(text)\n\(run.stdout)\(run.stderr)")
            #expect(String(decoding: try folder.read("result"), as: UTF8.self) == texts[1], "\(text)")
        }
    }
}
