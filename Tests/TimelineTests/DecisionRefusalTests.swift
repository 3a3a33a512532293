import CampaignPlan
import CivilTime
import Testing
import Timeline

/// Each refusal, and that the first in order is the one recorded.
@Suite struct DecisionRefusalTests {
    private let noon = decisionInstant("2026-01-05T12:00Z")
    private var once: Schedule { .onceAtInstant(Instant(milliseconds: noon)) }

    private func check(
        _ expected: [String], _ person: DecisionPerson = DecisionPerson(), _ build: (inout DecisionPlan) -> Void,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var plan = DecisionPlan()
        build(&plan)
        let lines = decisionLines(plan, person, "2026-01-01T00:00Z", "2026-02-01T00:00Z")
        #expect(lines == expected, sourceLocation: sourceLocation)
    }

    @Test func sendsWhenNothingRefuses() {
        check(["digest#0 2026-01-05T12:00:00Z send email"]) { $0.campaign(once) }
    }

    @Test func countsButDoesNotListThoseOutsideAScheduledAudience() {
        var plan = DecisionPlan()
        let visited = plan.events("visit")
        plan.campaign(once, include: visited)
        let bound = plan.bound
        let calendar = OccurrenceCalendar(bound: bound, from: noon - decisionDay, to: noon + decisionDay)
        var buffer = DecisionBuffer(calendar: calendar)
        var evaluator = Evaluator(bound)
        var inside = DecisionPerson()
        inside.did("visit", noon)
        for person in [DecisionPerson(), inside, DecisionPerson(existsFrom: noon + 1)] {
            evaluator.begin(person.timeline(bound.layout))
            evaluator.decide(calendar, into: &buffer)
        }
        #expect(buffer.considered(campaign: 0, occurrence: 0) == 2)
        #expect(buffer.decisions.count == 1)
    }

    @Test func refusesTriggersOutsideTheAudience() {
        var person = DecisionPerson()
        person.did("visit", noon)
        check(["digest#0 2026-01-05T12:00:00Z not in audience"], person) { plan in
            let bought = plan.events("purchase")
            plan.campaign(
                .onEvent(EventSelection(types: ["visit"], tests: []), SendTiming(delay: 0, next: nil)), include: bought)
        }
    }

    @Test func looksAtTheAudienceAtTheSendInstant() {
        var person = DecisionPerson()
        person.did("visit", noon)
        person.did("purchase", noon + 2 * decisionHour)
        check(
            ["a#0 2026-01-05T14:00:00Z send email", "b#0 2026-01-05T13:59:59.999Z not in audience"].reversed(), person
        ) { plan in
            let bought = plan.events("purchase")
            let visit = EventSelection(types: ["visit"], tests: [])
            plan.campaign(named: "a", .onEvent(visit, SendTiming(delay: 2 * decisionHour, next: nil)), include: bought)
            plan.campaign(
                named: "b", .onEvent(visit, SendTiming(delay: 2 * decisionHour - 1, next: nil)), include: bought)
        }
    }

    @Test func exitSeesWhatCameAfterTheTriggerUpToTheSendInstant() {
        var person = DecisionPerson()
        person.did("visit", noon)
        person.did("purchase", noon)
        person.did("visit", noon + decisionDay)
        person.did("purchase", noon + decisionDay + decisionHour)
        person.did("visit", noon + 2 * decisionDay)
        person.did("purchase", noon + 2 * decisionDay + decisionHour + 1)
        check(
            [
                "digest#0 2026-01-05T13:00:00Z send email", "digest#1 2026-01-06T13:00:00Z exited",
                "digest#2 2026-01-07T13:00:00Z send email",
            ], person
        ) { plan in
            let bought = plan.events("purchase", .sinceTrigger)
            plan.campaign(
                .onEvent(EventSelection(types: ["visit"], tests: []), SendTiming(delay: decisionHour, next: nil)),
                exit: bought)
        }
    }

    @Test func takesTheFirstRefusalInOrder() {
        // Everything refuses; taking one reason away at a time shows the next.
        var person = DecisionPerson()
        person.attributes = ["phone": 0, "sms_consent": 1]
        person.did("visit", noon - 3 * decisionDay)
        person.did("visit", noon)
        person.did("purchase", noon + 1)
        func plan(without removed: Int) -> DecisionPlan {
            var plan = DecisionPlan()
            let (from, until) =
                removed >= 5
                ? (TimeOfDay(hour: 12, minute: 10), TimeOfDay(hour: 13, minute: 0))
                : (
                    TimeOfDay(hour: 11, minute: 0), TimeOfDay(hour: 13, minute: 0)
                )
            guard let from, let until else { return plan }
            plan.quietHours = QuietHours(
                from: from, until: until, channels: ["sms"], action: removed >= 6 ? .nextAllowed : .drop)
            plan.holdout = removed >= 7 ? nil : DecisionPlan.everybody
            let nobody = plan.add(.constant(false))
            let always = plan.add(.constant(true))
            let since = plan.events("purchase", .sinceTrigger)
            plan.campaign(
                .onEvent(EventSelection(types: ["visit"], tests: []), SendTiming(delay: decisionHour / 2, next: nil)),
                include: removed >= 1 ? always : nobody, exclude: removed >= 2 ? nil : always,
                exit: removed >= 3 ? nil : since,
                expires: 0, reEntry: removed >= 4 ? .always : .never,
                controlGroup: removed >= 8 ? nil : DecisionPlan.everybody, channels: removed >= 5 ? ["sms"] : ["email"])
            return plan
        }
        func outcome(without removed: Int) -> Substring? {
            decisionLines(plan(without: removed), person, "2026-01-01T00:00Z", "2026-02-01T00:00Z").last?
                .split(separator: "Z ").last
        }
        #expect(outcome(without: 0) == "not in audience")
        #expect(outcome(without: 1) == "excluded")
        #expect(outcome(without: 2) == "exited")
        #expect(outcome(without: 3) == "re-entry")
        #expect(outcome(without: 4) == "unreachable")
        #expect(outcome(without: 5) == "quiet hours")
        #expect(outcome(without: 6) == "expired")
    }

    @Test func holdoutComesBeforeTheControlGroup() {
        check(["digest#0 2026-01-05T12:00:00Z holdout"]) { plan in
            plan.holdout = DecisionPlan.everybody
            plan.campaign(once, controlGroup: DecisionPlan.everybody)
        }
        check(["digest#0 2026-01-05T12:00:00Z control group"]) { plan in
            plan.campaign(once, controlGroup: DecisionPlan.everybody)
        }
    }

    @Test func transactionalMessagesNeedNoConsentAndKnowNoHoldoutOrQuietHours() {
        var person = DecisionPerson()
        person.attributes = ["phone": 0]
        check(["digest#0 2026-01-05T12:00:00Z send sms"], person) { plan in
            plan.holdout = DecisionPlan.everybody
            if let from = TimeOfDay(hour: 11, minute: 0), let until = TimeOfDay(hour: 13, minute: 0) {
                plan.quietHours = QuietHours(from: from, until: until, channels: ["sms"], action: .drop)
            }
            plan.campaign(once, kind: .transactional, channels: ["sms"])
        }
    }

    @Test(
        arguments: [
            (["email": 0], "unreachable"), (["email_consent": 1], "unreachable"),
            (["email": 0, "email_consent": 0], "unreachable"), (["email": 0, "email_consent": 1], "send email"),
            (["email": 0, "email_consent": 0, "phone": 0, "sms_consent": 1], "send sms"), ([:], "unreachable"),
        ] as [([String: Int64], String)])
    func takesTheFirstChannelThatReaches(attributes: [String: Int64], expected: String) {
        var person = DecisionPerson()
        person.attributes = attributes
        check(["digest#0 2026-01-05T12:00:00Z \(expected)"], person) {
            $0.campaign(once, channels: ["pigeon", "email", "sms"])
        }
    }

    @Test func aChannelWithoutAddressAlwaysReaches() {
        var person = DecisionPerson()
        person.attributes = [:]
        check(["digest#0 2026-01-05T12:00:00Z send onsite"], person) {
            $0.campaign(once, channels: ["email", "onsite"])
        }
    }

    @Test func contentOfTheOwnVariantDecidesTheChannel() {
        // Bucket of key 17850 under these words decides the variant; whichever it is, only its channel can be used.
        var person = DecisionPerson()
        person.attributes = ["email": 0, "email_consent": 1, "phone": 0, "sms_consent": 1]
        let variants = { (end: Int) in
            [
                VariantPlan(name: "a", buckets: 0..<end, messages: [MessagePlan(channel: "sms", fields: [])]),
                VariantPlan(name: "b", buckets: end..<1_000_000, messages: [MessagePlan(channel: "email", fields: [])]),
            ]
        }
        check(["digest#0 2026-01-05T12:00:00Z send sms a"], person) {
            $0.campaign(once, channels: ["email", "sms"], variants: variants(1_000_000))
        }
        check(["digest#0 2026-01-05T12:00:00Z send email b"], person) {
            $0.campaign(once, channels: ["email", "sms"], variants: variants(0))
        }
    }

    @Test func refusalsKeepTheirOrderAndNames() {
        #expect(
            Refusal.allCases.map(\.label) == [
                "not in audience", "excluded", "exited", "re-entry", "unreachable", "quiet hours", "expired", "holdout",
                "control group", "capped", "ceiling",
            ])
        #expect(Refusal.allCases.map(\.rawValue) == Array(0..<11))
    }
}
