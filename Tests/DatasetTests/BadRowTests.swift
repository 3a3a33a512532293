import Dataset
import Diagnostics
import Testing

/// Every reason for a bad row, with its place and exact text.
@Suite struct BadRowTests {
    static let help =
        " | help: correct the row, or let `pabal data import --bad-rows-max` leave out as many rows as you allow"

    @Test(arguments: [
        (",2020-01-01T00:00:00Z,KR,,,,,,", "`id` is missing"),
        ("c1,2020-01-01T00:00:00Z,KR,,,,,,", "customer `c1` is there already, on line 3"),
        ("c3,,KR,,,,,,", "`since` is missing"),
        ("c3,yesterday,KR,,,,,,", "`since` is not an instant: `yesterday`"),
        ("c3,2020-01-01,KR,,,,,,", "`since` is not an instant: `2020-01-01`"),
        (
            "c3,2020-01-01T00:00:00.123456Z,KR,,,,,,",
            "`since` has more than 3 decimals: `2020-01-01T00:00:00.123456Z`"
        ),
        ("c3,0001-01-01T00:00:00+09:00,KR,,,,,,", "`since` is out of range: `0001-01-01T00:00:00+09:00`"),
        ("c3,2020-01-01T00:00:00Z,,,,,,,", "`country` is missing"),
        ("c3,2020-01-01T00:00:00Z,JP,,,,,,", "`country` is not one of the values in the catalog: `JP`"),
        ("c3,2020-01-01T00:00:00Z,KR,,Asia/Soul,,,,", "`zone` is not a known time zone: `Asia/Soul`"),
        ("c3,2020-01-01T00:00:00Z,KR,,,4.0,,,", "`age` is not an integer: `4.0`"),
        ("c3,2020-01-01T00:00:00Z,KR,,,-,,,", "`age` is not an integer: `-`"),
        ("c3,2020-01-01T00:00:00Z,KR,,,9223372036854775808,,,", "`age` is out of range: `9223372036854775808`"),
        ("c3,2020-01-01T00:00:00Z,KR,,,-9223372036854775808,,,", "`age` is out of range: `-9223372036854775808`"),
        ("c3,2020-01-01T00:00:00Z,KR,,, 4,,,", "`age` is not an integer: ` 4`"),
        ("c3,2020-01-01T00:00:00Z,KR,,,,TRUE,,", "`vip` is not true or false: `TRUE`"),
        ("c3,2020-01-01T00:00:00Z,KR,,,,,1,", "`consent` is not true or false: `1`"),
        ("c3,2020-01-01T00:00:00Z,KR,,,,,,29.02.1980", "`birthday` is not a date"),
        ("c3,2020-01-01T00:00:00Z,KR,,,,,,1981-02-29", "`birthday` is not a date"),
        ("c3,2020-01-01T00:00:00Z,KR,,,", "the row has 6 fields instead of 9"),
        ("c3,2020-01-01T00:00:00Z,\"KR\"x,,,,,,", "text follows the closing quote of `country`"),
    ])
    func namesTheReasonOfACustomer(row: String, message: String) throws {
        let (summary, findings) = try Shop().importSources(customers: Shop.customers + "\n" + row)
        #expect(summary == nil)
        #expect(Shop.lines(findings) == ["customers.csv:4: error[PB8001]: \(message)" + Self.help])
    }

    @Test(arguments: [
        (",view,2022-01-01T00:00:00Z,mug,,,,", "`customer_id` is missing"),
        ("c1,,2022-01-01T00:00:00Z,mug,,,,", "`event` is missing"),
        ("c1,view,,mug,,,,", "`timestamp` is missing"),
        ("c1,view,2022-02-29T00:00:00Z,mug,,,,", "`timestamp` is not an instant: `2022-02-29T00:00:00Z`"),
        ("c9,view,2022-01-01T00:00:00Z,mug,,,,", "customer `c9` is not in the customers' source"),
        ("c1,view,2022-01-01T00:00:00Z,,,,,", "`product` is missing"),
        ("c1,purchase,2022-01-01T00:00:00Z,mug,2.555,,,", "`amount` has more than 2 decimals: `2.555`"),
        ("c1,purchase,2022-01-01T00:00:00Z,mug,2e3,,,", "`amount` is not a decimal: `2e3`"),
        ("c1,purchase,2022-01-01T00:00:00Z,mug,.,,,", "`amount` is not a decimal: `.`"),
        ("c1,purchase,2022-01-01T00:00:00Z,mug,1.2.3,,,", "`amount` is not a decimal: `1.2.3`"),
        (
            "c1,purchase,2022-01-01T00:00:00Z,mug,92233720368547758.08,,,",
            "`amount` is out of range: `92233720368547758.08`"
        ),
        ("c1,purchase,2022-01-01T00:00:00Z,mug,,,,", "`amount` is missing"),
        ("c1,view,2022-01-01T00:00:00Z,mug,,,,,", "the row has 9 fields instead of 8"),
        (
            "c1,view,\"a very long text\twhich goes on for ever and ever\",mug,,,,",
            "`timestamp` is not an instant: `a very long text\\u{9}which goes on for ever …`"
        ),
    ])
    func namesTheReasonOfAnEvent(row: String, message: String) throws {
        let (summary, findings) = try Shop().importSources(events: Shop.events + "\n" + row)
        #expect(summary == nil)
        #expect(Shop.lines(findings) == ["events.csv:5: error[PB8001]: \(message)" + Self.help])
    }

    @Test(
        arguments: [
            ("2.550", 255), ("2.5", 250), ("-0.01", -1), ("+7", 700), (".5", 50), ("5.", 500),
            ("007.10000000000000000000", 710),
            ("92233720368547758.07", Int64.max), ("-92233720368547758.07", -Int64.max), ("-0", 0),
        ] as [(String, Int64)])
    func readsDecimals(text: String, value: Int64) throws {
        let shop = try Shop()
        let (_, findings) = try shop.importSources(
            events: Shop.eventHeader + "\nc1,purchase,2022-01-01T00:00:00Z,mug,\(text),,,")
        #expect(Shop.lines(findings) == [])
        #expect(try Dataset.open(at: shop.target).events("purchase").property("amount")[0] == value)
    }

    @Test func namesTheColumnOfInvalidUTF8() throws {
        let row = Array("\nc3,2020-01-01T00:00:00Z,KR,K".utf8) + [0xFF] + Array("m,,,,,".utf8)
        let (_, findings) = try Shop().importSources(
            customers: Array(Shop.customers.utf8) + row, events: Array(Shop.events.utf8))
        #expect(Shop.lines(findings) == ["customers.csv:4: error[PB8001]: `name` is not UTF-8 text" + Self.help])
    }

    @Test func countsPhysicalLines() throws {
        let (_, findings) = try Shop().importSources(
            events: Shop.eventHeader
                + "\r\nc1,purchase,2022-01-01T00:00:00Z,\"mug\r\nblue\n\",1,,,\r\n\r\nc1,view,never,mug,,,,\r\n")
        #expect(
            Shop.lines(findings) == ["events.csv:6: error[PB8001]: `timestamp` is not an instant: `never`" + Self.help])
    }

    @Test func reportsTwentyAndCountsTheRest() throws {
        let customers = (3...12).map { "c\($0),,KR,,,,,," }
        let events = (1...15).map { _ in "c1,view,never,mug,,,," }
        let (_, findings) = try Shop().importSources(
            customers: ([Shop.customers] + customers).joined(separator: "\n"),
            events: ([Shop.events] + events).joined(separator: "\n"))
        let lines = Shop.lines(findings)
        #expect(lines.count == 21)
        // Said once a source.
        #expect(lines.indices.filter { lines[$0].hasSuffix(Self.help) } == [0, 10])
        #expect(lines[9] == "customers.csv:13: error[PB8001]: `since` is missing")
        #expect(lines[10] == "events.csv:5: error[PB8001]: `timestamp` is not an instant: `never`" + Self.help)
        #expect(lines[20] == "events.csv: error[PB8001]: 5 more bad rows")
    }

    @Test func leavesAllowedOnesOutWithAWarning() throws {
        let shop = try Shop()
        let (summary, findings) = try shop.importSources(
            customers: Shop.customers + "\nc3,2020-01-01T00:00:00Z,JP,,,,,,\n",
            events: Shop.events
                + "\nc3,view,2022-01-01T00:00:00Z,other,,,,\nc1,view,soon,other,,,,\nc4,view,2022-01-01T00:00:00Z,x,,,,\n",
            badRowsMax: 3)
        #expect(
            Shop.lines(findings) == [
                "customers.csv: warning[PB8052]: left out 1 bad row"
                    + " | line 4: `country` is not one of the values in the catalog: `JP`",
                "events.csv: warning[PB8052]: left out 2 bad rows and 1 event of customers with a bad row"
                    + " | line 6: `timestamp` is not an instant: `soon`"
                    + " | line 7: customer `c4` is not in the customers' source",
            ])
        #expect(summary?.skippedRows == 4)
        let dataset = try Dataset.open(at: shop.target)
        #expect(dataset.customerCount == 2)
        #expect(dataset.rowCount(of: "view") == 1)
        // Texts of bad rows leave no trace.
        let products = try dataset.dictionary(property: "product")
        #expect((0..<products.count).map { products[$0] } == ["cup", "mug"])
        let countries = try dataset.dictionary(attribute: "country")
        #expect((0..<countries.count).map { countries[$0] } == ["KR", "US"])
    }

    @Test func refusesOneMoreThanAllowed() throws {
        let shop = try Shop()
        let events = Shop.events + "\nc1,view,soon,other,,,,\nc1,view,late,other,,,,"
        #expect(try shop.importSources(events: events, badRowsMax: 1).0 == nil)
        #expect(try shop.importSources(events: events, badRowsMax: 2).0 != nil)
    }

    @Test func blamesABadCustomerOnce() throws {
        let (_, findings) = try Shop().importSources(
            customers: Shop.customers + "\nc3,,KR,,,,,,", events: Shop.events + "\nc3,view,2022-01-01T00:00:00Z,x,,,,")
        #expect(Shop.lines(findings) == ["customers.csv:4: error[PB8001]: `since` is missing" + Self.help])
    }
}
