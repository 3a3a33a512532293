import CampaignPlan
import CivilTime
import Testing
import Timeline

/// Occurrences of scheduled campaigns, and the order of decisions.
@Suite struct DecisionCalendarTests {
    private func lines(
        _ schedule: Schedule, _ from: String, _ to: String, of person: DecisionPerson = DecisionPerson()
    ) -> [String] {
        var plan = DecisionPlan()
        plan.campaign(schedule)
        return decisionLines(plan, person, from, to).map { line in
            line.replacing("digest", with: "").replacing(" send email", with: "")
        }
    }

    @Test func recursOnDaysOfTheWeekWithinItsDates() throws {
        let time = try #require(TimeOfDay(parsing: "12:30"))
        let days = DayRule.weekdays([.monday, .friday])
        #expect(
            lines(
                .recurring(
                    days, at: time, from: CivilDate(parsing: "2026-03-27"), until: CivilDate(parsing: "2026-04-03"),
                    .named("Europe/London")), "2026-01-01T00:00Z", "2026-12-31T00:00Z") == [
                    "#0 2026-03-27T12:30:00Z", "#1 2026-03-30T11:30:00Z", "#2 2026-04-03T11:30:00Z",
                ])
    }

    @Test func clampsTheDayOfTheMonth() throws {
        let time = try #require(TimeOfDay(parsing: "09:00"))
        #expect(
            lines(
                .recurring(.monthDay(31), at: time, from: nil, until: nil, .named("Etc/UTC")), "2026-01-01T00:00Z",
                "2026-05-01T00:00Z") == [
                    "#0 2026-01-31T09:00:00Z", "#1 2026-02-28T09:00:00Z", "#2 2026-03-31T09:00:00Z",
                    "#3 2026-04-30T09:00:00Z",
                ])
    }

    @Test func thePeriodIsHalfOpen() throws {
        let time = try #require(TimeOfDay(parsing: "09:00"))
        #expect(
            lines(
                .recurring(.weekdays(DecisionPlan.everyday), at: time, from: nil, until: nil, .named("Etc/UTC")),
                "2026-01-01T09:00Z", "2026-01-03T09:00Z") == ["#0 2026-01-01T09:00:00Z", "#1 2026-01-02T09:00:00Z"])
    }

    @Test func aWallTimeIsAnotherInstantInEveryZone() throws {
        let date = try #require(CivilDate(parsing: "2026-12-24"))
        let time = try #require(TimeOfDay(parsing: "18:00"))
        let schedule = Schedule.once(CivilDateTime(date: date, time: time), .recipient)
        func instant(_ zone: String) -> [String] {
            var person = DecisionPerson()
            person.lives(in: zone)
            return lines(schedule, "2026-01-01T00:00Z", "2026-12-24T20:00Z", of: person)
        }
        #expect(instant("Asia/Seoul") == ["#0 2026-12-24T09:00:00Z"])
        #expect(instant("Europe/London") == ["#0 2026-12-24T18:00:00Z"])
        #expect(instant("Nowhere/Land") == ["#0 2026-12-24T18:00:00Z"])
        // In New York it is 23:00Z, after the period: no trigger, and not considered.
        #expect(instant("America/New_York") == [])
    }

    @Test func considersOnlyThoseForWhomItIsInThePeriod() throws {
        let time = try #require(TimeOfDay(parsing: "18:00"))
        var plan = DecisionPlan()
        let nobody = plan.add(.constant(false))
        plan.campaign(
            .recurring(.weekdays(DecisionPlan.everyday), at: time, from: nil, until: nil, .recipient), include: nobody)
        let bound = plan.bound
        let calendar = OccurrenceCalendar(
            bound: bound, from: decisionInstant("2025-12-31T20:00Z"), to: decisionInstant("2026-01-03T20:00Z"))
        #expect(calendar.occurrenceCount(campaign: 0) == 4)
        let date = try #require(CivilDate(parsing: "2025-12-31"))
        #expect(calendar.nominal(campaign: 0, occurrence: 0) == .wall(CivilDateTime(date: date, time: time)))
        var evaluator = Evaluator(bound)
        var shards = [DecisionBuffer(calendar: calendar), DecisionBuffer(calendar: calendar)]
        for (shard, zone) in [(0, "America/New_York"), (1, "Asia/Seoul"), (0, "Europe/London")] {
            var person = DecisionPerson()
            person.lives(in: zone)
            evaluator.begin(person.timeline(bound.layout))
            evaluator.decide(calendar, into: &shards[shard])
        }
        // 18:00 is 23:00Z in New York: the first is in the period there alone, the last is after it.
        #expect(shards[0].considered(campaign: 0) == [1, 2, 2, 1])
        #expect(shards[1].considered(campaign: 0) == [0, 1, 1, 1])
        shards[0].addConsidered(of: shards[1])
        #expect(shards[0].considered(campaign: 0) == [1, 3, 3, 2])
        #expect(shards[0].considered(campaign: 0, occurrence: 2) == 3)
    }

    @Test func decisionsComeByInstantThenPriorityThenName() throws {
        let noon = try #require(TimeOfDay(parsing: "12:00"))
        let ten = try #require(TimeOfDay(parsing: "10:00"))
        func daily(_ time: TimeOfDay) -> Schedule {
            .recurring(.weekdays(DecisionPlan.everyday), at: time, from: nil, until: nil, .named("Etc/UTC"))
        }
        var plan = DecisionPlan()
        plan.campaign(named: "a", daily(noon), priority: 10)
        plan.campaign(named: "b", daily(noon), priority: 20)
        plan.campaign(named: "c", daily(noon), priority: 20)
        plan.campaign(named: "d", daily(ten), priority: 1)
        plan.campaign(
            named: "e", .onEvent(EventSelection(types: ["visit"], tests: []), SendTiming(delay: 0, next: nil)),
            priority: 15)
        var person = DecisionPerson()
        person.did("visit", "2026-01-01T12:00Z")
        person.did("visit", "2026-01-02T11:00Z")
        let lines = decisionLines(plan, person, "2026-01-01T00:00Z", "2026-01-03T00:00Z")
        #expect(lines.map { $0.prefix(3) } == ["d#0", "b#0", "c#0", "e#0", "a#0", "d#1", "e#1", "b#1", "c#1", "a#1"])
    }

    @Test func anEmptyPeriodHasNoOccurrences() throws {
        let noon = try #require(TimeOfDay(parsing: "12:00"))
        let daily = Schedule.recurring(
            .weekdays(DecisionPlan.everyday), at: noon, from: nil, until: nil, .named("Etc/UTC"))
        #expect(lines(daily, "2026-01-05T00:00Z", "2026-01-05T00:00Z") == [])
        #expect(lines(daily, "2026-01-05T00:00Z", "2026-01-01T00:00Z") == [])
    }
}
