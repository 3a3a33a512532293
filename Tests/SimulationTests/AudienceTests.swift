import CampaignPlan
import CivilTime
import Dataset
import Simulation
import TestSupport
import Testing
import Timeline

/// An audience at an instant is whoever the explanations say is in it.
@Suite struct AudienceTests {
    @Test func isWhatExplanationsSay() throws {
        let seed = testSeed("isWhatExplanationsSay")
        var random = SeededGenerator(seed: seed)
        var found = 0
        for number in 0..<40 {
            let store = try RandomStore(seed: seed &+ UInt64(number)).bound()
            let dataset = store.source.dataset
            let period = try store.period(RandomStore.first, RandomStore.end)
            let explanations = try (0..<dataset.customerCount).map {
                try explain(customer: dataset.key(of: $0), in: store.source, period: period)
            }
            for campaign in store.plan.campaigns.indices {
                let name = store.plan.campaigns[campaign].name
                let asked = try #require(store.plan.audienceQuery(name))
                let (plan, query) = store.plan.restricted(to: asked)
                let source = try BoundDataset(plan, dataset)
                for _ in 0..<8 {
                    let instant = Int64.random(in: 1_771_000_000...1_778_000_000, using: &random) * 1000
                    let expected = explanations.indices.filter { customer in
                        let told = explanations[customer].campaigns[campaign]
                        return told.include.contains { $0.from <= instant && instant < $0.to }
                            && !(told.exclude ?? []).contains { $0.from <= instant && instant < $0.to }
                    }
                    let members = findAudience(
                        query, in: source, at: Instant(milliseconds: instant),
                        threads: Int.random(in: 1...3, using: &random))
                    #expect(members == expected, "seed \(seed &+ UInt64(number)), \(name) at \(instant)")
                    found += members.count
                }
            }
        }
        #expect(found > 1000, "\(found) members in all")
    }
}
