import CampaignPlan

/// Sorts and writes everything.
func writeDataset(
    _ rows: ImportedRows, schema: DataSchema, options: ImportOptions, into folder: PendingFolder
) throws -> ImportSummary {
    let events = rows.events
    let names = schema.customer.attributes.map(\.name)
    let attributes = rows.customers.sortedTexts()
    let (texts, places) = mergeTexts(events, rows.columns.textNames)
    let stream = try DatasetStream(
        folder: folder, schema: schema,
        attributeTexts: Dictionary(uniqueKeysWithValues: zip(names, attributes)), propertyTexts: texts,
        clock: DatasetClock(
            first: events.totals.times?.lowerBound ?? 0, last: events.totals.times?.upperBound ?? 0,
            areWholeSeconds: events.totals.areWholeSeconds), isRecorded: rows.columns.recorded != nil)
    try write(rows.customers, rows.keys, attributes, to: stream)
    try writeEvents(
        events, columns: rows.columns, layout: rows.layout, bins: rows.bins, places: places, options: options,
        to: stream)
    return try stream.finish(
        times: events.totals.times, catalogDigest: options.catalogDigest, sourcesDigest: options.sourcesDigest,
        skippedEvents: events.skippedEvents, skippedRows: rows.skippedRows)
}

/// The dictionary of each name of all threads' texts, and the places in it by thread, by name, by code.
private func mergeTexts(
    _ events: ReadEvents, _ names: [String]
) -> (dictionaries: [String: SortedTexts], places: [Int: [[UInt32]]]) {
    var dictionaries: [String: SortedTexts] = [:]
    var places: [Int: [[UInt32]]] = [:]
    for (index, name) in names.enumerated() {
        var pool = TextPool()
        let codes = events.texts.mapValues { texts in texts[index].usedCodes(in: &pool) }
        let texts = SortedTexts(pool, normalise: true)
        dictionaries[name] = texts
        for (worker, codes) in codes {
            places[worker, default: []].append(
                codes.map { $0 == DatasetFormat.missingCode ? $0 : texts.places[Int($0)] })
        }
    }
    return (dictionaries, places)
}

extension ColumnTexts {
    /// By code: the code in another pool, which is given the texts that are in use.
    fileprivate func usedCodes(in other: inout TextPool) -> [UInt32] {
        pool.withBytes { bytes in
            isUsed.indices.map { code in
                guard isUsed[code] else { return DatasetFormat.missingCode }
                return other.code(of: Span(_unsafeElements: UnsafeBufferPointer(rebasing: bytes[pool.range(code)])))
            }
        }
    }
}

extension CustomerRows {
    /// The texts of each attribute; none for numbers.
    fileprivate func sortedTexts() -> [SortedTexts] {
        zip(attributes, texts).map { values, texts in
            guard values.storage == .text else { return SortedTexts([]) }
            // A bad row may have left others in the pool.
            var isUsed = [Bool](repeating: false, count: texts.pool.count)
            values.markUsed(&isUsed)
            return SortedTexts(texts.pool, isUsed: isUsed, normalise: true)
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
