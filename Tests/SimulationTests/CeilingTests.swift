import Simulation
import Testing
import Timeline

/// The most messages that an occurrence, or a day of triggers, may have.
@Suite struct CeilingTests {
    @Test(arguments: [(4, [0, 0, 0, 0], 0), (5, [1, 1, 1, 1], 5), (6, [1, 1, 1, 1], 5)])
    func aScheduledBreachSendsToNobody(limit: Int, perDay: [Int], recipients: Int) throws {
        let campaign = scheduled("audience: { max_recipients: \(limit) }")
        let result = try simulate(["daily": campaign], events: [])[0]
        #expect(result.perDay == perDay.map { $0 * 5 })
        #expect(result.recipients == recipients)
        #expect(result.refused[Refusal.ceiling.rawValue] == 20 - result.sentTotal)
        #expect(result.considered == 20)
    }

    @Test func onlyTheOccurrenceThatBreachesIsStopped() throws {
        let campaign = scheduled("audience: { include: { event: buy, within: 1d }, max_recipients: 2 }")
        let events = ["a", "b", "c"].map { "\($0),buy,2026-03-02T10:00:00Z,1" } + ["d,buy,2026-03-03T15:00:00Z,1"]
        let result = try simulate(["daily": campaign], events: events)[0]
        #expect(result.perDay == [0, 0, 1, 0])
        #expect(result.refused[Refusal.ceiling.rawValue] == 3 && result.recipients == 1)
    }

    @Test func aTriggeredBreachRefusesFromThereOnByInstantThenKey() throws {
        let campaign = triggered("audience: { max_recipients: 2 }")
        let events = [
            "e,buy,2026-03-02T09:00:00Z,1", "d,buy,2026-03-02T10:00:00Z,1", "c,buy,2026-03-02T10:00:00Z,1",
            "a,buy,2026-03-02T11:00:00Z,1", "a,buy,2026-03-03T00:00:00Z,1",
        ]
        let store = try store(["bought": campaign], events: events)
        let result = try store.simulate("2026-03-02", "2026-03-06").campaigns[0]
        #expect(result.perDay == [2, 1, 0, 0])
        #expect(result.refused[Refusal.ceiling.rawValue] == 2 && result.recipients == 3)
        let period = try store.period("2026-03-02", "2026-03-06")
        let sent = try ["a", "b", "c", "d", "e"].map { key in
            try explain(customer: key, in: store.source, period: period).campaigns[0].decisions.count { decision in
                if case .send = decision.outcome { true } else { false }
            }
        }
        #expect(sent == [1, 0, 1, 0, 1])
    }

    @Test func whatACeilingRefusesHasSpentItsCap() throws {
        let campaigns = ["daily": scheduled("priority: 90\naudience: { max_recipients: 4 }"), "other": scheduled("")]
        let settings = "policy: { frequency_caps: [{ at_most: 1, per: 1h }] }\n"
        let result = try simulate(campaigns, events: [], settings: settings)
        #expect(result.map(\.sentTotal) == [0, 0])
        #expect(result[0].refused[Refusal.ceiling.rawValue] == 20)
        #expect(result[1].refused[Refusal.capped.rawValue] == 20)
    }

    /// As many as fit, over any number of messages, threads and shards.
    @Test(arguments: [1, 63, 64, 65, 199])
    func theFirstOfManyAreKept(limit: Int) throws {
        let events = (0..<200).map { number in
            let minute = (number * 7) % 60
            return
                "\(["a", "b", "c", "d", "e"][number % 5]),buy,2026-03-02T1\(number % 3):\(minute < 10 ? "0" : "")\(minute):00Z,1"
        }
        let store = try store(["bought": triggered("audience: { max_recipients: \(limit) }")], events: events)
        // Several of a customer at one instant are one trigger.
        let all = Set(events).count
        for (threads, shards) in [(1, 1), (3, 5)] {
            let result = try store.simulate("2026-03-02", "2026-03-06", threads: threads, shards: shards).campaigns[0]
            #expect(result.sentTotal == min(limit, all))
            #expect(result.refused[Refusal.ceiling.rawValue] == all - min(limit, all))
        }
    }

    private func scheduled(_ lines: String) -> String {
        """
        \(lines)
        schedule: { every: { days: daily, at: "12:00" } }
        channels: [email]
        variants: { only: { share: 100%, email: { subject: Hi, body: Hi } } }

        """
    }

    private func triggered(_ lines: String) -> String {
        """
        \(lines)
        schedule: { when: { event: buy }, re_entry: always }
        channels: [email]
        variants: { only: { share: 100%, email: { subject: Hi, body: Hi } } }

        """
    }

    private func simulate(
        _ campaigns: [String: String], events: [String], settings: String = ""
    ) throws -> [CampaignResult] {
        let store = try store(campaigns, events: events, settings: settings)
        let result = try store.simulate("2026-03-02", "2026-03-06")
        let listed = Simulation.simulate(
            store.source, period: try store.period("2026-03-02", "2026-03-06"), threads: 1, path: .decisions)
        #expect(listed.campaigns == result.campaigns && listed.fatigue == result.fatigue)
        #expect(result.messages == result.campaigns.reduce(0) { $0 + $1.sentTotal })
        return result.campaigns
    }

    private func store(_ campaigns: [String: String], events: [String], settings: String = "") throws -> Store {
        let customers = ["a", "b", "c", "d", "e"].map { "\($0),2020-01-01T00:00:00Z,,x@example.com,token,true,true" }
        return try Store(
            files: StoreFiles.files(settings: settings, campaigns: campaigns),
            customers: ([StoreFiles.customerHeader] + customers).joined(separator: "\n") + "\n",
            events: ([StoreFiles.eventHeader] + events).joined(separator: "\n") + "\n")
    }
}
