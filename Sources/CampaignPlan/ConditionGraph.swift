internal import Algorithms

/// Builds a condition graph in which equal conditions are one node.
///
/// Combinations are flattened, sorted and freed of duplicates and constants on the way in, so that two spellings of one
/// thing meet. Every simplification is an equivalence at every instant: a condition and its negation exclude each other
/// and cover everything, also where a value is missing.
package struct ConditionGraph: Sendable {
    package private(set) var nodes: [Condition] = []
    private var places: [Condition: ConditionIndex] = [:]

    package init() {}

    package mutating func add(_ node: Condition) -> ConditionIndex {
        // Looked up once: to hash a condition takes longer than anything else here.
        func known(_ place: inout ConditionIndex) -> ConditionIndex { place }
        let place = known(&places[node, default: nodes.count])
        if place == nodes.count { nodes.append(node) }
        return place
    }

    package mutating func constant(_ value: Bool) -> ConditionIndex { add(.constant(value)) }

    package mutating func not(_ child: ConditionIndex) -> ConditionIndex {
        switch nodes[child] {
        case .constant(let value): constant(!value)
        case .not(let inner): inner
        case .all, .any, .attribute, .attributeTime, .events, .behaviour, .movement, .sequence, .anniversary,
            .population:
            add(.not(child))
        }
    }

    /// What never holds has neither beginning nor end, and what always holds has no end.
    package mutating func movement(
        _ child: ConditionIndex, _ movement: Movement, within: Int64
    ) -> ConditionIndex {
        switch (nodes[child], movement) {
        case (.constant(false), _), (.constant(true), .left): constant(false)
        default: add(.movement(child, movement, within: within))
        }
    }

    package mutating func all(_ children: [ConditionIndex]) -> ConditionIndex {
        combine(children, neutral: true) { if case .all(let inner) = $0 { inner } else { nil } }
    }

    package mutating func any(_ children: [ConditionIndex]) -> ConditionIndex {
        combine(children, neutral: false) { if case .any(let inner) = $0 { inner } else { nil } }
    }

    /// `neutral` is the constant that changes nothing: true for `all`, false for `any`.
    private mutating func combine(
        _ children: [ConditionIndex], neutral: Bool, inner: (Condition) -> [ConditionIndex]?
    ) -> ConditionIndex {
        var flattened: [ConditionIndex] = []
        flattened.reserveCapacity(children.count)
        for child in children {
            if case .constant(let value) = nodes[child] {
                if value != neutral { return constant(!neutral) }
                continue
            }
            if let inner = inner(nodes[child]) { flattened += inner } else { flattened.append(child) }
        }
        let members = SortedIndices(flattened)
        // As given: a combination and its negation must meet before the combination is flattened.
        let given = SortedIndices(children)
        for member in chain(members.indices, given.indices) {
            guard case .not(let child) = nodes[member] else { continue }
            if members.contains(child) || given.contains(child) { return constant(!neutral) }
            // Not all of some members, where each of them is asked for; and the mirror.
            if let parts = inner(nodes[child]), parts.allSatisfy(members.contains) { return constant(!neutral) }
            // None of some conditions, where one of them is asked for; and the mirror.
            switch nodes[child] {
            case .any(let parts) where neutral, .all(let parts) where !neutral:
                if parts.contains(where: members.contains) { return constant(!neutral) }
            case .constant, .not, .all, .any, .attribute, .attributeTime, .events, .behaviour, .movement, .sequence,
                .anniversary, .population:
                break
            }
        }
        guard let first = members.indices.first else { return constant(neutral) }
        return members.indices.count == 1 ? first : add(neutral ? .all(members.indices) : .any(members.indices))
    }
}

/// A set of few members, ascending and none twice: most combinations have two or three.
private struct SortedIndices {
    private(set) var indices: [ConditionIndex]

    init(_ indices: [ConditionIndex]) {
        self.indices = indices
        if zip(indices, indices.dropFirst()).allSatisfy(<) { return }
        self.indices.sort()
        var last: ConditionIndex?
        self.indices.removeAll { index in
            defer { last = index }
            return index == last
        }
    }

    func contains(_ index: ConditionIndex) -> Bool {
        let place = indices.partitioningIndex { $0 >= index }
        return place < indices.count && indices[place] == index
    }
}

extension ConditionGraph {
    /// The nodes that `roots` need, renumbered, and where each root went.
    ///
    /// The new order is that of the conditions themselves: by height, then by their text. So it does not depend on the
    /// order in which files were read or the parts of a condition were written.
    package func pruned(to roots: [ConditionIndex]) -> (nodes: [Condition], places: [ConditionIndex: ConditionIndex]) {
        var kept: [Condition] = []
        var places: [ConditionIndex: ConditionIndex] = [:]
        for level in levels(neededBy: roots) {
            let ordered = level.map { index in
                let node = nodes[index].renumbered { places[$0] ?? $0 }
                return (index: index, node: node, text: Array(node.json.canonicalText.utf8))
            }.sorted { $0.text.lexicographicallyPrecedes($1.text) }
            for (index, node, _) in ordered {
                places[index] = kept.count
                kept.append(node)
            }
        }
        return (kept, places)
    }

    /// The needed nodes by height: leaves first, then what is made of them, and so on.
    private func levels(neededBy roots: [ConditionIndex]) -> [[ConditionIndex]] {
        var isNeeded = [Bool](repeating: false, count: nodes.count)
        for root in roots { isNeeded[root] = true }
        for index in nodes.indices.reversed() where isNeeded[index] {
            for child in nodes[index].children { isNeeded[child] = true }
        }
        var heights = [Int](repeating: 0, count: nodes.count)
        var levels: [[ConditionIndex]] = []
        for index in nodes.indices where isNeeded[index] {
            heights[index] = nodes[index].children.reduce(0) { max($0, heights[$1] + 1) }
            while levels.count <= heights[index] { levels.append([]) }
            levels[heights[index]].append(index)
        }
        return levels
    }
}

extension Condition {
    package var children: [ConditionIndex] {
        switch self {
        case .constant, .attribute, .attributeTime, .events, .behaviour, .sequence, .anniversary, .population: []
        case .not(let child), .movement(let child, _, _): [child]
        case .all(let children), .any(let children): children
        }
    }

    func renumbered(_ place: (ConditionIndex) -> ConditionIndex) -> Condition {
        switch self {
        case .constant, .attribute, .attributeTime, .events, .behaviour, .sequence, .anniversary, .population: self
        case .not(let child): .not(place(child))
        case .movement(let child, let movement, let within): .movement(place(child), movement, within: within)
        case .all(let children): .all(children.map(place).sorted())
        case .any(let children): .any(children.map(place).sorted())
        }
    }
}
