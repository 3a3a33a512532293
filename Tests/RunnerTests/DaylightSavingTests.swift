import CivilTime
import Runner
import TestSupport
import Testing

/// Wall times that a zone skips or repeats: every day has its occurrence, once, at the instant of rule 14 of the contract.
@Suite struct DaylightSavingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let zone: String
        /// The wall time, and the day on which it is skipped or comes twice.
        let time: String
        let day: String
        /// Where it lies on that day; and where on the days before and after.
        let instant: String
        let around: [String]

        var testDescription: String { "\(zone) \(day) \(time)" }
    }

    static let cases = [
        Case(
            zone: "America/New_York", time: "02:30", day: "2026-03-08", instant: "2026-03-08T07:00Z",
            around: ["2026-03-07T07:30Z", "2026-03-09T06:30Z"]),
        Case(
            zone: "America/New_York", time: "01:30", day: "2026-11-01", instant: "2026-11-01T05:30Z",
            around: ["2026-10-31T05:30Z", "2026-11-02T06:30Z"]),
        Case(
            zone: "Europe/London", time: "01:30", day: "2026-03-29", instant: "2026-03-29T01:00Z",
            around: ["2026-03-28T01:30Z", "2026-03-30T00:30Z"]),
        Case(
            zone: "Europe/London", time: "01:30", day: "2026-10-25", instant: "2026-10-25T00:30Z",
            around: ["2026-10-24T00:30Z", "2026-10-26T01:30Z"]),
        // Half an hour.
        Case(
            zone: "Australia/Lord_Howe", time: "02:15", day: "2026-10-04", instant: "2026-10-03T15:30Z",
            around: ["2026-10-02T15:45Z", "2026-10-04T15:15Z"]),
        Case(
            zone: "Australia/Lord_Howe", time: "01:45", day: "2026-04-05", instant: "2026-04-04T14:45Z",
            around: ["2026-04-03T14:45Z", "2026-04-05T15:15Z"]),
        // At midnight.
        Case(
            zone: "America/Havana", time: "00:30", day: "2026-03-08", instant: "2026-03-08T05:00Z",
            around: ["2026-03-07T05:30Z", "2026-03-09T04:30Z"]),
        Case(
            zone: "America/Havana", time: "00:30", day: "2025-11-02", instant: "2025-11-02T04:30Z",
            around: ["2025-11-01T04:30Z", "2025-11-03T05:30Z"]),
        // Over midnight: the hour that comes twice belongs to the day before.
        Case(
            zone: "America/Santiago", time: "00:30", day: "2026-09-06", instant: "2026-09-06T04:00Z",
            around: ["2026-09-05T04:30Z", "2026-09-07T03:30Z"]),
        Case(
            zone: "America/Santiago", time: "23:30", day: "2026-04-04", instant: "2026-04-05T02:30Z",
            around: ["2026-04-04T02:30Z", "2026-04-06T03:30Z"]),
    ]

    /// Runs over the three days, with another runner in the middle, and gives when each nominal time was sent.
    private func sent(_ shop: RunnerShop, _ test: Case) throws -> [String] {
        let middle = instant(test.instant)
        let hour: Int64 = 3_600_000
        let world = try RunnerWorld(shop, at: "\(Instant(milliseconds: middle - 40 * hour))")
        try world.run(until: middle + hour / 6)
        // In the repeated half-hour, or after the gap, the same wall time comes again.
        try world.restart()
        try world.run(until: middle + 40 * hour)
        return world.disk.image.messages.values.sorted { $0.id < $1.id }
            .map { row in
                let nominal = world.disk.image.occurrences[row.occurrence]?.nominal ?? ""
                #expect(row.state == .accepted && row.counted == row.planned)
                return "\(nominal) \(row.counted.map { "\(Instant(milliseconds: $0))" } ?? "")"
            }
    }

    private func expected(_ test: Case) throws -> [String] {
        let date = try #require(CivilDate(parsing: test.day))
        let instants = [test.around[0], test.instant, test.around[1]].map { "\(Instant(milliseconds: instant($0)))" }
        return zip([-1, 0, 1], instants).map { "\(date.adding(days: $0))T\(test.time) \($1)" }
    }

    @Test(arguments: cases) func ofTheWorkspace(_ test: Case) throws {
        let campaign = RunnerScheduleTests.campaign("{ every: { days: daily, at: \"\(test.time)\" } }")
        let shop = try RunnerShop(
            campaigns: ["digest": campaign], customers: RunnerShop.customers(1), events: [], zone: test.zone)
        let found = try sent(shop, test)
        let wanted = try expected(test)
        #expect(found == wanted, "\(found) \(wanted)")
    }

    @Test(arguments: cases) func ofTheRecipient(_ test: Case) throws {
        let campaign = RunnerScheduleTests.campaign(
            "{ every: { days: daily, at: \"\(test.time)\" }, zone: recipient }")
        let shop = try RunnerShop(
            campaigns: ["digest": campaign], customers: RunnerShop.customers(1, zone: test.zone), events: [])
        let found = try sent(shop, test)
        let wanted = try expected(test)
        #expect(found == wanted, "\(found) \(wanted)")
    }
}
