import Foundation

/// The contents of `header.json`.
package struct DatasetHeader: Codable, Equatable, Sendable {
    package struct EventTable: Codable, Equatable, Sendable {
        package var name: String
        package var rows: Int
        /// Distinct customers with such an event.
        package var customers: Int
    }

    package struct SkippedEvents: Codable, Equatable, Sendable {
        package var name: String
        package var rows: Int
    }

    package enum TimeUnit: String, Codable, Sendable {
        /// UInt32 seconds since `epoch`.
        case second
        /// Int64 milliseconds since 1970.
        case millisecond
    }

    package var format = DatasetFormat.name
    package var version = DatasetFormat.version
    /// As given by the importer.
    package var catalogDigest: String
    /// As given by the importer.
    package var sourcesDigest: String
    package var schema: StoredSchema
    package var customers: Int
    /// In the order of the schema.
    package var events: [EventTable]
    /// Event types that the catalog does not list, sorted by name.
    package var skippedEvents: [SkippedEvents]
    /// Rows left out as bad or as events of customers with a bad row.
    package var skippedRows: Int
    package var timeUnit: TimeUnit
    /// Milliseconds since 1970, a whole second.
    package var epoch: Int64
    /// Milliseconds since 1970; nil without events.
    package var firstTime: Int64?
    package var lastTime: Int64?
    package var columns: [ColumnDescriptor]

    /// The canonical bytes of `header.json`.
    package func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(self))
    }

    package init(decoding bytes: [UInt8]) throws {
        self = try JSONDecoder().decode(DatasetHeader.self, from: Data(bytes))
    }

    init(
        catalogDigest: String, sourcesDigest: String, schema: StoredSchema, customers: Int, events: [EventTable],
        skippedEvents: [SkippedEvents], skippedRows: Int, timeUnit: TimeUnit, epoch: Int64, firstTime: Int64?,
        lastTime: Int64?, columns: [ColumnDescriptor]
    ) {
        self.catalogDigest = catalogDigest
        self.sourcesDigest = sourcesDigest
        self.schema = schema
        self.customers = customers
        self.events = events
        self.skippedEvents = skippedEvents
        self.skippedRows = skippedRows
        self.timeUnit = timeUnit
        self.epoch = epoch
        self.firstTime = firstTime
        self.lastTime = lastTime
        self.columns = columns
    }
}

/// Only what tells whether the rest of a header can be read.
struct DatasetHeaderPreamble: Codable {
    var format: String
    var version: Int

    init(decoding bytes: [UInt8]) throws {
        self = try JSONDecoder().decode(DatasetHeaderPreamble.self, from: Data(bytes))
    }
}
