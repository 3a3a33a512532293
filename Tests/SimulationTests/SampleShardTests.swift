import CampaignPlan
import CivilTime
import ShopSupport
import Simulation
import Testing

/// The sample workspace in process: shards cannot be chosen from outside.
@Suite struct SampleShardTests {
    @Test func theSampleYearDoesNotDependOnShards() throws {
        let shop = try ImportedShop.sample()
        let (plan, source) = (shop.plan, shop.source)
        let zone = try #require(TimeZoneRules.named(plan.workspace.zone))
        let from = zone.startOfDay(try #require(CivilDate(parsing: "2011-01-01")))
        let to = zone.startOfDay(try #require(CivilDate(parsing: "2011-12-10")))
        let period = try #require(SimulationPeriod(from: from, to: to, zone: zone))
        let whole = simulate(source, period: period, threads: 1, shards: 1)
        #expect(whole.messages > 10_000)
        // Each thread fills blocks of its own: with many of them other customers share one every time.
        for (threads, shards) in [(2, 3), (2, 64), (2, 1000), (8, 64), (30, 60), (100, 200)] {
            let parted = simulate(source, period: period, threads: threads, shards: shards)
            #expect(parted.work == whole.work, "\(threads) threads, \(shards) shards")
            #expect(parted == whole, "\(threads) threads, \(shards) shards")
        }
        // Masks and listed decisions do different work and count the same.
        var listed = simulate(source, period: period, threads: 2, path: .decisions)
        #expect(listed.work != whole.work)
        listed.work = whole.work
        #expect(listed == whole)
    }
}
