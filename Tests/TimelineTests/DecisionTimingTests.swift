import CampaignPlan
import CivilTime
import Testing
import Timeline

/// From trigger to planned instant, and which triggers there are.
@Suite struct DecisionTimingTests {
    private let visit = EventSelection(types: ["visit"], tests: [])

    private func check(
        _ event: String, delay: Int64 = 0, next days: [Weekday], at time: String, _ zone: ZoneReference,
        _ expected: String,
        livesIn: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let time = try #require(TimeOfDay(parsing: time))
        var plan = DecisionPlan()
        plan.campaign(
            .onEvent(
                visit, SendTiming(delay: delay, next: NextTime(days: .weekdays(days), time: .at(time), zone: zone))))
        var person = DecisionPerson()
        if let livesIn { person.lives(in: livesIn) }
        person.did("visit", event)
        let lines = decisionLines(plan, person, "2005-01-01T00:00Z", "2040-01-01T00:00Z")
        #expect(lines == ["digest#0 \(expected) send email"], sourceLocation: sourceLocation)
    }

    @Test func nextWeekdayAcrossDaylightSaving() throws {
        let london = ZoneReference.named("Europe/London")
        let newYork = ZoneReference.named("America/New_York")
        let everyday = DecisionPlan.everyday
        // Clocks go forward on 2026-03-29 at 01:00 in London: 12:30 is 12:30Z before and 11:30Z after.
        try check("2026-03-28T12:30Z", next: everyday, at: "12:30", london, "2026-03-28T12:30:00Z")
        try check("2026-03-28T12:30:01Z", next: everyday, at: "12:30", london, "2026-03-29T11:30:00Z")
        try check("2026-03-28T12:31Z", next: [.monday], at: "12:30", london, "2026-03-30T11:30:00Z")
        // 01:30 is skipped that day: the first instant after the gap.
        try check("2026-03-29T00:00Z", next: everyday, at: "01:30", london, "2026-03-29T01:00:00Z")
        // 01:30 comes twice on 2026-10-25: the first, and never the second.
        try check("2026-10-25T00:00Z", next: everyday, at: "01:30", london, "2026-10-25T00:30:00Z")
        try check("2026-10-25T00:45Z", next: everyday, at: "01:30", london, "2026-10-26T01:30:00Z")
        // New York: forward on 2026-03-08 at 02:00, back on 2026-11-01 at 02:00.
        try check("2026-03-08T05:00Z", next: everyday, at: "02:30", newYork, "2026-03-08T07:00:00Z")
        try check("2026-11-01T05:00Z", next: everyday, at: "01:30", newYork, "2026-11-01T05:30:00Z")
        try check("2026-11-01T05:31Z", next: everyday, at: "01:30", newYork, "2026-11-02T06:30:00Z")
        try check("2026-03-06T18:00Z", next: [.monday, .tuesday], at: "12:30", newYork, "2026-03-09T16:30:00Z")
    }

    @Test func delayComesFirst() throws {
        try check(
            "2026-01-05T12:00Z", delay: 3 * decisionDay, next: [.monday], at: "09:00", .named("Etc/UTC"),
            "2026-01-12T09:00:00Z")
        try check(
            "2026-01-05T09:00Z", delay: 7 * decisionDay, next: [.monday], at: "09:00", .named("Etc/UTC"),
            "2026-01-12T09:00:00Z")
    }

    @Test func aDayThatAZoneSkipsIsTheStartOfTheNext() throws {
        // Samoa had no 2011-12-30, a Friday; its noon is the first instant of the 31st.
        try check(
            "2011-12-29T20:00Z", next: [.friday], at: "12:00", .named("Pacific/Apia"), "2011-12-30T10:00:00Z")
        try check(
            "2011-12-30T10:00Z", next: [.friday], at: "12:00", .named("Pacific/Apia"), "2011-12-30T10:00:00Z")
    }

    @Test func recipientsHaveTheirOwnZone() throws {
        let everyday = DecisionPlan.everyday
        try check(
            "2026-01-05T00:00Z", next: everyday, at: "12:30", .recipient, "2026-01-05T03:30:00Z", livesIn: "Asia/Seoul")
        // Without a zone, and with one that does not exist, the workspace's.
        try check("2026-01-05T00:00Z", next: everyday, at: "12:30", .recipient, "2026-01-05T12:30:00Z")
        try check(
            "2026-01-05T00:00Z", next: everyday, at: "12:30", .recipient, "2026-01-05T12:30:00Z",
            livesIn: "Nowhere/Land")
    }

    @Test func triggersLieInThePeriodAndInExistence() {
        var plan = DecisionPlan()
        plan.campaign(.onEvent(visit, SendTiming(delay: 0, next: nil)))
        var person = DecisionPerson(existsFrom: decisionInstant("2026-01-02T00:00Z"))
        for day in ["01T12:00Z", "02T00:00Z", "03T00:00Z", "04T23:59:59.999Z", "05T00:00Z"] {
            person.did("visit", "2026-01-\(day)")
        }
        #expect(
            decisionLines(plan, person, "2026-01-01T00:00Z", "2026-01-05T00:00Z") == [
                "digest#0 2026-01-02T00:00:00Z send email", "digest#1 2026-01-03T00:00:00Z send email",
                "digest#2 2026-01-04T23:59:59.999Z send email",
            ])
        person.existsFrom = .min
        #expect(
            decisionLines(plan, person, "2026-01-03T00:00Z", "2026-01-04T00:00Z") == [
                "digest#0 2026-01-03T00:00:00Z send email"
            ])
    }

    @Test func whatFallsAtOrAfterTheEndIsPendingAndNotAccepted() {
        var plan = DecisionPlan()
        let nobody = plan.add(.constant(false))
        plan.campaign(named: "late", .onEvent(visit, SendTiming(delay: 2 * decisionDay, next: nil)), include: nobody)
        plan.campaign(
            named: "soon", .onEvent(visit, SendTiming(delay: 2 * decisionDay - 1, next: nil)), include: nobody)
        var person = DecisionPerson()
        person.did("visit", "2026-01-03T00:00Z")
        #expect(
            decisionLines(plan, person, "2026-01-01T00:00Z", "2026-01-05T00:00Z") == [
                "soon#0 2026-01-04T23:59:59.999Z not in audience", "late#0 2026-01-05T00:00:00Z pending",
            ])
    }

    @Test func entersFiresAtStartsOfTheAudience() {
        var plan = DecisionPlan()
        let recent = plan.events("visit", .elapsed(from: decisionDay, to: 0))
        plan.campaign(.onEntry(SendTiming(delay: 0, next: nil)), include: recent)
        var person = DecisionPerson()
        for time in ["2025-12-31T12:00Z", "2026-01-03T00:00Z", "2026-01-03T12:00Z", "2026-01-04T12:00Z"] {
            person.did("visit", time)
        }
        person.did("visit", "2026-01-07T00:00Z")
        // The first began before the period; the next three are one stay, for the ends touch.
        #expect(
            decisionLines(plan, person, "2026-01-01T00:00Z", "2026-02-01T00:00Z") == [
                "digest#0 2026-01-03T00:00:00Z send email", "digest#1 2026-01-07T00:00:00Z send email",
            ])
    }

    @Test func aDeclaredSinceIsAStartAndSinceEverIsNot() {
        var plan = DecisionPlan()
        let bought = plan.events("purchase")
        let silent = plan.not(bought)
        plan.campaign(.onEntry(SendTiming(delay: 0, next: nil)), include: silent)
        var person = DecisionPerson()
        let (from, to) = ("2026-01-01T00:00Z", "2026-02-01T00:00Z")
        #expect(decisionLines(plan, person, from, to) == [])
        person.existsFrom = decisionInstant("2026-01-10T08:00Z")
        #expect(decisionLines(plan, person, from, to) == ["digest#0 2026-01-10T08:00:00Z send email"])
        // At the beginning of the period it still is one; before it, it is not.
        person.existsFrom = decisionInstant(from)
        #expect(decisionLines(plan, person, from, to) == ["digest#0 2026-01-01T00:00:00Z send email"])
        person.existsFrom = decisionInstant(from) - 1
        #expect(decisionLines(plan, person, from, to) == [])
        person.existsFrom = decisionInstant(to)
        #expect(decisionLines(plan, person, from, to) == [])
    }

    @Test func endsOfTimeDoNotTrap() {
        var plan = DecisionPlan()
        plan.campaign(
            named: "next",
            .onEvent(
                visit,
                SendTiming(
                    delay: .max, next: NextTime(days: .weekdays([.monday]), time: .at(.midnight), zone: .recipient))))
        plan.campaign(
            named: "plain", .onEvent(visit, SendTiming(delay: .max, next: nil)), expires: .max, reEntry: .after(.max))
        let bound = plan.bound
        let calendar = OccurrenceCalendar(bound: bound, from: .min, to: .max)
        var buffer = DecisionBuffer(calendar: calendar)
        var person = DecisionPerson()
        for time in [Int64.min, .min + 1, -1, 0, .max - 1, .max] { person.did("visit", time) }
        var evaluator = Evaluator(bound)
        evaluator.begin(person.timeline(bound.layout))
        evaluator.decide(calendar, into: &buffer)
        #expect(buffer.decisions.count == 10)
    }
}
