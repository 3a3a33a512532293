import CampaignPlan
import CivilTime
import ContractOracle
import Dataset
import Simulation
import TestSupport
import Testing
import Timeline

/// Random workspaces over random data: every number of a simulation, on every path and however the work is parted, is that
/// of a naive simulation straight from the contract.
@Suite struct NaiveSimulationTests {
    /// Several workspaces share a data set, because importing takes longer than simulating.
    private static let shops = 160
    private static let workspacesPerShop = 16

    @Test(arguments: 0..<4) func theEngineAgreesWithTheContract(part: Int) throws {
        let seed = testSeed("theEngineAgreesWithTheContract, part \(part)")
        var sends = 0
        var conversions = 0
        var refusals: Set<Int> = []
        for number in stride(from: part, to: Self.shops, by: 4) {
            let cases = try RandomCases(shop: seed &+ UInt64(number), count: Self.workspacesPerShop)
            for example in cases.cases {
                let expected = example.naive()
                for result in example.results {
                    if let difference = example.difference(result, expected) {
                        Issue.record("seed \(seed &+ UInt64(number)) of the shop\n\(difference)\n\(example.text)")
                        return
                    }
                    expectSums(result, "seed \(seed &+ UInt64(number))")
                }
                guard let result = example.results.first else { continue }
                sends += result.messages
                conversions += result.campaigns.reduce(0) { $0 + $1.converted }
                for campaign in result.campaigns {
                    refusals.formUnion(campaign.refused.indices.filter { campaign.refused[$0] > 0 })
                }
            }
        }
        // Counts of nothing would agree however wrong they are.
        #expect(sends > 2_000 && conversions > 50, "\(sends) messages, \(conversions) conversions")
        #expect(refusals == Set(Refusal.allCases.map(\.rawValue)))
    }

    /// Each deliberate mistake shows in one of the first workspaces; a few need many.
    @Test(arguments: SimulationMutation.allCases) func mistakesAreNoticed(_ mutation: SimulationMutation) throws {
        func isNoticed(_ cases: [RandomCase]) -> Bool {
            cases.contains { example in
                example.results.first.map { example.difference($0, example.naive(mutation)) != nil } ?? false
            }
        }
        if try isNoticed(Self.cases.get()) || isNoticed(Self.moreCases.get()) { return }
        // What shows only where something rare meets something rare.
        for start: UInt64 in stride(from: 200, to: 800, by: 50) {
            if try isNoticed(Self.randomCases(start..<start + 50)) { return }
        }
        Issue.record("\(mutation)")
    }

    private static let cases = Result { try randomCases(0..<60) }
    private static let moreCases = Result { try randomCases(60..<200) }

    private static func randomCases(_ shops: Range<UInt64>) throws -> [RandomCase] {
        try shops.flatMap { try RandomCases(shop: 77_000 + $0, count: workspacesPerShop).cases }
    }

    /// Everybody who was considered was refused, is pending or was sent to.
    private func expectSums(_ result: SimulationResult, _ place: String) {
        for campaign in result.campaigns {
            let place = "\(place), \(campaign.title)"
            let refused = campaign.refused.reduce(0, +)
            #expect(campaign.considered == refused + campaign.pending + campaign.sentTotal, "\(place)")
            #expect(campaign.perDay.reduce(0, +) == campaign.sentTotal, "\(place)")
            #expect(campaign.occurrences.reduce(0) { $0 + $1.considered } == campaign.considered, "\(place)")
            for occurrence in campaign.occurrences {
                let parts = occurrence.refused.reduce(0, +) + occurrence.pending + occurrence.sent
                #expect(occurrence.considered == parts, "\(place) at \(occurrence.label)")
            }
            #expect(campaign.recipients <= campaign.sentTotal && campaign.converted <= campaign.eligible, "\(place)")
            #expect(campaign.recipients > 0 || campaign.sentTotal == 0, "\(place)")
        }
        #expect(result.messages == result.campaigns.reduce(0) { $0 + $1.sentTotal }, "\(place)")
        #expect(result.fatigue.customers.reduce(0, +) == result.customers, "\(place)")
        #expect(result.contacted == result.customers - result.fatigue.customers[0], "\(place)")
    }
}

/// Random workspaces over one random data set, simulated.
private struct RandomCases {
    let cases: [RandomCase]

    init(shop seed: UInt64, count: Int) throws {
        let shop = RandomShop(seed: seed)
        let folder = try TemporaryDirectory()
        var dataset: Dataset?
        cases = try (0..<count).map { number in
            var workspace = RandomWorkspace(seed: seed &* 1_000 &+ UInt64(number))
            let (plan, sources) = try workspace.compiledWithoutDeadTimes()
            let data = try dataset ?? shop.dataset(in: folder, schema: plan.schema, sources: sources)
            dataset = data
            let source = try BoundDataset(plan, data)
            let period = try workspace.period(of: plan)
            let shards = [1, 3, 64][number % 3]
            let results = [
                simulate(source, period: period, threads: 1, shards: shards),
                simulate(source, period: period, threads: 2, shards: 5),
                simulate(source, period: period, threads: 1 + number % 2, shards: shards, path: .decisions),
            ]
            return RandomCase(
                plan: plan, people: shop.people, period: period, results: results, text: workspace.text)
        }
    }
}

private struct RandomCase {
    let plan: Plan
    let people: [NaiveSimulation.Person]
    let period: SimulationPeriod
    let results: [SimulationResult]
    let text: String

    func naive(_ mutation: SimulationMutation? = nil) -> NaiveResult {
        NaiveSimulation(
            plan: plan, people: people, from: period.from.milliseconds, to: period.to.milliseconds, mutation: mutation
        ).result()
    }

    /// Nil: every number is the same.
    func difference(_ result: SimulationResult, _ expected: NaiveResult) -> String? {
        let found = NaiveResult(result)
        guard found != expected else { return nil }
        return "- contract, + engine\n\(lineDifference(from: "\(expected)", to: "\(found)"))"
    }
}

extension NaiveResult {
    fileprivate init(_ result: SimulationResult) {
        self.init()
        customers = result.customers
        contacted = result.contacted
        messages = result.messages
        for (place, count) in result.fatigue.customers.enumerated() where count > 0 {
            customersByMessages[place < Fatigue.classes.count ? Fatigue.classes[place] : Int.max] = count
        }
        mostPerDay = result.fatigue.mostPerDay
        mostPerWeek = result.fatigue.mostPerWeek
        mostPerPeriod = result.fatigue.mostPerPeriod
        for campaign in result.campaigns { campaigns[campaign.title] = Campaign(campaign, result.period) }
    }
}

extension NaiveResult.Campaign {
    fileprivate init(_ campaign: CampaignResult, _ period: SimulationPeriod) {
        self.init()
        considered = campaign.considered
        refused = named(campaign.refused)
        pending = campaign.pending
        for (variant, row) in campaign.sent.enumerated() {
            for (channel, count) in row.enumerated() where count > 0 {
                sent["\(campaign.variants[variant]) by \(campaign.channels[channel])"] = count
            }
        }
        recipients = campaign.recipients
        cost = campaign.cost
        eligible = campaign.eligible
        converted = campaign.converted
        for (day, count) in campaign.perDay.enumerated() where count > 0 { perDay["\(period.date(day))"] = count }
        for occurrence in campaign.occurrences where occurrence.considered > 0 {
            var naive = NaiveResult.Occurrence()
            naive.considered = occurrence.considered
            naive.refused = named(occurrence.refused)
            naive.pending = occurrence.pending
            naive.sent = occurrence.sent
            occurrences[occurrence.label] = naive
        }
    }

    private func named(_ refused: [Int]) -> [String: Int] {
        var counts: [String: Int] = [:]
        for refusal in Refusal.allCases where refused[refusal.rawValue] > 0 {
            counts[refusal.label] = refused[refusal.rawValue]
        }
        return counts
    }
}
