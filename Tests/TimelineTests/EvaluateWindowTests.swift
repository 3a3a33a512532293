import CampaignPlan
import CivilTime
import Testing
import Timeline

/// What windows see, written as intervals.
@Suite struct EvaluateWindowTests {
    /// Checks when at least `count` visits are seen.
    private func check(
        _ visits: [String], _ window: EventWindow, atLeast count: Int = 1, existsFrom: String? = nil,
        livesIn zone: String? = nil, _ expected: [(String, String)], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var plan = DecisionPlan()
        let condition = plan.events("visit", window, .countAtLeast(count))
        var person = DecisionPerson()
        if let zone { person.lives(in: zone) }
        if let existsFrom { person.existsFrom = decisionInstant(existsFrom) }
        for visit in visits { person.did("visit", visit) }
        expectIntervals(plan, person, condition, expected, sourceLocation)
    }

    /// Checks when an attribute is where the window wants it.
    private func check(
        _ attribute: String, _ value: Int64?, _ window: AttributeWindow, _ expected: [(String, String)],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var plan = DecisionPlan()
        let condition = plan.add(.attributeTime(attribute, window))
        var person = DecisionPerson()
        person.attributes[attribute] = value
        expectIntervals(plan, person, condition, expected, sourceLocation)
    }

    private func expectIntervals(
        _ plan: DecisionPlan, _ person: DecisionPerson, _ condition: ConditionIndex, _ expected: [(String, String)],
        _ sourceLocation: SourceLocation
    ) {
        let bound = plan.bound
        var evaluator = Evaluator(bound)
        evaluator.begin(person.timeline(bound.layout))
        let found = evaluator.intervals(of: condition).map { [text($0.from), text($0.to)] }
        #expect(found == expected.map { [$0.0, $0.1] }, sourceLocation: sourceLocation)
    }

    private func text(_ instant: Int64) -> String {
        switch instant {
        case .min: "ever"
        case .max: "ever"
        default: Instant(milliseconds: instant).description
        }
    }

    private func span(_ text: String) throws -> CalendarSpan { try #require(CalendarSpan(parsing: text)) }

    @Test func withinSeesElapsedTime() {
        let week = EventWindow.elapsed(from: 7 * decisionDay, to: 0)
        check(["2026-01-01T12:00Z"], week, [("2026-01-01T12:00:00Z", "2026-01-08T12:00:00Z")])
        // Touching stays are one.
        check(
            ["2026-01-01T12:00Z", "2026-01-08T12:00Z", "2026-01-20T00:00Z"], week,
            [("2026-01-01T12:00:00Z", "2026-01-15T12:00:00Z"), ("2026-01-20T00:00:00Z", "2026-01-27T00:00:00Z")])
        check(
            ["2026-01-01T12:00Z", "2026-01-05T12:00Z", "2026-01-08T11:00Z", "2026-01-20T00:00Z"], week, atLeast: 2,
            [("2026-01-05T12:00:00Z", "2026-01-12T12:00:00Z")])
        check(["2026-01-01T12:00Z", "2026-01-08T12:00Z"], week, atLeast: 2, [])
    }

    @Test func withinFromToSeesAnEarlierStretch() {
        check(
            ["2026-01-01T12:00Z"], .elapsed(from: 7 * decisionDay, to: 2 * decisionDay),
            [("2026-01-03T12:00:00Z", "2026-01-08T12:00:00Z")])
        // Two events more than five days apart are never seen together.
        check(
            ["2026-01-01T12:00Z", "2026-01-06T12:00Z"], .elapsed(from: 7 * decisionDay, to: 2 * decisionDay),
            atLeast: 2, [])
    }

    @Test func everSeesAllSoFar() {
        check(["2026-01-01T12:00Z", "2026-01-02T12:00Z"], .ever, atLeast: 2, [("2026-01-02T12:00:00Z", "ever")])
        check([], .ever, [])
    }

    @Test func isClippedToExistence() {
        check(["2026-01-01T12:00Z"], .ever, existsFrom: "2026-02-01T00:00Z", [("2026-02-01T00:00:00Z", "ever")])
    }

    @Test func pastSeesWholeLocalDays() throws {
        let utc = ZoneReference.named("Etc/UTC")
        check(
            ["2026-01-01T12:00Z"], .past(try span("3 days"), utc), [("2026-01-02T00:00:00Z", "2026-01-05T00:00:00Z")])
        check(
            ["2026-03-28T23:30Z"], .past(try span("1 day"), .named("Europe/London")),
            [("2026-03-29T00:00:00Z", "2026-03-29T23:00:00Z")])
        // In Seoul the evening of the 1st in UTC is the morning of the 2nd.
        check(
            ["2026-01-01T20:00Z"], .past(try span("1 week"), .recipient), livesIn: "Asia/Seoul",
            [("2026-01-02T15:00:00Z", "2026-01-09T15:00:00Z")])
        // A month before the 28th of February and before the 28th of March: the 28th of January is seen to the end of
        // February, and so are the three days after it.
        for day in ["28", "29", "30"] {
            check(
                ["2026-01-\(day)T12:00Z"], .past(try span("1 month"), utc),
                [("2026-01-\(Int(day).map { $0 + 1 } ?? 0)T00:00:00Z", "2026-03-01T00:00:00Z")])
        }
        check(
            ["2026-01-27T12:00Z"], .past(try span("1 month"), utc), [("2026-01-28T00:00:00Z", "2026-02-28T00:00:00Z")])
        check(
            ["2024-02-29T12:00Z"], .past(try span("1 year"), utc), [("2024-03-01T00:00:00Z", "2025-03-01T00:00:00Z")])
    }

    @Test func recentSeesTodayToo() throws {
        let utc = ZoneReference.named("Etc/UTC")
        check(
            ["2026-01-01T12:00Z"], .recent(try span("1 day"), utc), [("2026-01-01T12:00:00Z", "2026-01-02T00:00:00Z")])
        check(
            ["2026-01-01T12:00Z", "2026-01-03T12:00Z"], .recent(try span("3 days"), utc), atLeast: 2,
            [("2026-01-03T12:00:00Z", "2026-01-04T00:00:00Z")])
        check(
            ["2026-01-31T12:00Z"], .recent(try span("1 month"), utc), [("2026-01-31T12:00:00Z", "2026-03-01T00:00:00Z")]
        )
    }

    @Test func aDayThatAZoneSkipsIsNobodysToday() throws {
        // In Samoa the 29th ended when the 31st began.
        check(
            ["2011-12-30T09:00Z"], .past(try span("1 day"), .named("Pacific/Apia")), [])
        check(
            ["2011-12-30T09:00Z"], .past(try span("2 days"), .named("Pacific/Apia")),
            [("2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z")])
    }

    @Test func instantAttributesAreLikeEvents() throws {
        let value = decisionInstant("2026-01-10T12:00Z")
        let utc = ZoneReference.named("Etc/UTC")
        check(
            "signed_up_at", value, .elapsed(from: 2 * decisionDay, to: 0, utc),
            [("2026-01-10T12:00:00Z", "2026-01-12T12:00:00Z")])
        check(
            "signed_up_at", value, .past(try span("2 days"), utc), [("2026-01-11T00:00:00Z", "2026-01-13T00:00:00Z")])
        check(
            "signed_up_at", value, .recent(try span("2 days"), utc), [("2026-01-10T12:00:00Z", "2026-01-12T00:00:00Z")])
        check(
            "signed_up_at", value, .nextElapsed(2 * decisionDay, utc),
            [("2026-01-08T12:00:00Z", "2026-01-10T12:00:00Z")])
        check(
            "signed_up_at", value, .nextDays(try span("2 days"), utc),
            [("2026-01-09T00:00:00Z", "2026-01-10T12:00:00Z")])
        check("signed_up_at", nil, .elapsed(from: 2 * decisionDay, to: 0, utc), [])
    }

    @Test func datesAreLikeEventsAtTheirMidnight() throws {
        let seoul = ZoneReference.named("Asia/Seoul")
        let date = Int64(try #require(CivilDate(parsing: "2026-01-10")).daysSinceEpoch)
        check(
            "birthday", date, .elapsed(from: decisionDay, to: 0, seoul),
            [("2026-01-09T15:00:00Z", "2026-01-10T15:00:00Z")])
        check(
            "birthday", date, .past(try span("1 day"), seoul), [("2026-01-10T15:00:00Z", "2026-01-11T15:00:00Z")])
        check(
            "birthday", date, .recent(try span("1 day"), seoul), [("2026-01-09T15:00:00Z", "2026-01-10T15:00:00Z")])
        check(
            "birthday", date, .nextElapsed(decisionDay, seoul), [("2026-01-08T15:00:00Z", "2026-01-09T15:00:00Z")])
        // Today counts as one of the days, to its end.
        check(
            "birthday", date, .nextDays(try span("1 day"), seoul), [("2026-01-09T15:00:00Z", "2026-01-10T15:00:00Z")])
        check(
            "birthday", date, .nextDays(try span("7 days"), seoul), [("2026-01-03T15:00:00Z", "2026-01-10T15:00:00Z")])
    }

    @Test func monthsAheadStopAtTheEndOfShortMonths() throws {
        let utc = ZoneReference.named("Etc/UTC")
        // A month after the 28th of February is the 28th of March: the 30th of March comes into sight on 1 March.
        let date = Int64(try #require(CivilDate(parsing: "2026-03-30")).daysSinceEpoch)
        check(
            "birthday", date, .nextDays(try span("1 month"), utc), [("2026-03-01T00:00:00Z", "2026-03-31T00:00:00Z")])
    }

    @Test func endsOfTimeDoNotTrap() throws {
        let zone = ZoneReference.named("Pacific/Apia")
        let windows: [EventWindow] = [
            .ever, .sinceTrigger, .elapsed(from: .max, to: .max - 1), .elapsed(from: 1, to: 0),
            .past(try span("100 years"), zone), .recent(try span("1 month"), zone),
        ]
        let times: [Int64] = [.min, .min + 1, -1, 0, 1, .max - 1, .max]
        var plan = DecisionPlan()
        for window in windows {
            for measure in [
                Measure.countAtLeast(1), .countAtLeast(.max),
                .aggregate(.sum, property: "amount", .number(.within(min: .min, max: 0), extraScale: 0)),
                .aggregate(.average, property: "amount", .number(.isIn([.min, .max]), extraScale: 40)),
                .aggregate(.maximum, property: "amount", .missing(true)),
                .aggregate(.distinct, property: "amount", .number(.outside(min: nil, max: .max), extraScale: 0)),
            ] {
                _ = plan.events("purchase", window, measure)
            }
        }
        for window in [
            AttributeWindow.elapsed(from: .max, to: .max - 1, zone), .past(try span("1 month"), zone),
            .recent(try span("100 years"), zone), .nextElapsed(.max, zone), .nextDays(try span("1 year"), zone),
        ] {
            _ = plan.add(.attributeTime("birthday", window))
            _ = plan.add(.attributeTime("signed_up_at", window))
        }
        let bound = plan.bound
        var evaluator = Evaluator(bound)
        for attribute in times {
            var person = DecisionPerson()
            person.attributes["birthday"] = attribute
            person.attributes["signed_up_at"] = attribute
            for time in times { person.did("purchase", time, amount: time) }
            evaluator.begin(person.timeline(bound.layout))
            for condition in bound.plan.conditions.indices {
                let intervals = evaluator.intervals(of: condition)
                #expect(intervals.allSatisfy { $0.from < $0.to })
                #expect(zip(intervals, intervals.dropFirst()).allSatisfy { $0.to < $1.from })
                for time in times { _ = evaluator.exitHolds(condition, trigger: time, at: 0) }
            }
        }
    }
}
