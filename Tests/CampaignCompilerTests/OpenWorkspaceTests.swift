import CampaignCompiler
import Diagnostics
import DiagnosticsRendering
import TestSupport
import Testing

/// A workspace that is edited file by file has the findings of one that is compiled as a whole.
@Suite struct OpenWorkspaceTests {
    @Test func editsOfTheSampleWorkspace() {
        var generator = SeededGenerator(seed: testSeed("open workspace"))
        let original = SampleWorkspace.files()
        var files = Dictionary(uniqueKeysWithValues: original.map { ($0.path, $0.bytes) })
        var open = OpenWorkspace()
        for file in original { open.set(file) }
        var withFindings = 0
        for round in 0..<600 {
            let path = original[Int.random(in: 0..<original.count, using: &generator)].path
            switch Int.random(in: 0..<10, using: &generator) {
            case 0:
                files[path] = .some(nil)
                open.set(WorkspaceFile(path: path, bytes: nil))
            case 1:
                files.removeValue(forKey: path)
                open.remove(path)
            case 2:
                let copy = "copies/" + path
                let isThere = files[copy] != nil
                files[copy] = isThere ? nil : .some(files[path] ?? nil)
                if isThere { open.remove(copy) } else { open.set(WorkspaceFile(path: copy, bytes: files[path] ?? nil)) }
            case 3...5:
                files[path] = original.first { $0.path == path }?.bytes
                open.set(WorkspaceFile(path: path, bytes: files[path] ?? nil))
            default:
                let bytes = edited((files[path] ?? nil) ?? [], &generator)
                files[path] = bytes
                open.set(WorkspaceFile(path: path, bytes: bytes))
            }
            let whole = compile(files.map { WorkspaceFile(path: $0.key, bytes: $0.value) })
            let found = JSONRenderer().render(open.check(), in: open.sources)
            let expected = JSONRenderer().render(whole.diagnostics, in: whole.sources)
            if !whole.diagnostics.isEmpty { withFindings += 1 }
            guard found == expected else {
                Issue.record("round \(round), \(path)\n\(expected)\n\(found)")
                return
            }
            // Nothing changed, nothing changes.
            guard JSONRenderer().render(open.check(), in: open.sources) == expected else {
                Issue.record("round \(round), \(path): checked twice")
                return
            }
        }
        #expect(withFindings > 100)
    }

    /// A line goes, comes twice, or has a letter more or less.
    private func edited(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
        let place = Int.random(in: 0..<lines.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: lines.remove(at: place)
        case 1: lines.insert(lines[place], at: place)
        case 2: lines[place].insert(UInt8(ascii: "x"), at: Int.random(in: 0...lines[place].count, using: &generator))
        default:
            if !lines[place].isEmpty {
                lines[place].remove(at: Int.random(in: 0..<lines[place].count, using: &generator))
            }
        }
        return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }

    @Test func whatIsUnchanged() {
        var open = OpenWorkspace()
        let file = WorkspaceFile(path: "pabal.yaml", bytes: Array("pabal: 1\n".utf8))
        let added = [open.set(file), open.set(file)]
        #expect(added == [true, false])
        #expect(open.allPaths == ["pabal.yaml"])
        let removed = [open.remove("pabal.yaml"), open.remove("pabal.yaml")]
        #expect(removed == [true, false])
        #expect(open.source("pabal.yaml") == nil)
    }
}
