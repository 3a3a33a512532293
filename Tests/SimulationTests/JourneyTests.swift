import CampaignPlan
import CivilTime
import Simulation
import Testing
import Timeline

/// Journeys as marketers write them: what each step does to one customer.
@Suite struct JourneyTests {
    /// A coupon now, a text on day 2, over with an order.
    private static let welcome = """
        schedule: { when: { event: look }, re_entry: never }
        exit: { event: buy }
        steps:
          - { name: coupon, channels: [email], variants: { only: { email: { subject: Coupon, body: Here. } } } }
          - { name: text, after: 2d, channels: [push], variants: { only: { push: { title: Text, body: Two days. } } } }
        """
    private static let quiet = #"policy: { quiet_hours: { from: "21:00", to: "08:00", channels: [push, email] } }"#

    @Test func aSignUpGetsACouponAndATextUntilTheFirstOrder() throws {
        #expect(
            try decisions(Self.welcome, ["look 03-03T10:00"]) == [
                "coupon 03-03T10:00 sent email only", "text 03-05T10:00 sent push only",
            ])
        // Who buys on the first day needs no text.
        #expect(
            try decisions(Self.welcome, ["look 03-03T10:00", "buy 03-04T09:00"]) == [
                "coupon 03-03T10:00 sent email only", "text 03-05T10:00 exited",
            ])
        #expect(
            try decisions(Self.welcome, ["look 03-03T10:00", "buy 03-05T10:01"]).last
                == "text 03-05T10:00 sent push only")
    }

    @Test func aSignUpAtNightWaitsForTheMorning() throws {
        #expect(
            try decisions(Self.welcome, ["look 03-03T23:30"], settings: Self.quiet) == [
                "coupon 03-04T08:00 sent email only", "text 03-06T08:00 sent push only",
            ])
        // The order comes while the coupon waits.
        #expect(
            try decisions(Self.welcome, ["look 03-03T23:30", "buy 03-04T07:00"], settings: Self.quiet) == [
                "coupon 03-04T08:00 exited", "text 03-06T08:00 exited",
            ])
    }

    /// A look without a purchase within a day begins it; the second step waits for the hour of most looks.
    @Test func aSequenceBeginsAJourneyWhoseStepGoesOutAtTheBestTime() throws {
        let journey = #"""
            schedule: { when: { sequence: [{ event: look }, { absent: buy, within: 24h }] }, re_entry: never }
            steps:
              - { name: first, channels: [email], variants: { only: { email: { subject: Look, body: Again. } } } }
              - name: second
                after: 1d
                send: { best_time: { event: look, over: 10d, occurrences: 3, fallback: "12:30" } }
                channels: [push]
                variants: { only: { push: { title: Look, body: Again. } } }
            """#
        let earlier = ["look 02-25T15:10", "buy 02-25T16:00", "look 02-27T15:40", "buy 02-27T16:00"]
        #expect(
            try decisions(journey, earlier + ["look 03-03T10:00"]) == [
                "first 03-04T10:00 sent email only", "second 03-05T15:00 sent push only",
            ])
        #expect(
            try decisions(journey, ["look 03-03T10:00"]) == [
                "first 03-04T10:00 sent email only", "second 03-05T12:30 sent push only",
            ])
        #expect(try decisions(journey, ["look 03-03T10:00", "buy 03-04T10:00"]).isEmpty)
    }

    @Test func anAnniversaryBeginsAJourney() throws {
        let journey = """
            schedule: { when: { anniversary: { of: { first: look }, next: 12 months } }, re_entry: always }
            steps:
              - { name: first, after: 9h, channels: [email], variants: { only: { email: { subject: A, body: A } } } }
              - { name: second, after: 1d, channels: [push], variants: { only: { push: { title: B, body: B } } } }
            """
        #expect(
            try decisions(journey, ["look 03-03T10:00", "look 03-07T10:00"]) == [
                "first 03-04T09:00 sent email only", "second 03-05T00:00 sent push only",
            ])
    }

    /// A reminder of the cart after an hour, a call after a day; `restart` decides about the next cart.
    private static func cart(_ more: String, reEntry: String = "always") -> String {
        """
        schedule: { when: { event: look }, re_entry: \(reEntry) }
        exit: { event: buy }
        \(more)
        steps:
          - { name: reminder, after: 1h, channels: [push], variants: { only: { push: { title: Cart, body: Cart } } } }
          - { name: call, after: 1d, if: { event: look, at_most: 2 }, channels: [email], variants: { only: { email: { subject: Call, body: Call } } } }
        """
    }

    @Test func anotherCartIsIgnoredWhileTheJourneyRuns() throws {
        #expect(
            try decisions(Self.cart(""), ["look 03-03T10:00", "look 03-03T10:30"]) == [
                "reminder 03-03T10:30 re-entry", "call 03-03T10:30 re-entry", "reminder 03-03T11:00 sent push only",
                "call 03-04T10:00 sent email only",
            ])
        // It is over when its last step is planned.
        #expect(
            try decisions(Self.cart(""), ["look 03-03T10:00", "look 03-04T10:00"]) == [
                "reminder 03-03T11:00 sent push only", "call 03-04T10:00 sent email only",
                "reminder 03-04T11:00 sent push only", "call 03-05T10:00 sent email only",
            ])
    }

    @Test func anotherCartRestartsTheJourney() throws {
        // Whatever re-entry says: that is for people who come again.
        for rule in ["always", "never", "{ after: 30d }"] {
            #expect(
                try decisions(Self.cart("restart: true", reEntry: rule), ["look 03-03T10:00", "look 03-03T10:30"]) == [
                    "reminder 03-03T11:00 re-entry", "reminder 03-03T11:30 sent push only", "call 03-04T10:00 re-entry",
                    "call 03-04T10:30 sent email only",
                ], "\(rule)")
        }
        // Behind the reminder only the call is replaced.
        #expect(
            try decisions(Self.cart("restart: true"), ["look 03-03T10:00", "look 03-03T12:00"]) == [
                "reminder 03-03T11:00 sent push only", "reminder 03-03T13:00 sent push only",
                "call 03-04T10:00 re-entry", "call 03-04T12:00 sent email only",
            ])
        // A journey that is over is no matter of restarting.
        #expect(
            try decisions(Self.cart("restart: true", reEntry: "never"), ["look 03-03T10:00", "look 03-06T10:00"]) == [
                "reminder 03-03T11:00 sent push only", "call 03-04T10:00 sent email only",
                "reminder 03-06T10:00 re-entry", "call 03-06T10:00 re-entry",
            ])
    }

    @Test func anOrderEndsTheJourneyForTheNextCart() throws {
        #expect(
            try decisions(Self.cart(""), ["look 03-03T10:00", "buy 03-03T12:00", "look 03-03T13:00"]) == [
                "reminder 03-03T11:00 sent push only", "reminder 03-03T14:00 sent push only",
                "call 03-04T10:00 exited", "call 03-04T13:00 sent email only",
            ])
        let later = ["look 03-03T10:00", "buy 03-03T12:00", "look 03-05T09:59", "look 03-05T10:00"]
        #expect(
            try decisions(Self.cart("", reEntry: "{ after: 2d }"), later) == [
                "reminder 03-03T11:00 sent push only", "call 03-04T10:00 exited", "reminder 03-05T09:59 re-entry",
                "call 03-05T09:59 re-entry", "reminder 03-05T11:00 sent push only", "call 03-06T10:00 sent email only",
            ])
    }

    @Test func aStepsConditionCountsSinceTheTrigger() throws {
        let looks = ["look 03-01T10:00", "look 03-01T11:00", "look 03-01T12:00"]
        let narrow = Self.cart("").replacing(
            "schedule: { when: { event: look }", with: "schedule: { when: { event: buy }"
        )
        .replacing("exit: { event: buy }\n", with: "")
        // Those before the trigger do not count.
        #expect(
            try decisions(narrow, looks + ["buy 03-03T10:00", "look 03-03T11:00", "look 03-04T10:00"]).last
                == "call 03-04T10:00 sent email only")
        #expect(
            try decisions(
                narrow, ["buy 03-03T10:00", "look 03-03T11:00", "look 03-03T12:00", "look 03-04T10:00"]
            ).last == "call 03-04T10:00 not in audience")
        let ever = narrow.replacing(
            "if: { event: look, at_most: 2 }", with: "if: { event: look, since: ever, at_most: 2 }")
        #expect(try decisions(ever, looks + ["buy 03-03T10:00"]).last == "call 03-04T10:00 not in audience")
    }

    @Test func theAudienceIsLookedAtAtTheTriggerAndAtEachStep() throws {
        let journey = Self.welcome.replacing(
            "exit: { event: buy }", with: "audience: { include: { event: buy, within: 1d } }")
        #expect(
            try decisions(journey, ["look 03-03T10:00", "buy 03-04T10:00"]) == [
                "coupon 03-03T10:00 not in audience", "text 03-03T10:00 not in audience",
            ])
        // What began nothing does not keep the next one from beginning.
        let visits = ["look 03-03T10:00", "buy 03-04T10:00", "look 03-04T11:00"]
        #expect(
            try decisions(journey, visits).suffix(2) == [
                "coupon 03-04T11:00 sent email only", "text 03-06T11:00 not in audience",
            ])
        let entry = journey.replacing("within: 1d } }", with: "within: 1d }, evaluate: entry }")
        #expect(try decisions(entry, visits).last == "text 03-06T11:00 sent push only")
    }

    @Test func stepsShareTheirVariant() throws {
        let journey = """
            schedule: { when: { event: look }, re_entry: never }
            steps:
              - { name: first, channels: [email], variants: { a: { share: 50%, email: { subject: A, body: A } }, b: { share: 50%, email: { subject: B, body: B } } } }
              - { name: second, after: 1d, channels: [push], variants: { b: { push: { title: B, body: B } }, a: { push: { title: A, body: A } } } }
            """
        var seen: Set<String> = []
        for number in 0..<20 {
            let found = try decisions(journey, ["look 03-03T10:00"], customer: "c\(number)")
            let variants = found.map { String($0.last ?? "?") }
            #expect(found.count == 2 && variants[0] == variants[1])
            seen.formUnion(variants)
        }
        #expect(seen == ["a", "b"])
    }

    /// Only an order of the same amount ends the journey of a purchase.
    @Test func sameComparesWithTheTrigger() throws {
        let journey = """
            schedule: { when: { event: buy }, re_entry: always }
            exit: { event: buy, same: amount }
            steps:
              - { name: first, after: 1h, channels: [email], variants: { only: { email: { subject: A, body: A } } } }
            """
        // `AMOUNT` behind the time; none is equal to nothing.
        #expect(
            try decisions(journey, ["buy 03-03T10:00 5", "buy 03-03T10:30 6", "buy 03-03T10:45 5"]) == [
                "first 03-03T10:30 re-entry", "first 03-03T11:00 exited", "first 03-03T11:45 sent email only",
            ])
        #expect(
            try decisions(journey, ["buy 03-03T10:00 5", "buy 03-03T10:30 6"]) == [
                "first 03-03T10:30 re-entry", "first 03-03T11:00 sent email only",
            ])
        #expect(
            try decisions(journey, ["buy 03-03T10:00 -", "buy 03-03T10:30 -"]).last
                == "first 03-03T11:00 sent email only")
        // Of two at one instant the first in the input counts.
        #expect(
            try decisions(journey, ["buy 03-03T10:00 5", "buy 03-03T10:00 6", "buy 03-03T10:30 6"]).last
                == "first 03-03T11:00 sent email only")
    }

    /// At one instant an earlier step is served first, and spends the cap.
    @Test func stepsMeetInTheirOrder() throws {
        let journey = """
            schedule: { when: { event: look }, re_entry: never }
            steps:
              - { name: zebra, send: { at: "12:30" }, channels: [email], variants: { only: { email: { subject: A, body: A } } } }
              - { name: apple, after: 1h, send: { at: "12:30" }, channels: [email], variants: { only: { email: { subject: B, body: B } } } }
            """
        #expect(
            try decisions(
                journey, ["look 03-03T10:00"], settings: "policy: { frequency_caps: [{ at_most: 1, per: 1d }] }") == [
                    "zebra 03-03T12:30 sent email only", "apple 03-03T12:30 capped",
                ])
    }

    /// Of a journey the rows of its steps are a campaign's; whatever way they are counted.
    @Test func stepsAreCountedApart() throws {
        let events = ["look 03-03T10:00", "look 03-03T12:00", "buy 03-04T12:00", "look 03-19T10:00"]
        let store = try Self.store(Self.cart("restart: true"), events, settings: "", customer: "c")
        for path in SimulationPath.allCases {
            let result = try store.simulate("2026-03-01", "2026-03-20", path: path)
            #expect(result.campaigns.map(\.title) == ["journey/reminder", "journey/call"])
            #expect(result.campaigns.map(\.considered) == [3, 3])
            #expect(result.campaigns.map(\.sentTotal) == [3, 0])
            #expect(result.campaigns.map(\.pending) == [0, 1])
        }
        // The same of customers whose events are not copied.
        let period = try store.period("2026-03-01", "2026-03-20")
        let streamed = simulate(store.source, period: period, threads: 1, rowsMax: 0)
        #expect(streamed.campaigns == (try store.simulate("2026-03-01", "2026-03-20")).campaigns)
    }

    @Test func aJourneyIsOneCampaignOfThePlan() throws {
        let plan = try Self.store(Self.cart("restart: true"), [], settings: "", customer: "c").plan
        #expect(plan.campaigns.count == 2 && plan.campaignCount == 1)
        #expect(try Plan(canonicalBytes: plan.canonicalBytes) == plan)
    }

    private static func store(
        _ journey: String, _ events: [String], settings: String, customer: String
    ) throws -> Store {
        let rows = events.map { event in
            let parts = event.split(separator: " ")
            let amount = parts.count > 2 ? parts[2].replacing("-", with: "") : "1"
            return "\(customer),\(parts[0]),2026-\(parts[1]):00Z,\(amount)"
        }
        return try Store(
            files: StoreFiles.files(settings: settings, campaigns: ["journey": journey]),
            customers: "\(StoreFiles.customerHeader)\n\(customer),2026-01-01T00:00:00Z,,a@example.com,t,true,true\n",
            events: ([StoreFiles.eventHeader] + rows).joined(separator: "\n") + "\n")
    }

    /// `STEP INSTANT WHAT`, in the order of decisions.
    private func decisions(
        _ journey: String, _ events: [String], settings: String = "", customer: String = "c"
    ) throws -> [String] {
        let store = try Self.store(journey, events, settings: settings, customer: customer)
        let explanation = try explain(
            customer: customer, in: store.source, period: store.period("2026-03-02", "2026-03-20"))
        let found = explanation.campaigns.enumerated().flatMap { index, campaign in
            campaign.decisions.map { (index, campaign.plan, $0) }
        }.sorted { ($0.2.instant, $0.0, $0.2.trigger) < ($1.2.instant, $1.0, $1.2.trigger) }
        return found.map { _, plan, decision in
            let what =
                switch decision.outcome {
                case .refused(let refusal): refusal.label
                case .pending: "later"
                case .send(let channel, let variant): "sent \(plan.channels[channel]) \(plan.variants[variant].name)"
                }
            let local = "\(TimeZoneRules.utc.local(at: Instant(milliseconds: decision.instant)))"
            return "\(plan.step?.name ?? "?") \(local.dropFirst(5)) \(what)"
        }
    }
}
