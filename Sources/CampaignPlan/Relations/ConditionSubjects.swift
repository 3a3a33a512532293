/// What conditions ask about. Conditions without a subject in common say nothing of each other, so that proofs about most
/// conditions need not be tried.
package struct ConditionSubjects: Sendable {
    private enum Subject: Hashable {
        case attribute(String)
        case event(String)
        /// A condition that is compared with itself alone.
        case condition(ConditionIndex)
        case population(Population)
    }

    package struct Subjects: Sendable {
        /// Ascending, none twice.
        package var numbers: [Int]
        /// Whether two of its parts ask about the same: else it holds neither for nobody nor for everybody.
        package var areMixed: Bool
    }

    private var numbers: [Subject: Int] = [:]
    /// By condition, as far as they were asked for.
    private var known: [Subjects?] = []

    package init() {}

    /// `graph`: always the same one, or that one grown.
    package mutating func of(_ condition: ConditionIndex, in graph: ConditionGraph) -> Subjects {
        if known.count < graph.nodes.count {
            known += repeatElement(nil, count: graph.nodes.count - known.count)
        }
        if let found = known[condition] { return found }
        // Children come before their parents; nothing recurses along a chain of segments.
        var open = [condition]
        while let index = open.last {
            let missing = graph.nodes[index].children.filter { known[$0] == nil }
            if missing.isEmpty {
                known[index] = make(index, graph)
                open.removeLast()
            } else {
                open += missing
            }
        }
        return known[condition] ?? Subjects(numbers: [], areMixed: true)
    }

    private mutating func make(_ index: ConditionIndex, _ graph: ConditionGraph) -> Subjects {
        switch graph.nodes[index] {
        case .constant: return Subjects(numbers: [], areMixed: true)
        case .attribute(let name, _), .attributeTime(let name, _): return number([.attribute(name)])
        case .events(let selection, _, _): return number(selection.types.map { .event($0) })
        case .behaviour, .sequence, .anniversary: return number([.condition(index)])
        case .movement(let child, _, _): return number([.condition(child)])
        case .population(let population, _): return number([.population(population)])
        case .not(let child): return known[child] ?? Subjects(numbers: [], areMixed: true)
        case .all(let children), .any(let children):
            let parts = children.compactMap { known[$0] }
            let all = parts.flatMap(\.numbers)
            let found = ascending(all)
            return Subjects(numbers: found, areMixed: found.count < all.count || parts.contains(where: \.areMixed))
        }
    }

    private mutating func number(_ subjects: [Subject]) -> Subjects {
        let found = subjects.map { subject in
            if let known = numbers[subject] { return known }
            numbers[subject] = numbers.count
            return numbers.count - 1
        }
        return Subjects(numbers: ascending(found), areMixed: false)
    }
}
