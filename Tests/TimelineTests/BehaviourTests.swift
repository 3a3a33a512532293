import CampaignPlan
import CivilTime
import ContractOracle
import Testing

/// Conditions over derived events, numbers, shares and cycles, on cases small enough to check by hand: the oracle and the
/// engine have to say the same as the contract.
@Suite struct BehaviourTests: ChecksByHand {
    private func atLeast(_ value: Int64, _ scale: Int = 0) -> AggregateTest {
        .number(.within(min: value, max: nil), extraScale: scale)
    }

    @Test func ordersAreCountedAtTheirFirstLine() {
        check(
            .events(select("order"), .ever, .countAtLeast(2)), orders,
            ["2011-01-10T10:59:59": false, "2011-01-10T11:00": true, "2012-01-01T00:00": true])
        check(
            .events(select("order"), .ever, .countAtLeast(3)), orders, ["2011-01-10T13:00": false])
        check(
            .events(select("order"), .elapsed(from: 2 * Self.hour, to: 0), .countAtLeast(1)), orders,
            ["2011-01-10T12:59:59": true, "2011-01-10T13:00": false])
    }

    @Test func totalsCoverTheLinesSoFar() {
        let large = PropertyTest(property: "amount", test: .number(.within(min: 100, max: nil)))
        check(
            .events(select("order", [large]), .ever, .countAtLeast(1)), orders,
            ["2011-01-10T11:59:59": false, "2011-01-10T12:00": true])
        // A window looks at the first line.
        check(
            .events(select("order", [large]), .elapsed(from: 2 * Self.hour, to: 0), .countAtLeast(1)), orders,
            ["2011-01-10T12:00": false])
        check(
            .events(select("order"), .ever, .aggregate(.average, property: "amount", atLeast(60))), orders,
            ["2011-01-10T10:00": true, "2011-01-10T11:00": false, "2011-01-10T12:00": true])
        check(
            .events(select("order"), .ever, .aggregate(.maximum, property: "lines", atLeast(2))), orders,
            ["2011-01-10T11:59:59": false, "2011-01-10T12:00": true])
        let single = PropertyTest(property: "lines", test: .number(.within(min: 1, max: 1)))
        check(
            .events(select("order", [single]), .ever, .countAtLeast(2)), orders,
            ["2011-01-10T11:00": true, "2011-01-10T12:00": false])
    }

    @Test func refundsCanTakeAnOrderBack() {
        let large = PropertyTest(property: "amount", test: .number(.within(min: 100, max: nil)))
        let order = customer([
            line("2011-01-10T10:00", "tea", 100), line("2011-01-10T12:00", "tea", -50),
            line("2011-01-10T14:00", "tea", 60),
        ])
        check(
            .events(select("order", [large]), .ever, .countAtLeast(1)), order,
            ["2011-01-10T11:59": true, "2011-01-10T12:00": false, "2011-01-10T14:00": true])
    }

    @Test func linesOfOneMillisecondAreOneStep() {
        let exact = PropertyTest(property: "amount", test: .number(.within(min: 60, max: 60)))
        let order = customer([line("2011-01-10T10:00", "tea", 60), line("2011-01-10T10:00", "tea", 50)])
        check(.events(select("order", [exact]), .ever, .countAtLeast(1)), order, ["2011-01-10T10:00": false])
    }

    @Test func latestSkipsWhatIsMissing() {
        let events = customer([
            ("visit", "2011-01-10T10:00", ["category": .text("tea")]), ("visit", "2011-01-10T11:00", [:]),
            ("visit", "2011-01-10T12:00", ["category": .text("x")]),
            ("visit", "2011-01-10T12:00", ["category": .text("tea")]),
        ])
        let tea = ValueTest.text(.isIn(["tea"]))
        check(
            .events(select("visit"), .ever, .edge(.latest, property: "category", tea)), events,
            ["2011-01-10T09:59": false, "2011-01-10T11:00": true, "2011-01-10T12:00": true])
        check(
            .events(select("visit"), .elapsed(from: Self.hour, to: 0), .edge(.first, property: "category", tea)),
            events,
            ["2011-01-10T10:30": true, "2011-01-10T11:30": false, "2011-01-10T12:00": false])
        check(
            .events(select("visit"), .ever, .edge(.latest, property: "category", .missing(true))), customer([]),
            ["2011-01-10T09:59": true])
    }

    @Test func betweenIsWholeLocalDays() throws {
        let first = try #require(CivilDate(year: 2011, month: 3, day: 26))
        // The clocks go forward on the second day.
        let window = EventWindow.between(first, first.adding(days: 1), .named("Europe/London"))
        func purchase(_ time: String) -> NaiveCustomer { customer([line(time, nil, 1)]) }
        let condition = Condition.events(select("purchase"), window, .countAtLeast(1))
        check(condition, purchase("2011-03-25T23:59:59.999"), ["2012-01-01T00:00": false])
        check(
            condition, purchase("2011-03-26T00:00"),
            ["2011-03-25T23:59:59": false, "2011-03-26T00:00": true, "2012-01-01T00:00": true])
        check(condition, purchase("2011-03-27T23:59:59.999"), ["2012-01-01T00:00": true])
        check(condition, purchase("2011-03-28T00:00"), ["2012-01-01T00:00": false])
    }

    @Test func theSecondNearTheFirst() {
        let events = customer([line("2011-01-10T10:00", nil, 1), line("2011-01-12T10:00", nil, 1)])
        func second(_ length: Int64, _ window: EventWindow = .ever) -> Condition {
            .behaviour(
                .numbered(select("purchase"), window, EventNumber(number: 2, ofFirstWithin: length, after: nil)))
        }
        check(second(2 * Self.day), events, ["2011-01-12T09:59": false, "2011-01-12T10:00": true])
        check(second(2 * Self.day - 1), events, ["2012-01-12T10:00": false])
        check(
            second(2 * Self.day, .elapsed(from: Self.day, to: 0)), events,
            ["2011-01-13T09:59:59": true, "2011-01-13T10:00": false])
    }

    @Test func theFirstAfterAnAttribute() {
        func first(_ attribute: String, _ within: Int64) -> Condition {
            let after = AfterAttribute(attribute: attribute, within: within, zone: .named("Europe/London"))
            return .behaviour(
                .numbered(select("purchase"), .ever, EventNumber(number: 1, ofFirstWithin: nil, after: after)))
        }
        let seen = NaiveValue.number(at("2011-01-09T10:00"))
        let events = customer(
            [line("2011-01-10T10:00", nil, 1)], attributes: ["last_seen_at": seen, "birthday": .number(14_984)])
        check(first("last_seen_at", Self.day), events, ["2011-01-10T10:00": true])
        check(first("last_seen_at", Self.day - 1), events, ["2011-01-10T10:00": false])
        check(first("birthday", 10 * Self.hour), events, ["2011-01-10T10:00": true])
        let later = customer(
            [line("2011-01-10T10:00", nil, 1)], attributes: ["last_seen_at": .number(at("2011-01-10T10:00") + 1)])
        check(first("last_seen_at", Self.day), later, ["2012-01-10T10:00": false])
        check(
            first("last_seen_at", Self.day), customer([line("2011-01-10T10:00", nil, 1)]), ["2012-01-10T10:00": false])
    }

    @Test func measuresAgainstEachOther() {
        let amounts = EventMeasure(select("purchase"), .ever, .aggregate(.sum, property: "amount"))
        let lines = EventMeasure(select("visit"), .ever, .count)
        // 150 is 1.50 at two decimals: half of three visits.
        let condition = Condition.behaviour(.compared(amounts, .atLeast, times: 500_000, lines))
        let none: [String: NaiveValue] = [:]
        let visits = ["2011-01-10T08:00", "2011-01-10T09:00", "2011-01-10T10:00"].map { ("visit", $0, none) }
        check(
            condition, customer(visits + [line("2011-01-10T11:00", nil, 149), line("2011-01-10T12:00", nil, 1)]),
            ["2011-01-10T07:59": true, "2011-01-10T08:00": false, "2011-01-10T11:00": false, "2011-01-10T12:00": true])
        let average = EventMeasure(select("purchase"), .ever, .aggregate(.average, property: "amount"))
        for order in MeasureOrder.allCases {
            let missing = Condition.behaviour(.compared(lines, order, times: 0, average))
            check(missing, customer(visits), ["2011-01-10T12:00": false])
        }
    }

    @Test func shareOfWeekends() {
        let weekend = PropertyTest(.weekday, in: .named("Asia/Seoul"), test: .number(.within(min: 6, max: 7)))
        let condition = Condition.behaviour(
            .share(select("purchase", [weekend]), .ever, ofAtLeast: 2, atLeast(500_000, 6)))
        // Friday 16:00 in London is Saturday in Seoul.
        let events = customer([
            line("2011-01-07T14:59", nil, 1), line("2011-01-07T15:00", nil, 1), line("2011-01-10T10:00", nil, 1),
        ])
        check(
            condition, events,
            ["2011-01-07T14:59": false, "2011-01-07T15:00": true, "2011-01-10T10:00": false])
    }

    @Test func theOwnCycle() {
        let cycle = EventCycle(unit: .localDays(.named("Europe/London")), occurrences: 3)
        // Days 10, 12 and 17: gaps of 2 and 5 days, whose mean is 3.5.
        let events = customer([
            line("2011-01-10T10:00", nil, 1), line("2011-01-10T23:59", nil, 1), line("2011-01-12T00:00", nil, 1),
            line("2011-01-17T10:00", nil, 1),
        ])
        let median = AggregateTest.number(.within(min: 35, max: 35), extraScale: 1)
        check(
            .behaviour(.purchaseInterval(select("purchase"), cycle, median)), events,
            ["2011-01-12T00:00": false, "2011-01-17T09:59": false, "2011-01-17T10:00": true])
        // Twice the median is 7 days, more than which have passed on the 25th.
        check(
            .behaviour(.overdue(select("purchase"), cycle, by: 2_000_000)), events,
            ["2011-01-24T23:59:59": false, "2011-01-25T00:00": true])
        check(
            .behaviour(.overdue(select("purchase"), cycle, by: 2_000_000)),
            customer([line("2011-01-10T10:00", nil, 1), line("2011-01-12T10:00", nil, 1)]),
            ["2012-01-24T23:59:59": false])
        let elapsed = EventCycle(unit: .elapsed, occurrences: 2)
        check(
            .behaviour(.overdue(select("purchase"), elapsed, by: 1_500_000)),
            customer([line("2011-01-10T10:00", nil, 1), line("2011-01-10T12:00", nil, 1)]),
            ["2011-01-10T15:00": false, "2011-01-10T15:00:00.001": true])
    }

    /// Which order was the first large one is known only as its lines come.
    @Test func theFirstLargeOrderReturns() throws {
        let large = PropertyTest(property: "amount", test: .number(.within(min: 100, max: nil)))
        let anniversary = Anniversary(
            origin: .first(select("order", [large])), next: try #require(CalendarSpan(parsing: "1 day")), year: nil,
            zone: .named("Europe/London"))
        let person = customer([
            line("2011-01-10T10:00", "tea", 60), line("2011-01-12T10:00", "x", 200),
            line("2011-03-01T10:00", "tea", 50), line("2012-06-01T10:00", "tea", -50),
        ])
        check(
            .anniversary(anniversary), person,
            [
                "2012-01-10T12:00": true, "2012-01-12T12:00": false, "2013-01-10T12:00": false,
                "2013-01-12T12:00": true,
            ])
    }

    /// An order triggers as it is when it comes.
    @Test func sameComparesWithTheOrderThatTriggered() {
        let same = { (amount: Int64, time: String) in
            let person = self.customer([
                self.line("2011-01-10T10:00", "tea", 60), self.line("2011-01-10T12:00", "tea", 50),
                ("visit", "2011-01-10T13:00", ["amount": .number(amount)]),
            ])
            let match = TriggerMatch(
                selection: self.select("visit"), window: .sinceTrigger, count: 1, property: "amount",
                trigger: .event(self.select("order")))
            self.check(
                .behaviour(.matching(match)), person, trigger: time,
                ["2011-01-10T12:59": false, "2011-01-10T13:00": amount == 60 && time == "2011-01-10T10:00"])
        }
        same(60, "2011-01-10T10:00")
        same(110, "2011-01-10T10:00")
        // No order begins then.
        same(50, "2011-01-10T12:00")
        same(60, "2011-01-10T12:00")
    }

    @Test func sameComparesWithWhatTriggersAtCertainHours() {
        for (hour, holds) in [(Int64(10), true), (11, false)] {
            let late = PropertyTest(
                .hour, in: .named("Europe/London"), test: .number(.within(min: hour, max: nil)))
            let match = TriggerMatch(
                selection: select("purchase"), window: .sinceTrigger, count: 1, property: "order",
                trigger: .event(select("purchase", [late])))
            check(
                .behaviour(.matching(match)), orders, trigger: "2011-01-10T10:00",
                ["2011-01-10T11:00": false, "2011-01-10T12:00": holds])
        }
    }

    /// A derived event of visits that share a date.
    private var stays: DataSchema {
        var schema = RandomCatalog.schema(hasSince: false)
        schema.derived.append(DerivedSchema(name: "stay", from: ["visit"], by: "due", sums: ["amount"], count: "rooms"))
        return schema
    }

    /// Three days before the 20th of January; stays of so many rooms.
    private func reminder(_ type: String, _ tests: [PropertyTest]) throws -> EventDate {
        EventDate(
            selection: select(type, tests), property: "due",
            lead: .calendar(try #require(CalendarSpan(parsing: "3 days"))), zone: .named("Europe/London"))
    }

    private func room(_ time: String, _ amount: Int64, recorded: String? = nil) throws -> NaiveEvent {
        let due = Int64(try #require(CivilDate(year: 2011, month: 1, day: 20)).daysSinceEpoch)
        return NaiveEvent(
            type: "visit", time: at(time), recorded: recorded.map { at($0) },
            properties: ["due": .number(due), "amount": .number(amount)])
    }

    /// A stay that reminds of its date is what it is by then.
    @Test func datesOfWhatChanges() throws {
        for (rooms, second, triggered) in [
            (1...9, "2011-01-19T10:00", true), (2...9, "2011-01-16T10:00", true), (2...9, "2011-01-17T00:00", true),
            (2...9, "2011-01-17T00:01", false), (3...9, "2011-01-16T10:00", false), (1...1, "2011-01-16T10:00", false),
            (1...1, "2011-01-17T00:00", false), (1...1, "2011-01-17T00:01", true),
        ] {
            let range = ValueTest.number(.within(min: Int64(rooms.lowerBound), max: Int64(rooms.upperBound)))
            var plan = RandomPlan.plan(
                schema: stays, zone: "Europe/London", conditions: [.constant(true)], roots: [0], exit: 0)
            let date = try reminder("stay", [PropertyTest(property: "rooms", test: range)])
            plan.campaigns[0].schedule = .beforeDate(date, SendTiming(delay: 0, next: nil))
            var engine = OracleEngine(plan)
            let events = [try room("2011-01-10T10:00", 5), try room(second, 5)]
            engine.load(NaiveCustomer(existsFrom: .min, attributes: [:], events: events))
            let found = engine.triggers(from: at("2011-01-01T00:00"), to: at("2012-01-01T00:00"))
            #expect(found == (triggered ? [at("2011-01-17T00:00")] : []), "\(rooms) \(second)")
        }
    }

    /// What becomes known after the reminder changes nothing of what reminded.
    @Test func sameComparesWithWhatWasKnownOfTheDate() throws {
        let match = { (date: EventDate) in
            Condition.behaviour(
                .matching(
                    TriggerMatch(
                        selection: self.select("purchase"), window: .sinceTrigger, count: 1, property: "amount",
                        trigger: .date(date))))
        }
        let hours = PropertyTest(.hour, in: .named("Europe/London"), test: .number(.within(min: 8, max: nil)))
        for (amount, holds) in [(Int64(5), true), (8, false), (3, false)] {
            for date in [try reminder("stay", []), try reminder("visit", [hours])] {
                // The room of the eleventh is first in the input, and told on the day after the reminder.
                let events = [
                    try room("2011-01-11T09:00", 3, recorded: "2011-01-18T00:00"), try room("2011-01-11T10:00", 5),
                    NaiveEvent(
                        type: "purchase", time: at("2011-01-19T10:00"), properties: ["amount": .number(amount)]),
                ]
                check(
                    match(date), NaiveCustomer(existsFrom: .min, attributes: [:], events: events),
                    trigger: "2011-01-17T00:00", schema: stays,
                    ["2011-01-19T09:59": false, "2011-01-19T10:00": holds, "2011-01-20T00:00": holds])
            }
        }
    }

    @Test func aLineThatComesLaterTriggersNothing() {
        let selection = select("order", [PropertyTest(property: "amount", test: .number(.within(min: 55, max: nil)))])
        let plan = RandomPlan.plan(
            schema: RandomCatalog.schema(hasSince: false), zone: "Europe/London",
            conditions: [.constant(true)], roots: [0], exit: 0)
        var triggered = plan
        triggered.campaigns[0].schedule = .onEvent(selection, SendTiming(delay: 0, next: nil))
        var engine = OracleEngine(triggered)
        let person = customer([
            line("2011-01-10T10:00", "tea", 60), line("2011-01-10T11:00", "tea", 60),
            line("2011-01-10T11:00", "x", 50), line("2011-01-10T12:00", "x", 50),
        ])
        engine.load(person)
        let found = engine.triggers(from: at("2011-01-01T00:00"), to: at("2012-01-01T00:00"))
        #expect(found == [at("2011-01-10T10:00")])
        #expect(NaiveOracle(plan: triggered, customer: person).triggerTimes(selection) == found)
    }
}
