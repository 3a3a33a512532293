import CampaignPlan
import CivilTime
import Dataset
import Diagnostics
import Foundation
import TestSupport

/// A small shop, in a folder of its own, whose sources tests write as text.
struct Shop {
    static let schema = DataSchema(
        name: "shop",
        customer: CustomerSchema(
            key: "id", since: "since", zone: "zone",
            attributes: [
                attribute("since", .instant, isOptional: true),
                attribute("country", .text, values: ["KR", "US", "Øst"]),
                attribute("name", .text, isOptional: true, isPersonal: true),
                attribute("zone", .zone, isOptional: true),
                attribute("age", .integer, isOptional: true), attribute("vip", .boolean, isOptional: true),
                attribute("consent", .consent, isOptional: true),
                attribute("birthday", .date, isOptional: true, isPersonal: true),
            ]),
        events: [
            EventSchema(
                name: "purchase",
                properties: [
                    property("product", .text), property("amount", .decimal(scale: 2)),
                    property("note", .text, isOptional: true), property("quantity", .integer, isOptional: true),
                ]),
            EventSchema(
                name: "view", properties: [property("product", .text), property("until", .instant, isOptional: true)]),
        ],
        channels: [ChannelSchema(name: "email", address: "name", consent: "consent", nightConsent: nil)])

    static let customerHeader = "id,since,country,name,zone,age,vip,consent,birthday"
    static let customers = """
        \(customerHeader)
        c2,2020-01-01T00:00:00Z,KR,Kim,Asia/Seoul,41,true,false,1980-02-29
        c1,2021-06-01T12:30:00+09:00,US,,,,,,
        """
    static let eventHeader = "customer_id,event,timestamp,product,amount,note,quantity,until"
    static let events = """
        \(eventHeader)
        c1,purchase,2022-01-02T00:00:00Z,mug,12.5,,2,
        c2,view,2022-01-01T10:00:00,mug,,,,2022-02-01T00:00:00Z
        c1,purchase,2022-01-01T00:00:00Z,cup,-3,gift,,
        """

    let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
    }

    var target: String { folder.path + "/data.pabal" }

    func importSources(
        customers: String = Shop.customers, events: String = Shop.events, badRowsMax: Int = 0,
        schema: DataSchema = Shop.schema, customerColumns: [String: String] = [:], eventColumns: [String: String] = [:],
        zone: String = "UTC"
    ) throws -> (ImportSummary?, [Diagnostic]) {
        try importSources(
            customers: Array(customers.utf8), events: Array(events.utf8), badRowsMax: badRowsMax, schema: schema,
            customerColumns: customerColumns, eventColumns: eventColumns, zone: zone)
    }

    func importSources(
        customers: [UInt8], events: [UInt8], badRowsMax: Int = 0, schema: DataSchema = Shop.schema,
        customerColumns: [String: String] = [:], eventColumns: [String: String] = [:], zone: String = "UTC",
        threads: Int? = nil, memory: Int = 1 << 30
    ) throws -> (ImportSummary?, [Diagnostic]) {
        try folder.write(customers, to: "customers.csv")
        try folder.write(events, to: "events.csv")
        return try importDataset(
            schema: schema,
            sources: DataSources(
                customers: .init(path: "customers.csv", columns: customerColumns, zone: zone),
                events: .init(path: "events.csv", columns: eventColumns, zone: zone)),
            workspaceRoot: folder.path, to: target,
            options: ImportOptions(
                badRowsMax: badRowsMax, catalogDigest: "catalog", sourcesDigest: "sources", memory: memory,
                threads: threads))
    }

    /// One line per finding: place, code, message, and what else it says.
    static func lines(_ diagnostics: [Diagnostic]) -> [String] {
        diagnostics.map { finding in
            let place =
                switch finding.place {
                case .span: "span"
                case .line(let path, let line): "\(path):\(line)"
                case .path(let path): path
                }
            let rest = finding.notes.map { " | \($0)" } + finding.help.map { " | help: \($0)" }
            return "\(place): \(finding.severity.rawValue)[\(finding.code.id)]: \(finding.message)\(rest.joined())"
        }
    }

    static func attribute(
        _ name: String, _ type: ValueType, isOptional: Bool = false, isPersonal: Bool = false, values: [String]? = nil
    ) -> AttributeSchema {
        AttributeSchema(name: name, type: type, isOptional: isOptional, isPersonal: isPersonal, values: values)
    }

    static func property(_ name: String, _ type: ValueType, isOptional: Bool = false) -> PropertySchema {
        PropertySchema(name: name, type: type, isOptional: isOptional)
    }
}

extension Dataset {
    /// Everything that can be read, as text, through every way of reading it.
    func dump() throws -> String {
        var lines: [String] = []
        let attributes = try schema.customer.attributes.map { schema in
            (
                schema.name, try attribute(schema.name),
                schema.type.storage == .text ? try dictionary(attribute: schema.name) : nil
            )
        }
        for customer in 0..<customerCount {
            let values = attributes.map { name, column, texts in "\(name)=\(show(column[customer], texts))" }
            lines.append(([key(of: customer)] + values).joined(separator: " "))
        }
        for event in schema.events {
            lines.append("\(event.name): \(rowCount(of: event.name))")
            let table = try events(event.name)
            let order = try table.order()
            let properties = try event.properties.map { schema in
                (
                    schema.name, try table.property(schema.name),
                    schema.type.storage == .text ? try dictionary(property: schema.name) : nil
                )
            }
            for customer in 0..<customerCount {
                for row in table.rows(of: customer) {
                    let values = properties.map { name, column, texts in "\(name)=\(show(column[row], texts))" }
                    let start = "\(key(of: customer)) \(table.time(row)) #\(order[row])"
                    lines.append(([start] + values).joined(separator: " "))
                }
            }
        }
        return lines.joined(separator: "\n")
    }

    private func show(_ value: Int64, _ texts: TextDictionary?) -> String {
        if value == DatasetFormat.missingNumber { return "-" }
        return texts.map { $0[Int(value)] } ?? String(value)
    }
}
