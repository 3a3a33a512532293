import CampaignPlan
import Testing
import Timeline

/// Caps asked directly, as a runner does: messages may be told in any order and lie after the instant.
@Suite struct SendHistoryTests {
    private static let caps: FrequencyCaps = {
        var plan = Plan(
            compilerVersion: "", zoneDataVersion: "",
            workspace: WorkspacePlan(
                name: "shop", zone: "Etc/UTC", currency: nil, jurisdictions: [], holdout: nil, quietHours: nil,
                frequencyCaps: [
                    FrequencyCap(channel: nil, atMost: 2, per: 100), FrequencyCap(channel: "sms", atMost: 1, per: 1000),
                ]), schema: DecisionShop.schema, files: [], conditions: [], segments: [], campaigns: [])
        plan.schema.channels = ["email", "onsite", "sms"].map {
            ChannelSchema(name: $0, address: nil, consent: nil, nightConsent: nil)
        }
        return FrequencyCaps(plan)
    }()

    private func refusing(_ channel: String, at instant: Int64, _ sends: [(Int64, String)]) throws -> Int? {
        var history = SendHistory()
        for (time, name) in sends {
            history.record(.init(instant: time, channel: Self.caps.channel(named: name) ?? -1, campaign: -1))
        }
        return Self.caps.refusing(
            channel: try #require(Self.caps.channel(named: channel)), at: instant, after: history)
    }

    @Test func theFirstCapThatIsFullRefuses() throws {
        #expect(try refusing("email", at: 100, []) == nil)
        #expect(try refusing("email", at: 100, [(1, "email"), (50, "sms")]) == 0)
        #expect(try refusing("email", at: 101, [(1, "email"), (50, "sms")]) == nil)
        #expect(try refusing("sms", at: 1049, [(50, "sms")]) == 1)
        #expect(try refusing("sms", at: 1050, [(50, "sms")]) == nil)
        #expect(try refusing("sms", at: 500, [(50, "email")]) == nil)
    }

    @Test func orderOfRecordingDoesNotMatter() throws {
        #expect(try refusing("email", at: 100, [(90, "email"), (1, "email"), (0, "email")]) == 0)
        #expect(try refusing("email", at: 100, [(0, "email"), (90, "email")]) == nil)
    }

    @Test func laterAndUnknownMessages() throws {
        #expect(try refusing("email", at: 100, [(101, "email"), (100, "email")]) == nil)
        #expect(try refusing("email", at: 100, [(100, "email"), (100, "fax")]) == 0)
        #expect(try refusing("sms", at: 500, [(450, "fax")]) == nil)
    }

    @Test func atTheEndsOfTime() throws {
        #expect(try refusing("sms", at: .min, [(.min, "sms")]) == nil)
        #expect(try refusing("sms", at: .max, [(.max, "sms")]) == 1)
    }

    @Test func someChannelsDoNotCount() {
        #expect(Self.caps.channel(named: "onsite") == nil)
        #expect(Self.caps.channel(named: "fax") == nil)
        #expect(Self.caps.channel(named: "email").flatMap { Self.caps.name(ofChannel: $0) } == "email")
    }
}
