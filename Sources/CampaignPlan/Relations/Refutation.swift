/// A proof that claims cannot all be true.
///
/// Conditions are taken apart until each way to satisfy them meets two simple conditions that exclude each other. There may
/// be exponentially many ways, so the number of steps is bounded; then nothing is proven.
package struct Refutation {
    /// Steps for one proof, where nobody says otherwise: some milliseconds at most.
    package static let effort = 500

    /// How many conditions may still be looked at.
    private var steps: Int

    init(steps: Int) { self.steps = steps }

    /// `open`: conditions of which one part has to hold, or one not to hold.
    mutating func refutes(
        _ claims: [(ConditionIndex, Bool)], _ open: [(ConditionIndex, Bool)], _ facts: ConditionFacts,
        in graph: ConditionGraph
    ) -> Bool {
        var (claims, open, facts) = (claims, open, facts)
        while let (index, holds) = claims.popLast() {
            if steps <= 0 { return false }
            steps -= 1
            switch graph.nodes[index] {
            case .constant(let value): if value != holds { return true }
            case .not(let child): claims.append((child, !holds))
            case .all(let children):
                if holds { claims += children.map { ($0, true) } } else { open.append((index, false)) }
            case .any(let children):
                if holds { open.append((index, true)) } else { claims += children.map { ($0, false) } }
            case .attribute, .attributeTime, .events, .behaviour, .movement, .sequence, .anniversary, .population:
                if !facts.add(index, graph.nodes[index], holds) { return true }
            }
        }
        return refutesEachWay(open, facts, in: graph)
    }

    private mutating func refutesEachWay(
        _ open: [(ConditionIndex, Bool)], _ facts: ConditionFacts, in graph: ConditionGraph
    ) -> Bool {
        // A part that is known to be as wanted needs no way of its own.
        var rest = open.filter { index, holds in
            !graph.nodes[index].children.contains { isKnown($0, holds, facts, in: graph) }
        }
        // Few ways first.
        let ways = rest.map { graph.nodes[$0.0].children }
        guard let next = ways.indices.min(by: { ways[$0].count < ways[$1].count }) else { return false }
        let holds = rest.remove(at: next).1
        // What was refuted need not be tried again: each way may take the opposite of those before it for granted.
        var refuted: [(ConditionIndex, Bool)] = []
        for child in ways[next] {
            guard refutes([(child, holds)] + refuted, rest, facts, in: graph) else { return false }
            refuted.append((child, !holds))
        }
        return true
    }

    private func isKnown(
        _ index: ConditionIndex, _ holds: Bool, _ facts: ConditionFacts, in graph: ConditionGraph
    ) -> Bool {
        if case .not(let child) = graph.nodes[index] { return isKnown(child, !holds, facts, in: graph) }
        return facts[index] == holds
    }
}
