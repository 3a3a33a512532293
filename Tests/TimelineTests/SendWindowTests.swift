import CampaignPlan
import CivilTime
import Testing
import Timeline

/// Hours in which messages go out, with days, quiet hours and expiry.
@Suite struct SendWindowTests {
    private func check(
        _ event: String, _ window: (String, String), _ expected: String,
        days: DayRule = .weekdays(DecisionPlan.everyday),
        zone: String = "Etc/UTC", quiet: (String, String)? = nil, then action: QuietHours.Action = .nextAllowed,
        expires: Int64? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        func time(_ text: String) throws -> TimeOfDay { try #require(TimeOfDay(parsing: text)) }
        var plan = DecisionPlan()
        if let quiet {
            plan.quietHours = QuietHours(
                from: try time(quiet.0), until: try time(quiet.1), channels: ["email"], action: action)
        }
        let hours = WallHours(from: try time(window.0), until: try time(window.1))
        plan.campaign(
            .onEvent(
                EventSelection(types: ["visit"], tests: []),
                SendTiming(delay: 0, next: NextTime(days: days, time: .within(hours), zone: .named(zone)))),
            expires: expires)
        var person = DecisionPerson()
        person.did("visit", event)
        let lines = decisionLines(plan, person, "2026-01-01T00:00Z", "2026-12-31T00:00Z")
        #expect(lines == ["digest#0 \(expected)"], sourceLocation: sourceLocation)
    }

    private let day = ("10:00", "20:00")

    @Test func theFirstInstantInside() throws {
        // 2026-01-05 was a Monday.
        try check("2026-01-05T09:59:59.999Z", day, "2026-01-05T10:00:00Z send email")
        try check("2026-01-05T10:00Z", day, "2026-01-05T10:00:00Z send email")
        try check("2026-01-05T19:59:59.999Z", day, "2026-01-05T19:59:59.999Z send email")
        try check("2026-01-05T20:00Z", day, "2026-01-06T10:00:00Z send email")
        try check("2026-01-05T19:00Z", ("20:00", "02:00"), "2026-01-05T20:00:00Z send email")
        try check("2026-01-05T01:59Z", ("20:00", "02:00"), "2026-01-05T01:59:00Z send email")
        try check("2026-01-05T02:00Z", ("20:00", "02:00"), "2026-01-05T20:00:00Z send email")
    }

    @Test func onDays() throws {
        let weekdays = DayRule.weekdays([.monday, .tuesday, .wednesday, .thursday, .friday])
        try check("2026-01-09T20:00Z", day, "2026-01-12T10:00:00Z send email", days: weekdays)
        // Each instant counts on its own date: Saturday's first hours are not Friday's.
        try check("2026-01-10T01:00Z", ("20:00", "02:00"), "2026-01-12T00:00:00Z send email", days: weekdays)
        // Seollal 2026: 16 to 18 February.
        try check("2026-02-13T20:00Z", day, "2026-02-19T10:00:00Z send email", days: .workingDays(.korea))
        try check("2026-02-13T20:00Z", day, "2026-02-17T10:00:00Z send email", days: .workingDays(.unitedStates))
        try check("2026-02-01T20:00Z", day, "2026-02-28T10:00:00Z send email", days: .monthDay(31))
    }

    @Test func acrossChangesOfTheClock() throws {
        let london = "Europe/London"
        // 01:00 to 02:00 is skipped on 2026-03-29 and comes twice on 2026-10-25.
        try check("2026-03-29T00:30Z", ("01:30", "03:00"), "2026-03-29T01:00:00Z send email", zone: london)
        try check("2026-03-29T00:30Z", ("01:15", "01:45"), "2026-03-30T00:15:00Z send email", zone: london)
        try check("2026-10-25T00:10Z", ("01:15", "01:45"), "2026-10-25T00:15:00Z send email", zone: london)
        try check("2026-10-25T00:45Z", ("01:15", "01:45"), "2026-10-25T01:15:00Z send email", zone: london)
    }

    @Test func withQuietHours() throws {
        // Planned in the window and quiet: until both allow.
        try check(
            "2026-01-05T19:30Z", day, "(2026-01-05T19:30:00Z) 2026-01-06T10:00:00Z send email",
            quiet: ("19:00", "08:00"))
        try check(
            "2026-01-05T09:00Z", day, "(2026-01-05T10:00:00Z) 2026-01-05T11:00:00Z send email",
            quiet: ("21:00", "11:00"))
        // What quiet hours allow the window refuses, and the other way round.
        try check(
            "2026-01-05T09:00Z", ("09:00", "11:00"), "(2026-01-05T09:00:00Z) 2026-01-05T10:00:00Z send email",
            quiet: ("08:00", "10:00"))
        try check("2026-01-05T19:30Z", day, "2026-01-05T19:30:00Z quiet hours", quiet: ("19:00", "08:00"), then: .drop)
        try check(
            "2026-01-09T19:30Z", day, "(2026-01-09T19:30:00Z) 2026-01-12T10:00:00Z send email",
            days: .weekdays([.monday, .friday]), quiet: ("19:00", "08:00"))
        // Never both: it stays pending.
        try check(
            "2026-01-05T09:00Z", ("09:00", "10:00"), "(2026-01-05T09:00:00Z) \(Instant.distantFuture) pending",
            quiet: ("08:00", "11:00"))
    }

    @Test func expiresFromThePlannedInstant() throws {
        let quiet = ("19:00", "08:00")
        try check(
            "2026-01-05T19:30Z", day, "(2026-01-05T19:30:00Z) 2026-01-06T10:00:00Z send email", quiet: quiet,
            expires: 14 * decisionHour + decisionHour / 2)
        try check(
            "2026-01-05T19:30Z", day, "(2026-01-05T19:30:00Z) 2026-01-06T10:00:00Z expired", quiet: quiet,
            expires: 14 * decisionHour)
    }
}
