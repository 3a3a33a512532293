import CampaignPlan
import CivilTime
import Testing
import Timeline

@Suite struct DecisionQuietHoursTests {
    private func check(
        _ planned: String, _ expected: String, quiet from: String = "21:00", _ until: String = "08:00",
        then action: QuietHours.Action = .nextAllowed, zone: String = "Etc/UTC", livesIn: String? = nil,
        expires: Int64? = nil, nightConsent: Int64? = nil, triggered: Bool = false,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var plan = DecisionPlan()
        plan.zone = zone
        plan.quietHours = QuietHours(
            from: try #require(TimeOfDay(parsing: from)), until: try #require(TimeOfDay(parsing: until)),
            channels: ["sms"], action: action)
        var person = DecisionPerson()
        person.attributes = ["phone": 0, "sms_consent": 1]
        person.attributes["night_consent"] = nightConsent
        if let livesIn { person.lives(in: livesIn) }
        let instant = decisionInstant(planned)
        person.did("visit", instant)
        let schedules: [Schedule] = [
            .onceAtInstant(Instant(milliseconds: instant)),
            .onEvent(EventSelection(types: ["visit"], tests: []), SendTiming(delay: 0, next: nil)),
        ]
        for schedule in schedules {
            plan.campaigns = []
            plan.campaign(schedule, expires: expires, channels: ["sms"])
            let lines = decisionLines(plan, person, "2026-01-01T00:00Z", "2027-01-01T00:00Z")
            #expect(lines == ["digest#0 \(expected)"], "\(schedule)", sourceLocation: sourceLocation)
        }
    }

    @Test func movesOverMidnight() throws {
        try check("2026-01-05T20:59:59.999Z", "2026-01-05T20:59:59.999Z send sms")
        try check("2026-01-05T21:00Z", "(2026-01-05T21:00:00Z) 2026-01-06T08:00:00Z send sms")
        try check("2026-01-06T07:59:59.999Z", "(2026-01-06T07:59:59.999Z) 2026-01-06T08:00:00Z send sms")
        try check("2026-01-06T08:00Z", "2026-01-06T08:00:00Z send sms")
    }

    @Test func movesWithinADay() throws {
        try check("2026-01-05T12:00Z", "(2026-01-05T12:00:00Z) 2026-01-05T13:30:00Z send sms", quiet: "11:00", "13:30")
        try check("2026-01-05T13:30Z", "2026-01-05T13:30:00Z send sms", quiet: "11:00", "13:30")
    }

    @Test func followsTheWallClockAcrossDaylightSaving() throws {
        let london = "Europe/London"
        // A night with an hour less, and one with an hour more.
        try check("2026-03-28T23:00Z", "(2026-03-28T23:00:00Z) 2026-03-29T07:00:00Z send sms", zone: london)
        try check("2026-10-24T22:00Z", "(2026-10-24T22:00:00Z) 2026-10-25T08:00:00Z send sms", zone: london)
        // The end lies in the gap: the first instant after it.
        try check(
            "2026-03-29T00:30Z", "(2026-03-29T00:30:00Z) 2026-03-29T01:00:00Z send sms", quiet: "00:00", "01:30",
            zone: london)
        // All quiet time lies in the gap.
        try check("2026-03-29T01:00Z", "2026-03-29T01:00:00Z send sms", quiet: "01:15", "01:45", zone: london)
        // Repeated hours are quiet twice: 01:15–01:45 ends at 00:45Z and again at 01:45Z.
        try check(
            "2026-10-25T00:30Z", "(2026-10-25T00:30:00Z) 2026-10-25T00:45:00Z send sms", quiet: "01:15", "01:45",
            zone: london)
        try check(
            "2026-10-25T01:30Z", "(2026-10-25T01:30:00Z) 2026-10-25T01:45:00Z send sms", quiet: "01:15", "01:45",
            zone: london)
        // Quiet up to the second before the clocks go back into it: one stretch.
        try check(
            "2026-10-25T00:30Z", "(2026-10-25T00:30:00Z) 2026-10-25T02:00:00Z send sms", quiet: "01:00", "02:00",
            zone: london)
    }

    @Test func readsTheRecipientsZone() throws {
        try check(
            "2026-01-05T12:30Z", "(2026-01-05T12:30:00Z) 2026-01-05T23:00:00Z send sms", livesIn: "Asia/Seoul")
        try check("2026-01-05T12:30Z", "2026-01-05T12:30:00Z send sms", livesIn: "Nowhere/Land")
        try check(
            "2026-01-06T02:30Z", "(2026-01-06T02:30:00Z) 2026-01-06T13:00:00Z send sms", livesIn: "America/New_York")
    }

    @Test func dropsWhereThePolicySaysSo() throws {
        try check("2026-01-05T22:00Z", "2026-01-05T22:00:00Z quiet hours", then: .drop)
        try check("2026-01-05T12:00Z", "2026-01-05T12:00:00Z send sms", then: .drop)
    }

    @Test func nightConsentExempts() throws {
        try check("2026-01-05T22:00Z", "2026-01-05T22:00:00Z send sms", nightConsent: 1)
        try check("2026-01-05T22:00Z", "2026-01-05T22:00:00Z send sms", then: .drop, nightConsent: 1)
        try check("2026-01-05T22:00Z", "2026-01-05T22:00:00Z quiet hours", then: .drop, nightConsent: 0)
    }

    @Test func expiresCountsFromThePlannedInstant() throws {
        let moved = "(2026-01-05T22:00:00Z) 2026-01-06T08:00:00Z"
        try check("2026-01-05T22:00Z", "\(moved) send sms", expires: 10 * decisionHour)
        try check("2026-01-05T22:00Z", "\(moved) expired", expires: 10 * decisionHour - 1)
        try check("2026-01-05T12:00Z", "2026-01-05T12:00:00Z send sms", expires: 0)
    }

    @Test func movedPastThePeriodIsPending() throws {
        try check("2026-12-31T23:00Z", "(2026-12-31T23:00:00Z) 2027-01-01T08:00:00Z pending", expires: 0)
    }

    @Test func theAudienceIsLookedAtWhereItWasMovedTo() throws {
        var plan = DecisionPlan()
        plan.quietHours = QuietHours(
            from: try #require(TimeOfDay(parsing: "21:00")), until: try #require(TimeOfDay(parsing: "08:00")),
            channels: ["email"], action: .nextAllowed)
        let bought = plan.events("purchase")
        let evening = try #require(TimeOfDay(parsing: "22:00"))
        plan.campaign(
            .recurring(.weekdays(DecisionPlan.everyday), at: evening, from: nil, until: nil, .named("Etc/UTC")),
            include: bought)
        var person = DecisionPerson()
        person.did("purchase", "2026-01-06T08:00Z")
        let (from, to) = ("2026-01-04T00:00Z", "2026-01-07T00:00Z")
        #expect(
            decisionLines(plan, person, from, to) == [
                "digest#1 (2026-01-05T22:00:00Z) 2026-01-06T08:00:00Z send email",
                "digest#2 (2026-01-06T22:00:00Z) 2026-01-07T08:00:00Z pending",
            ])
        // Whoever cannot be reached is not moved.
        person.attributes = [:]
        #expect(decisionLines(plan, person, from, to) == ["digest#2 2026-01-06T22:00:00Z unreachable"])
    }

    /// A message that waits for the morning is overtaken by a later one whose channel has no quiet hours: their send
    /// instants do not ascend.
    @Test func aLaterTriggerCanBeSentEarlier() throws {
        var plan = DecisionPlan()
        plan.quietHours = QuietHours(
            from: try #require(TimeOfDay(parsing: "21:00")), until: try #require(TimeOfDay(parsing: "08:00")),
            channels: ["sms"], action: .nextAllowed)
        plan.histories = ["sms_consent": AttributeHistory(event: "refund", property: "amount")]
        let bought = plan.events("purchase", .elapsed(from: 2 * decisionHour, to: 0))
        plan.campaign(
            .onEvent(EventSelection(types: ["visit"], tests: []), SendTiming(delay: 0, next: nil)),
            include: bought, channels: ["sms", "email"])
        var person = DecisionPerson()
        person.attributes["phone"] = 0
        person.did("refund", decisionInstant("2026-01-05T12:00Z"), amount: 1)
        person.did("purchase", "2026-01-05T22:00Z")
        person.did("visit", "2026-01-05T22:30Z")
        person.did("refund", decisionInstant("2026-01-05T22:45Z"), amount: 0)
        person.did("visit", "2026-01-05T23:00Z")
        #expect(
            decisionLines(plan, person, "2026-01-05T00:00Z", "2026-01-07T00:00Z") == [
                "digest#1 2026-01-05T23:00:00Z send email",
                "digest#0 (2026-01-05T22:30:00Z) 2026-01-06T08:00:00Z not in audience",
            ])
    }
}
