import CampaignPlan

/// The instants of the events that a stream selects, ascending, each once, straight from the columns.
struct TriggerRows {
    private let sources: Range<Int>
    /// By source: the first row that was not passed.
    private var rows: [Int]

    /// From an instant on.
    init(_ stream: Int, from: Int64, _ evaluator: InstantEvaluator) {
        sources = evaluator.bound.streams[stream].sources
        rows = []
        for source in sources {
            let slot = evaluator.bound.sources[source].slot
            let all = evaluator.rows[slot]
            rows.append(
                from == .min
                    ? all.lowerBound
                    : evaluator.tables.events[slot].times.firstRow(after: from - 1, in: all, near: all.lowerBound))
        }
    }

    /// The next instant; nil after the last.
    mutating func next(_ evaluator: InstantEvaluator) -> Int64? {
        var first: Int64?
        for place in rows.indices {
            let source = evaluator.bound.sources[sources.lowerBound + place]
            let end = evaluator.rows[source.slot].upperBound
            while rows[place] < end, evaluator.value(of: source, rows[place]) == nil { rows[place] += 1 }
            guard rows[place] < end else { continue }
            let time = evaluator.tables.events[source.slot].times.value(rows[place])
            first = min(first ?? time, time)
        }
        guard let first else { return nil }
        for place in rows.indices {
            let slot = evaluator.bound.sources[sources.lowerBound + place].slot
            rows[place] = evaluator.tables.events[slot].times.firstRow(
                after: first, in: rows[place]..<evaluator.rows[slot].upperBound, near: rows[place])
        }
        return first
    }
}
