import CampaignPlan
import CivilTime
import ContractOracle
import TestSupport
import Testing
import Timeline

@Suite struct FastReplayTests {
    private static let seed = testSeed("masks against decisions")
    private static let cases = 1_200

    @Test(arguments: 0..<4) func masksCountWhatDecisionsList(part: Int) {
        var replayed = 0
        for number in stride(from: part, to: Self.cases, by: 4) {
            let seed = Self.seed &+ UInt64(number)
            let random = FastCase(seed: seed)
            let comparison = FastComparison(
                random.plan, from: random.from, to: random.to, last: random.last, levels: random.levels)
            replayed += comparison.replayed
            if let difference = comparison.difference(random.customers) {
                Issue.record("seed \(seed): \(difference)")
                return
            }
        }
        #expect(replayed > Self.cases / 4)
    }

    /// Words and panels end at 64 and 128 instants.
    @Test(arguments: [1, 2, 63, 64, 65, 127, 128, 129, 191, 192, 193, 256, 257])
    func everyNumberOfInstantsIsCounted(days: Int) {
        for number in 0..<12 {
            var random = FastCase(seed: Self.seed &+ UInt64(number * 1_000 + days), campaigns: 3)
            for index in random.plan.campaigns.indices {
                let time = TimeOfDay(hour: 9 + index, minute: 0) ?? .midnight
                random.plan.campaigns[index].step = nil
                random.plan.campaigns[index].schedule = .recurring(
                    .weekdays(Weekday.allCases), at: time, from: nil, until: nil, .named("Etc/UTC"))
            }
            let to = random.from + Int64(days) * 86_400_000
            let comparison = FastComparison(
                random.plan, from: random.from, to: to, last: random.last, levels: random.levels)
            #expect(comparison.difference(random.customers) == nil, "seed \(number), \(days) days")
        }
    }

    /// As many customers as a counter of few levels holds, one fewer and one more; a counter holds two blocks at least.
    @Test(arguments: [1, 6, 8, 9]) func fullCountersAreEmptiedInTime(levels: Int) {
        let full = 1 << max(levels, 6)
        for customers in [full - 1, full, full + 1, 3 * full - 2] {
            let random = FastCase(seed: Self.seed &+ UInt64(levels))
            let many = (0..<customers).map { random.customers[$0 % random.customers.count] }
            let comparison = FastComparison(
                random.plan, from: random.from, to: random.to, last: random.last, levels: levels)
            #expect(comparison.difference(many) == nil, "\(customers) customers")
        }
    }

    /// The rows of bits against the contract itself: an unreachable person is counted wherever the condition holds.
    @Test func rowsAgreeWithTheOracle() {
        for number in 0..<400 {
            var random = RandomPlan(seed: Self.seed &+ UInt64(number))
            var plan = random.plan
            let campaigns = random.roots.enumerated().map { index, root in
                PlannedCampaign(
                    name: "root-\(index)", description: nil, owner: nil, kind: .transactional, priority: 0, goal: nil,
                    include: root, exclude: nil, controlGroup: nil,
                    schedule: .recurring(
                        .weekdays(Weekday.allCases), at: .midnight, from: nil, until: nil,
                        .named(plan.workspace.zone)), expires: nil, reEntry: .always, exit: nil, channels: [],
                    salt: "", variantKey: AssignmentKey(k0: 0, k1: 0),
                    variants: [VariantPlan(name: "only", buckets: 0..<1_000_000, messages: [])])
            }
            plan.campaigns = campaigns
            let customer = random.customer().withoutRecordings
            let from = (customer.events.first?.time ?? RandomMoments.usual.lowerBound)
            guard RandomMoments.usual.contains(from) else { continue }
            let to = from + 150 * 86_400_000
            let bound = bind(plan, vocabulary: RandomVocabulary())
            let calendar = OccurrenceCalendar(bound: bound, from: from, to: to)
            let bits = BitPlan(bound: bound, calendar: calendar, lastTime: nil)
            var evaluator = Evaluator(bound)
            evaluator.timeline.load(customer, key: [])
            evaluator.begin()
            let replay = BitReplay(bits) { _ in 0 }
            _ = replay.take(&evaluator, listed: UnsafeBufferPointer(start: nil, count: 0))
            for block in replay.openBlocks { replay.finish(block) { _ in } }
            var buffer = DecisionBuffer(calendar: calendar)
            var holding = Set<[Int64]>()
            replay.drain(into: &buffer) { holding.insert([Int64($0.campaign), $0.instant]) }
            let oracle = NaiveOracle(plan: plan, customer: customer, mutation: nil)
            // A day that the zone skips has the midnight of the next: such campaigns are left to the list.
            for (index, root) in random.roots.enumerated() where bits.replayed.contains(index) {
                for occurrence in 0..<calendar.occurrenceCount(campaign: index) {
                    guard case .wall(let wall) = calendar.nominal(campaign: index, occurrence: occurrence) else {
                        continue
                    }
                    let zone = TimeZoneRules.named(plan.workspace.zone) ?? .utc
                    let instant = zone.instant(of: wall).milliseconds
                    let expected = oracle.holds(root, at: instant)
                    #expect(
                        holding.contains([Int64(index), instant]) == expected,
                        "plan \(number), condition \(root) at \(instant)")
                }
            }
        }
    }
}
