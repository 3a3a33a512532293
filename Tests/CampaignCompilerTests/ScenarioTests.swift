import CampaignCompiler
import Diagnostics
import DiagnosticsRendering
import Foundation
import TestSupport
import Testing

/// What marketers ask for about segments and timing can be said, and the checks have nothing against it.
@Suite struct ScenarioTests {
    private static let workspace = SampleWorkspace.files("campaigns/store-kr")
    private static let scenarios = Scenario.segments + Scenario.times

    @Test(arguments: scenarios.map(\.id)) func isSaid(id: String) throws {
        let scenario = try #require(Self.scenarios.first { $0.id == id })
        switch scenario.expression {
        case .files(let paths):
            let known = Self.workspace.map(\.path)
            for path in paths { #expect(known.contains(path)) }
        case .condition(let text):
            let lines = text.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
            let findings = Self.errors(["segments/scenario.yaml": "segment: scenario\nwhere:\n\(lines)\n"])
            #expect(findings.isEmpty, "\(findings)")
        case .leftOut(let reason): #expect(reason.count > 40)
        }
    }

    @Test func theSampleHasNoFinding() {
        let compilation = compile(Self.workspace)
        #expect(
            compilation.diagnostics.isEmpty,
            "\(ConciseRenderer().render(compilation.diagnostics, in: compilation.sources))")
    }

    /// A condition that names what is not there is noticed, so the others are looked at.
    @Test func anUnknownEventIsAFinding() {
        #expect(!Self.errors(["segments/scenario.yaml": "segment: scenario\nwhere: { event: purchased }\n"]).isEmpty)
    }

    /// The list of scenarios is not part of the project.
    @Test(.enabled(if: !Self.listed.isEmpty, "the list of scenarios is not here")) func noneIsForgotten() {
        #expect(Self.scenarios.map(\.id).sorted() == Self.listed.sorted())
    }

    /// Those about segments and timing.
    private static let listed: [String] = {
        let list = URL(filePath: TestData.root).deletingLastPathComponent().appending(path: "design/SCENARIOS.md")
        guard let text = try? String(contentsOf: list, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count > 2, ["SEG", "TIME"].contains(cells[1]) else { return nil }
            return cells[0]
        }
    }()

    private static func errors(_ files: [String: String]) -> [String] {
        let added = files.map { WorkspaceFile(path: $0.key, bytes: Array($0.value.utf8)) }
        let compilation = compile(workspace + added)
        return compilation.diagnostics.filter { $0.severity == .error }.map { "\($0.code.id) \($0.message)" }
    }
}
