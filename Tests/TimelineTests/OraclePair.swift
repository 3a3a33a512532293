import CampaignPlan
import ContractOracle
import TestSupport

/// Conditions and a customer on which the engine and the oracle must agree.
struct OraclePair {
    var plan: Plan
    var roots: [ConditionIndex]
    var exit: ConditionIndex?
    var customer: NaiveCustomer
    /// Of the instants that are compared.
    let seed: UInt64

    /// The first difference found; nil: none.
    func disagreement(with engine: inout OracleEngine, mutation: NaiveMutation? = nil) -> OracleDisagreement? {
        let oracle = NaiveOracle(plan: plan, customer: customer, mutation: mutation)
        var random = SeededGenerator(seed: seed)
        engine.load(customer)
        for root in roots {
            // An answer must not depend on what was asked before.
            let early = random.number(RandomMoments.usual)
            if random.chance(percent: 30), engine.holds(root, at: early) != oracle.holds(root, at: early) {
                return .instant(root, at: early)
            }
            let intervals = engine.intervals(of: root)
            if let flaw = flaw(of: intervals) { return .shape(root, intervals, flaw) }
            for t in instants(around: intervals, using: &random) {
                let expected = oracle.holds(root, at: t)
                guard intervals.contains(where: { $0.contains(t) }) == expected else {
                    return .interval(root, at: t, intervals)
                }
                if engine.holds(root, at: t) != expected { return .instant(root, at: t) }
                if engine.holdsAlone(root, at: t) != expected { return .alone(root, at: t) }
            }
        }
        if let exit {
            for (trigger, t) in triggers(using: &random) {
                let expected = oracle.holds(exit, at: t, trigger: trigger)
                guard engine.exitHolds(exit, trigger: trigger, at: t) == expected,
                    engine.exitHoldsAlone(exit, trigger: trigger, at: t) == expected
                else { return .exit(exit, trigger: trigger, at: t) }
            }
        }
        return nil
    }

    private func flaw(of intervals: [OracleInterval]) -> String? {
        if intervals.contains(where: { $0.from >= $0.to }) { return "an interval is empty" }
        if let first = intervals.first, first.from < customer.existsFrom { return "before the customer exists" }
        for (a, b) in zip(intervals, intervals.dropFirst()) {
            if b.from < a.to { return "intervals overlap or descend" }
            if b.from == a.to { return "intervals touch" }
        }
        return nil
    }

    private func instants(around intervals: [OracleInterval], using random: inout SeededGenerator) -> [Int64] {
        let instants = OracleInstants(plan: plan, customer: customer)
        // A customer with many events is asked at fewer instants: each costs a look at every event.
        let budget = 24 + min(120, 1_500 / (customer.events.count + 1))
        let ends = instants.comparable(intervals.flatMap { [$0.from, $0.to] }.flatMap(OracleInstants.beside))
        let likely = instants.likely(using: &random, count: budget)
        return Array(ends.shuffled(using: &random).prefix(budget)) + likely
    }

    private func triggers(using random: inout SeededGenerator) -> [(trigger: Int64, at: Int64)] {
        let instants = OracleInstants(plan: plan, customer: customer)
        let likely = instants.likely(using: &random, count: 16)
        let events = instants.comparable(customer.moments.flatMap(OracleInstants.beside))
        let all = likely + events.shuffled(using: &random).prefix(16)
        return (0..<(all.isEmpty ? 0 : 16)).map { _ in
            let (a, b) = (random.pick(all), random.pick(all))
            return (min(a, b), max(a, b))
        }
    }
}

enum OracleDisagreement: Hashable {
    /// The intervals are not in their normal form.
    case shape(ConditionIndex, [OracleInterval], String)
    /// The intervals say the opposite of the oracle at this instant.
    case interval(ConditionIndex, at: Int64, [OracleInterval])
    /// The answer at one instant is the opposite of the oracle's.
    case instant(ConditionIndex, at: Int64)
    /// The same for the answer of an evaluator that looks at this instant alone.
    case alone(ConditionIndex, at: Int64)
    /// The same inside an exit.
    case exit(ConditionIndex, trigger: Int64, at: Int64)

    var condition: ConditionIndex {
        switch self {
        case .shape(let index, _, _), .interval(let index, _, _), .instant(let index, _), .alone(let index, _),
            .exit(let index, _, _):
            index
        }
    }
}
