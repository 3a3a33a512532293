import Runner
import TestSupport
import Testing

/// What approvals and campaigns allow at most, also where data, clocks and runners change in between.
@Suite struct LimitTests {
    private func shop(_ people: Int, more: String = "", settings: String = "") throws -> RunnerShop {
        let digest = RunnerScheduleTests.campaign(#"{ every: { days: daily, at: "12:30" } }"#, more: more)
        return try RunnerShop(
            campaigns: ["digest": digest], customers: RunnerShop.customers(people), events: [], settings: settings)
    }

    @Test func messagesOfADay() throws {
        let world = try RunnerWorld(try shop(5), at: "2026-01-05T12:00Z")
        world.gate.limits.messagesPerDayMax = 3
        try world.run(until: "2026-01-05T13:00Z")
        #expect(
            try world.lines == [
                "digest@2026-01-05T12:30 c000 accepted email", "digest@2026-01-05T12:30 c001 accepted email",
                "digest@2026-01-05T12:30 c002 accepted email",
                "digest@2026-01-05T12:30 c003 suppressed over the approved messages a day email",
                "digest@2026-01-05T12:30 c004 suppressed over the approved messages a day email",
            ])
        try world.restart()
        try world.run(until: "2026-01-06T13:00Z")
        #expect(world.provider.order.count == 6)
    }

    /// For good, whatever the day and whoever runs; another plan's approval counts anew.
    @Test func cost() throws {
        let world = try RunnerWorld(
            try shop(3, settings: "currency: KRW\ncosts: { email: 0.5 }"), at: "2026-01-05T12:00Z")
        // Ten-thousandths.
        world.gate.limits.costMax = 20_000
        try world.run(until: "2026-01-05T13:00Z")
        #expect(world.provider.order.count == 3)
        try world.restart()
        try world.run(until: "2026-01-06T13:00Z")
        #expect(world.provider.order.count == 4)
        #expect(try world.lines.filter { $0.contains("suppressed over the approved cost") }.count == 2)
        try world.run(until: "2026-01-07T13:00Z")
        #expect(world.provider.order.count == 4)
        world.plan = ApprovedPlan(world.shop.plan, digest: "d2")
        try world.restart()
        try world.run(until: "2026-01-08T13:00Z")
        #expect(world.provider.order.count == 7)
    }

    @Test func recipientsOfAnOccurrence() throws {
        for (most, sent) in [(4, 0), (5, 5)] {
            let world = try RunnerWorld(try shop(5), at: "2026-01-05T12:00Z")
            world.gate.limits.recipientsMax = most
            try world.run(until: "2026-01-05T13:00Z")
            #expect(world.provider.order.count == sent)
        }
    }

    @Test func channels() throws {
        let world = try RunnerWorld(try shop(1), at: "2026-01-05T12:00Z")
        world.gate.limits.channels = ["push"]
        try world.run(until: "2026-01-05T13:00Z")
        #expect(try world.lines == ["digest@2026-01-05T12:30 c000 suppressed channel not approved"])
    }

    /// An occurrence is counted before its first message; somebody who consents after that is one too many.
    @Test func aCeilingHoldsForDataThatComesLater() throws {
        let people = RunnerShop.customers(3)
        let digest = RunnerScheduleTests.campaign(
            #"{ every: { days: daily, at: "12:30" } }"#, more: "audience: { max_recipients: 2 }")
        let shop = try RunnerShop(
            campaigns: ["digest": digest],
            customers: people[..<2] + [people[2].replacing(",true,true", with: ",false,true")], events: [])
        for restarts in [false, true] {
            let world = try RunnerWorld(shop, at: "2026-01-05T12:00Z") { $0.decisionBatch = 1 }
            try world.run(until: "2026-01-05T12:30Z")
            while world.provider.order.isEmpty { _ = try world.step() }
            try world.take("id,email_consent\nc002,true\n", named: "a.customers.csv")
            if restarts { try world.restart() }
            try world.run(until: "2026-01-05T13:00Z")
            let sent = try world.lines.filter { $0.contains("accepted") }.count
            // Who counts again finds that it would be three, and stops; who does not stops before the third.
            #expect(sent == (restarts ? 1 : 2))
        }
    }

    @Test func capsCountWhatWasSentBeforeTheClockWasSetBack() throws {
        let evening = RunnerScheduleTests.campaign(#"{ every: { days: daily, at: "11:30" } }"#)
        let digest = RunnerScheduleTests.campaign(#"{ every: { days: daily, at: "12:30" } }"#)
        let shop = try RunnerShop(
            campaigns: ["digest": digest, "evening": evening], customers: RunnerShop.customers(1), events: [],
            settings: "policy: { frequency_caps: [{ at_most: 1, per: 24h }] }")
        let world = try RunnerWorld(shop, at: "2026-01-05T12:00Z")
        try world.run(until: "2026-01-05T13:00Z")
        // Less than what holds all sends.
        world.now -= 2 * 3_600_000
        try world.run(until: "2026-01-06T13:00Z")
        #expect(
            try world.lines == [
                "digest@2026-01-05T12:30 c000 accepted email", "evening@2026-01-06T11:30 c000 suppressed capped",
                "digest@2026-01-06T12:30 c000 accepted email",
            ])
    }

    /// Decided, but not begun: what comes in between is looked at.
    @Test func consentThatIsRevokedBetweenDecisionAndSend() throws {
        let world = try RunnerWorld(try shop(3), at: "2026-01-05T12:00Z") { $0.sendBatch = 1 }
        try world.run(until: "2026-01-05T12:30Z")
        while world.provider.order.isEmpty { _ = try world.step() }
        try world.take("id,email_consent\nc001,false\n", named: "a.customers.csv")
        try world.run(until: "2026-01-05T13:00Z")
        #expect(
            try world.lines == [
                "digest@2026-01-05T12:30 c000 accepted email",
                "digest@2026-01-05T12:30 c001 suppressed unreachable email",
                "digest@2026-01-05T12:30 c002 accepted email",
            ])
    }

    @Test func aLeaseEndsWithItsTime() {
        let lease = Lease(epoch: 2, until: 100_000 + Lease.length)
        #expect(lease.isHeld(by: 2, at: 100_000) && lease.isHeld(by: 2, at: 99_999 + Lease.length))
        #expect(!lease.isHeld(by: 2, at: 100_000 + Lease.length))
        #expect(!lease.isHeld(by: 3, at: 100_000))
        // The clock was set back.
        #expect(!lease.isHeld(by: 2, at: 99_999))
    }
}
