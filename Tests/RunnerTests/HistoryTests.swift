import CampaignPlan
import Foundation
import Runner
import TestSupport
import Testing

/// Seeded histories: 10,000 with `make test`, a million with `make torture`.
@Suite struct HistoryTests {
    private static let count =
        ProcessInfo.processInfo.environment["PABAL_HISTORIES"].flatMap { Int($0) } ?? 10_000

    private static let shops = Result {
        let push = RunnerScheduleTests.campaign(
            #"{ every: { days: daily, at: "20:30" }, zone: recipient }"#, channels: "push, email")
        let thanks = RunnerScheduleTests.campaign(
            "{ when: { event: buy }, delay: 3h, re_entry: { after: 1d } }", more: "priority: 70", channels: "push")
        let digest = RunnerScheduleTests.campaign(
            #"{ every: { days: weekdays, at: "12:30" }, expires: 4h }"#,
            more: "audience: { control_group: 20% }\npriority: 60")
        let limited = RunnerScheduleTests.campaign(
            #"{ every: { days: daily, at: "12:30" } }"#, more: "audience: { max_recipients: 5 }")
        let settings = """
            policy:
              quiet_hours: { from: "21:00", to: "08:00", channels: [push], then: next_allowed }
              holdout: 10%
              frequency_caps: [{ at_most: 2, per: 24h }, { channel: push, at_most: 1, per: 12h }]
            """
        let zones = [
            "Asia/Seoul", "Europe/London", "America/New_York", "", "Australia/Lord_Howe", "", "UTC", "Asia/Tokyo",
        ]
        let customers = zones.enumerated().map { index, zone in
            "c00\(index),2025-01-01T00:00:00Z,\(zone),c\(index)@example.com,t\(index),true,\(index != 3)"
        }
        return [
            try RunnerShop(
                campaigns: ["digest": digest, "evening": push, "limited": limited, "thanks": thanks],
                customers: customers, events: [], zone: "Europe/London", settings: settings),
            try RunnerShop(
                campaigns: ["evening": push, "thanks": thanks], customers: Array(customers.prefix(3)), events: [],
                zone: "America/New_York", settings: settings),
        ]
    }

    private static func history(_ seed: UInt64) throws -> History {
        History(seed: seed, shops: try shops.get())
    }

    @Test func nothingGoesWrongInAnyHistory() throws {
        let seed = testSeed("histories")
        var sent = 0
        for number in 0..<Self.count {
            do {
                let transcript = try Self.history(seed &+ UInt64(number)).play()
                sent += transcript.utf8.count
            } catch {
                Issue.record("PABAL_TEST_SEED=\(seed &+ UInt64(number)): \(error)")
                return
            }
        }
        #expect(sent > 1000 * Self.count)
    }

    @Test func aSeedReplaysToTheByte() throws {
        let seed = testSeed("replayed histories")
        for number in 0..<20 {
            let history = try Self.history(seed &+ UInt64(number))
            #expect(try history.play() == history.play())
        }
    }
}
