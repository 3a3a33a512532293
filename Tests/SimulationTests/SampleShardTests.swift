import CampaignCompiler
import CampaignPlan
import CampaignSemantics
import CivilTime
import Dataset
import Foundation
import Simulation
import TestSupport
import Testing

/// The sample workspace in process: shards cannot be chosen from outside.
@Suite struct SampleShardTests {
    @Test func theSampleYearDoesNotDependOnShards() throws {
        let root = packageRoot + "/campaigns"
        let paths = try FileManager.default.subpathsOfDirectory(atPath: root)
            .filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }
        let compilation = compile(
            try paths.map { path in
                WorkspaceFile(path: path, bytes: [UInt8](try Data(contentsOf: URL(filePath: "\(root)/\(path)"))))
            })
        let plan = try #require(compilation.plan)
        let sources = try #require(compilation.workspace?.sources)
        let folder = try TemporaryDirectory()
        _ = try importDataset(
            schema: plan.schema, sources: sources, workspaceRoot: root, to: folder.path + "/data.pabal",
            options: ImportOptions(catalogDigest: "", sourcesDigest: ""))
        let source = try BoundDataset(plan, try Dataset.open(at: folder.path + "/data.pabal"))
        let zone = try #require(TimeZoneRules.named(plan.workspace.zone))
        let from = zone.startOfDay(try #require(CivilDate(parsing: "2011-01-01")))
        let to = zone.startOfDay(try #require(CivilDate(parsing: "2011-12-10")))
        let period = try #require(SimulationPeriod(from: from, to: to, zone: zone))
        let whole = simulate(source, period: period, threads: 1, shards: 1)
        #expect(whole.messages > 10_000)
        for shards in [3, 64, 1000] {
            #expect(simulate(source, period: period, threads: 2, shards: shards) == whole, "\(shards) shards")
        }
        // Masks and listed decisions do different work and count the same.
        var listed = simulate(source, period: period, threads: 2, path: .decisions)
        #expect(listed.work != whole.work)
        listed.work = whole.work
        #expect(listed == whole)
    }
}
