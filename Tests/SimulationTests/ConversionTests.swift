import Simulation
import Testing
import Timeline

/// The natural conversion: who converts after the send instant, without any message.
@Suite struct ConversionTests {
    /// Everybody is looked at on 2 March at nine; a purchase within three days counts.
    @Test func theWindowIsOpenAtItsStartAndClosedAtItsEnd() throws {
        let campaign = try simulate([
            "early": ["2026-03-02T08:59:59.999Z"], "at": ["2026-03-02T09:00:00Z"],
            "just": ["2026-03-02T09:00:00.001Z"], "last": ["2026-03-05T09:00:00Z"],
            "late": ["2026-03-05T09:00:00.001Z"], "twice": ["2026-03-03T00:00:00Z", "2026-03-04T00:00:00Z"],
            "never": [],
        ])
        #expect(campaign.eligible == 7)
        #expect(campaign.converted == 3)
    }

    @Test func aWindowBeyondTheDataIsNotCounted() throws {
        let ending = try simulate(["one": ["2026-03-05T09:00:00Z"], "other": []], untilLater: false)
        #expect(ending.eligible == 2 && ending.converted == 1)
        let short = try simulate(["one": ["2026-03-05T08:59:59.999Z"], "other": []], untilLater: false)
        #expect(short.eligible == 0 && short.converted == 0)
        let none = try simulate(["one": [], "other": []], untilLater: false)
        #expect(none.eligible == 0 && none.sentTotal == 2)
    }

    @Test func onlyMatchingEventsCount() throws {
        let campaign = try simulate(
            ["small": ["2026-03-03T00:00:00Z"]], goal: "{ event: buy, where: { amount: { at_least: 5 } }, within: 3d }")
        #expect(campaign.eligible == 1 && campaign.converted == 0)
    }

    /// All arms are analysed as they were drawn; whoever was refused before the draw is not.
    @Test func armsCountAndFilteredPeopleDoNot() throws {
        var buyers: [String: [String]] = [:]
        for number in 0..<200 { buyers["c\(number)"] = ["2026-03-03T00:00:00Z"] }
        let campaign = try simulate(
            buyers, settings: "policy: { holdout: 20% }", audience: "audience: { control_group: 30% }",
            withoutEmail: ["c7", "c8", "c9"])
        let holdout = campaign.refused[Refusal.holdout.rawValue]
        let control = campaign.refused[Refusal.controlGroup.rawValue]
        #expect(holdout > 10 && control > 10 && campaign.sentTotal > 50)
        #expect(campaign.refused[Refusal.unreachable.rawValue] == 3)
        #expect(campaign.eligible == 197 && campaign.eligible == holdout + control + campaign.sentTotal)
        #expect(campaign.converted == 197)
    }

    @Test func withoutAGoalNothingIsCounted() throws {
        let campaign = try simulate(["one": ["2026-03-03T00:00:00Z"]], goal: nil)
        #expect(campaign.eligible == 0 && campaign.converted == 0 && campaign.sentTotal == 1)
    }

    private func simulate(
        _ buyers: [String: [String]], untilLater: Bool = true, goal: String? = "{ event: buy, within: 3d }",
        settings: String = "", audience: String = "", withoutEmail: Set<String> = []
    ) throws -> CampaignResult {
        let campaign = """
            kind: marketing
            \(goal.map { "goal: { conversion: \($0) }" } ?? "")
            \(audience)
            schedule: { at: "2026-03-02T09:00" }
            channels: [email]
            variants: { only: { share: 100%, email: { subject: Hello, body: There. } } }
            """
        // An event of somebody who comes into being too late to be looked at makes the data long enough.
        let end = untilLater ? "\nnobody,look,2026-04-01T00:00:00Z," : ""
        let rows = buyers.keys.sorted().flatMap { name in
            buyers[name, default: []].map { "\(name),buy,\($0),1" }
        }
        let store = try Store(
            files: StoreFiles.files(settings: settings, campaigns: ["spring": campaign]),
            customers: ([StoreFiles.customerHeader]
                + buyers.keys.sorted().map {
                    "\($0),2026-01-01T00:00:00Z,,\(withoutEmail.contains($0) ? "" : "a@example.com"),,true,false"
                } + ["nobody,2026-03-30T00:00:00Z,,,,false,false"]).joined(separator: "\n") + "\n",
            events: ([StoreFiles.eventHeader] + rows).joined(separator: "\n") + end + "\n")
        return try #require(try store.simulate("2026-03-01", "2026-03-08").campaigns.first)
    }
}
