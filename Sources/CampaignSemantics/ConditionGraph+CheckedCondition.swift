package import CampaignPlan

extension ConditionGraph {
    /// Adds a checked condition; nil where it names a segment that is not among `segments`.
    package mutating func add(
        _ condition: CheckedCondition, _ segments: [String: ConditionIndex]
    ) -> ConditionIndex? {
        switch condition {
        case .constant(let value): return constant(value)
        case .leaf(let leaf): return add(leaf)
        case .segment(let name): return segments[name]
        case .not(let child): return add(child, segments).map { not($0) }
        case .movement(let child, let movement, let within):
            return add(child, segments).map { self.movement($0, movement, within: within) }
        case .all(let children):
            let places = children.compactMap { add($0, segments) }
            return places.count == children.count ? all(places) : nil
        case .any(let children):
            let places = children.compactMap { add($0, segments) }
            return places.count == children.count ? any(places) : nil
        }
    }
}
