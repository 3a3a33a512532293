import CampaignPlan

/// Sorts and writes everything.
func writeDataset(
    _ rows: ImportedRows, schema: DataSchema, options: ImportOptions, into folder: PendingFolder
) throws -> ImportSummary {
    let clock = DatasetClock(
        first: rows.events.firstTime ?? 0, last: rows.events.lastTime ?? 0,
        areWholeSeconds: rows.events.areWholeSeconds)
    let customers = rows.customers
    let keys = SortedTexts(customers.keys, normalise: false)
    let attributes = customers.sortedTexts()
    var places: [String: SortedTexts] = [:]
    for (index, name) in rows.events.textNames.enumerated() {
        places[name] = SortedTexts(
            rows.events.texts[index].pool, used: rows.events.tables.flatMap { $0.values(textsAt: index) })
    }
    let names = schema.customer.attributes.map(\.name)
    let stream = try DatasetStream(
        folder: folder, schema: schema,
        attributeTexts: Dictionary(uniqueKeysWithValues: zip(names, attributes)), propertyTexts: places, clock: clock)
    try write(customers, keys, attributes, to: stream)
    for (index, table) in rows.events.tables.enumerated() {
        let sorting = RowSorting(
            customers: table.customers.map { keys.places[Int($0)] }, times: table.times, customerCount: customers.count)
        var batch = EventBatch(schema.events[index], clock: clock)
        for (position, customer) in sorting.customers.enumerated() {
            for row in sorting.rows[sorting.starts[position]..<sorting.starts[position + 1]] {
                let values = zip(table.properties, schema.events[index].properties).map { column, property in
                    column.value(Int(row), places: places[property.name]?.places)
                }
                batch.append(
                    customer: Int(customer), time: table.times[Int(row)], order: table.order[Int(row)],
                    values: values.span)
            }
        }
        try stream.append(batch, event: index)
    }
    var times: ClosedRange<Int64>?
    if let first = rows.events.firstTime, let last = rows.events.lastTime { times = first...last }
    return try stream.finish(
        times: times, catalogDigest: options.catalogDigest, sourcesDigest: options.sourcesDigest,
        skippedEvents: rows.events.skippedEvents, skippedRows: rows.skippedRows)
}

extension CustomerRows {
    /// The texts of each attribute; none for numbers.
    func sortedTexts() -> [SortedTexts] {
        zip(attributes, texts).map { values, texts in
            values.storage == .text ? SortedTexts(texts.pool, used: [values]) : SortedTexts([])
        }
    }
}

private func write(
    _ customers: CustomerRows, _ keys: SortedTexts, _ texts: [SortedTexts], to stream: DatasetStream
) throws {
    var rows = [Int](repeating: 0, count: customers.count)
    for (row, id) in keys.places.enumerated() { rows[Int(id)] = row }
    var values = [Int64](repeating: 0, count: customers.attributes.count)
    let bytes = keys.bytes.span
    for (id, row) in rows.enumerated() {
        for index in values.indices {
            let places = customers.attributes[index].storage == .text ? texts[index].places : nil
            values[index] = customers.attributes[index].value(row, places: places)
        }
        try stream.append(
            customer: bytes.extracting(keys.offsets[id]..<keys.offsets[id + 1]), values: values.span)
    }
}

extension CollectedValues {
    /// The number, or the place of the text; the least Int64 for a missing value.
    fileprivate func value(_ row: Int, places: [UInt32]?) -> Int64 {
        guard let places else { return numbers[row] }
        return codes[row] == DatasetFormat.missingCode ? DatasetFormat.missingNumber : Int64(places[Int(codes[row])])
    }
}

extension SortedTexts {
    /// The texts that these columns use; a bad row may have left others in the pool.
    fileprivate init(_ pool: TextPool, used columns: [CollectedValues]) {
        var isUsed = [Bool](repeating: false, count: pool.count)
        for column in columns { column.markUsed(&isUsed) }
        self.init(pool, isUsed: isUsed, normalise: true)
    }
}
