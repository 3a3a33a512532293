import CampaignPlan
import CivilTime
import Testing
import Timeline

@Suite struct DecisionReEntryTests {
    private let visit = EventSelection(types: ["visit"], tests: [])
    private let atOnce = SendTiming(delay: 0, next: nil)

    /// Outcomes for visits on these days of January 2026, at noon.
    private func outcomes(
        visitsOn days: [Int], _ reEntry: ReEntry, person start: DecisionPerson = DecisionPerson(),
        _ build: (inout DecisionPlan) -> (include: ConditionIndex?, exclude: ConditionIndex?) = { _ in (nil, nil) }
    ) -> [String] {
        var plan = DecisionPlan()
        let audience = build(&plan)
        plan.campaign(.onEvent(visit, atOnce), include: audience.include, exclude: audience.exclude, reEntry: reEntry)
        var person = start
        let noon = decisionInstant("2025-12-31T12:00Z")
        for day in days { person.did("visit", noon + Int64(day) * decisionDay) }
        return decisionLines(plan, person, "2026-01-01T00:00Z", "2026-02-01T00:00Z")
            .map { line in line.split(separator: "Z ").last.map(String.init) ?? line }
    }

    @Test func neverAcceptsOneTriggerOnly() {
        #expect(outcomes(visitsOn: [1, 2, 30], .never) == ["send email", "re-entry", "re-entry"])
    }

    @Test func alwaysAcceptsAll() {
        #expect(outcomes(visitsOn: [1, 2, 30], .always) == ["send email", "send email", "send email"])
    }

    @Test func afterCountsFromTheLastAcceptedTrigger() {
        // Refused triggers do not prolong the wait; exactly the wait later is accepted.
        #expect(
            outcomes(visitsOn: [1, 5, 8, 14, 15], .after(7 * decisionDay)) == [
                "send email", "re-entry", "send email", "re-entry", "send email",
            ])
    }

    @Test func oneRefusedForReachabilityIsAccepted() {
        var person = DecisionPerson()
        person.attributes = [:]
        #expect(outcomes(visitsOn: [1, 2], .never, person: person) == ["unreachable", "re-entry"])
    }

    @Test func oneOutsideTheAudienceIsNotAccepted() {
        var person = DecisionPerson()
        person.did("purchase", "2026-01-02T00:00Z")
        #expect(
            outcomes(visitsOn: [1, 2, 3], .never, person: person) { plan in (plan.events("purchase"), nil) } == [
                "not in audience", "send email", "re-entry",
            ])
    }

    @Test func anExcludedOneIsNotAccepted() {
        var person = DecisionPerson()
        person.did("purchase", "2026-01-01T00:00Z")
        #expect(
            outcomes(visitsOn: [1, 3, 4], .never, person: person) { plan in
                (nil, plan.events("purchase", .elapsed(from: 2 * decisionDay, to: 0)))
            } == ["excluded", "send email", "re-entry"])
    }

    @Test func countsOverScheduledOccurrencesToo() throws {
        let noon = try #require(TimeOfDay(hour: 12, minute: 0))
        var plan = DecisionPlan()
        plan.campaign(
            .recurring(.weekdays([.monday, .thursday]), at: noon, from: nil, until: nil, .named("Etc/UTC")),
            reEntry: .after(5 * decisionDay))
        #expect(
            decisionLines(plan, DecisionPerson(), "2026-01-05T00:00Z", "2026-01-17T00:00Z") == [
                "digest#0 2026-01-05T12:00:00Z send email", "digest#1 2026-01-08T12:00:00Z re-entry",
                "digest#2 2026-01-12T12:00:00Z send email", "digest#3 2026-01-15T12:00:00Z re-entry",
            ])
    }

    @Test func firesOncePerInstant() {
        #expect(outcomes(visitsOn: [1, 1, 1, 2], .always) == ["send email", "send email"])
    }
}
