import Simulation
import TestSupport
import Testing
import Timeline

/// Random workspaces over random data: what a simulation says is what one gets by counting people one by one, and
/// nothing depends on how the work was parted.
@Suite struct RecountTests {
    private static let storesMax: UInt64 = 150

    @Test func totalsAreThoseOfTheDecisions() throws {
        let seed = testSeed("totalsAreThoseOfTheDecisions")
        var (sends, refusals, conversions) = (0, Set<Int>(), 0)
        for number in 0..<Self.storesMax {
            let random = RandomStore(seed: seed &+ number)
            let store = try random.bound()
            let result = try store.simulate(RandomStore.first, RandomStore.end)
            let period = try store.period(RandomStore.first, RandomStore.end)
            let recount = try NaiveRecount(random, store, period)
            compare(result, recount, "seed \(seed &+ number)")
            var listed = try store.simulate(RandomStore.first, RandomStore.end, path: .decisions)
            listed.work = result.work
            #expect(listed == result, "seed \(seed &+ number), listed")
            sends += result.messages
            conversions += result.campaigns.reduce(0) { $0 + $1.converted }
            for campaign in result.campaigns {
                refusals.formUnion(campaign.refused.indices.filter { campaign.refused[$0] > 0 })
            }
        }
        // Counts of nothing would agree however wrong they are. This language has no caps and no ceilings yet.
        #expect(sends > 1000 && conversions > 500, "\(sends) messages, \(conversions) conversions")
        let missing = Refusal.allCases.filter { !refusals.contains($0.rawValue) }
        #expect(missing == [.capped, .ceiling])
    }

    @Test func resultsDoNotDependOnThreadsAndShards() throws {
        let seed = testSeed("resultsDoNotDependOnThreadsAndShards")
        for number in 0..<25 {
            let store = try RandomStore(seed: seed &+ 7_000 &+ UInt64(number)).bound()
            let whole = try store.simulate(RandomStore.first, RandomStore.end, threads: 1, shards: 1)
            for (threads, shards) in [(1, 3), (2, 3), (2, 64), (7, 64), (3, 1000)] {
                let parted = try store.simulate(RandomStore.first, RandomStore.end, threads: threads, shards: shards)
                #expect(
                    parted == whole, "seed \(seed &+ 7_000 &+ UInt64(number)), \(threads) threads, \(shards) shards")
            }
        }
    }

    private func compare(_ result: SimulationResult, _ recount: NaiveRecount, _ seed: String) {
        #expect(result.messages == recount.messages, "\(seed)")
        #expect(result.contacted == recount.contacted, "\(seed)")
        #expect(result.fatigue == recount.fatigue, "\(seed)")
        for (campaign, naive) in zip(result.campaigns, recount.campaigns) {
            let place = "\(seed), \(campaign.name)"
            #expect(campaign.considered == naive.considered, "\(place)")
            #expect(campaign.refused == naive.refused, "\(place)")
            #expect(campaign.pending == naive.pending, "\(place)")
            #expect(campaign.sent == naive.sent, "\(place)")
            #expect(campaign.recipients == naive.recipients, "\(place)")
            #expect(campaign.cost == naive.cost, "\(place)")
            #expect(campaign.eligible == naive.eligible && campaign.converted == naive.converted, "\(place)")
            #expect(campaign.perDay == naive.perDay, "\(place)")
            let counted = campaign.occurrences.filter { $0.considered > 0 }.map { occurrence in
                (
                    occurrence.label,
                    NaiveRecount.Occurrence(
                        considered: occurrence.considered, refused: occurrence.refused, pending: occurrence.pending,
                        sent: occurrence.sent)
                )
            }
            #expect(Dictionary(counted) { first, _ in first } == naive.occurrences, "\(place)")
            #expect(counted.count == naive.occurrences.count, "\(place)")
        }
    }
}
