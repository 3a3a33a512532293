import CampaignPlan
import Dataset
import Diagnostics
import TestSupport
import Testing

/// What is wrong with a source as a whole, and the forms of CSV that are fine.
@Suite struct SourceTests {
    private static let header = " | help: write the names of the columns into the first row, in UTF-8"
    private static let quote = "inside a quoted field a quote is written twice"

    private func check(
        customers: String = Shop.customers, events: String = Shop.events, customerColumns: [String: String] = [:],
        eventColumns: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation,
        finds expected: [String]
    ) throws {
        let (summary, findings) = try Shop().importSources(
            customers: customers, events: events, customerColumns: customerColumns, eventColumns: eventColumns)
        #expect(Shop.lines(findings) == expected, sourceLocation: sourceLocation)
        #expect((summary == nil) == findings.hasErrors, sourceLocation: sourceLocation)
    }

    @Test func namesEveryMissingColumnOfBothSources() throws {
        try check(
            customers: "key,since,name,zone,age,vip,consent,birthday\n",
            events: "customer,event,timestmp,prodct,amount,note,quantity,until\n",
            finds: [
                "customers.csv:1: error[PB8004]: no column `id` for the customer key"
                    + " | the columns are `key`, `since`, `name`, `zone`, `age`, `vip`, `consent`, `birthday`"
                    + " | help: name the column in `columns:` of the source: `id: COLUMN`",
                "customers.csv:1: error[PB8004]: no column `country` for attribute `country`"
                    + " | the columns are `key`, `since`, `name`, `zone`, `age`, `vip`, `consent`, `birthday`"
                    + " | help: name the column in `columns:` of the source: `country: COLUMN`",
                "events.csv:1: error[PB8004]: no column `customer_id` for the customer"
                    + " | the columns are `customer`, `event`, `timestmp`, `prodct`, `amount`, `note`, `quantity`, `until`"
                    + " | help: name the column in `columns:` of the source: `customer: customer`",
                "events.csv:1: error[PB8004]: no column `timestamp` for the time"
                    + " | the columns are `customer`, `event`, `timestmp`, `prodct`, `amount`, `note`, `quantity`, `until`"
                    + " | help: name the column in `columns:` of the source: `time: timestmp`",
                "events.csv:1: error[PB8004]: no column `product` for property `product`"
                    + " | the columns are `customer`, `event`, `timestmp`, `prodct`, `amount`, `note`, `quantity`, `until`"
                    + " | help: name the column in `columns:` of the source: `product: prodct`",
            ])
    }

    @Test func takesColumnsOfOtherNames() throws {
        try check(
            customers: Shop.customers.replacing("id,since", with: "kunde,seit"),
            events: Shop.events.replacing("customer_id,event,timestamp,product", with: "kunde,was,wann,ware"),
            customerColumns: ["id": "kunde", "since": "seit"],
            eventColumns: ["customer": "kunde", "event": "was", "time": "wann", "product": "ware"], finds: [])
    }

    @Test func refusesANamedColumnThatIsNotThere() throws {
        try check(
            eventColumns: ["note": "remark"],
            finds: [
                "events.csv:1: error[PB8004]: no column `remark` for property `note`"
                    + " | the columns are `customer_id`, `event`, `timestamp`, `product`, `amount`, `note`,"
                    + " `quantity`, `until` | help: name the column in `columns:` of the source: `note: note`"
            ])
    }

    @Test func warnsWhereAnOptionalValueHasNoColumn() throws {
        try check(
            events: "customer_id,event,timestamp,product,amount,note,until\n",
            finds: [
                "events.csv:1: warning[PB8053]: no column `quantity` for property `quantity` | it is missing everywhere"
            ])
    }

    @Test func refusesTwoColumnsOfOneNameWhereOneIsNeeded() throws {
        try check(
            events: "customer_id,event,timestamp,product,amount,note,quantity,until,amount,x,x\n",
            finds: ["events.csv:1: error[PB8005]: 2 columns have the name `amount`, needed for property `amount`"])
    }

    @Test func refusesAnEmptySource() throws {
        try check(customers: "", finds: ["customers.csv:1: error[PB8003]: the source is empty" + Self.header])
        try check(events: "\u{FEFF}", finds: ["events.csv:1: error[PB8003]: the source is empty" + Self.header])
    }

    @Test func refusesAHeaderThatIsNotText() throws {
        let utf16: [UInt8] = [0xFF, 0xFE] + Shop.events.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let (_, findings) = try Shop().importSources(customers: Array(Shop.customers.utf8), events: utf16)
        #expect(Shop.lines(findings) == ["events.csv:1: error[PB8003]: the header is not UTF-8 text" + Self.header])
        try check(
            events: "\"customer_id\"x,event\n",
            finds: ["events.csv:1: error[PB8003]: text follows a closing quote in the header" + Self.header])
    }

    @Test func refusesAQuoteThatIsNeverClosed() throws {
        try check(
            events: Shop.events + "\n\"c1\",view,2022-01-01T00:00:00Z,\"two\nlines\",,,\"here,\nc1,view,x\n",
            finds: ["events.csv:6: error[PB8006]: a quote is never closed | help: close the quote; \(Self.quote)"])
    }

    @Test func refusesARowWithoutAnEnd() throws {
        let long = String(repeating: "0123456789abcdef", count: 1 << 20)
        try check(
            events: Shop.events + "\nc1,view,2022-01-01T00:00:00Z,\"\(long)\",,,,\n",
            finds: [
                "events.csv:5: error[PB8006]: the row is longer than 16 MiB | help: look for a quote that is never closed; \(Self.quote)"
            ])
    }

    @Test func readsARowLongerThanItsBuffer() throws {
        let shop = try Shop()
        let long = String(repeating: "0123456789abcdef", count: 1 << 18)
        let (_, findings) = try shop.importSources(
            events: Shop.events + "\nc1,view,2023-01-01T00:00:00Z,\"\(long)\",,,,\nc1,view,2024-01-01T00:00:00Z,z,,,,")
        #expect(Shop.lines(findings) == [])
        let products = try Dataset.open(at: shop.target).dictionary(property: "product")
        #expect(products.count == 4)
        #expect(products[0] == long)
    }

    @Test(arguments: [
        "\u{FEFF}" + Shop.events,
        Shop.events.replacing("\n", with: "\r\n"),
        Shop.events + "\n", Shop.events + "\r\n\r\n", Shop.events.replacing("\n", with: "\n\n"),
        Shop.events.replacing("mug", with: "\"mug\"").replacing("c1,", with: "\"c1\","),
        Shop.events.replacing("timestamp", with: "\"timestamp\""),
    ])
    func readsTheSameFromOtherForms(events: String) throws {
        let plain = try Shop()
        _ = try plain.importSources()
        let other = try Shop()
        let (_, findings) = try other.importSources(events: events)
        #expect(Shop.lines(findings) == [])
        #expect(try Dataset.open(at: other.target).dump() == Dataset.open(at: plain.target).dump())
    }

    @Test func readsQuotedFields() throws {
        let shop = try Shop()
        let products = ["\"6\"\" plate, \"\"blue\"\"\"", "\"two\nlines\"", "6\" plate", "a\rb", "\"\"\"\""]
        let rows = products.enumerated().map { "c1,view,2022-01-01T00:00:0\($0)Z,\($1),,\"\",," }
        _ = try shop.importSources(events: ([Shop.eventHeader] + rows).joined(separator: "\n"))
        let dataset = try Dataset.open(at: shop.target)
        let column = try dataset.events("view").property("product")
        let texts = try dataset.dictionary(property: "product")
        #expect(
            (0..<5).map { texts[Int(column[$0])] } == ["6\" plate, \"blue\"", "two\nlines", "6\" plate", "a\rb", "\""])
    }

    @Test func saysThatASourceIsNotThere() throws {
        let shop = try Shop()
        try shop.folder.write("", to: "folder.csv/file")
        let (summary, findings) = try importDataset(
            schema: Shop.schema,
            sources: DataSources(
                customers: .init(path: "none/customers.csv", columns: [:], zone: "UTC"),
                events: .init(path: "folder.csv", columns: [:], zone: "UTC")),
            workspaceRoot: shop.folder.path, to: shop.target,
            options: ImportOptions(catalogDigest: "", sourcesDigest: ""))
        #expect(summary == nil)
        #expect(
            Shop.lines(findings) == [
                "none/customers.csv: error[PB8002]: the source does not exist",
                "folder.csv: error[PB8002]: the source is a folder",
            ])
    }

    @Test func refusesAnUnknownZone() throws {
        let (_, findings) = try Shop().importSources(zone: "Asia/Soul")
        #expect(
            Shop.lines(findings) == [
                "customers.csv: error[PB8009]: the source's zone `Asia/Soul` is not known",
                "events.csv: error[PB8009]: the source's zone `Asia/Soul` is not known",
            ])
    }

    @Test func listsEveryCodeOnce() {
        let ids = Code.dataCodes.map(\.id)
        #expect(ids == Set(ids).sorted())
        #expect(ids.allSatisfy { $0.hasPrefix("PB8") })
    }
}
