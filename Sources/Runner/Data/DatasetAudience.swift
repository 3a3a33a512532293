package import CampaignPlan
package import CivilTime
package import Dataset
package import Timeline

/// A data set and what arrived since it was imported.
package final class DatasetAudience: Audience {
    private let dataset: Dataset
    private let schema: DataSchema
    private var live: LiveData
    private var layout = TimelineLayout(events: [], attributes: [])
    private var attributes: [ValueColumn] = []
    private var since: ValueColumn?
    private var slots: [Slot] = []
    /// Columns of texts that are addresses, by attribute.
    private var addresses: [String: ValueColumn] = [:]

    private struct Slot {
        let event: String
        let properties: [String]
        /// Where ties with other event types are broken by input order.
        let order: SourceOrder?
        /// Nil: no row became known after its time.
        let recorded: ValueColumn?
        let table: EventTable
        let columns: [ValueColumn]
        var cursor: EventCursor
    }

    /// The data set's schema is that of the plans to come. `zone`: what instants of the inbox without an offset are read
    /// in.
    package init(_ dataset: Dataset, schema: DataSchema, zone: TimeZoneRules) throws {
        self.dataset = dataset
        self.schema = schema
        live = LiveData(schema: schema, zone: zone)
        since = try schema.customer.since.map { try dataset.attribute($0) }
        for attribute in schema.customer.attributes where attribute.type.storage == .text {
            live.attributeTexts[attribute.name] = LiveTexts(try dataset.dictionary(attribute: attribute.name))
        }
        for property in schema.events.flatMap(\.properties) where property.type.storage == .text {
            if live.propertyTexts[property.name] != nil { continue }
            live.propertyTexts[property.name] = LiveTexts(try dataset.dictionary(property: property.name))
        }
    }

    package var customerCount: Int { dataset.customerCount }
    package func key(of customer: Int) -> String { dataset.key(of: customer) }
    package func customer(named key: String) -> Int? { dataset.customer(named: key) }

    package func bind(_ plan: Plan) throws -> BoundPlan {
        layout = TimelineLayout(of: plan)
        attributes = try layout.attributes.map { try dataset.attribute($0) }
        addresses = [:]
        for name in schema.channels.compactMap(\.address) { addresses[name] = try dataset.attribute(name) }
        slots = try layout.events.map { slot in
            let table = try dataset.events(slot.event)
            return Slot(
                event: slot.event, properties: slot.properties,
                order: slot.needsOrder ? try table.order() : nil, recorded: try table.recorded(), table: table,
                columns: try slot.properties.map { try table.property($0) }, cursor: table.cursor())
        }
        return Timeline.bind(plan, vocabulary: live)
    }

    package func load(_ customer: Int, into timeline: inout CustomerTimeline) {
        let own = live.attributes[customer]
        var existsFrom = since.map { $0[customer] } ?? Int64.min
        if let name = schema.customer.since, let value = own?[name] { existsFrom = value }
        let dataset = dataset
        timeline.reset(existsFrom: existsFrom, key: dataset.keyBytes(of: customer))
        for (slot, name) in layout.attributes.enumerated() {
            timeline.setAttribute(slot: slot, own?[name] ?? attributes[slot][customer])
        }
        let events = live.events[customer]
        for index in slots.indices {
            let added = events?[slots[index].event] ?? []
            let rows = slots[index].cursor.rows(of: customer)
            if added.isEmpty {
                if !rows.isEmpty { copy(rows, of: slots[index], slot: index, into: &timeline) }
            } else {
                merge(rows, of: slots[index], added, slot: index, into: &timeline)
            }
        }
    }

    package func text(ofAttribute name: String, customer: Int) -> String? {
        guard let column = addresses[name] else { return nil }
        let code = live.attributes[customer]?[name] ?? column[customer]
        return code == CustomerTimeline.missing ? nil : live.attributeTexts[name]?[Int(clamping: code)]
    }

    package func check(_ record: LiveRecord) throws {
        guard dataset.customer(named: record.customer) != nil else {
            throw LiveDefect("the customer is not in the customers' source")
        }
        try live.check(record)
    }

    package func add(_ record: LiveRecord) -> Bool {
        guard let customer = dataset.customer(named: record.customer) else { return false }
        return live.add(record, customer: customer)
    }

    private func copy(
        _ rows: Range<Int>, of slot: Slot, slot index: Int, into timeline: inout CustomerTimeline
    ) {
        timeline.reserve(slot: index, rows: rows.count)
        timeline.fillTimes(slot: index) { slot.table.copyTimes(rows, into: &$0, from: $1) }
        if let order = slot.order { timeline.fillOrder(slot: index) { order.copy(rows, into: &$0, from: $1) } }
        for (property, column) in slot.columns.enumerated() {
            timeline.fillProperty(slot: index, property: property) { column.copy(rows, into: &$0, from: $1) }
        }
        if let recorded = slot.recorded { timeline.setRecorded(slot: index, rows.map { recorded[$0] }) }
    }

    /// Imported rows and live ones by time; at one instant the imported ones come first.
    private func merge(
        _ rows: Range<Int>, of slot: Slot, _ added: [LiveData.Event], slot index: Int,
        into timeline: inout CustomerTimeline
    ) {
        var lines: [(time: Int64, order: Int64, values: [Int64], recorded: Int64)] = rows.map { row in
            (
                slot.table.time(row).milliseconds, slot.order.map { Int64($0[row]) } ?? Int64(row),
                slot.columns.map { $0[row] }, slot.recorded?[row] ?? CustomerTimeline.missing
            )
        }
        for event in added {
            let values = slot.properties.map { event.values[$0] ?? CustomerTimeline.missing }
            lines.append((event.time, event.order, values, event.recorded))
        }
        lines.sort { ($0.time, $0.order) < ($1.time, $1.order) }
        timeline.load(
            slot: index, times: lines.map(\.time), order: lines.map(\.order),
            properties: slot.properties.indices.map { property in lines.map { $0.values[property] } })
        if lines.contains(where: { $0.recorded > $0.time }) {
            timeline.setRecorded(slot: index, lines.map(\.recorded))
        }
    }
}
