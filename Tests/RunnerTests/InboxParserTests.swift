import CampaignPlan
import Runner
import Testing

@Suite struct InboxParserTests {
    private let parser = InboxParser(
        schema: DataSchema(
            name: "shop",
            customer: CustomerSchema(key: "customer_id", since: nil, zone: nil, attributes: []), events: [],
            channels: []),
        sources: DataSources(
            customers: .init(path: "customers.csv", columns: [:], zone: "UTC"),
            events: .init(path: "events.csv", columns: ["time": "at"], zone: "Asia/Seoul")))

    private func parse(_ text: String, _ name: String = "a.events.csv") -> InboxParser.Content {
        parser.parse(Array(text.utf8), named: name, now: 7)
    }

    @Test func linesAreReadUnderTheNamesOfTheSources() {
        let content = parse("event,at,customer_id,amount\nbuy,2026-01-05 09:00,c1,5\n")
        #expect(content.defects.isEmpty)
        #expect(content.lines.map(\.number) == [2])
        #expect(content.lines.map(\.record.customer) == ["c1"])
        #expect(content.lines.map(\.record.time) == [1_767_571_200_000])
    }

    /// With rows or without: whoever delivers such a file every night must hear of it.
    @Test(arguments: [
        ("event,customer_id\n", "`at`"), ("event,customer_id\nbuy,c1\nbuy,c2\n", "`at`"),
        ("", "`customer_id`, `event`, `at`"),
        ("event;customer_id;at\n", "`customer_id`, `event`, `at`"),
    ])
    func aHeaderThatLacksColumnsIsOneDefect(text: String, columns: String) {
        let content = parse(text)
        #expect(content.lines.isEmpty)
        #expect(content.defects.map(\.line) == [1])
        #expect(content.defects.map(\.message) == ["the header has no column \(columns)"])
    }

    @Test func newValuesNeedTheKeyOnly() {
        #expect(parse("customer_id,city\nc1,Seoul\n", "a.customers.csv").lines.count == 1)
        #expect(
            parse("city\nSeoul\n", "a.customers.csv").defects.map(\.message) == [
                "the header has no column `customer_id`"
            ])
    }

    @Test func aLineThatCannotBeReadLeavesTheOthers() {
        let content = parse(
            "event,at,customer_id\nbuy,soon,c1\nbuy,2026-01-05T09:00\nbuy,2026-01-05T09:00,\nbuy,2026-01-05T09:00,c2\n")
        #expect(content.lines.map(\.record.customer) == ["c2"])
        #expect(
            content.defects.map { "\($0.line): \($0.message)" } == [
                "2: `at` is not an instant", "3: the row has 2 fields instead of 3", "4: `customer_id` is missing",
            ])
    }
}
