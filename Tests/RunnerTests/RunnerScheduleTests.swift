import CivilTime
import Runner
import TestSupport
import Testing

@Suite struct RunnerScheduleTests {
    static func campaign(_ schedule: String, more: String = "", channels: String = "email") -> String {
        """
        kind: marketing
        \(more)
        schedule: \(schedule)
        channels: [\(channels)]
        variants:
          only: { share: 100%, email: { subject: Hello, body: There. }, push: { title: Hello, body: There. } }
        """.replacing(
            "push: { title: Hello, body: There. }",
            with: channels.contains("push")
                ? "push: { title: Hello, body: There. }" : ""
        )
        .replacing(
            "email: { subject: Hello, body: There. }, ",
            with: channels.contains("email")
                ? "email: { subject: Hello, body: There. }, " : "")
    }

    static let daily = campaign(#"{ every: { days: daily, at: "12:30" } }"#)

    /// Over memory and over SQLite, since both must do the same.
    private func worlds(
        _ shop: RunnerShop, at start: String, _ body: (RunnerWorld) throws -> Void
    ) throws {
        try body(try RunnerWorld(shop, at: start))
        let folder = try TemporaryDirectory()
        let owner = SQLiteStore.Owner(workspace: "shop", environment: "test")
        try body(
            try RunnerWorld(
                shop, at: start,
                store: { _ in try SQLiteStore(try StoreFolder(folder.path + "/state"), owner: owner) }))
    }

    @Test func anOccurrenceSendsToEverybodyOnce() throws {
        let shop = try RunnerShop(campaigns: ["digest": Self.daily], customers: RunnerShop.customers(3), events: [])
        try worlds(shop, at: "2026-01-05T09:00Z") { world in
            try world.run(until: "2026-01-06T09:00Z")
            #expect(
                try world.lines == (0..<3).map { "digest@2026-01-05T12:30 c00\($0) accepted email" })
            #expect(try world.occurrences == ["digest@2026-01-05T12:30 complete"])
            #expect(world.provider.order.count == 3)
        }
    }

    @Test func missedOccurrencesAreCaughtUpOnLatestOnly() throws {
        let shop = try RunnerShop(campaigns: ["digest": Self.daily], customers: RunnerShop.customers(1), events: [])
        let world = try RunnerWorld(shop, at: "2026-01-05T09:00Z")
        try world.run(until: "2026-01-05T10:00Z")
        world.wait(until: instant("2026-01-08T13:00Z"))
        try world.restart()
        try world.run(until: "2026-01-08T14:00Z")
        #expect(
            try world.occurrences == [
                "digest@2026-01-05T12:30 missed", "digest@2026-01-06T12:30 missed", "digest@2026-01-07T12:30 missed",
                "digest@2026-01-08T12:30 complete",
            ])
        #expect(world.provider.order.count == 1)
    }

    @Test func downForAHundredDays() throws {
        let shop = try RunnerShop(campaigns: ["digest": Self.daily], customers: RunnerShop.customers(1), events: [])
        let world = try RunnerWorld(shop, at: "2026-01-05T09:00Z")
        try world.run(until: "2026-01-05T13:00Z")
        world.wait(until: instant("2026-04-15T15:00Z"))
        try world.restart()
        try world.run(until: "2026-04-16T13:00Z")
        let occurrences = try world.occurrences
        #expect(occurrences.count == 102)
        #expect(occurrences.filter { $0.hasSuffix("missed") }.count == 100)
        #expect(world.provider.order.count == 2)
    }

    @Test func aPlanThatIsApprovedAgainFiresNothingAgain() throws {
        let shop = try RunnerShop(campaigns: ["digest": Self.daily], customers: RunnerShop.customers(2), events: [])
        let world = try RunnerWorld(shop, at: "2026-01-05T12:00Z")
        try world.run(until: "2026-01-05T12:45Z")
        try world.runner.replace(with: ApprovedPlan(shop.plan, digest: "d2"), now: world.now)
        try world.run(until: "2026-01-05T13:00Z")
        world.plan = ApprovedPlan(shop.plan, digest: "d3")
        try world.restart()
        try world.run(until: "2026-01-06T12:00Z")
        #expect(try world.occurrences == ["digest@2026-01-05T12:30 complete"])
        #expect(world.provider.order.count == 2)
    }

    @Test func triggersFireFromTheInbox() throws {
        let welcome = Self.campaign("{ when: { event: buy }, delay: 10m, re_entry: always }")
        let shop = try RunnerShop(campaigns: ["thanks": welcome], customers: RunnerShop.customers(3), events: [])
        try worlds(shop, at: "2026-01-05T09:00Z") { world in
            try world.run(until: "2026-01-05T10:00Z")
            try world.take(
                """
                customer_id,event,timestamp,amount
                c001,buy,2026-01-05T09:58:00Z,5
                c002,look,2026-01-05T09:58:00Z,
                nobody,buy,2026-01-05T09:58:00Z,
                c002,buy,2026-01-05T10:20:00Z,5

                """, named: "a.events.csv")
            // A file is taken once, whatever it holds then.
            try world.take(
                "customer_id,event,timestamp,amount\nc000,buy,2026-01-05T09:58:00Z,5\n", named: "a.events.csv")
            try world.run(until: "2026-01-05T10:05Z")
            #expect(try world.lines == ["thanks@2026-01-05T09:58:00Z 0 c001 c001 planned"])
            try world.restart()
            try world.run(until: "2026-01-05T11:00Z")
            #expect(
                try world.lines == [
                    "thanks@2026-01-05T09:58:00Z 0 c001 c001 accepted email",
                    "thanks@2026-01-05T10:20:00Z 0 c002 c002 accepted email",
                ])
            #expect(try world.runner.store.notes().map(\.text).contains { $0.hasPrefix("a.events.csv:4 is left out") })
        }
    }

    @Test func consentRevokedInTheMiddle() throws {
        let shop = try RunnerShop(
            campaigns: ["digest": Self.campaign(#"{ every: { days: daily, at: "12:30" }, zone: recipient }"#)],
            customers: RunnerShop.customers(1, zone: "Asia/Seoul")
                + ["d000,2025-01-01T00:00:00Z,Europe/London,d@example.com,td,true,true"], events: [])
        let world = try RunnerWorld(shop, at: "2026-01-05T00:00Z")
        try world.run(until: "2026-01-05T08:00Z")
        try world.take("id,email_consent\nd000,false\n", named: "a.customers.csv")
        try world.run(until: "2026-01-05T20:00Z")
        #expect(
            try world.lines == [
                "digest@2026-01-05T12:30 c000 accepted email", "digest@2026-01-05T12:30 d000 suppressed unreachable",
            ])
    }

    @Test func quietHoursMoveAMessage() throws {
        let push = Self.campaign(#"{ every: { days: daily, at: "22:00" } }"#, channels: "push")
        let shop = try RunnerShop(
            campaigns: ["late": push], customers: RunnerShop.customers(2), events: [],
            settings: #"policy: { quiet_hours: { from: "21:00", to: "08:00", channels: [push], then: next_allowed } }"#)
        let world = try RunnerWorld(shop, at: "2026-01-05T12:00Z")
        try world.run(until: "2026-01-05T23:00Z")
        #expect(try world.lines.allSatisfy { $0.hasSuffix("deferred") })
        try world.run(until: "2026-01-06T09:00Z")
        #expect(try world.lines.count == 2)
        #expect(try world.lines.allSatisfy { $0.hasSuffix("accepted push") })
        let counted = world.disk.image.messages.values.compactMap(\.counted)
        #expect(counted.allSatisfy { $0 == instant("2026-01-06T08:00Z") })
    }

    @Test func capsHoldBetweenCampaignsThatMeet() throws {
        let shop = try RunnerShop(
            campaigns: [
                "a": Self.daily, "b": Self.campaign(#"{ every: { days: daily, at: "12:30" } }"#, more: "priority: 90"),
            ],
            customers: RunnerShop.customers(2), events: [],
            settings: "policy: { frequency_caps: [{ at_most: 1, per: 24h }] }")
        let world = try RunnerWorld(shop, at: "2026-01-05T12:00Z")
        try world.run(until: "2026-01-05T13:00Z")
        #expect(
            try world.lines.sorted()
                == [
                    "a@2026-01-05T12:30 c000 suppressed capped email",
                    "a@2026-01-05T12:30 c001 suppressed capped email",
                    "b@2026-01-05T12:30 c000 accepted email", "b@2026-01-05T12:30 c001 accepted email",
                ].map { $0.replacing(" capped email", with: " capped") })
    }

    @Test func aCeilingStopsAScheduledOccurrenceWholly() throws {
        let limited = Self.campaign(
            #"{ every: { days: daily, at: "12:30" } }"#, more: "audience: { max_recipients: 2 }")
        for (people, sent) in [(2, 2), (3, 0)] {
            let shop = try RunnerShop(
                campaigns: ["digest": limited], customers: RunnerShop.customers(people), events: [])
            let world = try RunnerWorld(shop, at: "2026-01-05T12:00Z")
            try world.run(until: "2026-01-05T13:00Z")
            #expect(world.provider.order.count == sent)
            #expect(try world.lines.filter { $0.contains("ceiling") }.count == people - sent)
        }
    }

    @Test func theClockJumpsAndSendsWait() throws {
        let shop = try RunnerShop(campaigns: ["digest": Self.daily], customers: RunnerShop.customers(1), events: [])
        for jump: Int64 in [86_400_000, -86_400_000] {
            let world = try RunnerWorld(shop, at: "2026-01-05T12:00Z")
            try world.run(until: "2026-01-05T12:10Z")
            world.now += jump
            #expect(try world.step() == .held(jump: jump))
            world.wait(until: world.now + 3_600_000)
            #expect(try world.step() == .held(jump: jump))
            #expect(world.provider.order.isEmpty)
            try world.runner.perform(.resume(campaign: nil), now: world.now)
            try world.run(until: world.now + 86_400_000 * 2)
            // Set back, the day of the fifth comes again, and is not sent again.
            #expect(Set(world.provider.order).count == world.provider.order.count)
            #expect(!world.provider.order.isEmpty)
        }
    }

    @Test func anInterruptedOccurrenceWaitsForSomebody() throws {
        let shop = try RunnerShop(campaigns: ["digest": Self.daily], customers: RunnerShop.customers(5), events: [])
        let world = try RunnerWorld(shop, at: "2026-01-05T12:00Z") {
            $0.decisionBatch = 2
            $0.sendBatch = 2
        }
        try world.run(until: "2026-01-05T12:30Z")
        while world.provider.order.isEmpty { _ = try world.step() }
        world.wait(until: instant("2026-01-05T18:00Z"))
        try world.restart()
        try world.run(until: "2026-01-05T19:00Z")
        #expect(world.provider.order.count == 2)
        #expect(try world.occurrences == ["digest@2026-01-05T12:30 needs_review"])
        try world.runner.perform(.release(occurrence: 1), now: world.now)
        try world.run(until: "2026-01-05T20:00Z")
        #expect(world.provider.order.count == 5)
        #expect(try world.occurrences == ["digest@2026-01-05T12:30 complete"])
    }

    @Test func pausedCampaignsBeginNothing() throws {
        let shop = try RunnerShop(campaigns: ["digest": Self.daily], customers: RunnerShop.customers(1), events: [])
        let world = try RunnerWorld(shop, at: "2026-01-05T12:00Z")
        _ = try world.step()
        try world.runner.perform(.pause(campaign: "digest"), now: world.now)
        try world.run(until: "2026-01-07T12:45Z")
        #expect(try world.occurrences.isEmpty)
        try world.runner.perform(.resume(campaign: nil), now: world.now)
        try world.run(until: "2026-01-07T13:00Z")
        #expect(
            try world.occurrences == [
                "digest@2026-01-05T12:30 missed", "digest@2026-01-06T12:30 missed", "digest@2026-01-07T12:30 complete",
            ])
        #expect(throws: RequestError.self) { try world.runner.perform(.pause(campaign: "digets"), now: world.now) }
    }

    @Test func aCancelledOccurrenceSendsNothingMore() throws {
        let shop = try RunnerShop(campaigns: ["digest": Self.daily], customers: RunnerShop.customers(5), events: [])
        let world = try RunnerWorld(shop, at: "2026-01-05T12:00Z") {
            $0.decisionBatch = 2
            $0.sendBatch = 2
        }
        try world.run(until: "2026-01-05T12:30Z")
        while world.provider.order.isEmpty { _ = try world.step() }
        try world.runner.perform(.cancel(occurrence: 1), now: world.now)
        try world.run(until: "2026-01-05T13:00Z")
        #expect(world.provider.order.count == 2)
        #expect(try world.lines.filter { $0.hasSuffix("cancelled") }.count == 3)
        #expect(try world.runner.store.occurrence(1)?.open == 0)
        #expect(throws: RequestError.self) { try world.runner.perform(.cancel(occurrence: 1), now: world.now) }
    }

    @Test func aRejectedMessageFallsBackToTheNextChannel() throws {
        let both = Self.campaign(#"{ every: { days: daily, at: "12:30" } }"#, channels: "push, email")
        let shop = try RunnerShop(campaigns: ["digest": both], customers: RunnerShop.customers(1), events: [])
        let world = try RunnerWorld(shop, at: "2026-01-05T12:00Z")
        var attempts = 0
        world.provider.fault = {
            attempts += 1
            return attempts == 1 ? .refuses : .none
        }
        try world.run(until: "2026-01-05T13:00Z")
        #expect(
            try world.lines == [
                "digest@2026-01-05T12:30 c000 rejected no such address push",
                "digest@2026-01-05T12:30 c000 accepted email",
            ])
        #expect(try world.occurrences == ["digest@2026-01-05T12:30 complete"])
    }
}
