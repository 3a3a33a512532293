import CampaignPlan

/// Sorts and writes everything but the rename.
func writeDataset(
    _ rows: ImportedRows, schema: DataSchema, options: ImportOptions, into folder: PendingFolder
) throws -> ImportSummary {
    var writer = DatasetWriter(folder)
    var progress = ProgressReporter(options.progress)
    let ids = try write(rows.customers, schema: schema.customer, &writer)
    let places = try writeTexts(rows.events, &writer)
    let clock = DatasetClock(rows.events)
    var tables: [DatasetHeader.EventTable] = []
    for (table, event) in zip(rows.events.tables, schema.events) {
        progress.show(
            ImportProgress(
                phase: .writing, rows: tables.reduce(0) { $0 + $1.rows }, bytes: writer.bytes, bytesTotal: nil))
        let sorting = RowSorting(
            customers: table.customers.map { ids[Int($0)] }, times: table.times, customerCount: ids.count)
        try writer.write(.eventCustomers(event.name), sorting.customers)
        try writer.write(.eventStarts(event.name), indices: sorting.starts)
        switch clock.unit {
        case .second:
            try writer.write(
                .eventTimes(event.name),
                sorting.rows.map { UInt32(truncatingIfNeeded: (table.times[Int($0)] - clock.epoch) / 1000) })
        case .millisecond: try writer.write(.eventTimes(event.name), sorting.rows.map { table.times[Int($0)] })
        }
        try writer.write(.eventOrder(event.name), sorting.rows.map { table.order[Int($0)] })
        for (values, property) in zip(table.properties, event.properties) {
            try writer.write(
                .property(event: event.name, name: property.name), values, rows: sorting.rows,
                places: places[property.name] ?? [])
        }
        tables.append(
            DatasetHeader.EventTable(name: event.name, rows: sorting.rows.count, customers: sorting.customers.count))
    }
    let header = DatasetHeader(
        catalogDigest: options.catalogDigest, sourcesDigest: options.sourcesDigest, schema: StoredSchema(schema),
        customers: ids.count, events: tables, skippedEvents: rows.events.skippedEvents,
        skippedRows: rows.skippedRows, timeUnit: clock.unit, epoch: clock.epoch, firstTime: rows.events.firstTime,
        lastTime: rows.events.lastTime, columns: writer.columns)
    try writer.finish(header)
    return ImportSummary(
        customers: ids.count, events: tables, skippedEvents: header.skippedEvents, skippedRows: rows.skippedRows,
        bytes: writer.bytes)
}

/// The unit in which all times of a data set are stored.
private struct DatasetClock {
    var unit: DatasetHeader.TimeUnit
    /// Milliseconds since 1970.
    var epoch: Int64

    init(_ events: EventRows) {
        let first = events.firstTime ?? 0
        let last = events.lastTime ?? 0
        let fits = events.areWholeSeconds && (last - first) / 1000 <= Int64(UInt32.max)
        unit = fits ? .second : .millisecond
        epoch = fits ? first : 0
    }
}

/// The customers' ids by their place in the source.
private func write(
    _ customers: CustomerRows, schema: CustomerSchema, _ writer: inout DatasetWriter
) throws -> [UInt32] {
    let keys = SortedTexts(customers.keys, normalise: false)
    try writer.write(keys, offsets: .keyOffsets, bytes: .keyBytes)
    var rows = [UInt32](repeating: 0, count: customers.count)
    for (row, id) in keys.places.enumerated() { rows[Int(id)] = UInt32(truncatingIfNeeded: row) }
    for (index, attribute) in schema.attributes.enumerated() {
        let values = customers.attributes[index]
        var places: [UInt32] = []
        if attribute.type.storage == .text {
            let texts = SortedTexts(customers.texts[index].pool, used: [values])
            places = texts.places
            try writer.write(
                texts, offsets: .attributeDictionaryOffsets(attribute.name),
                bytes: .attributeDictionaryBytes(attribute.name))
        }
        try writer.write(.attribute(attribute.name), values, rows: rows, places: places)
    }
    return keys.places
}

/// The places of the texts of each property name.
private func writeTexts(_ events: EventRows, _ writer: inout DatasetWriter) throws -> [String: [UInt32]] {
    var places: [String: [UInt32]] = [:]
    for (index, name) in events.textNames.enumerated() {
        let texts = SortedTexts(
            events.texts[index].pool, used: events.tables.flatMap { $0.values(textsAt: index) })
        try writer.write(
            texts, offsets: .propertyDictionaryOffsets(name), bytes: .propertyDictionaryBytes(name))
        places[name] = texts.places
    }
    return places
}

extension SortedTexts {
    /// The texts that these columns use; a bad row may have left others in the pool.
    fileprivate init(_ pool: TextPool, used columns: [CollectedValues]) {
        var isUsed = [Bool](repeating: false, count: pool.count)
        for column in columns { column.markUsed(&isUsed) }
        self.init(pool, isUsed: isUsed, normalise: true)
    }
}
