import CampaignPlan
import CivilTime
import Diagnostics

/// The customers while they are being read, in the order of the source.
struct CustomerRows {
    /// Keys; a key's code is the customer's place here.
    private(set) var keys = TextPool()
    /// Keys of bad rows: events of theirs have no fault of their own.
    private(set) var rejected = TextPool()
    /// In the order of the schema.
    private(set) var attributes: [CollectedValues]
    /// The texts of each attribute; empty for numbers.
    private(set) var texts: [ColumnTexts]
    /// Where each customer's row begins.
    private var lines: [UInt64] = []
    private let keyColumn: Int
    private let keyName: String
    private let readers: [ValueReader]

    /// Nil where a column that is needed is not there.
    init?(_ schema: CustomerSchema, zone: TimeZoneRules, columns: inout SourceColumns) {
        let key = columns.find(schema.key, default: schema.key, for: "the customer key", isRequired: true)
        var readers: [ValueReader] = []
        let spans = ZoneSpans(zone)
        for (index, attribute) in schema.attributes.enumerated() {
            let isRequired = !attribute.isOptional || attribute.name == schema.since
            let column = columns.find(
                attribute.name, default: attribute.name, for: "attribute `\(attribute.name)`", isRequired: isRequired)
            readers.append(
                ValueReader(
                    column: column.index, columnName: column.name, type: attribute.type, isRequired: isRequired,
                    isPersonal: attribute.isPersonal, checksTexts: attribute.textTest != nil, zone: zone, spans: spans,
                    texts: index))
        }
        guard let keyColumn = key.index, !columns.diagnostics.hasErrors else { return nil }
        self.keyColumn = keyColumn
        self.keyName = key.name
        self.readers = readers
        self.attributes = schema.attributes.map { CollectedValues($0.type.storage) }
        self.texts = schema.attributes.map { ColumnTexts(isAllowed: $0.textTest) }
    }

    var count: Int { keys.count }

    /// Reads every row. Throws `SourceFailure`.
    mutating func read(
        _ reader: consuming CSVReader, log: inout BadRowLog, progress: inout ProgressReporter, _ options: ImportOptions
    ) throws {
        var values = [Int64](repeating: 0, count: readers.count)
        while try reader.next() {
            progress.read(.readingCustomers, reader)
            if reader.rows & 0xFFF == 0, options.isCancelled?() == true { throw CancellationError() }
            do {
                try readRow(reader, &values)
            } catch {
                log.add(error, line: reader.line)
            }
        }
    }

    private mutating func readRow(_ reader: borrowing CSVReader, _ values: inout [Int64]) throws(RowDefect) {
        if let defect = reader.defect() {
            reject(reader)
            throw defect
        }
        if reader.field(keyColumn).isEmpty { throw .missing(keyName) }
        if let known = keys.find(reader.field(keyColumn)) {
            throw .repeatedCustomer(reader.text(of: keyColumn), line: Int(lines[Int(known)]))
        }
        do throws(RowDefect) {
            for index in readers.indices {
                values[index] =
                    if let column = readers[index].column {
                        try readers[index].read(reader.field(column), &texts)
                    } else {
                        DatasetFormat.missingNumber
                    }
            }
        } catch {
            reject(reader)
            throw error
        }
        _ = keys.code(of: reader.field(keyColumn))
        lines.append(UInt64(reader.line))
        for index in values.indices { attributes[index].append(values[index]) }
    }

    private mutating func reject(_ reader: borrowing CSVReader) {
        guard keyColumn < reader.fieldCount, !reader.field(keyColumn).isEmpty else { return }
        _ = rejected.code(of: reader.field(keyColumn))
    }
}

extension AttributeSchema {
    /// Which texts the attribute may be; nil: every one.
    fileprivate var textTest: (@Sendable (String) -> Bool)? {
        if let values {
            let known = Set(values)
            return { known.contains($0) }
        }
        return type.textTest
    }
}

extension ValueType {
    /// Which texts a value of the type may be; nil: every one.
    var textTest: (@Sendable (String) -> Bool)? {
        switch self {
        case .zone: { TimeZoneRules.named($0) != nil }
        case .text, .integer, .decimal, .boolean, .instant, .date, .email, .phone, .consent: nil
        }
    }
}
