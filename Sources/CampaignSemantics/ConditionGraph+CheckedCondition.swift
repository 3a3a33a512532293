package import CampaignPlan

extension ConditionGraph {
    /// Adds a checked condition; nil where it names a segment that is not among `segments`.
    ///
    /// `refresh`: of populations that do not say theirs.
    package mutating func add(
        _ condition: CheckedCondition, _ segments: [String: ConditionIndex], refresh: PopulationRefresh = .daily
    ) -> ConditionIndex? {
        switch condition {
        case .constant(let value): return constant(value)
        case .leaf(let leaf): return add(leaf)
        case .population(let statistics, let test, let own):
            return add(.population(Population(statistics: statistics, refresh: own ?? refresh), test))
        case .segment(let name): return segments[name]
        case .not(let child): return add(child, segments, refresh: refresh).map { not($0) }
        case .movement(let child, let movement, let within):
            return add(child, segments, refresh: refresh).map { self.movement($0, movement, within: within) }
        case .all(let children):
            let places = children.compactMap { add($0, segments, refresh: refresh) }
            return places.count == children.count ? all(places) : nil
        case .any(let children):
            let places = children.compactMap { add($0, segments, refresh: refresh) }
            return places.count == children.count ? any(places) : nil
        }
    }
}
