import CampaignPlan
import Foundation
import Runner
import TestSupport
import Testing

/// Seeded histories: 10,000 with `make test`, a million with `make torture`.
@Suite struct HistoryTests {
    private static let count =
        ProcessInfo.processInfo.environment["PABAL_HISTORIES"].flatMap { Int($0) } ?? 10_000

    /// How many histories may miss a planted bug.
    private static let seedsMax = 50

    private static func shops() throws -> [RunnerShop] {
        let push = RunnerScheduleTests.campaign(
            #"{ every: { days: daily, at: "20:30" }, zone: recipient }"#, channels: "push, email")
        let thanks = RunnerScheduleTests.campaign(
            "{ when: { event: buy }, delay: 3h, re_entry: { after: 1d } }", more: "priority: 70", channels: "push")
        let digest = RunnerScheduleTests.campaign(
            #"{ every: { days: weekdays, at: "12:30" }, expires: 4h }"#,
            more: "audience: { control_group: 20% }\npriority: 60")
        let limited = RunnerScheduleTests.campaign(
            #"{ every: { days: daily, at: "12:30" } }"#, more: "audience: { max_recipients: 5 }")
        let journey = """
            schedule: { when: { event: buy }, re_entry: { after: 2d } }
            exit: { event: buy, at_least: 3 }
            steps:
              - { name: hello, after: 1h, channels: [push, email], variants: { only: { push: { title: Hi, body: A }, email: { subject: Hi, body: A } } } }
              - { name: nudge, after: 20h, expires: 12h, if: { event: buy, at_most: 1 }, channels: [push], variants: { only: { push: { title: Hi, body: B } } } }
              - { name: goodbye, after: 2d, channels: [email], variants: { only: { email: { subject: Hi, body: C } } } }
            """
        let settings = """
            policy:
              quiet_hours: { from: "21:00", to: "08:00", channels: [push], then: next_allowed }
              holdout: 40%
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
            try RunnerShop(
                campaigns: ["digest": digest, "welcome": journey], customers: customers, events: [],
                zone: "Europe/London", settings: settings),
        ]
    }

    private static func history(_ seed: UInt64, _ bug: PlantedBug? = nil) throws -> History {
        History(seed: seed, shops: try shops(), bug: bug)
    }

    /// Some threads, each with shops of its own: a million histories are an hour's work for one.
    @Test func nothingGoesWrongInAnyHistory() async throws {
        let seed = testSeed("histories")
        let workers = max(1, min(ProcessInfo.processInfo.activeProcessorCount, Self.count))
        try await withThrowingTaskGroup(of: Int.self) { group in
            for worker in 0..<workers {
                group.addTask { try Self.play(from: seed, worker, of: workers) }
            }
            let sent = try await group.reduce(0, +)
            #expect(sent > 1000 * Self.count)
        }
    }

    /// How much the transcripts of a worker's histories hold, in bytes.
    private static func play(from seed: UInt64, _ worker: Int, of workers: Int) throws -> Int {
        let shops = try shops()
        var bytes = 0
        for number in stride(from: worker, to: count, by: workers) {
            let seed = seed &+ UInt64(number)
            do {
                bytes += try History(seed: seed, shops: shops).play().utf8.count
            } catch {
                throw Failure(description: "PABAL_TEST_SEED=\(seed): \(error)")
            }
        }
        return bytes
    }

    @Test func aSeedReplaysToTheByte() throws {
        let seed = testSeed("replayed histories")
        for number in 0..<20 {
            let history = try Self.history(seed &+ UInt64(number))
            #expect(try history.play() == history.play())
        }
    }

    /// In every process, on every machine: tables are hashed differently in each.
    @Test func aHistoryIsWhatItWas() throws {
        expectSnapshot(try Self.history(7).play() + "\n", named: "history-7")
    }

    /// Whoever adds an invariant shows that it can be broken.
    @Test func everyInvariantHasABug() {
        #expect(Set(PlantedBug.all.map(\.found)) == Set(Invariant.allCases))
    }

    @Test(arguments: PlantedBug.all.indices) func aPlantedBugIsFound(_ index: Int) throws {
        let bug = PlantedBug.all[index]
        let seed = testSeed(bug.description)
        let shops = try Self.shops()
        var others: Set<String> = []
        for number in 0..<Self.seedsMax {
            do {
                _ = try History(seed: seed &+ UInt64(number), shops: shops, bug: bug).play()
            } catch let broken as Broken {
                // One fault may break several things.
                if broken.invariant == bug.found { return }
                others.insert("\(broken)")
            }
        }
        Issue.record("\(bug): not found with \(Self.seedsMax) seeds; \(others.sorted().prefix(3))")
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}
