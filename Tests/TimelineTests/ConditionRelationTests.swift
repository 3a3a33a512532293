import CampaignPlan
import ContractOracle
import TestSupport
import Testing

/// What is claimed of conditions without data holds for every customer and instant of the contract.
@Suite struct ConditionRelationTests {
    private static let plans = 3_000
    private static let parts = 2

    @Test(arguments: 0..<parts) func whatIsClaimedIsSo(part: Int) {
        let seed = OracleSettings.seed
        print("relations of conditions: PABAL_TEST_SEED=\(seed), part \(part + 1)")
        var claims: [Claim.Kind: Int] = [:]
        // How often the data would refute the opposite of what was claimed.
        var refutable = 0
        for number in stride(from: part, to: Self.plans, by: Self.parts) {
            var example = RelatedPlan(seed: seed &+ UInt64(number))
            if example.claims.isEmpty { continue }
            for claim in example.claims { claims[claim.kind, default: 0] += 1 }
            for _ in 0..<5 {
                let facts = example.answers()
                for claim in example.claims {
                    for answer in facts {
                        let (a, b) = (answer.holds[claim.first], answer.holds[claim.second])
                        guard !claim.isRefuted(by: a, b) else {
                            Issue.record(
                                """
                                \(claim) is not so at \(answer.instant), PABAL_TEST_SEED=\(seed &+ UInt64(number))
                                \(example.text)
                                """)
                            return
                        }
                        if claim.kind == .inside, !a, b { refutable += 1 }
                    }
                }
            }
        }
        print("claims: \(claims.sorted { $0.key.rawValue < $1.key.rawValue }), \(refutable) answers would refute one")
        for kind in Claim.Kind.allCases { #expect(claims[kind, default: 0] >= 20, "\(kind)") }
        #expect(refutable > 1_000)
    }
}

/// What was proven of two conditions, or of one.
private struct Claim: CustomStringConvertible {
    enum Kind: String, CaseIterable { case equal, inside, disjoint, impossible, certain }

    let kind: Kind
    let first: ConditionIndex
    let second: ConditionIndex

    func isRefuted(by a: Bool, _ b: Bool) -> Bool {
        switch kind {
        case .equal: a != b
        case .inside: a && !b
        case .disjoint: a && b
        case .impossible: a
        case .certain: !a
        }
    }

    var description: String { "\(kind) of \(first) and \(second)" }
}

/// A plan of related conditions, with what is claimed of them.
private struct RelatedPlan {
    struct Answer {
        let instant: Int64
        /// By condition.
        let holds: [Bool]
    }

    private(set) var claims: [Claim] = []
    private let plan: Plan
    private let ground: RandomGround
    private var random: SeededGenerator

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        ground = RandomGround(zonesMax: 1, recipients: 20, using: &random)
        var related = RelatedConditions(ground.conditions, using: &random)
        let roots = (0..<6).map { _ in related.grow(depth: random.number(0...3), using: &random) }
        var graph = ConditionGraph()
        for condition in related.graph.conditions { _ = graph.add(condition) }
        for (place, first) in roots.enumerated() {
            if graph.isImpossible(first) {
                claims.append(Claim(kind: .impossible, first: first, second: first))
            } else if graph.isCertain(first) {
                claims.append(Claim(kind: .certain, first: first, second: first))
            } else {
                for second in roots[..<place] where second != first {
                    switch graph.relation(first, second) {
                    case .equal: claims.append(Claim(kind: .equal, first: first, second: second))
                    case .inside: claims.append(Claim(kind: .inside, first: first, second: second))
                    case .around: claims.append(Claim(kind: .inside, first: second, second: first))
                    case .disjoint: claims.append(Claim(kind: .disjoint, first: first, second: second))
                    case nil: break
                    }
                }
            }
        }
        plan = RandomPlan.plan(
            schema: ground.schema, zone: random.pick(RandomCatalog.zoneNames), conditions: related.graph.conditions,
            roots: roots, exit: nil)
        self.random = random
    }

    /// What the contract says of another customer at each call.
    mutating func answers() -> [Answer] {
        let customer = ground.customer(of: plan, using: &random)
        let oracle = NaiveOracle(plan: plan, customer: customer, mutation: nil)
        let asked = Set(claims.flatMap { [$0.first, $0.second] })
        let instants = OracleInstants(plan: plan, customer: customer).likely(using: &random, count: 20)
        return instants.filter { $0 >= customer.existsFrom }.map { t in
            Answer(
                instant: t, holds: plan.conditions.indices.map { asked.contains($0) && oracle.holds($0, at: t) })
        }
    }

    var text: String {
        plan.conditions.enumerated().map { "\($0.offset): \($0.element)" }.joined(separator: "\n")
    }
}
