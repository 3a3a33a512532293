package import CampaignPlan

/// Writes a data set in its own order and in bounded memory: customers in ascending order of keys, and per event type
/// rows in the order of (customer, time, order).
///
/// Nothing is at the target before `finish`; a stream that is dropped without it leaves nothing behind. Not for several
/// threads at once, but batches of events can be made on any.
package final class DatasetStream {
    /// Columns of one event type.
    private struct Table {
        let event: EventSchema
        let customers: ColumnFile
        let starts: ColumnFile
        let times: ColumnFile
        let order: ColumnFile
        let properties: [ColumnFile]
        /// What `append(event:)` has collected.
        var batch: EventBatch
        var rows = 0
        var customerCount = 0
        var lastCustomer: UInt32?
    }

    package let clock: DatasetClock
    private let schema: DataSchema
    private let folder: PendingFolder
    private let keyOffsets: ColumnFile
    private let keyBytes: ColumnFile
    private var attributes: [ColumnFile] = []
    private var dictionaries: [ColumnFile] = []
    private var tables: [Table] = []
    private var keys: [UInt8] = []
    private var keyEnds: [Int] = [0]
    private var keyByteCount = 0
    private var collected: [CollectedValues]
    private(set) var customerCount = 0
    private var isFinished = false

    private static let batchRows = 1 << 12

    /// - Parameters:
    ///   - target: The data set's folder.
    ///   - attributeTexts: The texts of each attribute that is stored as text, by its name.
    ///   - propertyTexts: The texts of the properties of each name that are stored as text.
    ///   - clock: For the times of all events.
    ///
    /// Throws a `DatasetError` if something that is not a data set is at the target or it cannot be written.
    package convenience init(
        target: String, schema: DataSchema, attributeTexts: [String: SortedTexts], propertyTexts: [String: SortedTexts],
        clock: DatasetClock
    ) throws {
        try self.init(
            folder: PendingFolder(target: target), schema: schema, attributeTexts: attributeTexts,
            propertyTexts: propertyTexts, clock: clock)
    }

    init(
        folder: PendingFolder, schema: DataSchema, attributeTexts: [String: SortedTexts],
        propertyTexts: [String: SortedTexts], clock: DatasetClock, isRecorded: Bool = false
    ) throws {
        self.folder = folder
        self.schema = schema
        self.clock = clock
        let properties = schema.events.flatMap(\.properties)
        let columnCount = schema.customer.attributes.count + schema.events.count * 5 + properties.count
        var number = 0
        // Many columns share the memory that a few can have for themselves.
        let bufferBytes = min(1 << 16, max(1 << 12, (1 << 24) / max(1, columnCount)))
        func column(_ role: ColumnRole, _ element: ColumnDescriptor.Element) -> ColumnFile {
            number += 1
            return ColumnFile(role, element, number: number, bufferBytes: bufferBytes, in: folder)
        }
        func column(_ role: ColumnRole, _ type: ValueType) -> ColumnFile {
            switch type.storage {
            case .text: column(role, .u32)
            case .number: column(role, .i64)
            }
        }
        var dictionaries: [ColumnFile] = []
        func write(_ texts: SortedTexts, _ offsets: ColumnRole, _ bytes: ColumnRole) throws {
            let files = [column(offsets, .u32), column(bytes, .u8)]
            try files[0].append(indices: texts.offsets)
            try files[1].append(texts.bytes)
            dictionaries += files
        }
        keyOffsets = column(.keyOffsets, .u32)
        keyBytes = column(.keyBytes, .u8)
        collected = schema.customer.attributes.map { CollectedValues($0.type.storage) }
        for attribute in schema.customer.attributes {
            if attribute.type.storage == .text {
                try write(
                    attributeTexts[attribute.name] ?? SortedTexts([]), .attributeDictionaryOffsets(attribute.name),
                    .attributeDictionaryBytes(attribute.name))
            }
            attributes.append(column(.attribute(attribute.name), attribute.type))
        }
        for name in Set(properties.filter { $0.type.storage == .text }.map(\.name)).sorted() {
            try write(
                propertyTexts[name] ?? SortedTexts([]), .propertyDictionaryOffsets(name),
                .propertyDictionaryBytes(name))
        }
        for event in schema.events {
            tables.append(
                Table(
                    event: event, customers: column(.eventCustomers(event.name), .u32),
                    starts: column(.eventStarts(event.name), .u32),
                    times: column(.eventTimes(event.name), clock.unit == .second ? .u32 : .i64),
                    order: column(.eventOrder(event.name), .u32),
                    properties: event.properties.map { column(.property(event: event.name, name: $0.name), $0.type) }
                        + (isRecorded ? [column(.eventRecorded(event.name), .i64)] : []),
                    batch: EventBatch(event, clock: clock, isRecorded: isRecorded)))
        }
        self.dictionaries = dictionaries
    }

    deinit {
        if !isFinished { folder.discard() }
    }

    /// Adds the next customer, whose key comes after those before bytewise; its id is how many were there.
    ///
    /// `values` are in the order of the schema's attributes: the number, or the place of the text in its dictionary;
    /// `DatasetFormat.missingNumber` for a missing one.
    package func append(customer key: Span<UInt8>, values: Span<Int64>) throws {
        precondition(values.count == collected.count, "a value for each attribute")
        key.withUnsafeBufferPointer { keys.append(contentsOf: $0) }
        keyByteCount += key.count
        keyEnds.append(keyByteCount)
        for index in collected.indices { collected[index].append(values[index]) }
        customerCount += 1
        if keyEnds.count >= Self.batchRows { try flushCustomers() }
    }

    /// Adds a row of the type at `event` in the schema, after those of the type that come before it; see
    /// `EventBatch.append`. Not to be mixed with batches.
    package func append(event: Int, customer: Int, time: Int64, order: UInt32, values: Span<Int64>) throws {
        tables[event].batch.append(customer: customer, time: time, order: order, values: values)
        if tables[event].batch.count >= Self.batchRows { try flushRows(event) }
    }

    /// Adds rows of the type at `event` in the schema; they follow all that have been added.
    package func append(_ batch: EventBatch, event: Int) throws {
        precondition(batch.clock == clock, "times of another clock")
        guard let first = batch.customers.first else { return }
        let table = tables[event]
        // A customer's rows may go on from one batch to the next.
        let continues = table.lastCustomer == first
        precondition(continues || table.lastCustomer.map { $0 < first } ?? true, "customers out of order")
        if !continues, table.rows > 0 { try table.starts.append(indices: [table.rows]) }
        if table.rows == 0 { try table.starts.append(indices: [0]) }
        try table.starts.append(indices: batch.ends.dropLast().map { $0 + table.rows })
        try table.customers.append(batch.customers, from: continues ? 1 : 0)
        switch clock.unit {
        case .second: try table.times.append(batch.times.codes)
        case .millisecond: try table.times.append(batch.times.numbers)
        }
        try table.order.append(batch.order)
        for (file, values) in zip(table.properties, batch.properties) { try file.append(values) }
        tables[event].rows += batch.count
        tables[event].customerCount += batch.customers.count - (continues ? 1 : 0)
        tables[event].lastCustomer = batch.customers.last
    }

    /// Bytes of all columns so far.
    package var bytes: Int {
        [keyOffsets, keyBytes].reduce(0) { $0 + $1.bytes } + (attributes + dictionaries).reduce(0) { $0 + $1.bytes }
            + tables.reduce(0) { sum, table in
                sum
                    + ([table.customers, table.starts, table.times, table.order] + table.properties)
                    .reduce(0) { $0 + $1.bytes }
            }
    }

    /// Writes the header and puts the data set in the target's place.
    ///
    /// - Parameters:
    ///   - times: The first and the last time of all events, in milliseconds since 1970; nil without events.
    ///   - catalogDigest, sourcesDigest: As in `ImportOptions`.
    package func finish(
        times: ClosedRange<Int64>?, catalogDigest: String, sourcesDigest: String,
        skippedEvents: [DatasetHeader.SkippedEvents] = [], skippedRows: Int = 0
    ) throws -> ImportSummary {
        try flushCustomers()
        for index in tables.indices {
            try flushRows(index)
            try tables[index].starts.append(indices: [tables[index].rows])
        }
        let events = tables.map {
            DatasetHeader.EventTable(name: $0.event.name, rows: $0.rows, customers: $0.customerCount)
        }
        let header = DatasetHeader(
            catalogDigest: catalogDigest, sourcesDigest: sourcesDigest, schema: StoredSchema(schema),
            customers: customerCount, events: events, skippedEvents: skippedEvents, skippedRows: skippedRows,
            timeUnit: clock.unit, epoch: clock.epoch, firstTime: times?.lowerBound, lastTime: times?.upperBound,
            columns: try finishColumns())
        let text = try header.encoded()
        try folder.append(text, to: DatasetFormat.headerFile)
        try folder.append(Checksum.line(Checksum.crc32(text)).utf8, to: DatasetFormat.headerChecksumFile)
        try folder.commit()
        isFinished = true
        return ImportSummary(
            customers: customerCount, events: events, skippedEvents: skippedEvents, skippedRows: skippedRows,
            bytes: bytes)
    }

    private func finishColumns() throws -> [ColumnDescriptor] {
        var files = [keyOffsets, keyBytes] + dictionaries + attributes
        for table in tables {
            files += [table.customers, table.starts, table.times, table.order] + table.properties
        }
        return try files.map { try $0.finish() }.sorted { $0.file < $1.file }
    }

    private func flushCustomers() throws {
        // The first time with the 0 at which the first key begins.
        let (ends, bytes) = (keyEnds, keys)
        keyEnds = []
        keys = []
        try keyOffsets.append(indices: ends)
        try keyBytes.append(bytes)
        for index in collected.indices {
            try attributes[index].append(collected[index])
            collected[index].removeAll()
        }
    }

    private func flushRows(_ event: Int) throws {
        try append(tables[event].batch, event: event)
        tables[event].batch.removeAll()
    }
}
