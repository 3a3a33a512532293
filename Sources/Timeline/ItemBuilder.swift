import CampaignPlan
import CivilTime

/// What one item of a stream is worth from one instant to another. An item may have several, one after the other, and
/// gaps between them.
struct ItemPiece: Sendable, BitwiseCopyable {
    /// In `ItemBuilder.times`.
    var item: Int
    var from: Int64
    /// `Int64.max`: for ever.
    var to: Int64
    var value: Int64
}

/// Makes the items of one customer's stream: rows, or lines with the same key, with their worth over time.
///
/// Windows look at an item's time; its pieces say from when on and until when it is there at all, and with which value.
struct ItemBuilder: Sendable {
    /// Ascending, by item.
    private(set) var times: [Int64] = []
    /// By item, then ascending; those of one item do not overlap.
    private(set) var pieces: [ItemPiece] = []
    /// By item: its own time, also of what triggers, whose `times` are when it becomes known. Of a plain stream nothing.
    private(set) var happened: [Int64] = []
    /// By item: its place in the input, which of a derived event is that of its first line. Of a plain stream nothing.
    private(set) var orders: [Int64] = []
    /// The values of pieces that have several.
    private(set) var fieldValues: [Int64] = []

    private let bound: BoundPlan
    private var recipientZone = 0
    private var lines: [Line] = []
    /// By line: the next one with the same key; -1: none.
    private var following: [Int] = []
    private var totals: [Int128] = []

    private struct Line {
        var time: Int64
        var order: Int64
        /// In `BoundPlan.lineSources`.
        var source: Int
        var row: Int
        /// Not before its time.
        var knownFrom: Int64
    }

    /// An item between two instants.
    private struct State {
        let time: Int64
        var key: Int64
        var lineCount: Int64
        /// Values of a row; of a derived event they are in `totals`.
        var row: Line?
    }

    init(_ bound: BoundPlan) { self.bound = bound }

    mutating func build(_ stream: BoundStream, _ timeline: borrowing CustomerTimeline, recipientZone: Int) {
        self.recipientZone = recipientZone
        times.removeAll(keepingCapacity: true)
        pieces.removeAll(keepingCapacity: true)
        orders.removeAll(keepingCapacity: true)
        happened.removeAll(keepingCapacity: true)
        fieldValues.removeAll(keepingCapacity: true)
        for index in stream.items {
            let source = bound.itemSources[index]
            collectLines(source, timeline)
            if source.isDerived { derive(source, timeline) } else { takeRows(source, timeline) }
        }
        if stream.items.count > 1 || timeline.isLate { sort() }
    }

    /// Takes a plain stream, all of whose events are there from their time on.
    mutating func take(count: Int, time: (Int) -> Int64, value: (Int) -> Int64) {
        times.removeAll(keepingCapacity: true)
        pieces.removeAll(keepingCapacity: true)
        orders.removeAll(keepingCapacity: true)
        happened.removeAll(keepingCapacity: true)
        for index in 0..<count {
            let time = time(index)
            times.append(time)
            pieces.append(ItemPiece(item: index, from: time, to: .max, value: value(index)))
        }
    }

    private mutating func collectLines(_ source: ItemSource, _ timeline: borrowing CustomerTimeline) {
        lines.removeAll(keepingCapacity: true)
        for index in source.lines {
            let slot = bound.lineSources[index].slot
            let start = timeline.columnStart(slot: slot, column: CustomerTimeline.timeColumn)
            let isLate = timeline.isLate
            let orders =
                timeline.layout.events[slot].needsOrder
                ? timeline.columnStart(slot: slot, column: CustomerTimeline.orderColumn) : -1
            for row in 0..<timeline.rowCount(slot: slot) {
                let time = timeline.columns[start + row]
                lines.append(
                    Line(
                        time: time, order: orders < 0 ? Int64(row) : timeline.columns[orders + row], source: index,
                        row: row, knownFrom: isLate ? timeline.knownFrom(slot: slot, row: row) : time))
            }
        }
        if source.lines.count > 1 { lines.sort { ($0.time, $0.order) < ($1.time, $1.order) } }
    }

    private mutating func takeRows(_ source: ItemSource, _ timeline: borrowing CustomerTimeline) {
        for line in lines {
            addItem(line, isTrigger: source.isTrigger)
            add(State(time: line.time, key: 0, lineCount: 1, row: line), line.time, .max, source, timeline)
        }
    }

    private mutating func derive(_ source: ItemSource, _ timeline: borrowing CustomerTimeline) {
        following.removeAll(keepingCapacity: true)
        // The first and the last line of each key, in the order of the first lines.
        var groups: [(key: Int64, first: Int, last: Int)] = []
        var places: [Int64: Int] = [:]
        for (index, line) in lines.enumerated() {
            following.append(-1)
            let key = value(line, bound.lineSources[line.source].key, timeline)
            guard key != CustomerTimeline.missing else { continue }
            if let place = places[key] {
                following[groups[place].last] = index
                groups[place].last = index
            } else {
                places[key] = groups.count
                groups.append((key, index, index))
            }
        }
        for group in groups {
            if source.isTrigger {
                addTrigger(group.first, group.key, source, timeline)
                continue
            }
            addItem(lines[group.first], isTrigger: false)
            var state = State(time: lines[group.first].time, key: group.key, lineCount: 0, row: nil)
            totals = [Int128](repeating: 0, count: source.valueCount)
            var next = group.first
            while next >= 0 {
                let time = lines[next].time
                while next >= 0, lines[next].time == time {
                    addLine(lines[next], timeline)
                    state.lineCount += 1
                    next = following[next]
                }
                add(state, time, next < 0 ? Int64.max : lines[next].time, source, timeline)
            }
        }
    }

    /// A derived event as it is when it becomes known: its lines of that instant and before it.
    private mutating func addTrigger(
        _ first: Int, _ key: Int64, _ source: ItemSource, _ timeline: borrowing CustomerTimeline
    ) {
        var own: [Line] = []
        var next = first
        while next >= 0 {
            own.append(lines[next])
            next = following[next]
        }
        guard let known = own.map(\.knownFrom).min() else { return }
        own.removeAll { $0.knownFrom > known }
        totals = [Int128](repeating: 0, count: source.valueCount)
        for line in own { addLine(line, timeline) }
        times.append(known)
        happened.append(own[0].time)
        orders.append(own[0].order)
        add(
            State(time: own[0].time, key: key, lineCount: Int64(own.count), row: nil), known, .max, source, timeline)
    }

    /// What triggers counts from when it is known.
    private mutating func addItem(_ line: Line, isTrigger: Bool) {
        times.append(isTrigger ? line.knownFrom : line.time)
        happened.append(line.time)
        orders.append(line.order)
    }

    private mutating func addLine(_ line: Line, _ timeline: borrowing CustomerTimeline) {
        for (total, place) in bound.lineSources[line.source].values.enumerated() {
            let value = value(line, bound.lineProperties[place], timeline)
            if value != CustomerTimeline.missing { totals[total] += Int128(value) }
        }
    }

    /// Adds what the last item is from one instant to another, unless it does not count there.
    private mutating func add(
        _ state: State, _ from: Int64, _ to: Int64, _ source: ItemSource, _ timeline: borrowing CustomerTimeline
    ) {
        guard passes(source.tests, state, timeline) else { return }
        let value: Int64
        switch source.value {
        case .none: value = 0
        case .field(let field): value = self.value(field, state, timeline)
        case .passes(let tests): value = passes(tests, state, timeline) ? 1 : 0
        case .fields(let fields): value = Int64(addValues(fields, state, from, timeline))
        }
        guard value != CustomerTimeline.missing else { return }
        if let last = pieces.last, last.item == times.count - 1, last.to == from, last.value == value {
            pieces[pieces.count - 1].to = to
        } else {
            pieces.append(ItemPiece(item: times.count - 1, from: from, to: to, value: value))
        }
    }

    /// Returns where the values lie: those of the last piece where it is the same item's with the same ones.
    private mutating func addValues(
        _ fields: Range<Int>, _ state: State, _ from: Int64, _ timeline: borrowing CustomerTimeline
    ) -> Int {
        let start = fieldValues.count
        for index in fields { fieldValues.append(value(bound.itemFields[index], state, timeline)) }
        guard let last = pieces.last, last.item == times.count - 1, last.to == from else { return start }
        let before = Int(last.value)
        guard fieldValues[before..<(before + fields.count)] == fieldValues[start...] else { return start }
        fieldValues.removeSubrange(start...)
        return before
    }

    private func passes(_ tests: Range<Int>, _ state: State, _ timeline: borrowing CustomerTimeline) -> Bool {
        for index in tests {
            let test = bound.itemTests[index]
            guard bound.tests.holds(test.test, value(test.field, state, timeline)) else { return false }
        }
        return true
    }

    private func value(_ field: ItemField, _ state: State, _ timeline: borrowing CustomerTimeline) -> Int64 {
        switch field {
        case .key: return state.key
        case .lineCount: return state.lineCount
        case .local(let part, let zone):
            let rules: TimeZoneRules
            switch zone {
            case .fixed(let index): rules = bound.zones[index]
            case .recipient: rules = bound.zones[recipientZone]
            }
            return part.value(at: Instant(milliseconds: state.time), in: rules)
        case .value(let index):
            guard let row = state.row else { return Int64(clamping: max(totals[index], Self.leastTotal)) }
            let first = bound.lineSources[row.source].values.lowerBound
            return value(row, bound.lineProperties[first + index], timeline)
        }
    }

    /// The number below it stands for a missing value.
    private static let leastTotal = Int128(Int64.min) + 1

    private func value(_ line: Line, _ property: Int, _ timeline: borrowing CustomerTimeline) -> Int64 {
        let slot = bound.lineSources[line.source].slot
        let column = timeline.propertyColumn(slot: slot, property: property)
        return timeline.columns[timeline.columnStart(slot: slot, column: column) + line.row]
    }

    /// Puts the items of several sources in the order of time and input.
    private mutating func sort() {
        let order = times.indices.sorted { (times[$0], orders[$0]) < (times[$1], orders[$1]) }
        var places = [Int](repeating: 0, count: order.count)
        for (place, item) in order.enumerated() { places[item] = place }
        times = order.map { times[$0] }
        orders = order.map { orders[$0] }
        happened = order.map { happened[$0] }
        for index in pieces.indices { pieces[index].item = places[pieces[index].item] }
        pieces.sort { ($0.item, $0.from) < ($1.item, $1.from) }
    }
}
