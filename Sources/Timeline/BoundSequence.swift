import CampaignPlan

/// A sequence with everything looked up.
struct BoundSequence: Sendable {
    /// A range of `BoundPlan.sequenceSteps`: the steps, and the absence behind them.
    var steps: Range<Int>
    var hasAbsence: Bool
    var window: BoundWindow
    var startsLast: Bool
    /// How many properties of the first event later steps are compared with.
    var keyCount: Int
    /// The last step, or the absence behind them, that is compared with the first event; 0: none.
    var lastKeyed: Int
}

struct BoundSequenceStep: Sendable {
    /// A range of `BoundPlan.sources`.
    var sources: Range<Int>
    /// The places in the key with which this step is compared, ascending; of the first step all.
    /// A range of `BoundPlan.sequenceNumbers`.
    var places: Range<Int>
    /// Where the indices of these properties begin in `BoundPlan.sequenceNumbers`, source after source.
    var columns: Int
    /// Milliseconds; nil: any.
    var within: Int64?
    var ofFirstWithin: Int64?
}

extension ConditionBinder {
    /// Returns its index in `BoundPlan.sequences`.
    mutating func add(_ pattern: SequencePattern) -> Int {
        let keys = Set(pattern.parts.flatMap(\.same)).sorted()
        let start = bound.sequenceSteps.count
        for (number, part) in pattern.parts.enumerated() {
            let same = number == 0 ? keys : part.same
            let placesStart = bound.sequenceNumbers.count
            bound.sequenceNumbers += same.compactMap { keys.firstIndex(of: $0) }
            let places = placesStart..<bound.sequenceNumbers.count
            let columns = bound.sequenceNumbers.count
            let sources = part.selection.types.compactMap { type -> BoundSource? in
                guard let source = bindSource(type, part.selection.tests, nil) else { return nil }
                let properties = bound.layout.events[source.slot].properties
                let indices = same.compactMap { properties.firstIndex(of: $0) }
                guard indices.count == same.count else { return nil }
                bound.sequenceNumbers += indices
                return source
            }
            let sourcesStart = bound.sources.count
            bound.sources += sources
            bound.sequenceSteps.append(
                BoundSequenceStep(
                    sources: sourcesStart..<bound.sources.count, places: places, columns: columns,
                    within: part.within, ofFirstWithin: part.ofFirstWithin))
        }
        bound.sequences.append(
            BoundSequence(
                steps: start..<bound.sequenceSteps.count, hasAbsence: pattern.absence != nil,
                window: bind(pattern.window), startsLast: pattern.startsLast, keyCount: keys.count,
                lastKeyed: pattern.parts.lastIndex { !$0.same.isEmpty } ?? 0))
        return bound.sequences.count - 1
    }
}
