import CampaignPlan
import CivilTime
import Testing
import Timeline

/// When campaigns are triggered by sequences and anniversaries, and when their messages are planned.
@Suite struct DecisionTriggerTests {
    private func select(_ types: String...) -> EventSelection { EventSelection(types: types, tests: []) }

    private func lines(_ schedule: Schedule, _ person: DecisionPerson, zone: String = "Etc/UTC") -> [String] {
        var plan = DecisionPlan()
        plan.zone = zone
        plan.campaign(schedule)
        return decisionLines(plan, person, "2026-01-01T00:00Z", "2026-03-01T00:00Z")
    }

    private func cart(within: Int64? = nil, window: EventWindow = .ever, startsLast: Bool = false) -> Schedule {
        .onSequence(
            SequencePattern(
                steps: [.init(selection: select("visit"))],
                absence: .init(selection: select("purchase"), within: within), window: window, startsLast: startsLast),
            SendTiming(delay: 0, next: nil))
    }

    /// Once for each visit that no purchase follows in time.
    @Test func anAbsenceCompletesAtItsEnd() {
        var person = DecisionPerson()
        person.did("visit", "2026-01-02T00:00Z")
        person.did("purchase", "2026-01-03T00:00Z")
        person.did("visit", "2026-01-10T00:00Z")
        person.did("visit", "2026-01-10T06:00Z")
        #expect(
            lines(cart(within: decisionDay), person) == [
                "digest#0 2026-01-11T00:00:00Z send email", "digest#1 2026-01-11T06:00:00Z send email",
            ])
        // Another visit makes the first one not the last.
        #expect(
            lines(cart(within: decisionDay, startsLast: true), person) == ["digest#0 2026-01-11T06:00:00Z send email"])
        // The visit is longer ago than the window when the sequence completes.
        #expect(lines(cart(within: decisionDay, window: .elapsed(from: decisionDay, to: 0)), person) == [])
    }

    @Test func anAbsenceWithoutATimeCompletesAtOnce() {
        var person = DecisionPerson()
        person.did("visit", "2026-01-02T00:00Z")
        person.did("purchase", "2026-01-02T00:00:00.001Z")
        #expect(lines(cart(), person) == ["digest#0 2026-01-02T00:00:00Z send email"])
    }

    /// What was complete before is not complete once more when a step becomes known.
    @Test func lateStepsCompleteWhenTheyBecomeKnown() {
        let schedule = Schedule.onSequence(
            SequencePattern(
                steps: [.init(selection: select("visit")), .init(selection: select("purchase"))], absence: nil,
                window: .ever, startsLast: false), SendTiming(delay: 0, next: nil))
        var person = DecisionPerson()
        person.did("visit", "2026-01-02T00:00Z", recorded: "2026-01-08T00:00Z")
        person.did("purchase", "2026-01-03T00:00Z")
        person.did("visit", "2026-01-04T00:00Z")
        person.did("purchase", "2026-01-05T00:00Z")
        #expect(
            lines(schedule, person) == [
                "digest#0 2026-01-05T00:00:00Z send email", "digest#1 2026-01-08T00:00:00Z send email",
            ])
    }

    private func anniversary(
        _ next: String, year: Int? = nil, zone: ZoneReference = .named("Etc/UTC")
    ) throws -> Schedule {
        let span = try #require(CalendarSpan(parsing: next))
        return .onAnniversary(
            Anniversary(origin: .attribute("birthday"), next: span, year: year, zone: zone),
            SendTiming(delay: 0, next: nil))
    }

    @Test func anAnniversaryFiresWhenItsDaysBegin() throws {
        var person = DecisionPerson()
        person.attributes["birthday"] = Int64(try #require(CivilDate(year: 1988, month: 2, day: 29)).daysSinceEpoch)
        // There is no 29 February in 2026; the day itself is the last of seven.
        #expect(lines(try anniversary("7 days"), person) == ["digest#0 2026-02-22T00:00:00Z send email"])
        #expect(lines(try anniversary("1 day"), person) == ["digest#0 2026-02-28T00:00:00Z send email"])
        #expect(lines(try anniversary("1 day", year: 38), person) == ["digest#0 2026-02-28T00:00:00Z send email"])
        #expect(lines(try anniversary("1 day", year: 37), person) == [])
        person.lives(in: "Asia/Seoul")
        #expect(
            lines(try anniversary("1 day", zone: .recipient), person) == ["digest#0 2026-02-27T15:00:00Z send email"])
    }

    /// Who begins to be a customer when the days have begun is not written to.
    @Test func nobodyIsRemindedTooLate() throws {
        var person = DecisionPerson()
        person.attributes["birthday"] = Int64(try #require(CivilDate(year: 1988, month: 2, day: 10)).daysSinceEpoch)
        person.existsFrom = decisionInstant("2026-02-05T00:00Z")
        #expect(lines(try anniversary("7 days"), person) == [])
        #expect(lines(try anniversary("3 days"), person) == ["digest#0 2026-02-08T00:00:00Z send email"])
    }

    private func bestTime(_ occurrences: Int, within: WallHours? = nil) throws -> Schedule {
        let fallback = try #require(TimeOfDay(parsing: "12:30"))
        let best = BestTime(
            selection: select("visit"), over: 30 * decisionDay, occurrences: occurrences, within: within,
            fallback: fallback)
        let next = NextTime(days: .weekdays(DecisionPlan.everyday), time: .best(best), zone: .recipient)
        return .onEvent(select("purchase"), SendTiming(delay: decisionDay, next: next))
    }

    @Test func theBestTimeIsTheRecipientsMostFrequentHour() throws {
        var person = DecisionPerson()
        person.lives(in: "Asia/Seoul")
        // 07:10, 07:50 and twice 21 o'clock in Seoul, and again after the trigger.
        person.did("visit", "2026-01-02T22:10Z")
        person.did("visit", "2026-01-03T12:00Z")
        person.did("visit", "2026-01-04T22:50Z")
        person.did("visit", "2026-01-05T12:59Z")
        person.did("purchase", "2026-01-10T00:00Z")
        person.did("visit", "2026-01-10T12:00Z")
        // The earlier one of two as frequent hours: 07:00 on 12 January in Seoul.
        #expect(lines(try bestTime(4), person) == ["digest#0 2026-01-11T22:00:00Z send email"])
        // One visit too few.
        #expect(lines(try bestTime(5), person) == ["digest#0 2026-01-11T03:30:00Z send email"])
        let evening = WallHours(
            from: try #require(TimeOfDay(parsing: "08:00")), until: try #require(TimeOfDay(parsing: "22:00")))
        #expect(lines(try bestTime(2, within: evening), person) == ["digest#0 2026-01-11T12:00:00Z send email"])
        // Only two of the four fall into these hours.
        #expect(lines(try bestTime(3, within: evening), person) == ["digest#0 2026-01-11T03:30:00Z send email"])
    }

    /// What becomes known after the trigger does not count.
    @Test func theBestTimeIsThatOfTheTrigger() throws {
        var person = DecisionPerson()
        person.did("visit", "2026-01-02T07:10Z")
        person.did("visit", "2026-01-03T18:00Z", recorded: "2026-01-10T00:00:00.001Z")
        person.did("visit", "2026-01-04T18:00Z", recorded: "2026-01-10T00:00:00.001Z")
        person.did("purchase", "2026-01-10T00:00Z")
        #expect(lines(try bestTime(1), person) == ["digest#0 2026-01-11T07:00:00Z send email"])
    }
}
