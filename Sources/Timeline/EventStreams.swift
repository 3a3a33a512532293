/// The streams of one customer, selected when first asked for.
struct EventStreams: ~Copyable, Sendable {
    private(set) var times = RawList<Int64>(capacity: 256)
    private(set) var values = RawList<Int64>()
    private var known: RawList<Selected>
    private var generation = 0
    private var cursors = RawList<Int>()

    /// Where a stream lies: its times, and its values if it has any.
    struct Selected: Sendable, BitwiseCopyable {
        var firstTime = 0
        var firstValue = 0
        var count = 0
        fileprivate var generation = -1

        var times: Range<Int> { firstTime..<(firstTime + count) }
        var values: Range<Int> { firstValue..<(firstValue + count) }
    }

    init(streamCount: Int) {
        known = RawList(repeating: Selected(), count: streamCount)
    }

    mutating func removeAll() {
        times.removeAll()
        values.removeAll()
        generation += 1
    }

    mutating func select(
        _ index: Int, _ bound: BoundPlan, _ timeline: borrowing CustomerTimeline, _ counters: inout WorkCounters
    ) -> Selected {
        if known[index].generation == generation { return known[index] }
        let stream = bound.streams[index]
        var selected = Selected(firstTime: times.count, firstValue: values.count, generation: generation)
        if stream.sources.count == 1 {
            selectOne(bound.sources[stream.sources.lowerBound], stream.hasValues, bound, timeline, &counters)
        } else {
            merge(stream, bound, timeline, &counters)
        }
        selected.count = times.count - selected.firstTime
        known[index] = selected
        return selected
    }

    private mutating func selectOne(
        _ source: BoundSource, _ hasValues: Bool, _ bound: BoundPlan, _ timeline: borrowing CustomerTimeline,
        _ counters: inout WorkCounters
    ) {
        let count = timeline.rowCount(slot: source.slot)
        counters.eventsRead += count
        let firstTime = timeline.columnStart(slot: source.slot, column: CustomerTimeline.timeColumn)
        if source.tests.isEmpty, !hasValues {
            times.append(timeline.columns.base + firstTime, count: count)
            return
        }
        for row in 0..<count where passes(source, row, bound, timeline) {
            take(source, row, timeline.columns[firstTime + row], timeline)
        }
    }

    /// Takes the earliest row of all sources again and again; event types are few.
    private mutating func merge(
        _ stream: BoundStream, _ bound: BoundPlan, _ timeline: borrowing CustomerTimeline, _ counters: inout WorkCounters
    ) {
        cursors.removeAll()
        for _ in stream.sources { cursors.append(0) }
        while true {
            var best = -1
            var bestTime = Int64.max
            var bestOrder = Int64.max
            for (position, index) in stream.sources.enumerated() {
                let slot = bound.sources[index].slot
                let row = cursors[position]
                guard row < timeline.rowCount(slot: slot) else { continue }
                let time = timeline.columns[
                    timeline.columnStart(slot: slot, column: CustomerTimeline.timeColumn) + row]
                let order = timeline.columns[
                    timeline.columnStart(slot: slot, column: CustomerTimeline.orderColumn) + row]
                if best < 0 || time < bestTime || (time == bestTime && order < bestOrder) {
                    best = position
                    bestTime = time
                    bestOrder = order
                }
            }
            guard best >= 0 else { return }
            let source = bound.sources[stream.sources.lowerBound + best]
            counters.eventsRead += 1
            if passes(source, cursors[best], bound, timeline) { take(source, cursors[best], bestTime, timeline) }
            cursors[best] += 1
        }
    }

    private func passes(_ source: BoundSource, _ row: Int, _ bound: BoundPlan, _ timeline: borrowing CustomerTimeline) -> Bool {
        if source.valueProperty >= 0,
            value(source.slot, source.valueProperty, row, timeline) == CustomerTimeline.missing
        {
            return false
        }
        for index in source.tests {
            let test = bound.propertyTests[index]
            guard bound.tests.holds(test.test, value(source.slot, test.property, row, timeline)) else { return false }
        }
        return true
    }

    private mutating func take(_ source: BoundSource, _ row: Int, _ time: Int64, _ timeline: borrowing CustomerTimeline) {
        times.append(time)
        if source.valueProperty >= 0 { values.append(value(source.slot, source.valueProperty, row, timeline)) }
    }

    private func value(_ slot: Int, _ property: Int, _ row: Int, _ timeline: borrowing CustomerTimeline) -> Int64 {
        let column = timeline.propertyColumn(slot: slot, property: property)
        return timeline.columns[timeline.columnStart(slot: slot, column: column) + row]
    }
}
