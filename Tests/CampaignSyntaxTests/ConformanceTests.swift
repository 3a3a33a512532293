import CampaignSyntax
import Diagnostics
import Foundation
import TestSupport
import Testing

/// The public YAML test suite: what lies within our part of YAML means the same, the rest is refused.
@Suite struct ConformanceTests {
    private struct Suite: Decodable { let cases: [Case] }

    private struct Case: Decodable {
        let id: String
        let yaml: String
        let must_fail: Bool
        let events: String
    }

    /// Valid YAML 1.2 that libyaml, a parser of YAML 1.1, refuses: an error is no silent misreading.
    private static let refusedByLibyaml: Set<String> = [
        "4ABK", "4MUZ-00", "4MUZ-01", "58MP", "5MUD", "5T43", "6BCT", "6CA3", "96NN-00", "DBG4", "DK3J", "DK95-03",
        "DK95-04", "FP8R", "FRK4", "K3WX", "NHX8", "Q5MG", "R4YG", "S3PD", "SM9W-01", "VJP3-01", "Y79Y-010",
    ]
    /// Valid YAML that we refuse on purpose: control characters behind escapes, and keys that begin with `?`.
    private static let refusedByUs: Set<String> = ["G4RS", "652Z", "HM87-01"]
    /// Invalid YAML that libyaml reads as anybody would: a comment without its space, a text of several lines without
    /// its indentation, a tab between elements.
    private static let acceptedByLibyaml: Set<String> = [
        "CVW2", "DK95-01", "QB6E", "S98Z", "SU5Z", "Y79Y-003", "YJV2",
    ]
    /// A line end at the end of a file that has none, in a text that keeps its line ends.
    private static let differs: Set<String> = ["JEF9-02"]

    @Test(.testData("peers")) func sameTreesAsTheSuite() throws {
        let folder = try #require(TestData.folder("peers"))
        let data = try Data(contentsOf: URL(filePath: folder).appending(path: "yaml_test_suite.json"))
        var compared = 0
        var outside = 0
        var invalid = 0
        var refused: Set<String> = []
        var accepted: Set<String> = []
        for example in try JSONDecoder().decode(Suite.self, from: data).cases {
            let (tree, diagnostics, source) = parseText(example.yaml)
            for case .span(let span) in diagnostics.map(\.place) { #expect(span.upper <= source.bytes.count) }
            if example.must_fail {
                invalid += 1
                if diagnostics.isEmpty { accepted.insert(example.id) }
                continue
            }
            var reader = EventReader(example.events)
            guard let wanted = reader.document(), !example.yaml.hasPrefix("%") else {
                outside += 1
                #expect(!diagnostics.isEmpty, "\(example.id) is outside of our part of YAML\n\(example.yaml)")
                continue
            }
            if tree == nil || diagnostics.hasErrors {
                refused.insert(example.id)
                continue
            }
            guard !Self.differs.contains(example.id) else { continue }
            compared += 1
            #expect(text(of: tree) == wanted, "\(example.id)\n\(example.yaml)")
        }
        print(
            "YAML test suite: \(compared) trees compared, \(invalid) invalid files, \(outside) outside of our part "
                + "(anchors, tags, several documents, complex keys, …), \(refused.count) refused by libyaml")
        #expect(refused.symmetricDifference(Self.refusedByLibyaml.union(Self.refusedByUs)).sorted() == [])
        #expect(accepted.symmetricDifference(Self.acceptedByLibyaml).sorted() == [])
        #expect(compared > 50)
    }
}
