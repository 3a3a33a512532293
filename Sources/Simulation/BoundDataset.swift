package import CampaignPlan
package import Dataset
package import Timeline

/// A plan bound to a data set: every column that the plan needs is open, verified and of the type that the plan expects.
package struct BoundDataset: Sendable {
    package internal(set) var bound: BoundPlan
    package let dataset: Dataset
    let attributes: [ValueColumn]
    let since: ValueColumn?
    let events: [EventColumns]

    struct EventColumns: Sendable {
        let table: EventTable
        let properties: [ValueColumn]
        /// Where the plan needs it.
        let order: SourceOrder?
        /// Nil: no row became known after its time.
        let recorded: ValueColumn?
    }

    /// Whether any event that the plan looks at became known after its time.
    var isLate: Bool { events.contains { $0.recorded != nil } }

    /// Throws `SimulationError.otherCatalog` where the data set was imported with another catalog, and `DatasetError`
    /// where it is damaged.
    package init(_ plan: Plan, _ dataset: Dataset) throws {
        guard dataset.schema.describesSameData(as: plan.schema) else {
            throw SimulationError.otherCatalog(dataset.path)
        }
        let layout = TimelineLayout(of: plan)
        let since = plan.schema.customer.since
        try dataset.verify(
            ColumnSelection(
                attributes: layout.attributes + (since.map { [$0] } ?? []),
                events: layout.events.map {
                    .init(event: $0.event, properties: $0.properties, needsOrder: $0.needsOrder)
                }))
        let vocabulary = try DatasetVocabulary(dataset, layout: layout, schema: plan.schema)
        self.dataset = dataset
        bound = bind(plan, vocabulary: vocabulary)
        attributes = try layout.attributes.map { try dataset.attribute($0) }
        self.since = try since.map { try dataset.attribute($0) }
        events = try layout.events.map { slot in
            let table = try dataset.events(slot.event)
            return EventColumns(
                table: table, properties: try slot.properties.map { try table.property($0) },
                order: slot.needsOrder ? try table.order() : nil, recorded: try table.recorded())
        }
    }
}

/// Why a plan cannot be simulated over a data set.
package enum SimulationError: Error, Equatable {
    /// The data set at the path was imported with another catalog.
    case otherCatalog(String)
    /// No customer has this key.
    case unknownCustomer(String)
}

extension DataSchema {
    /// Equal but for what does not change how data is read: the catalog's name, histories and the channels.
    func describesSameData(as other: DataSchema) -> Bool {
        customer.key == other.customer.key && customer.since == other.customer.since
            && customer.attributes.map(\.withoutHistory) == other.customer.attributes.map(\.withoutHistory)
            && events == other.events
    }
}

extension AttributeSchema {
    /// Histories say what events mean, not how data is stored.
    fileprivate var withoutHistory: AttributeSchema {
        var attribute = self
        attribute.history = nil
        return attribute
    }
}

extension BoundDataset {
    /// The columns in place; not to be used after the data set.
    var tables: CustomerTables {
        CustomerTables(
            attributes: attributes.map(Self.view),
            events: events.map { event in
                let table = event.table
                let times =
                    if let epoch = table.epoch {
                        ColumnView(seconds: table.seconds, epoch: epoch)
                    } else {
                        ColumnView(numbers: table.milliseconds)
                    }
                return CustomerTables.Events(times: times, properties: event.properties.map(Self.view))
            })
    }

    private static func view(_ column: ValueColumn) -> ColumnView {
        switch column.type.storage {
        case .number: ColumnView(numbers: column.numbers)
        case .text: ColumnView(codes: column.codes)
        }
    }
}

/// Points an evaluator to the rows of one customer after another; one for each thread.
struct RowLoader {
    private let source: BoundDataset
    private var cursors: [EventCursor]

    /// Fastest for customers in ascending order from `customer` on.
    init(_ source: BoundDataset, from customer: Int) {
        self.source = source
        cursors = source.events.map { $0.table.cursor(from: customer) }
    }

    mutating func load(_ customer: Int, into evaluator: inout InstantEvaluator) {
        evaluator.begin(customer, existsFrom: source.since.map { $0[customer] } ?? Int64.min)
        for slot in cursors.indices { evaluator.setRows(cursors[slot].rows(of: customer), slot: slot) }
    }
}

/// Finds the rows of one customer after another and copies them into a timeline; one for each thread. An object, because
/// a value of its size would be copied for every customer.
final class TimelineLoader {
    private let dataset: Dataset
    private let since: ValueColumn?
    private let tables: CustomerTables
    private var cursors: [EventCursor]
    /// By event slot.
    private let times: [TimeReader]
    private let columns: [BoundDataset.EventColumns]
    private let haveMoreThanTimes: [Bool]
    private let hasLateRows: Bool
    private var customer = 0
    /// The customers whose rows were found last, together: a table after another is faster than a customer after another.
    private var found = 0..<0
    /// Event slot after event slot, those of `blockSize` customers.
    private(set) var rows: [Range<Int>]
    /// How many rows each of them has.
    private var counts: [Int]

    private static let blockSize = 32

    /// Fastest for customers in ascending order from `customer` on.
    init(_ source: BoundDataset, from customer: Int) {
        dataset = source.dataset
        since = source.since
        tables = source.tables
        cursors = source.events.map { $0.table.cursor(from: customer) }
        times = cursors.map(\.times)
        columns = source.events
        hasLateRows = source.isLate
        haveMoreThanTimes = columns.map { $0.order != nil || !$0.properties.isEmpty }
        rows = [Range<Int>](repeating: 0..<0, count: source.events.count * Self.blockSize)
        counts = [Int](repeating: 0, count: Self.blockSize)
    }

    /// Returns how many rows the customer has.
    func find(_ customer: Int) -> Int {
        self.customer = customer
        if !found.contains(customer) { findBlock(customer..<customer + Self.blockSize) }
        return counts[place]
    }

    private func findBlock(_ customers: Range<Int>) {
        found = customers
        for place in counts.indices { counts[place] = 0 }
        Self.find(customers, &cursors, &rows, &counts)
    }

    private static func find(
        _ customers: Range<Int>, _ cursors: inout [EventCursor], _ rows: inout [Range<Int>], _ counts: inout [Int]
    ) {
        var target = rows.mutableSpan
        var sums = counts.mutableSpan
        for slot in cursors.indices {
            cursors[slot].rows(of: customers, into: &target, from: slot * blockSize, addingCountsTo: &sums)
        }
    }

    /// Where the customer who was found is in `rows`, for each slot.
    var place: Int { customer - found.lowerBound }

    /// By event slot.
    var ownRows: [Range<Int>] { cursors.indices.map { rows[$0 * Self.blockSize + place] } }

    /// Whether any row of the customer who was found became known after its time.
    var isLate: Bool { hasLateRows && hasLateRow }

    private var hasLateRow: Bool {
        columns.indices.contains { slot in
            guard let recorded = columns[slot].recorded else { return false }
            return rows[slot * Self.blockSize + place].contains { recorded[$0] != CustomerTimeline.missing }
        }
    }

    /// Copies the customer who was found, all but the rows.
    func loadAttributes(into timeline: inout CustomerTimeline) {
        let existsFrom = since.map { $0[customer] } ?? Int64.min
        let dataset = dataset
        timeline.reset(existsFrom: existsFrom, key: dataset.keyBytes(of: customer))
        timeline.setAttributes(tables, customer: customer)
    }

    /// Copies the customer who was found.
    func load(into timeline: inout CustomerTimeline) {
        loadAttributes(into: &timeline)
        for slot in cursors.indices {
            let rows = rows[slot * Self.blockSize + place]
            if rows.isEmpty { continue }
            timeline.reserve(slot: slot, rows: rows.count)
            timeline.fillTimes(slot: slot) { times[slot].copy(rows, into: &$0, from: $1) }
            if haveMoreThanTimes[slot] { loadRows(rows, slot, columns[slot], into: &timeline) }
            if hasLateRows, let recorded = columns[slot].recorded {
                timeline.setRecorded(slot: slot, rows.map { recorded[$0] })
            }
        }
    }

    private func loadRows(
        _ rows: Range<Int>, _ slot: Int, _ columns: BoundDataset.EventColumns, into timeline: inout CustomerTimeline
    ) {
        if let order = columns.order {
            timeline.fillOrder(slot: slot) { order.copy(rows, into: &$0, from: $1) }
        }
        for property in columns.properties.indices {
            timeline.fillProperty(slot: slot, property: property) {
                columns.properties[property].copy(rows, into: &$0, from: $1)
            }
        }
    }
}
