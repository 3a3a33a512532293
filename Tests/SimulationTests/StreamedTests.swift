import CivilTime
import Simulation
import TestSupport
import Testing

/// Customers whose rows stay where they lie are counted as those whose rows are copied.
@Suite struct StreamedTests {
    @Test func countsAsOthersDo() throws {
        let seed = testSeed("countsAsOthersDo")
        var messages = 0
        for number in 0..<80 {
            let store = try RandomStore(seed: seed &+ UInt64(number)).bound()
            let period = try store.period(RandomStore.first, RandomStore.end)
            for path in SimulationPath.allCases {
                // Some of the customers, then all of them.
                for rowsMax in [4, -1] {
                    let copied = simulate(store.source, period: period, threads: 2, shards: 3, path: path)
                    var streamed = simulate(
                        store.source, period: period, threads: 2, shards: 3, path: path, rowsMax: rowsMax)
                    streamed.work = copied.work
                    #expect(streamed == copied, "seed \(seed &+ UInt64(number)), \(path), above \(rowsMax) rows")
                    messages += streamed.messages
                }
            }
        }
        #expect(messages > 2000, "\(messages)")
    }

    /// Every window and measure, caps and a ceiling, over one customer with more rows than are copied and one with few.
    @Test func aCustomerWithManyEventsIsAsOthers() throws {
        var random = SeededGenerator(seed: testSeed("aCustomerWithManyEventsIsAsOthers"))
        let rows = 150_000
        var events = StoreFiles.eventHeader + "\n"
        for row in 0..<rows + 200 {
            let customer = row < rows ? "many" : "few"
            let time = Instant(milliseconds: (1_772_000_000 + Int64.random(in: 0..<5_000_000, using: &random)) * 1000)
            let isPurchase = Int.random(in: 0..<10, using: &random) < 4
            let amount = isPurchase ? "\(Int.random(in: -50...50, using: &random))" : ""
            events += "\(customer),\(isPurchase ? "buy" : "look"),\(time),\(amount)\n"
        }
        let since = "2025-01-01T00:00:00Z"
        let store = try Store(
            files: StoreFiles.files(
                zone: "Europe/London",
                settings: """
                    policy:
                      quiet_hours: { from: "21:00", to: "08:00" }
                      frequency_caps: [{ at_most: 40, per: 7d }]
                    """, campaigns: Self.campaigns),
            customers: """
                \(StoreFiles.customerHeader)
                many,\(since),America/New_York,m@example.com,token,true,true
                few,\(since),,f@example.com,,true,true

                """, events: events)
        let period = try store.period("2026-03-01", "2026-04-20")
        for path in SimulationPath.allCases {
            let copied = simulate(store.source, period: period, threads: 1, path: path, rowsMax: .max)
            var streamed = simulate(store.source, period: period, threads: 1, path: path)
            #expect(streamed.work != copied.work)
            streamed.work = copied.work
            #expect(streamed == copied, "\(path)")
            for campaign in streamed.campaigns { #expect(campaign.considered > 0, "\(campaign.name)") }
            #expect(streamed.messages > 50, "\(streamed.messages)")
        }
    }

    private static let campaigns: [String: String] = {
        let content = """
            channels: [email]
            variants: { all: { share: 100%, email: { subject: Hello, body: There. } } }
            """
        let daily = "schedule: { every: { days: daily, at: \"12:30\" } }"
        let entry = "schedule: { when: { enters: audience }, re_entry: always }"
        func body(_ include: String, _ schedule: String) -> String {
            "kind: marketing\naudience: { include: \(include) }\n\(schedule)\n\(content)\n"
        }
        return [
            "counted": body("{ event: look, at_least: 132, within: 2h }", daily),
            "summed": body("{ sum: amount, event: buy, at_least: 10, within: 1h }", daily),
            "averaged": body("{ average: amount, event: buy, at_least: 0, past: 2 days }", daily),
            "greatest": body("{ maximum: amount, event: buy, at_most: 49, within: 1h }", daily),
            "least": body("{ minimum: amount, event: buy, at_most: -50, recent: 1 day }", daily),
            "different": body("{ distinct: amount, event: buy, at_least: 36, within: 1h }", daily),
            "merged": body("{ event: [buy, look], at_least: 110, within: 1h }", entry),
            "entered": body("{ sum: amount, event: buy, at_least: 200, within: 1h }", entry),
            "bought": body(
                "{ event: look, at_least: 1, within: 1h }",
                "schedule: { when: { event: buy, where: { amount: { at_least: 49 } } }, delay: 2h, re_entry: { after: 1h } }"
            ),
        ]
    }()
}
