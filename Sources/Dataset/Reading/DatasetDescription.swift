package import CampaignPlan
package import CivilTime

/// What a data set holds, for people.
package struct DatasetDescription: Sendable {
    package struct Column: Sendable {
        package let name: String
        package let type: ValueType
        package let isPersonal: Bool
        /// Rows without a value.
        package let missing: Int
        /// Different texts among all columns that share the dictionary; nil for numbers.
        package let texts: Int?
        package let bytes: Int
    }

    package struct Events: Sendable {
        package let name: String
        package let rows: Int
        package let customers: Int
        package let properties: [Column]
    }

    package let path: String
    package let formatVersion: Int
    package let catalog: String
    package let catalogDigest: String
    package let sourcesDigest: String
    package let customers: Int
    package let attributes: [Column]
    package let events: [Events]
    package let skippedEvents: [DatasetHeader.SkippedEvents]
    /// Rows that the import left out.
    package let skippedRows: Int
    /// The earliest and the latest event; nil without events.
    package let firstTime: Instant?
    package let lastTime: Instant?
    /// True where an event's time has a fraction of a second, or the range is too long for UInt32 seconds.
    package let hasMilliseconds: Bool
    /// Bytes of all column files.
    package let bytes: Int

    /// Every event of every type.
    package var rows: Int { events.reduce(0) { $0 + $1.rows } }
}

extension Dataset {
    /// From the header alone; no column is read.
    package var summary: DatasetDescription {
        let columns = Dictionary(
            header.columns.compactMap { column in ColumnRole(column).map { ($0, column) } },
            uniquingKeysWith: { first, _ in first })
        func describe(
            _ name: String, _ type: ValueType, isPersonal: Bool, _ role: ColumnRole, _ dictionary: ColumnRole
        ) -> DatasetDescription.Column {
            DatasetDescription.Column(
                name: name, type: type, isPersonal: isPersonal, missing: columns[role]?.missing ?? 0,
                texts: type.storage == .text ? columns[dictionary].map { $0.count - 1 } : nil,
                bytes: columns[role]?.bytes ?? 0)
        }
        return DatasetDescription(
            path: path, formatVersion: header.version, catalog: schema.name, catalogDigest: header.catalogDigest,
            sourcesDigest: header.sourcesDigest, customers: customerCount,
            attributes: schema.customer.attributes.map {
                describe(
                    $0.name, $0.type, isPersonal: $0.isPersonal, .attribute($0.name),
                    .attributeDictionaryOffsets($0.name))
            },
            events: zip(schema.events, header.events).map { event, table in
                DatasetDescription.Events(
                    name: event.name, rows: table.rows, customers: table.customers,
                    properties: event.properties.map {
                        describe(
                            $0.name, $0.type, isPersonal: false, .property(event: event.name, name: $0.name),
                            .propertyDictionaryOffsets($0.name))
                    })
            },
            skippedEvents: header.skippedEvents, skippedRows: header.skippedRows, firstTime: firstTime,
            lastTime: lastTime, hasMilliseconds: header.timeUnit == .millisecond,
            bytes: header.columns.reduce(0) { $0 + $1.bytes })
    }
}
