import Testing

@Suite struct RunnerScheduleTests {
    static let digest = """
        kind: marketing
        schedule:
          every: { days: daily, at: "12:30" }
        channels: [email]
        variants:
          only: { share: 100%, email: { subject: Hello, body: There. } }
        """

    @Test func anOccurrenceSendsToEverybodyOnce() throws {
        let shop = try RunnerShop(campaigns: ["digest": Self.digest], customers: RunnerShop.customers(3), events: [])
        let world = try RunnerWorld(shop, at: "2026-01-05T09:00Z")
        try world.run(until: "2026-01-06T09:00Z")
        #expect(
            world.lines == [
                "digest@2026-01-05T12:30 c000 accepted email", "digest@2026-01-05T12:30 c001 accepted email",
                "digest@2026-01-05T12:30 c002 accepted email",
            ])
        #expect(world.provider.order.count == 3)
    }
}
