import CampaignPlan
import Simulation
import Testing
import Timeline

/// Frequency caps over a whole simulation: who is served first, what counts, and to the millisecond how far back.
@Suite struct FrequencyCapTests {
    @Test func aWindowIsOpenAtItsStartAndClosedAtItsEnd() throws {
        // Two in three hours: the third is refused while the first is less than three hours old.
        let shop = CappedShop(caps: "{ at_most: 2, per: 3h }", campaigns: ["mail": CappedShop.mail()])
        #expect(try shop.sends(["10:00:00", "11:00:00", "12:59:59.999"]) == [2])
        #expect(try shop.sends(["10:00:00", "11:00:00", "13:00:00"]) == [3])
        // What was refused does not count.
        #expect(try shop.sends(["10:00:00", "11:00:00", "12:00:00", "13:00:00", "14:00:00"]) == [4])
    }

    @Test func everyCapMustLetAMessageThrough() throws {
        let shop = CappedShop(
            caps: "{ at_most: 1, per: 10m }, { at_most: 2, per: 3h }", campaigns: ["mail": CappedShop.mail()])
        #expect(try shop.sends(["10:00:00", "10:09:00", "10:10:00", "10:30:00", "13:00:00"]) == [3])
    }

    @Test func aChannelIsCappedByItself() throws {
        let campaigns = ["mail": CappedShop.mail(), "push": CappedShop.push()]
        let shop = CappedShop(caps: "{ channel: email, at_most: 1, per: 1d }", campaigns: campaigns)
        #expect(try shop.sends(["10:00:00", "11:00:00", "12:00:00"]) == [1, 3])
        let both = CappedShop(caps: "{ at_most: 3, per: 1d }", campaigns: campaigns)
        #expect(try both.sends(["10:00:00", "11:00:00", "12:00:00"]) == [2, 1])
    }

    @Test func higherPriorityIsServedFirstThenTheName() throws {
        func sends(_ a: Int, _ b: Int) throws -> [Int] {
            try CappedShop(
                caps: "{ at_most: 1, per: 1h }",
                campaigns: ["a": CappedShop.mail("priority: \(a)"), "b": CappedShop.push("priority: \(b)")]
            ).sends(["10:00:00"])
        }
        #expect(try sends(10, 20) == [0, 1])
        #expect(try sends(20, 10) == [1, 0])
        #expect(try sends(10, 10) == [1, 0])
    }

    @Test func transactionalMessagesAreNeitherCappedNorCounted() throws {
        let campaigns = ["mail": CappedShop.mail(), "receipt": CappedShop.mail("kind: transactional\npriority: 90")]
        let shop = CappedShop(caps: "{ at_most: 1, per: 1d }", campaigns: campaigns)
        #expect(try shop.sends(["10:00:00", "11:00:00"]) == [1, 2])
    }

    @Test func earlierMessagesOfTheDataCount() throws {
        let shop = CappedShop(caps: "{ at_most: 1, per: 1d }", campaigns: ["mail": CappedShop.mail()])
        func sends(_ earlier: String) throws -> [Int] { try shop.sends(["10:00:00"], earlier: [earlier]) }
        #expect(try sends("2026-03-01T10:00:00.001Z,mail,email") == [0])
        #expect(try sends("2026-03-01T10:00:00Z,mail,email") == [1])
        #expect(try sends("2026-03-01T23:00:00Z,old-campaign,push") == [0])
        #expect(try sends("2026-03-01T23:00:00Z,,") == [0])
        #expect(try sends("2026-03-01T23:00:00Z,mail,webhook") == [1])
        // What the data tells of the period is not what this plan would have sent.
        #expect(try sends("2026-03-02T00:00:00Z,mail,email") == [1])
        let byChannel = CappedShop(
            caps: "{ channel: email, at_most: 1, per: 1d }", campaigns: ["mail": CappedShop.mail()])
        #expect(try byChannel.sends(["10:00:00"], earlier: ["2026-03-01T23:00:00Z,mail,push"]) == [1])
        #expect(try byChannel.sends(["10:00:00"], earlier: ["2026-03-01T23:00:00Z,mail,"]) == [1])
        let receipt = CappedShop(
            caps: "{ at_most: 1, per: 1d }",
            campaigns: ["mail": CappedShop.mail(), "receipt": CappedShop.mail("kind: transactional")])
        #expect(try receipt.sends(["10:00:00"], earlier: ["2026-03-01T23:00:00Z,receipt,email"]) == [1, 1])
    }

    @Test func cappedPeopleStayInTheExperiment() throws {
        let shop = CappedShop(
            caps: "{ at_most: 1, per: 1d }",
            campaigns: ["mail": CappedShop.mail("goal: { conversion: { event: buy, within: 1h } }")])
        let result = try shop.store(["10:00:00", "10:30:00", "15:00:00"]).simulate("2026-03-02", "2026-03-09")
        #expect(result.campaigns[0].refused[Refusal.capped.rawValue] == 2)
        // The last one's window ends after the data.
        #expect(result.campaigns[0].eligible == 2 && result.campaigns[0].converted == 1)
    }

    @Test func anExplanationNamesWhatFilledTheCap() throws {
        let shop = CappedShop(
            caps: "{ at_most: 2, per: 1d }", campaigns: ["a": CappedShop.mail("priority: 1"), "b": CappedShop.push()])
        let store = try shop.store(["10:00:00"], earlier: ["2026-03-01T23:00:00Z,gone,email"])
        let explanation = try explain(
            customer: "c", in: store.source, period: try store.period("2026-03-02", "2026-03-09"))
        let capped = explanation.campaigns[0].decisions
        #expect(capped.map(\.outcome) == [.refused(.capped)])
        let capping = try #require(capped.first.flatMap { explanation.cappings[$0] })
        #expect(capping.cap == FrequencyCap(channel: nil, atMost: 2, per: 86_400_000))
        #expect(capping.counted.map(\.campaign) == [-1, 1])
        #expect(explanation.cappings.count == 1)
    }
}

/// One customer, whose every purchase at a time of 2 March 2026 triggers every campaign.
struct CappedShop {
    let caps: String
    let campaigns: [String: String]

    static func mail(_ lines: String = "") -> String { campaign(lines, "email", "email: { subject: Hi, body: Hi }") }
    static func push(_ lines: String = "") -> String { campaign(lines, "push", "push: { title: Hi, body: Hi }") }

    private static func campaign(_ lines: String, _ channel: String, _ message: String) -> String {
        """
        \(lines)
        schedule: { when: { event: buy }, re_entry: always }
        channels: [\(channel)]
        variants: { only: { share: 100%, \(message) } }

        """
    }

    /// Messages by campaign, by name, on both paths.
    func sends(_ times: [String], earlier: [String] = []) throws -> [Int] {
        let store = try store(times, earlier: earlier)
        let result = try store.simulate("2026-03-02", "2026-03-09")
        let listed = Simulation.simulate(
            store.source, period: try store.period("2026-03-02", "2026-03-09"), threads: 1, path: .decisions)
        #expect(listed.campaigns == result.campaigns && listed.fatigue == result.fatigue)
        for campaign in result.campaigns {
            #expect(campaign.considered == times.count)
            #expect(campaign.sentTotal + campaign.refused[Refusal.capped.rawValue] == times.count)
        }
        return result.campaigns.map(\.sentTotal)
    }

    /// `earlier` are rows of instant, campaign and channel.
    func store(_ times: [String], earlier: [String] = []) throws -> Store {
        var files = StoreFiles.files(
            settings: "policy: { frequency_caps: [\(caps)] }\n", campaigns: campaigns)
        files["catalog.yaml"]? += """

              message_sent:
                properties: { campaign: { type: text, optional: true }, channel: { type: text, optional: true } }

            """
        let sent = earlier.map { row in
            let parts = row.split(separator: ",", omittingEmptySubsequences: false)
            return "c,message_sent,\(parts[0]),,\(parts[1]),\(parts[2])"
        }
        let rows = sent + times.map { "c,buy,2026-03-02T\($0)Z,1,," }
        return try Store(
            files: files,
            customers: StoreFiles.customerHeader + "\nc,2020-01-01T00:00:00Z,,c@example.com,token,true,true\n",
            events: ([StoreFiles.eventHeader + ",campaign,channel"] + rows).joined(separator: "\n") + "\n")
    }
}
