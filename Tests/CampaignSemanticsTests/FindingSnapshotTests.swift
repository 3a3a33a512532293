import Diagnostics
import Foundation
import TestSupport
import Testing

/// One mistake, one finding, and its exact text.
@Suite struct FindingSnapshotTests {
    @Test(arguments: FindingCase.all)
    func oneFinding(_ example: FindingCase) {
        let sample = CheckedSample(example.files)
        #expect(sample.codes == [example.code.id], "\n\(sample.text)")
        for diagnostic in sample.diagnostics { expectStyle(of: diagnostic) }
        expectSnapshot(sample.text, named: example.title)
    }

    @Test func theSampleHasNoFinding() {
        let sample = CheckedSample(.whole)
        #expect(sample.text == "")
        #expect(sample.workspace != nil)
    }

    /// A file that could not be read was reported where it was opened; the plan must not do without it in silence.
    @Test(arguments: ["segments/lapsed.yaml", "catalog.yaml", "pabal.yaml"])
    func unreadableFiles(_ path: String) {
        let sample = CheckedSample(SampleFiles.whole.with(path, bytes: nil))
        #expect(sample.text == "")
        #expect(sample.workspace == nil)
    }

    /// Reported by commands, which meet files, and by the driver, which meets comments: tested with them.
    private static let ofOthers: [Code] = [.unreadableFile, .notYAMLSuffix, .ignoreUnreadable, .ignoreUnused]

    @Test func everyCodeHasACase() {
        let tested = Set(FindingCase.all.map(\.code.id)).union(Self.ofOthers.map(\.id))
        let missing = Code.all.map(\.id).filter { !$0.hasPrefix("PB8") && !$0.hasPrefix("PB9") && !tested.contains($0) }
        #expect(missing == [])
        #expect(Set(FindingCase.all.map(\.title)).count == FindingCase.all.count)
    }

    @Test func noSnapshotIsAnOrphan() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots/Findings")
        let stored = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
        let wanted = Set(FindingCase.all.map { "\($0.title).txt" })
        #expect(stored.map { "Findings/\($0)" }.filter { !wanted.contains($0) } == [])
    }

    /// Messages stand alone, in lower case and without a full stop; only `help` proposes; places lie in their files.
    private func expectStyle(of diagnostic: Diagnostic) {
        let texts =
            [diagnostic.message, diagnostic.label] + diagnostic.related.map(\.text) + diagnostic.notes + diagnostic.help
        for text in texts where !text.isEmpty {
            #expect(!text.hasSuffix("."), "\(text)")
            #expect(text.first?.isUppercase == false || text.hasPrefix("YAML"), "\(text)")
        }
        #expect(!diagnostic.message.isEmpty)
        #expect(!diagnostic.help.isEmpty)
        if case .span = diagnostic.place { #expect(!diagnostic.label.isEmpty) }
    }
}
