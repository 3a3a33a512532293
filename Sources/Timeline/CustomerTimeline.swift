/// One customer's attributes and events in reusable storage, as a layout says.
///
/// Every value is an Int64: numbers as stored, text codes widened, `missing` where there is none. A slot's rows lie
/// column after column in one array, so that loading a customer is a few block copies.
package struct CustomerTimeline: ~Copyable, Sendable {
    package static let missing = Int64.min

    package let layout: TimelineLayout
    /// Milliseconds since 1970-01-01T00:00:00Z; `Int64.min`: the customer exists at all times.
    package private(set) var existsFrom: Int64
    /// The UTF-8 bytes of the customer's key.
    package private(set) var key: [UInt8]
    /// By attribute slot.
    private(set) var attributes: RawList<Int64>
    private(set) var columns = RawList<Int64>()
    /// How much of `columns` the current customer has; the rest is from customers before.
    private var used = 0
    private var slots: RawList<Rows>
    /// By slot, of those with late rows: when each row became known, not before its own time.
    private var known: [Int: [Int64]] = [:]
    /// Whether these are only the rows of another timeline that were known at some instant.
    private(set) var isPart = false

    private struct Rows {
        var start = 0
        var count = 0
        /// The column of the first property.
        let firstProperty: Int
        let propertyCount: Int
    }

    package init(layout: TimelineLayout) {
        self.layout = layout
        existsFrom = .min
        key = []
        attributes = RawList(repeating: Self.missing, count: layout.attributes.count)
        slots = RawList(capacity: layout.events.count)
        for events in layout.events {
            slots.append(
                Rows(firstProperty: events.needsOrder ? 2 : 1, propertyCount: events.properties.count))
        }
    }

    /// Empties the timeline for the next customer; every attribute is missing and no slot has rows.
    package mutating func reset(existsFrom: Int64, key: Span<UInt8>) {
        self.existsFrom = existsFrom
        self.key.removeAll(keepingCapacity: true)
        key.withUnsafeBufferPointer { self.key.append(contentsOf: $0) }
        for slot in 0..<attributes.count { attributes[slot] = Self.missing }
        for slot in 0..<slots.count {
            // A slot that gets no rows must not point into what the customer before had.
            slots[slot].start = 0
            slots[slot].count = 0
        }
        used = 0
        isPart = false
        if !known.isEmpty { known.removeAll(keepingCapacity: true) }
    }

    package mutating func reset(existsFrom: Int64 = .min, key: [UInt8]) {
        reset(existsFrom: existsFrom, key: key.span)
    }

    package mutating func setAttribute(slot: Int, _ value: Int64) {
        precondition(slot >= 0 && slot < attributes.count, "no such attribute in the layout")
        attributes[slot] = value
    }

    /// All attributes at once, from columns of the same layout.
    package mutating func setAttributes(_ tables: borrowing CustomerTables, customer: Int) {
        precondition(tables.attributes.count == attributes.count, "columns of another layout")
        for slot in 0..<attributes.count {
            precondition(customer >= 0 && customer < tables.attributes[slot].count, "no such customer in the column")
            attributes[slot] = tables.attributes[slot].value(customer)
        }
    }

    /// Makes room for all rows of a slot, once per customer and slot. The `fill` functions then write them: each gets
    /// all storage and where in it the column begins. Rows ascend by (time, input order).
    package mutating func reserve(slot: Int, rows: Int) {
        precondition(slot >= 0 && slot < slots.count && rows >= 0, "no such event in the layout")
        let start = used
        used += rows * columnCount(slot: slot)
        if used > columns.count {
            columns.append(repeating: Self.missing, count: max(used, 2 * columns.count) - columns.count)
        }
        slots[slot].start = start
        slots[slot].count = rows
        for place in (start + rows)..<max(used, start + rows) { columns[place] = Self.missing }
    }

    /// The times of the slot's rows, in milliseconds.
    package mutating func fillTimes(slot: Int, _ fill: (inout MutableSpan<Int64>, _ start: Int) throws -> Void) rethrows
    {
        try fillColumn(slot: slot, column: Self.timeColumn, fill)
    }

    /// The positions in the input, where the slot needs them.
    package mutating func fillOrder(slot: Int, _ fill: (inout MutableSpan<Int64>, _ start: Int) throws -> Void) rethrows
    {
        guard slots[slot].firstProperty > Self.orderColumn else { return }
        try fillColumn(slot: slot, column: Self.orderColumn, fill)
    }

    /// The values of a property, by its index in the slot's list.
    package mutating func fillProperty(
        slot: Int, property: Int, _ fill: (inout MutableSpan<Int64>, _ start: Int) throws -> Void
    ) rethrows {
        try fillColumn(slot: slot, column: propertyColumn(slot: slot, property: property), fill)
    }

    /// All rows of a slot at once, from arrays as long as `times`; `order` may be empty where it is not needed.
    package mutating func load(slot: Int, times: [Int64], order: [Int64] = [], properties: [[Int64]] = []) {
        reserve(slot: slot, rows: times.count)
        fillTimes(slot: slot) { Self.copy(times, into: &$0, from: $1, count: times.count) }
        fillOrder(slot: slot) { Self.copy(order, into: &$0, from: $1, count: times.count) }
        for (index, values) in properties.enumerated() where index < slots[slot].propertyCount {
            fillProperty(slot: slot, property: index) { Self.copy(values, into: &$0, from: $1, count: times.count) }
        }
    }

    /// When the rows of a slot became known, in their order; `missing`, or an instant before a row's own: at its time.
    /// After the times.
    package mutating func setRecorded(slot: Int, _ recorded: [Int64]) {
        let times = times(slot: slot)
        precondition(recorded.count == times.count, "an instant for each row")
        if zip(times, recorded).contains(where: { $0 < $1 }) {
            known[slot] = zip(times, recorded).map { max($0, $1) }
        }
    }

    private static func copy(_ values: [Int64], into span: inout MutableSpan<Int64>, from start: Int, count: Int) {
        for index in 0..<min(values.count, count) { span[start + index] = values[index] }
    }
}

extension CustomerTimeline {
    package func attribute(slot: Int) -> Int64 { attributes[slot] }

    /// The times of a slot's rows, in milliseconds.
    package func times(slot: Int) -> [Int64] { column(slot: slot, Self.timeColumn) }

    /// The values of a property by row, by the property's index in the slot's list.
    package func values(slot: Int, property: Int) -> [Int64] {
        column(slot: slot, propertyColumn(slot: slot, property: property))
    }

    private func column(slot: Int, _ column: Int) -> [Int64] {
        let start = columnStart(slot: slot, column: column)
        return (start..<(start + rowCount(slot: slot))).map { columns[$0] }
    }
}

// Late rows.
extension CustomerTimeline {
    /// Whether any row became known only after its time.
    var isLate: Bool { !known.isEmpty }

    /// When a row became known.
    func knownFrom(slot: Int, row: Int) -> Int64 {
        known[slot]?[row] ?? columns[columnStart(slot: slot, column: Self.timeColumn) + row]
    }

    /// The instants at which late rows became known, ascending, each once.
    var recordingInstants: [Int64] {
        var found: Set<Int64> = []
        for (slot, instants) in known {
            for (time, instant) in zip(times(slot: slot), instants) where time < instant { found.insert(instant) }
        }
        return found.sorted()
    }

    /// Becomes a part of another timeline of the same layout: without the late rows that became known after an instant.
    mutating func take(_ whole: borrowing CustomerTimeline, knownBy instant: Int64) {
        reset(existsFrom: whole.existsFrom, key: whole.key)
        isPart = true
        for slot in 0..<attributes.count { attributes[slot] = whole.attributes[slot] }
        for slot in 0..<slots.count {
            let times = whole.columnStart(slot: slot, column: Self.timeColumn)
            let kept = (0..<whole.rowCount(slot: slot)).filter { row in
                let known = whole.knownFrom(slot: slot, row: row)
                return known <= instant || known == whole.columns[times + row]
            }
            if kept.isEmpty { continue }
            reserve(slot: slot, rows: kept.count)
            for column in 0..<columnCount(slot: slot) {
                let (source, target) = (
                    whole.columnStart(slot: slot, column: column), columnStart(slot: slot, column: column)
                )
                for (place, row) in kept.enumerated() { columns[target + place] = whole.columns[source + row] }
            }
            if let instants = whole.known[slot] { known[slot] = kept.map { instants[$0] } }
        }
    }
}

extension CustomerTimeline {
    static let timeColumn = 0
    static let orderColumn = 1

    func rowCount(slot: Int) -> Int { slots[slot].count }

    /// Where a column of the slot begins in `columns`.
    func columnStart(slot: Int, column: Int) -> Int {
        slots[slot].start + column * slots[slot].count
    }

    func propertyColumn(slot: Int, property: Int) -> Int {
        property + slots[slot].firstProperty
    }

    private func columnCount(slot: Int) -> Int {
        propertyColumn(slot: slot, property: slots[slot].propertyCount)
    }

    private mutating func fillColumn(
        slot: Int, column: Int, _ fill: (inout MutableSpan<Int64>, _ start: Int) throws -> Void
    ) rethrows {
        precondition(slot >= 0 && slot < slots.count, "no such event in the layout")
        precondition(column >= 0 && column < columnCount(slot: slot), "no such column in the layout")
        let start = columnStart(slot: slot, column: column)
        let all = UnsafeMutableBufferPointer(start: columns.base, count: columns.count)
        var span = MutableSpan(_unsafeElements: all)
        try fill(&span, start)
    }
}
