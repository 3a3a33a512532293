import CampaignPlan
import CivilTime
import ContractOracle
import Testing

/// The oracle itself against the sentences of the contract, on cases small enough to check by hand.
@Suite struct NaiveOracleTests {
    /// Expects `condition` to hold at exactly those of the wall times of London that are marked true.
    private func check(
        _ condition: Condition, _ customer: NaiveCustomer, zone: String = "Europe/London",
        _ expected: KeyValuePairs<String, Bool>, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let plan = RandomPlan.plan(
            schema: RandomCatalog.schema(hasSince: false), zone: zone, conditions: [condition], roots: [0], exit: nil)
        let oracle = NaiveOracle(plan: plan, customer: customer)
        for (time, holds) in expected {
            #expect(oracle.holds(0, at: at(time)) == holds, "\(time)", sourceLocation: sourceLocation)
        }
    }

    private func at(_ text: String) -> Int64 {
        InstantText(parsing: text).map { $0.instant(in: .named("Europe/London") ?? .utc).milliseconds } ?? .min
    }

    private func customer(
        _ events: [(String, [String: NaiveValue])] = [], attributes: [String: NaiveValue] = [:], from: String? = nil
    ) -> NaiveCustomer {
        NaiveCustomer(
            existsFrom: from.map(at) ?? .min, attributes: attributes,
            events: events.map { NaiveEvent(type: "purchase", time: at($0.0), properties: $0.1) })
    }

    private func purchases(_ window: EventWindow, _ measure: Measure = .countAtLeast(1)) -> Condition {
        .events(EventSelection(types: ["purchase"], tests: []), window, measure)
    }

    private func span(_ text: String) throws -> CalendarSpan { try #require(CalendarSpan(parsing: text)) }

    @Test func withinSeesItsEndAndNotItsStart() {
        let day: Int64 = 86_400_000
        check(
            purchases(.elapsed(from: 2 * day, to: 0)), customer([("2011-01-10T12:00", [:])]),
            [
                "2011-01-10T11:59:59.999": false, "2011-01-10T12:00": true, "2011-01-12T11:59:59.999": true,
                "2011-01-12T12:00": false,
            ])
        check(
            purchases(.elapsed(from: 2 * day, to: day)), customer([("2011-01-10T12:00", [:])]),
            ["2011-01-11T11:59:59.999": false, "2011-01-11T12:00": true, "2011-01-12T12:00": false])
    }

    @Test func pastEndsYesterday() throws {
        check(
            purchases(.past(try span("2 days"), .named("Europe/London"))), customer([("2011-03-26T23:30", [:])]),
            [
                "2011-03-26T23:59:59": false, "2011-03-27T00:00": true, "2011-03-28T23:59:59": true,
                "2011-03-29T00:00": false,
            ])
    }

    @Test func recentIncludesTodaySoFar() throws {
        check(
            purchases(.recent(try span("2 days"), .named("Europe/London"))), customer([("2011-03-26T23:30", [:])]),
            [
                "2011-03-26T23:29:59": false, "2011-03-26T23:30": true, "2011-03-27T23:59:59": true,
                "2011-03-28T00:00": false,
            ])
    }

    @Test func aMonthBackFromThe31stIsTheLastDayOfThatMonth() throws {
        check(
            purchases(.past(try span("1 month"), .named("Europe/London"))), customer([("2011-02-28T12:00", [:])]),
            ["2011-03-01T00:00": true, "2011-03-31T12:00": true, "2011-04-01T00:00": false])
    }

    @Test func localDaysAreThoseOfTheZone() throws {
        let seoul = EventWindow.recent(try span("1 day"), .named("Asia/Seoul"))
        let own = EventWindow.recent(try span("1 day"), .recipient)
        let events: [(String, [String: NaiveValue])] = [("2011-01-10T12:00", [:])]
        let expected: KeyValuePairs = ["2011-01-10T14:59:59": true, "2011-01-10T15:00": false]
        check(purchases(seoul), customer(events), expected)
        check(purchases(own), customer(events, attributes: ["zone": .text("Asia/Seoul")]), expected)
        check(purchases(own), customer(events), zone: "Asia/Seoul", expected)
        check(purchases(own), customer(events, attributes: ["zone": .text("Nowhere")]), zone: "Asia/Seoul", expected)
    }

    @Test func nothingHoldsBeforeSinceButEventsBeforeItCount() {
        check(
            purchases(.ever, .countAtLeast(1)), customer([("2011-01-01T00:00", [:])], from: "2011-02-01T00:00"),
            ["2011-01-15T00:00": false, "2011-01-31T23:59:59.999": false, "2011-02-01T00:00": true])
        check(
            .constant(true), customer(from: "2011-02-01T00:00"),
            ["2011-01-31T23:59": false, "2011-02-01T00:00": true])
    }

    @Test func missingValuesAreFalseAndSkipped() {
        let nobody = customer()
        let other = ValueTest.text(.isNotIn(["tea"]))
        check(.attribute("country", other), nobody, ["2011-01-01T00:00": false])
        check(.attribute("country", .missing(true)), nobody, ["2011-01-01T00:00": true])
        check(.attribute("tenure", .number(.outside(min: 1, max: 2))), nobody, ["2011-01-01T00:00": false])
        func amount(_ aggregate: Aggregate, _ test: AggregateTest) -> Condition {
            purchases(.ever, .aggregate(aggregate, property: "amount", test))
        }
        let zero = AggregateTest.number(.within(min: 0, max: 0), extraScale: 0)
        for aggregate in [Aggregate.sum, .distinct] {
            check(amount(aggregate, zero), nobody, ["2011-01-01T00:00": true])
            check(amount(aggregate, .missing(true)), nobody, ["2011-01-01T00:00": false])
        }
        for aggregate in [Aggregate.average, .minimum, .maximum] {
            check(amount(aggregate, zero), nobody, ["2011-01-01T00:00": false])
            check(amount(aggregate, .missing(true)), nobody, ["2011-01-01T00:00": true])
        }
        let half = customer([
            ("2011-01-01T00:00", ["amount": .number(1)]), ("2011-01-01T00:00", [:]),
            ("2011-01-02T00:00", ["amount": .number(2)]),
        ])
        check(
            amount(.average, .number(.within(min: 15, max: 15), extraScale: 1)), half,
            ["2011-01-01T12:00": false, "2011-01-02T00:00": true])
    }

    @Test func nextLooksAhead() throws {
        let lastSeen = customer(attributes: ["last_seen_at": .number(at("2011-01-10T12:00"))])
        check(
            .attributeTime("last_seen_at", .nextElapsed(86_400_000, .named("Europe/London"))), lastSeen,
            [
                "2011-01-09T11:59:59": false, "2011-01-09T12:00": true, "2011-01-10T11:59:59": true,
                "2011-01-10T12:00": false,
            ])
        let days = AttributeWindow.nextDays(try span("2 days"), .named("Europe/London"))
        check(
            .attributeTime("last_seen_at", days), lastSeen,
            ["2011-01-08T23:59:59": false, "2011-01-09T00:00": true, "2011-01-10T12:00": false])
        // 2011-01-10.
        check(
            .attributeTime("birthday", days), customer(attributes: ["birthday": .number(14_984)]),
            [
                "2011-01-08T23:59:59": false, "2011-01-09T00:00": true, "2011-01-10T23:59:59": true,
                "2011-01-11T00:00": false,
            ])
    }

    @Test func sinceTriggerBeginsAfterIt() {
        let plan = RandomPlan.plan(
            schema: RandomCatalog.schema(hasSince: false), zone: "Europe/London",
            conditions: [purchases(.sinceTrigger)], roots: [], exit: 0)
        let oracle = NaiveOracle(plan: plan, customer: customer([("2011-01-10T12:00", [:])]))
        let event = at("2011-01-10T12:00")
        #expect(!oracle.holds(0, at: event + 5, trigger: event))
        #expect(oracle.holds(0, at: event, trigger: event - 1))
        #expect(!oracle.holds(0, at: event - 1, trigger: event - 2))
    }
}
