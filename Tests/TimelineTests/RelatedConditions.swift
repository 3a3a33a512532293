import CampaignPlan
import TestSupport

/// Random conditions that have to do with each other: over a few simple ones, each in several variants.
struct RelatedConditions {
    private(set) var graph: RandomConditions
    private var leaves: [ConditionIndex] = []

    init(_ graph: RandomConditions, using random: inout SeededGenerator) {
        self.graph = graph
        for _ in 0..<random.number(1...2) {
            var leaf = self.graph.leaf(insideExit: false, using: &random)
            for _ in 0..<random.number(2...3) {
                leaves.append(self.graph.intern(leaf))
                leaf = variant(of: leaf, using: &random)
            }
        }
    }

    /// A combination of at most this depth.
    mutating func grow(depth: Int, using random: inout SeededGenerator) -> ConditionIndex {
        if depth == 0 || random.chance(percent: 30) {
            let leaf = random.pick(leaves)
            return random.chance(percent: 35) ? graph.intern(.not(leaf)) : leaf
        }
        if random.chance(percent: 10) { return graph.intern(.not(grow(depth: depth - 1, using: &random))) }
        if random.chance(percent: 8) {
            return graph.intern(
                .movement(
                    random.pick(leaves), random.pick(Movement.allCases),
                    within: 86_400_000 * random.pick([1, 2, 3])))
        }
        let children = Set((0..<random.number(2...3)).map { _ in grow(depth: depth - 1, using: &random) }).sorted()
        guard children.count >= 2 else { return children.first ?? graph.intern(.constant(true)) }
        return graph.intern(random.chance(percent: 50) ? .all(children) : .any(children))
    }

    private mutating func variant(of leaf: Condition, using random: inout SeededGenerator) -> Condition {
        switch leaf {
        case .attribute(let name, _):
            guard let type = graph.schema.attribute(name)?.type else { return leaf }
            return .attribute(name, graph.values.test(of: type, using: &random))
        case .attributeTime(let name, let window):
            var other = graph.attributeWindow(using: &random)
            // Of another kind there is nothing to say.
            while !isLike(other, window) { other = graph.attributeWindow(using: &random) }
            return .attributeTime(name, other)
        case .events(var selection, var window, var measure):
            switch random.number(1...5) {
            case 1...2: window = graph.eventWindow(using: &random)
            case 3:
                if case .countAtLeast(let number) = measure {
                    measure = .countAtLeast(max(1, number + random.number(-2...2)))
                } else {
                    measure = graph.measure(of: selection, using: &random)
                }
            case 4: measure = .countAtLeast(random.number(1...3))
            default:
                if selection.tests.isEmpty, selection.types.count > 1 {
                    selection.types.removeLast()
                } else {
                    selection.tests = selection.tests.filter { _ in random.chance(percent: 50) }
                }
            }
            return .events(selection, window, measure)
        case .constant, .not, .all, .any, .behaviour, .movement, .sequence, .anniversary, .population:
            return graph.leaf(insideExit: false, using: &random)
        }
    }

    private func isLike(_ a: AttributeWindow, _ b: AttributeWindow) -> Bool {
        switch (a, b) {
        case (.elapsed, .elapsed), (.elapsed, .nextElapsed), (.nextElapsed, .elapsed), (.nextElapsed, .nextElapsed),
            (.past, .past), (.past, .recent), (.recent, .past), (.recent, .recent), (.nextDays, .nextDays):
            true
        case (.elapsed, _), (.nextElapsed, _), (.past, _), (.recent, _), (.nextDays, _): false
        }
    }
}
