/// The streams of one customer, selected when first asked for.
struct EventStreams: ~Copyable {
    private(set) var times = RawList<Int64>(capacity: 256)
    private(set) var values = RawList<Int64>()
    private let tables: StreamTables
    private var known: RawList<Selected>
    private var generation = 0
    private var cursors = RawList<Int>()
    private var builder: ItemBuilder
    private var recipientZone = 0

    /// Where a stream lies: its times, and its values if it has any. A stream that is all events of one type needs no
    /// copy: its times are those of the timeline.
    struct Selected: Sendable, BitwiseCopyable {
        /// Whether `firstTime` is a place in `CustomerTimeline.columns`, not in `times`.
        var isColumn = false
        var firstTime = 0
        var firstValue = 0
        var count = 0
        fileprivate var generation = -1

        var times: Range<Int> { firstTime..<(firstTime + count) }
        var values: Range<Int> { firstValue..<(firstValue + count) }
    }

    init(_ bound: BoundPlan, _ arena: RawArena) {
        tables = StreamTables(bound, arena)
        known = RawList(repeating: Selected(), count: bound.streams.count)
        builder = ItemBuilder(bound)
    }

    mutating func removeAll(recipientZone: Int) {
        self.recipientZone = recipientZone
        times.removeAll()
        values.removeAll()
        generation += 1
    }

    mutating func select(
        _ index: Int, _ timeline: borrowing CustomerTimeline, _ counters: inout WorkCounters
    ) -> Selected {
        let before = known[index]
        if before.generation == generation { return before }
        let made = make(index, timeline, &counters)
        known[index] = made
        return made
    }

    @inline(never)
    private mutating func make(
        _ index: Int, _ timeline: borrowing CustomerTimeline, _ counters: inout WorkCounters
    ) -> Selected {
        let stream = tables.streams[index]
        var selected = Selected(firstTime: times.count, firstValue: values.count, generation: generation)
        if !stream.items.isEmpty {
            takeItems(stream, timeline, &counters)
        } else if stream.sources.count == 1 {
            let source = tables.sources[stream.sources.lowerBound]
            if source.tests.isEmpty, !stream.hasValues {
                selected.isColumn = true
                selected.firstTime = timeline.columnStart(slot: source.slot, column: CustomerTimeline.timeColumn)
                selected.count = timeline.rowCount(slot: source.slot)
                counters.eventsRead += selected.count
                return selected
            }
            selectOne(source, timeline, &counters)
        } else {
            merge(stream, timeline, &counters)
        }
        selected.count = times.count - selected.firstTime
        return selected
    }

    /// Items of which each is there from its time on: to whoever looks at the stream they are rows.
    private mutating func takeItems(
        _ stream: BoundStream, _ timeline: borrowing CustomerTimeline, _ counters: inout WorkCounters
    ) {
        builder.build(stream, timeline, recipientZone: recipientZone)
        counters.eventsRead += builder.times.count
        for piece in builder.pieces {
            times.append(builder.times[piece.item])
            if stream.hasValues { values.append(piece.value) }
        }
    }

    /// The items of a stream, however their worth changes; valid until the next call.
    mutating func items(
        _ index: Int, _ timeline: borrowing CustomerTimeline, _ counters: inout WorkCounters
    ) -> ItemBuilder {
        let stream = tables.streams[index]
        if stream.items.isEmpty {
            let selected = select(index, timeline, &counters)
            let first = selected.firstTime
            let column = timeline.columns.base
            let copied = times.base
            let start = selected.isColumn ? column + first : copied + first
            let firstValue = values.base + selected.firstValue
            builder.take(count: selected.count, time: { start[$0] }, value: { stream.hasValues ? firstValue[$0] : 0 })
        } else {
            builder.build(stream, timeline, recipientZone: recipientZone)
            counters.eventsRead += builder.times.count
        }
        return builder
    }

    /// The times of what a stream without items selects, ascending, and when each became known.
    func rows(_ index: Int, _ timeline: borrowing CustomerTimeline) -> (times: [Int64], known: [Int64]) {
        var found: [(time: Int64, known: Int64)] = []
        for place in tables.streams[index].sources {
            let source = tables.sources[place]
            let times = timeline.columnStart(slot: source.slot, column: CustomerTimeline.timeColumn)
            for row in 0..<timeline.rowCount(slot: source.slot) where passes(source, row, timeline) {
                found.append((timeline.columns[times + row], timeline.knownFrom(slot: source.slot, row: row)))
            }
        }
        if tables.streams[index].sources.count > 1 { found.sort { $0.time < $1.time } }
        return (found.map(\.time), found.map(\.known))
    }

    /// When what a stream selects became known, of a timeline with late rows: ascending.
    mutating func knownFrom(_ index: Int, _ timeline: borrowing CustomerTimeline) -> [Int64] {
        let stream = tables.streams[index]
        var found: [Int64] = []
        if stream.items.isEmpty {
            for place in stream.sources {
                let source = tables.sources[place]
                for row in 0..<timeline.rowCount(slot: source.slot) where passes(source, row, timeline) {
                    found.append(timeline.knownFrom(slot: source.slot, row: row))
                }
            }
        } else {
            builder.build(stream, timeline, recipientZone: recipientZone)
            found = builder.pieces.map { builder.times[$0.item] }
        }
        return found.sorted()
    }

    private mutating func selectOne(
        _ source: BoundSource, _ timeline: borrowing CustomerTimeline,
        _ counters: inout WorkCounters
    ) {
        let count = timeline.rowCount(slot: source.slot)
        counters.eventsRead += count
        let firstTime = timeline.columnStart(slot: source.slot, column: CustomerTimeline.timeColumn)
        for row in 0..<count where passes(source, row, timeline) {
            take(source, row, timeline.columns[firstTime + row], timeline)
        }
    }

    /// Takes the earliest row of all sources again and again; event types are few.
    private mutating func merge(
        _ stream: BoundStream, _ timeline: borrowing CustomerTimeline, _ counters: inout WorkCounters
    ) {
        cursors.removeAll()
        for _ in stream.sources { cursors.append(0) }
        while true {
            var best = -1
            var bestTime = Int64.max
            var bestOrder = Int64.max
            for (position, index) in stream.sources.enumerated() {
                let slot = tables.sources[index].slot
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
            let source = tables.sources[stream.sources.lowerBound + best]
            counters.eventsRead += 1
            if passes(source, cursors[best], timeline) { take(source, cursors[best], bestTime, timeline) }
            cursors[best] += 1
        }
    }

    private func passes(_ source: BoundSource, _ row: Int, _ timeline: borrowing CustomerTimeline) -> Bool {
        if source.valueProperty >= 0,
            value(source.slot, source.valueProperty, row, timeline) == CustomerTimeline.missing
        {
            return false
        }
        for index in source.tests {
            let test = tables.propertyTests[index]
            guard tables.tests.holds(test.test, value(source.slot, test.property, row, timeline)) else { return false }
        }
        return true
    }

    private mutating func take(_ source: BoundSource, _ row: Int, _ time: Int64, _ timeline: borrowing CustomerTimeline)
    {
        times.append(time)
        if source.valueProperty >= 0 { values.append(value(source.slot, source.valueProperty, row, timeline)) }
    }

    private func value(_ slot: Int, _ property: Int, _ row: Int, _ timeline: borrowing CustomerTimeline) -> Int64 {
        let column = timeline.propertyColumn(slot: slot, property: property)
        return timeline.columns[timeline.columnStart(slot: slot, column: column) + row]
    }
}

/// What streams are made of, in raw memory that the arena holds.
private struct StreamTables {
    let streams: UnsafePointer<BoundStream>
    let sources: UnsafePointer<BoundSource>
    let propertyTests: UnsafePointer<BoundPropertyTest>
    let tests: TestPool

    init(_ bound: BoundPlan, _ arena: RawArena) {
        streams = arena.copy(bound.streams)
        sources = arena.copy(bound.sources)
        propertyTests = arena.copy(bound.propertyTests)
        tests = bound.tests
    }
}

// The memory of its tables is held by its owner, and nothing writes to it.
extension EventStreams: @unchecked Sendable {}
