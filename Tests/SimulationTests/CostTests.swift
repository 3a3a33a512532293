import Simulation
import Testing

@Suite struct CostTests {
    @Test func everyChannelHasItsPrice() throws {
        let result = try simulate("currency: EUR\ncosts: { email: 0.0005, push: 1.25 }")
        // Three e-mails and two push messages a day, on two days.
        #expect(result.campaigns.map(\.sent) == [[[4, 6]]])
        let twoDays: Int64 = 2 * (3 * 5 + 2 * 12_500)
        #expect(result.cost == twoDays)
        #expect(result.campaigns.map(\.cost) == [result.cost])
        #expect(result.currency == "EUR")
    }

    @Test func aChannelWithoutAPriceIsFree() throws {
        #expect(try simulate("costs: { push: 2 }").cost == 4 * 20_000)
    }

    @Test func withoutPricesThereIsNoCost() throws {
        let result = try simulate("currency: EUR")
        #expect(result.cost == nil && result.campaigns.map(\.cost) == [0])
    }

    @Test func largeSumsAreExact() throws {
        #expect(try simulate("costs: { push: 900000000.0001 }").cost == 4 * 9_000_000_000_001)
    }

    private func simulate(_ settings: String) throws -> SimulationResult {
        let campaign = """
            kind: marketing
            schedule: { every: { days: daily, at: "10:00" } }
            channels: [push, email]
            variants:
              only: { share: 100%, email: { subject: Hello, body: There. }, push: { title: Hello, body: There. } }
            """
        let since = "2026-01-01T00:00:00Z"
        let people = [
            "a,\(since),,a@example.com,,true,false", "b,\(since),,b@example.com,t,true,false",
            "c,\(since),,c@example.com,,true,true", "d,\(since),,d@example.com,t,true,true",
            "e,\(since),,,t,false,true", "f,\(since),,f@example.com,,false,true",
        ]
        let store = try Store(
            files: StoreFiles.files(settings: settings, campaigns: ["daily": campaign]),
            customers: ([StoreFiles.customerHeader] + people).joined(separator: "\n") + "\n",
            events: StoreFiles.eventHeader + "\n")
        return try store.simulate("2026-03-02", "2026-03-04")
    }
}
