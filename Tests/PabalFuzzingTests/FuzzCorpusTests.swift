import CampaignCompiler
import Foundation
import PabalFuzzing
import TestSupport
import Testing

/// Inputs that fuzzing has found, each replayed; and the samples, from which it begins.
@Suite struct FuzzCorpusTests {
    private static let folder = "\(packageRoot)/Tests/PabalFuzzingTests/Corpus"

    private func inputs(_ target: FuzzTarget) throws -> [(name: String, bytes: [UInt8])] {
        let folder = "\(Self.folder)/\(target.rawValue)"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        return try names.map { ($0, Array(try Data(contentsOf: URL(filePath: "\(folder)/\($0)")))) }
    }

    @Test(arguments: FuzzTarget.allCases) func corpus(_ target: FuzzTarget) throws {
        let inputs = try inputs(target)
        #expect(!inputs.isEmpty)
        for (name, bytes) in inputs { #expect(target.problem(with: bytes) == nil, "\(target.rawValue)/\(name)") }
    }

    /// Every prefix of a corpus is an input too, as somebody types it.
    @Test(arguments: FuzzTarget.allCases) func prefixes(_ target: FuzzTarget) throws {
        for (name, bytes) in try inputs(target) {
            for count in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 50)) {
                #expect(
                    target.problem(with: Array(bytes.prefix(count))) == nil,
                    "\(target.rawValue)/\(name), \(count) bytes")
            }
        }
    }

    @Test func workspacesReadBack() {
        let files = [
            WorkspaceFile(path: "pabal.yaml", bytes: Array("pabal: 1\n".utf8)),
            WorkspaceFile(path: "b.yaml", bytes: []),
        ]
        let again = FuzzWorkspace.files(of: FuzzWorkspace.bytes(of: files))
        #expect(again.map(\.path) == ["pabal.yaml", "b.yaml"])
        #expect(again[0].bytes == files[0].bytes)
    }
}
