package import CampaignPlan
internal import CivilTime
internal import Foundation

/// Reads a file of the inbox: events (`NAME.events.csv`, `NAME.events.ndjson`) or new values of customers' attributes
/// (`NAME.customers.csv`, `NAME.customers.ndjson`), with the columns or members of the workspace's sources.
package struct InboxParser: Sendable {
    private let sources: DataSources?
    private let customerKey: String

    package enum Kind: Hashable, Sendable {
        case events, customers
    }

    package struct Line: Hashable, Sendable {
        /// From 1.
        package var number: Int
        package var record: LiveRecord
    }

    package struct Content: Hashable, Sendable {
        package var lines: [Line] = []
        /// Lines that cannot be read, and why.
        package var defects: [(line: Int, message: String)] = []

        package static func == (a: Content, b: Content) -> Bool {
            a.lines == b.lines && a.defects.map(\.line) == b.defects.map(\.line)
        }

        package func hash(into hasher: inout Hasher) { hasher.combine(lines) }
    }

    package init(schema: DataSchema, sources: DataSources?) {
        self.sources = sources
        customerKey = schema.customer.key
    }

    /// Nil for a file that is not taken: another ending, or a hidden one that is still being written.
    package static func kind(ofFile name: String) -> Kind? {
        if name.hasPrefix(".") { return nil }
        if name.hasSuffix(".events.csv") || name.hasSuffix(".events.ndjson") { return .events }
        if name.hasSuffix(".customers.csv") || name.hasSuffix(".customers.ndjson") { return .customers }
        return nil
    }

    /// `now`: the time of new values of attributes.
    package func parse(_ bytes: [UInt8], named name: String, now: Int64) -> Content {
        guard let kind = Self.kind(ofFile: name) else { return Content() }
        let table = kind == .events ? sources?.events : sources?.customers
        let zone = table.flatMap { TimeZoneRules.named($0.zone) } ?? .utc
        let columns = table?.columns ?? [:]
        var content = Content()
        let rows =
            name.hasSuffix(".csv")
            ? Self.csv(bytes, needing: needed(kind, columns), &content) : Self.lines(bytes, &content)
        for row in rows {
            do {
                let record =
                    switch kind {
                    case .events: try event(row.values, columns, zone)
                    case .customers: try customer(row.values, columns, now)
                    }
                content.lines.append(Line(number: row.line, record: record))
            } catch {
                content.defects.append((row.line, error.message))
            }
        }
        content.defects.sort { $0.line < $1.line }
        return content
    }

    /// The columns without which no line can be read.
    private func needed(_ kind: Kind, _ columns: [String: String]) -> [String] {
        switch kind {
        case .events:
            [columns["customer"] ?? "customer_id", columns["event"] ?? "event", columns["time"] ?? "timestamp"]
        case .customers: [columns[customerKey] ?? customerKey]
        }
    }

    private func event(
        _ row: [String: String], _ columns: [String: String], _ zone: TimeZoneRules
    ) throws(LiveDefect) -> LiveRecord {
        let customer = try field(columns["customer"] ?? "customer_id", of: row)
        let event = try field(columns["event"] ?? "event", of: row)
        let name = columns["time"] ?? "timestamp"
        let text = try field(name, of: row)
        guard let time = InstantText(parsing: text) else { throw LiveDefect("`\(name)` is not an instant") }
        var record = LiveRecord(
            customer: customer, event: event, time: time.instant(in: zone).milliseconds, values: renamed(row, columns))
        record.recorded = try recorded(row, columns, zone).flatMap { $0 > record.time ? $0 : nil }
        return record
    }

    private func recorded(
        _ row: [String: String], _ columns: [String: String], _ zone: TimeZoneRules
    ) throws(LiveDefect) -> Int64? {
        guard let name = columns[DataSources.recordedRole], let text = row[name], !text.isEmpty else { return nil }
        guard let time = InstantText(parsing: text) else { throw LiveDefect("`\(name)` is not an instant") }
        return time.instant(in: zone).milliseconds
    }

    private func customer(
        _ row: [String: String], _ columns: [String: String], _ now: Int64
    ) throws(LiveDefect) -> LiveRecord {
        let key = try field(columns[customerKey] ?? customerKey, of: row)
        return LiveRecord(customer: key, event: nil, time: now, values: renamed(row, columns))
    }

    private func field(_ name: String, of row: [String: String]) throws(LiveDefect) -> String {
        guard let text = row[name], !text.isEmpty else { throw LiveDefect("`\(name)` is missing") }
        return text
    }

    /// Under the names of the catalog.
    private func renamed(_ row: [String: String], _ columns: [String: String]) -> [String: String] {
        var values = row
        for (name, column) in columns {
            if let value = row[column] { values[name] = value }
        }
        return values
    }
}

extension InboxParser {
    private typealias Row = (line: Int, values: [String: String])

    /// A JSON object a line.
    private static func lines(_ bytes: [UInt8], _ content: inout Content) -> [Row] {
        var rows: [Row] = []
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
            guard let object = try? JSONDecoder().decode([String: JSONScalar].self, from: Data(line)) else {
                content.defects.append((index + 1, "not an object of texts, numbers and booleans"))
                continue
            }
            rows.append((index + 1, object.mapValues(\.text)))
        }
        return rows
    }

    /// RFC 4180 with a header. One that lacks columns is one defect, however many rows follow.
    private static func csv(_ bytes: [UInt8], needing columns: [String], _ content: inout Content) -> [Row] {
        var reader = CSVRecords(bytes)
        let header = reader.next() ?? CSVRecords.Record(line: 1, fields: [], isSound: true)
        let missing = columns.filter { !header.fields.contains($0) }
        guard missing.isEmpty else {
            let names = missing.map { "`\($0)`" }.joined(separator: ", ")
            content.defects.append((header.line, "the header has no column \(names)"))
            return []
        }
        var rows: [Row] = []
        while let record = reader.next() {
            if record.fields == [""] { continue }
            guard record.isSound, record.fields.count == header.fields.count else {
                let count = "\(record.fields.count) fields instead of \(header.fields.count)"
                content.defects.append((record.line, record.isSound ? "the row has \(count)" : "not RFC 4180"))
                continue
            }
            let pairs = zip(header.fields, record.fields)
            rows.append((record.line, Dictionary(pairs, uniquingKeysWith: { first, _ in first })))
        }
        return rows
    }
}

/// A member of a line of JSON, as the text that a CSV file would have.
private struct JSONScalar: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            text = ""
        } else if let bool = try? value.decode(Bool.self) {
            text = bool ? "true" : "false"
        } else if let number = try? value.decode(Int64.self) {
            text = String(number)
        } else if let number = try? value.decode(Decimal.self) {
            text = "\(number)"
        } else {
            text = try value.decode(String.self)
        }
    }
}

/// Splits small files into records; imports read large ones in place.
private struct CSVRecords {
    private let bytes: [UInt8]
    private var place = 0
    private var line = 1

    struct Record {
        var line: Int
        var fields: [String]
        var isSound: Bool
    }

    init(_ bytes: [UInt8]) {
        self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    mutating func next() -> Record? {
        guard place < bytes.count else { return nil }
        var record = Record(line: line, fields: [], isSound: true)
        while true {
            var field: [UInt8] = []
            record.isSound = read(&field) && record.isSound
            if let text = String(validating: field, as: UTF8.self) {
                record.fields.append(text)
            } else {
                record.isSound = false
                record.fields.append("")
            }
            guard place < bytes.count else { return record }
            let separator = bytes[place]
            place += 1
            if separator == UInt8(ascii: "\n") {
                line += 1
                return record
            }
        }
    }

    /// Up to the next comma or line feed outside quotes; false where quotes are not closed or something follows them.
    private mutating func read(_ field: inout [UInt8]) -> Bool {
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
            while place < bytes.count, bytes[place] != UInt8(ascii: ","), bytes[place] != UInt8(ascii: "\n") {
                field.append(bytes[place])
                place += 1
            }
            if field.last == UInt8(ascii: "\r"), place == bytes.count || bytes[place] == UInt8(ascii: "\n") {
                field.removeLast()
            }
            return true
        }
        place += 1
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if byte == UInt8(ascii: "\n") { line += 1 }
            guard byte == UInt8(ascii: "\"") else {
                field.append(byte)
                continue
            }
            if place < bytes.count, bytes[place] == UInt8(ascii: "\"") {
                field.append(byte)
                place += 1
                continue
            }
            if place < bytes.count, bytes[place] == UInt8(ascii: "\r") { place += 1 }
            return place == bytes.count || bytes[place] == UInt8(ascii: ",") || bytes[place] == UInt8(ascii: "\n")
        }
        return false
    }
}
