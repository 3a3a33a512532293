import CampaignPlan
import CivilTime
import ContractOracle
import Testing

@Suite struct OracleTests {
    static let parts = 4

    @Test(arguments: 0..<parts) func engineAgreesWithTheContract(part: Int) {
        let run = OracleRun(seed: OracleSettings.seed, pairs: OracleSettings.pairs)
        print("conditions against the oracle: PABAL_TEST_SEED=\(run.seed), \(run.pairs) pairs, part \(part + 1)")
        guard let failure = run.firstFailure(part: part, of: Self.parts) else { return }
        let (pair, disagreement) = failure.pair.shrunk(failure.disagreement)
        Issue.record(
            """
            engine and oracle disagree; again with PABAL_TEST_SEED=\(failure.seed) \
            PABAL_PAIRS=\(OracleSettings.customersPerPlan). The smallest pair found:
            \(OracleTranscript(pair: pair, disagreement: disagreement))
            """)
    }

    /// Each sequence of the random plans as a trigger.
    @Test func sequencesCompleteAsTheContractSays() {
        let seed = OracleSettings.seed
        var (compared, found) = (0, 0)
        for number in 0..<UInt64(OracleSettings.pairs / 10) {
            var random = RandomPlan(seed: seed &+ number)
            for case .sequence(let pattern) in random.plan.conditions where pattern.window != .sinceTrigger {
                let customer = random.customer()
                let (from, to) = random.period()
                var plan = random.plan
                plan.campaigns[0].schedule = .onSequence(pattern, SendTiming(delay: 0, next: nil))
                var engine = OracleEngine(plan)
                engine.load(customer)
                let triggers = engine.triggers(from: from, to: to)
                let contract = NaiveOracle(plan: plan, customer: customer).completions(of: pattern).filter {
                    max(from, customer.existsFrom) <= $0 && $0 < to
                }
                #expect(
                    triggers == contract,
                    "PABAL_TEST_SEED=\(seed &+ number): \(pattern), \(customer), \(from), \(to)")
                if triggers != contract { return }
                compared += 1
                found += contract.count
            }
        }
        #expect(found > compared / 4, "\(found) completions of \(compared) sequences")
    }

    /// A window that would end before the first instant of all shows nothing, not even what happened at that instant.
    @Test func aWindowBeforeAllTimeShowsNothing() {
        let condition = Condition.events(
            EventSelection(types: ["purchase"], tests: []), .elapsed(from: 86_400_000, to: 32_400_000), .countAtLeast(1)
        )
        let plan = RandomPlan.plan(
            schema: RandomCatalog.schema(hasSince: false), zone: "Asia/Seoul", conditions: [condition], roots: [0],
            exit: nil)
        let customer = NaiveCustomer(
            existsFrom: .min, attributes: [:], events: [NaiveEvent(type: "purchase", time: .min, properties: [:])])
        let oracle = NaiveOracle(plan: plan, customer: customer)
        var engine = OracleEngine(plan)
        engine.load(customer)
        for (age, holds) in [
            (0, false), (32_399_999, false), (32_400_000, true), (86_399_999, true), (86_400_000, false),
        ] {
            let t = Int64.min + Int64(age)
            #expect(oracle.holds(0, at: t) == holds, "oracle after \(age) ms")
            #expect(engine.holdsAlone(0, at: t) == holds, "a single instant after \(age) ms")
        }
    }

    /// A window that reaches back before the calendar shows its first day, to conditions and to sequences.
    @Test func aWindowFromBeforeTheCalendarShowsItsFirstDay() throws {
        let window = EventWindow.recent(
            try #require(CalendarSpan(count: 11, unit: .month)), .named("Europe/London"))
        let selection = EventSelection(types: ["purchase"], tests: [])
        let pattern = SequencePattern(
            steps: [SequencePattern.Step(selection: selection)],
            absence: SequencePattern.Step(selection: EventSelection(types: ["cart"], tests: [])), window: window,
            startsLast: false)
        let plan = RandomPlan.plan(
            schema: RandomCatalog.schema(hasSince: false), zone: "Asia/Seoul",
            conditions: [.events(selection, window, .countAtLeast(1)), .sequence(pattern)], roots: [0, 1], exit: nil)
        let start: Int64 = -62_135_596_799_997
        let customer = NaiveCustomer(
            existsFrom: .min, attributes: [:], events: [NaiveEvent(type: "purchase", time: start, properties: [:])])
        let oracle = NaiveOracle(plan: plan, customer: customer)
        var engine = OracleEngine(plan)
        engine.load(customer)
        let day: Int64 = 86_400_000
        for root in [0, 1] {
            for (after, holds) in [(-1, false), (0, true), (100 * day, true), (400 * day, false)] {
                #expect(oracle.holds(root, at: start + after) == holds, "oracle, \(root) after \(after) ms")
                #expect(engine.holds(root, at: start + after) == holds, "intervals, \(root) after \(after) ms")
                #expect(engine.holdsAlone(root, at: start + after) == holds, "engine alone, \(root) after \(after) ms")
            }
        }
        #expect(oracle.completions(of: pattern) == [start])
    }

    /// A comparison that does not see a mistake in the oracle would not see it in the engine either.
    @Test(arguments: NaiveMutation.allCases) func mistakesAreNoticed(_ mutation: NaiveMutation) {
        let run = OracleRun(seed: OracleSettings.seed, pairs: 20_000)
        let failure = run.firstFailure(mutation: mutation)
        print("\(mutation): \(failure.map { "noticed after \($0.pairs) pairs" } ?? "not noticed")")
        #expect(failure != nil, "\(mutation) was not noticed in \(run.pairs) pairs, PABAL_TEST_SEED=\(run.seed)")
    }
}
