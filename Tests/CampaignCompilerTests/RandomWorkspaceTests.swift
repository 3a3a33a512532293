import CampaignCompiler
import Diagnostics
import DiagnosticsRendering
import TestSupport
import Testing

/// Whatever the files say, there is a plan or an error, and every finding can be shown.
@Suite struct RandomWorkspaceTests {
    @Test func damagedSampleWorkspaces() {
        let files = SampleWorkspace.files()
        #expect(files.count > 10)
        var generator = SeededGenerator(seed: testSeed("damaged workspaces"))
        var plans = 0
        for round in 0..<2_000 {
            let damaged = damage(files, &generator)
            let compilation = compile(damaged)
            let violations = CompilationInvariants(compilation).violations
            if compilation.plan != nil { plans += 1 }
            guard violations.isEmpty else {
                let text = HumanRenderer().render(compilation.diagnostics, in: compilation.sources)
                Issue.record("round \(round): \(violations)\n\(text)")
                return
            }
        }
        print("damaged workspaces: 2000, with a plan in spite of it: \(plans)")
        #expect(plans > 50 && plans < 1_950)
    }

    @Test func randomDocuments() {
        var generator = SeededGenerator(seed: testSeed("random documents"))
        var codes: Set<String> = []
        for round in 0..<1_500 {
            let files = RandomDocuments.files(&generator)
            let compilation = compile(files)
            codes.formUnion(compilation.diagnostics.map(\.code.id))
            let violations = CompilationInvariants(compilation).violations
            guard violations.isEmpty else {
                let texts = files.map { "# \($0.path)\n" + String(decoding: $0.bytes ?? [], as: UTF8.self) }.joined()
                Issue.record("round \(round): \(violations)\n\(texts)")
                return
            }
        }
        print("random documents: \(codes.count) different codes")
        #expect(codes.count > 30)
    }

    private static let tokens = [
        "{", "}", "[", "]", ":", ": ", "- ", "\"", "'", "#", " #", "&a ", "*a", "!", "|", ">", "%", "@", "?", "<<",
        "\t", "\r",
        "\n", "\n\n", "---\n", "...\n", "\u{FEFF}", "\u{2028}", "\u{202E}", "가", "😀", "0", "-1", "9223372036854775807",
        "1e9",
        "recipient", "any", "all", "not", "event", "segment", "attribute", "within", "0d", "100%", "null", "~",
        "purchase",
    ]

    private func damage(_ files: [WorkspaceFile], _ generator: inout SeededGenerator) -> [WorkspaceFile] {
        var files = files
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let index = Int.random(in: 0..<files.count, using: &generator)
            let bytes = damage(
                files[index].bytes ?? [], donor: files.randomElement(using: &generator).flatMap(\.bytes) ?? [],
                &generator)
            files[index] = WorkspaceFile(path: files[index].path, bytes: bytes)
        }
        if Int.random(in: 0..<40, using: &generator) == 0 {
            files.remove(at: Int.random(in: 0..<files.count, using: &generator))
        }
        return files
    }

    private func damage(_ bytes: [UInt8], donor: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        let place = Int.random(in: 0...bytes.count, using: &generator)
        let end = min(bytes.count, place + Int.random(in: 0...12, using: &generator))
        switch Int.random(in: 0..<7, using: &generator) {
        case 0: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &generator) }
        case 1: bytes.removeSubrange(place..<end)
        case 2, 3: bytes.insert(contentsOf: Array((Self.tokens.randomElement(using: &generator) ?? "").utf8), at: place)
        case 4:
            bytes.replaceSubrange(place..<end, with: Array((Self.tokens.randomElement(using: &generator) ?? "").utf8))
        case 5:
            let from = Int.random(in: 0...donor.count, using: &generator)
            bytes.insert(contentsOf: donor[from..<min(donor.count, from + 60)], at: place)
        default: bytes.removeSubrange(place...)
        }
        return bytes
    }
}
