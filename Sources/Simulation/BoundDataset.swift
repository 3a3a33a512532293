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
    }

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
                order: slot.needsOrder ? try table.order() : nil)
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

/// Finds the rows of one customer after another and copies them into a timeline; one for each thread.
struct TimelineLoader {
    private let source: BoundDataset
    private let tables: CustomerTables
    private var cursors: [EventCursor]
    private var customer = 0
    /// The customer's rows of each event slot.
    private(set) var rows: [Range<Int>]

    /// Fastest for customers in ascending order from `customer` on.
    init(_ source: BoundDataset, from customer: Int) {
        self.source = source
        tables = source.tables
        cursors = source.events.map { $0.table.cursor(from: customer) }
        rows = source.events.map { _ in 0..<0 }
    }

    /// Returns how many rows the customer has.
    mutating func find(_ customer: Int) -> Int {
        self.customer = customer
        var count = 0
        for slot in cursors.indices {
            rows[slot] = cursors[slot].rows(of: customer)
            count += rows[slot].count
        }
        return count
    }

    /// Copies the customer who was found, all but the rows.
    func loadAttributes(into timeline: inout CustomerTimeline) {
        let existsFrom = source.since.map { $0[customer] } ?? Int64.min
        timeline.reset(existsFrom: existsFrom, key: source.dataset.keyBytes(of: customer))
        timeline.setAttributes(tables, customer: customer)
    }

    /// Copies the customer who was found.
    func load(into timeline: inout CustomerTimeline) {
        loadAttributes(into: &timeline)
        for slot in rows.indices where !rows[slot].isEmpty { loadRows(slot, into: &timeline) }
    }

    private func loadRows(_ slot: Int, into timeline: inout CustomerTimeline) {
        let rows = rows[slot]
        let columns = source.events[slot]
        timeline.reserve(slot: slot, rows: rows.count)
        let times = cursors[slot].times
        timeline.fillTimes(slot: slot) { times.copy(rows, into: &$0, from: $1) }
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
