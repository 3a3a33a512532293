import CampaignPlan
import CivilTime
import Diagnostics

/// The events while they are being read, by type, in the order of the source.
struct EventRows {
    /// The rows of one type.
    struct Table {
        /// The customers' places in `CustomerRows`, later their ids.
        var customers: [UInt32] = []
        /// Milliseconds since 1970.
        var times: [Int64] = []
        /// Row numbers in the source, from 0.
        var order: [UInt32] = []
        /// In the order of the schema.
        var properties: [CollectedValues]
        fileprivate let readers: [ValueReader]
    }

    /// In the order of the schema.
    var tables: [Table] = []
    /// Names of the properties stored as text, sorted, and the texts of each.
    let textNames: [String]
    private(set) var texts: [ColumnTexts]
    private(set) var firstTime: Int64?
    private(set) var lastTime: Int64?
    /// True while every time is a whole second.
    private(set) var areWholeSeconds = true
    private let customerColumn: Int
    private let customerName: String
    private let eventColumn: Int
    private let eventName: String
    private let timeColumn: Int
    private let time: ValueReader
    /// Event types as they come, with the place of each in `tables`, nil for those that the schema does not list.
    private var types = TextPool()
    private var tableOfType: [Int?] = []
    private var skipped: [Int] = []
    private let tableNames: [String: Int]

    /// Nil where a column that is needed is not there.
    init?(_ events: [EventSchema], zone: TimeZoneRules, columns: inout SourceColumns) {
        let customer = columns.find("customer", default: "customer_id", for: "the customer", isRequired: true)
        let event = columns.find("event", default: "event", for: "the event type", isRequired: true)
        let time = columns.find("time", default: "timestamp", for: "the time", isRequired: true)
        let properties = events.flatMap(\.properties)
        let textProperties = properties.filter { $0.type.storage == .text }
        let textNames = Set(textProperties.map(\.name)).sorted()
        self.textNames = textNames
        texts = textNames.map { name in
            let isZone = textProperties.contains { $0.name == name && $0.type == .zone }
            return ColumnTexts(isAllowed: isZone ? ValueType.zone.textTest : nil)
        }
        var found: [String: (index: Int?, name: String)] = [:]
        for name in Set(properties.map(\.name)).sorted() {
            // The names of the roles cannot rename a property.
            let isRole = ["customer", "event", "time"].contains(name)
            found[name] = columns.find(
                isRole ? "" : name, default: name, for: "property `\(name)`",
                isRequired: properties.contains { $0.name == name && !$0.isOptional })
        }
        for event in events {
            let readers = event.properties.map { property in
                ValueReader(
                    column: found[property.name]?.index, columnName: found[property.name]?.name ?? property.name,
                    type: property.type, isRequired: !property.isOptional, isPersonal: false,
                    checksTexts: property.type == .zone, zone: zone,
                    texts: textNames.firstIndex(of: property.name) ?? 0)
            }
            tables.append(
                Table(properties: event.properties.map { CollectedValues($0.type.storage) }, readers: readers))
        }
        guard let customerColumn = customer.index, let eventColumn = event.index, let timeColumn = time.index,
            !columns.diagnostics.hasErrors
        else { return nil }
        self.customerColumn = customerColumn
        self.customerName = customer.name
        self.eventColumn = eventColumn
        self.eventName = event.name
        self.timeColumn = timeColumn
        self.time = ValueReader(
            column: timeColumn, columnName: time.name, type: .instant, isRequired: true, isPersonal: false,
            checksTexts: false, zone: zone, texts: 0)
        self.tableNames = Dictionary(
            uniqueKeysWithValues: events.enumerated().map { ($0.element.name, $0.offset) })
    }

    /// Rows of types that the schema does not list, sorted by name.
    var skippedEvents: [DatasetHeader.SkippedEvents] {
        skipped.indices.filter { skipped[$0] > 0 }
            .map { DatasetHeader.SkippedEvents(name: types.text(of: UInt32($0)), rows: skipped[$0]) }
            .sorted { $0.name < $1.name }
    }

    /// Reads every row. Throws `SourceFailure`.
    mutating func read(
        _ reader: inout CSVReader, customers: CustomerRows, log: inout BadRowLog, progress: inout ProgressReporter
    ) throws {
        var values = [Int64](repeating: 0, count: tables.map(\.readers.count).max() ?? 0)
        while try reader.next() {
            progress.read(.readingEvents, reader)
            do {
                try readRow(reader, customers, &values, &log)
            } catch {
                log.add(error, line: reader.line)
            }
        }
    }

    private mutating func readRow(
        _ reader: borrowing CSVReader, _ customers: CustomerRows, _ values: inout [Int64], _ log: inout BadRowLog
    ) throws(RowDefect) {
        if let defect = reader.defect() { throw defect }
        guard let table = try table(reader) else { return }
        if reader.field(customerColumn).isEmpty { throw .missing(customerName) }
        guard let customer = customers.keys.find(reader.field(customerColumn)) else {
            if customers.rejected.find(reader.field(customerColumn)) != nil {
                log.addFollower()
                return
            }
            throw .unknownCustomer(reader.text(of: customerColumn))
        }
        let instant = try time.read(reader.field(timeColumn), &texts)
        let count = tables[table].readers.count
        for index in 0..<count {
            let property = tables[table].readers[index]
            values[index] =
                if let column = property.column {
                    try property.read(reader.field(column), &texts)
                } else {
                    DatasetFormat.missingNumber
                }
        }
        firstTime = min(firstTime ?? instant, instant)
        lastTime = max(lastTime ?? instant, instant)
        if instant % 1000 != 0 { areWholeSeconds = false }
        tables[table].customers.append(customer)
        tables[table].times.append(instant)
        tables[table].order.append(UInt32(truncatingIfNeeded: reader.rows - 1))
        for index in 0..<count { tables[table].properties[index].append(values[index]) }
    }

    /// The table of the row's event type; nil for a type that the schema does not list.
    private mutating func table(_ reader: borrowing CSVReader) throws(RowDefect) -> Int? {
        if reader.field(eventColumn).isEmpty { throw .missing(eventName) }
        let type = Int(types.code(of: reader.field(eventColumn)))
        if type == tableOfType.count {
            tableOfType.append(tableNames[types.text(of: UInt32(type))])
            skipped.append(0)
        }
        if tableOfType[type] == nil { skipped[type] += 1 }
        return tableOfType[type]
    }
}

extension EventRows.Table {
    /// The columns stored as text that share the texts at `index`.
    func values(textsAt index: Int) -> [CollectedValues] {
        zip(readers, properties).filter { $0.texts == index && $1.storage == .text }.map { $1 }
    }
}
