import Runner
import TestSupport
import Testing

/// Journeys as a runner performs them: what each step became in the ledger.
@Suite struct RunnerJourneyTests {
    private static let coupon = step("coupon", "channels: [email]", "email: { subject: Coupon, body: Here. }")
    private static let text = step("text", "after: 2d, channels: [push]", "push: { title: Text, body: Two days. }")

    private static func step(_ name: String, _ keys: String, _ message: String) -> String {
        "  - { name: \(name), \(keys), variants: { only: { \(message) } } }"
    }

    private static func welcome(_ steps: [String]) -> String {
        """
        schedule: { when: { event: look }, re_entry: never }
        exit: { event: buy }
        steps:
        \(steps.joined(separator: "\n"))
        """
    }

    private static let cart = """
        schedule: { when: { event: look }, re_entry: never }
        restart: true
        steps:
        \(step("reminder", "after: 1h, channels: [push]", "push: { title: Cart, body: Cart }"))
        \(step("letter", "after: 1d, channels: [email]", "email: { subject: Cart, body: Cart }"))
        """

    /// Over memory and over SQLite, since both must do the same.
    private func worlds(_ journey: String, _ body: (RunnerWorld) throws -> Void) throws {
        let shop = try RunnerShop(campaigns: ["journey": journey], customers: RunnerShop.customers(3), events: [])
        try body(try RunnerWorld(shop, at: "2026-01-05T09:00Z"))
        let folder = try TemporaryDirectory()
        let owner = SQLiteStore.Owner(workspace: "shop", environment: "test")
        try body(
            try RunnerWorld(
                shop, at: "2026-01-05T09:00Z",
                store: { _ in try SQLiteStore(try StoreFolder(folder.path + "/state"), owner: owner) }))
    }

    /// An event of now.
    private func happens(_ event: String, _ customer: String, at time: String, _ world: RunnerWorld) throws {
        try world.run(until: time)
        try world.take(
            "customer_id,event,timestamp,amount\n\(customer),\(event),\(time),\n",
            named: "\(event)-\(customer)-\(time).events.csv")
    }

    /// `STEP CUSTOMER WHAT` of every message, in the order of the ledger.
    private func lines(_ world: RunnerWorld) throws -> [String] {
        try world.lines.map { line in
            let words = line.split(separator: " ").map(String.init)
            let step = words[0].prefix { $0 != "@" }.dropFirst("journey".count)
            return ([step.isEmpty ? "0" : String(step.dropFirst())] + words.dropFirst(3)).joined(separator: " ")
        }
    }

    @Test func stepsFollowUntilTheExit() throws {
        try worlds(Self.welcome([Self.coupon, Self.text])) { world in
            try happens("look", "c000", at: "2026-01-05T10:00Z", world)
            try happens("look", "c001", at: "2026-01-05T10:00Z", world)
            try happens("look", "c002", at: "2026-01-05T10:00Z", world)
            try happens("buy", "c000", at: "2026-01-06T08:30Z", world)
            // Whatever ends a runner between two steps.
            try world.restart()
            try world.run(until: "2026-01-06T20:00Z")
            try world.take("id,push_consent\nc002,false\n", named: "consents.customers.csv")
            try world.restart()
            try world.run(until: "2026-01-09T00:00Z")
            #expect(
                try lines(world) == [
                    "0 c000 accepted email", "1 c000 suppressed exited", "0 c001 accepted email",
                    "1 c001 accepted push",
                    "0 c002 accepted email", "1 c002 suppressed unreachable",
                ])
            #expect(try world.occurrences.allSatisfy { $0.hasSuffix("complete") })
            #expect(try world.runner.store.problems() == [])
            #expect(world.provider.order.count == 4)
        }
    }

    @Test func whatDoesNotBeginIsOverAtOnce() throws {
        try worlds(Self.welcome([Self.coupon, Self.text])) { world in
            try happens("look", "c000", at: "2026-01-05T10:00Z", world)
            try happens("look", "c000", at: "2026-01-05T11:00Z", world)
            try world.run(until: "2026-01-05T11:30Z")
            #expect(
                try lines(world) == [
                    "0 c000 accepted email", "1 c000 planned", "0 c000 suppressed re-entry",
                    "1 c000 suppressed re-entry",
                ])
            #expect(try world.occurrences.map { $0.split(separator: " ").last } == ["running", "complete"])
            #expect(try world.runner.store.problems() == [])
        }
    }

    @Test func aNewerTriggerRestarts() throws {
        try worlds(Self.cart) { world in
            try happens("look", "c000", at: "2026-01-05T10:00Z", world)
            try happens("look", "c000", at: "2026-01-05T10:30Z", world)
            try world.restart()
            try world.run(until: "2026-01-07T00:00Z")
            // Over, it is not entered again.
            try happens("look", "c000", at: "2026-01-07T10:00Z", world)
            try world.run(until: "2026-01-09T00:00Z")
            #expect(
                try lines(world) == [
                    "0 c000 suppressed re-entry", "1 c000 suppressed re-entry", "0 c000 accepted push",
                    "1 c000 accepted email", "0 c000 suppressed re-entry", "1 c000 suppressed re-entry",
                ])
        }
    }

    /// A message that waits stays that of its step.
    @Test func aPlanMayInsertAStep() throws {
        let letter = Self.step("letter", "after: 1d, channels: [email]", "email: { subject: Letter, body: Letter }")
        let other = try RunnerShop(
            campaigns: ["journey": Self.welcome([Self.coupon, letter, Self.text])],
            customers: RunnerShop.customers(3), events: [])
        try worlds(Self.welcome([Self.coupon, Self.text])) { world in
            try happens("look", "c000", at: "2026-01-05T10:00Z", world)
            try world.run(until: "2026-01-05T11:00Z")
            world.plan = ApprovedPlan(other.plan, digest: "d2")
            try world.runner.replace(with: world.plan, now: world.now)
            try happens("look", "c001", at: "2026-01-05T12:00Z", world)
            try world.restart()
            try world.run(until: "2026-01-09T00:00Z")
            #expect(
                try lines(world) == [
                    "0 c000 accepted email", "1 c000 accepted push", "0 c001 accepted email", "2 c001 accepted email",
                    "1 c001 accepted push",
                ])
            #expect(try world.runner.store.campaigns().map(\.steps) == [["coupon", "text", "letter"]])
        }
    }

    /// What waits of a campaign of one message is not taken for a step.
    @Test func aCampaignMayBecomeAJourney() throws {
        let journey = try RunnerShop(
            campaigns: ["journey": Self.welcome([Self.coupon, Self.text])], customers: RunnerShop.customers(3),
            events: [])
        let single = RunnerScheduleTests.campaign("{ when: { event: look }, delay: 1d, re_entry: never }")
        try worlds(single) { world in
            try happens("look", "c000", at: "2026-01-05T10:00Z", world)
            try world.run(until: "2026-01-05T11:00Z")
            try world.runner.replace(with: ApprovedPlan(journey.plan, digest: "d2"), now: world.now)
            try happens("look", "c001", at: "2026-01-05T12:00Z", world)
            try world.run(until: "2026-01-09T00:00Z")
            #expect(try lines(world) == ["0 c000 planned", "1 c001 accepted email", "2 c001 accepted push"])
            #expect(try world.runner.store.campaigns().map(\.steps) == [["", "coupon", "text"]])
        }
    }
}
