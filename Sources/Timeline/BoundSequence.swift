import CampaignPlan

/// A sequence with everything looked up.
struct BoundSequence: Sendable {
    /// A range of `BoundPlan.sequenceSteps`: the steps, and the absence behind them.
    var steps: Range<Int>
    /// Whether what a step selects may change after its time.
    var isPieced: Bool
    var hasAbsence: Bool
    var window: BoundWindow
    var startsLast: Bool
    /// How many properties of the first event later steps are compared with.
    var keyCount: Int
    /// The last step, or the absence behind them, that is compared with the first event; 0: none.
    var lastKeyed: Int
}

struct BoundSequenceStep: Sendable {
    /// A range of `BoundPlan.sources`; empty where there is a stream.
    var sources: Range<Int>
    /// An index into `BoundPlan.streams`, of what is no row of a table, with the properties that are compared; nil: rows.
    var stream: Int?
    /// The places in the key with which this step is compared, ascending; of the first step all.
    /// A range of `BoundPlan.sequenceNumbers`.
    var places: Range<Int>
    /// Where the indices of these properties begin in `BoundPlan.sequenceNumbers`, source after source; of rows.
    var columns: Int
    /// Milliseconds; nil: any.
    var within: Int64?
    var ofFirstWithin: Int64?
}

extension ConditionBinder {
    /// Returns its index in `BoundPlan.sequences`.
    mutating func add(_ pattern: SequencePattern) -> Int {
        let keys = Set(pattern.parts.flatMap(\.same)).sorted()
        var steps: [BoundSequenceStep] = []
        for (number, part) in pattern.parts.enumerated() {
            let same = number == 0 ? keys : part.same
            let placesStart = bound.sequenceNumbers.count
            bound.sequenceNumbers += same.compactMap { keys.firstIndex(of: $0) }
            let places = placesStart..<bound.sequenceNumbers.count
            let columns = bound.sequenceNumbers.count
            let isOfItems = needsItems(part.selection, .none)
            steps.append(
                BoundSequenceStep(
                    sources: isOfItems ? 0..<0 : bindSources(part.selection, same),
                    stream: isOfItems ? stream(of: part.selection, value: .properties(same)) : nil,
                    places: places, columns: columns, within: part.within, ofFirstWithin: part.ofFirstWithin))
        }
        let start = bound.sequenceSteps.count
        bound.sequenceSteps += steps
        bound.sequences.append(
            BoundSequence(
                steps: start..<bound.sequenceSteps.count,
                isPieced: steps.contains { step in step.stream.map { bound.streams[$0].isPieced } ?? false },
                hasAbsence: pattern.absence != nil, window: bind(pattern.window), startsLast: pattern.startsLast,
                keyCount: keys.count, lastKeyed: pattern.parts.lastIndex { !$0.same.isEmpty } ?? 0))
        return bound.sequences.count - 1
    }

    /// The rows of a step, and of each type the indices of the properties that are compared.
    private mutating func bindSources(_ selection: EventSelection, _ same: [String]) -> Range<Int> {
        let sources = selection.types.compactMap { type -> BoundSource? in
            guard let source = bindSource(type, selection.tests, nil) else { return nil }
            let properties = bound.layout.events[source.slot].properties
            let indices = same.compactMap { properties.firstIndex(of: $0) }
            guard indices.count == same.count else { return nil }
            bound.sequenceNumbers += indices
            return source
        }
        bound.sources += sources
        return (bound.sources.count - sources.count)..<bound.sources.count
    }
}
