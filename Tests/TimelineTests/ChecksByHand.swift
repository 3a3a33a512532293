import CampaignPlan
import CivilTime
import ContractOracle
import Testing

/// Tests on cases small enough to check by hand, in London: the oracle and the engine have to say the same as the contract.
protocol ChecksByHand {}

extension ChecksByHand {
    static var hour: Int64 { 3_600_000 }
    static var day: Int64 { 86_400_000 }

    /// Expects a condition to hold at exactly those of the wall times that are marked true, of an exit for somebody with
    /// this trigger.
    func check(
        _ condition: Condition, _ customer: NaiveCustomer, trigger: String? = nil,
        schema: DataSchema = RandomCatalog.schema(hasSince: false),
        _ expected: KeyValuePairs<String, Bool>, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let plan = RandomPlan.plan(
            schema: schema, zone: "Europe/London", conditions: [condition], roots: [0],
            exit: trigger == nil ? nil : 0)
        let oracle = NaiveOracle(plan: plan, customer: customer)
        var engine = OracleEngine(plan)
        engine.load(customer)
        for (time, holds) in expected {
            let contract = oracle.holds(0, at: at(time), trigger: trigger.map { at($0) })
            #expect(contract == holds, "oracle at \(time)", sourceLocation: sourceLocation)
            let found =
                trigger.map { engine.exitHolds(0, trigger: at($0), at: at(time)) } ?? engine.holds(0, at: at(time))
            #expect(found == holds, "engine at \(time)", sourceLocation: sourceLocation)
        }
    }

    /// Expects a sequence to trigger at exactly these wall times of 2011.
    func checkTriggers(
        _ pattern: SequencePattern, _ customer: NaiveCustomer, _ expected: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var plan = RandomPlan.plan(
            schema: RandomCatalog.schema(hasSince: false), zone: "Europe/London", conditions: [.constant(true)],
            roots: [0], exit: 0)
        plan.campaigns[0].schedule = .onSequence(pattern, SendTiming(delay: 0, next: nil))
        var engine = OracleEngine(plan)
        engine.load(customer)
        let found = engine.triggers(from: at("2011-01-01T00:00"), to: at("2012-01-01T00:00"))
        let contract = NaiveOracle(plan: plan, customer: customer).completions(of: pattern)
        #expect(contract == expected.map { at($0) }, "oracle", sourceLocation: sourceLocation)
        #expect(found == expected.map { at($0) }, "engine", sourceLocation: sourceLocation)
    }

    func at(_ text: String) -> Int64 {
        InstantText(parsing: text).map { $0.instant(in: .named("Europe/London") ?? .utc).milliseconds } ?? .min
    }

    func customer(
        _ events: [(String, String, [String: NaiveValue])], attributes: [String: NaiveValue] = [:]
    ) -> NaiveCustomer {
        NaiveCustomer(
            existsFrom: .min, attributes: attributes,
            events: events.map { NaiveEvent(type: $0.0, time: at($0.1), properties: $0.2) })
    }

    func line(_ time: String, _ order: String?, _ amount: Int64) -> (String, String, [String: NaiveValue]) {
        var properties: [String: NaiveValue] = ["amount": .number(amount)]
        if let order { properties["order"] = .text(order) }
        return ("purchase", time, properties)
    }

    func select(_ type: String, _ tests: [PropertyTest] = []) -> EventSelection {
        EventSelection(types: [type], tests: tests)
    }

    /// Two lines of one order hours apart, a line of another between them, and one of none.
    var orders: NaiveCustomer {
        customer([
            line("2011-01-10T10:00", "tea", 60), line("2011-01-10T11:00", "x", 10), line("2011-01-10T12:00", "tea", 50),
            line("2011-01-10T13:00", nil, 1000),
        ])
    }
}
