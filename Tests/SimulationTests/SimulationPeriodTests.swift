import CivilTime
import Simulation
import Testing

@Suite struct SimulationPeriodTests {
    @Test func daysAreThoseThatThePeriodTouches() throws {
        let seoul = try #require(TimeZoneRules.named("Asia/Seoul"))
        #expect(try period("2026-03-01T15:00:00Z", "2026-03-02T15:00:00Z", seoul)?.dayCount == 1)
        #expect(try period("2026-03-01T14:59:59.999Z", "2026-03-02T15:00:00.001Z", seoul)?.dayCount == 3)
        #expect(try period("2026-03-01T15:00:00Z", "2026-03-01T15:00:00.001Z", seoul)?.dayCount == 1)
        let day = try #require(try period("2026-03-01T15:00:00Z", "2026-03-02T15:00:00Z", seoul)?.firstDay)
        #expect("\(day)" == "2026-03-02")
    }

    @Test func shortAndLongDaysAreDays() throws {
        let london = try #require(TimeZoneRules.named("Europe/London"))
        #expect(try period("2026-03-29T00:00:00Z", "2026-03-29T23:00:00Z", london)?.dayCount == 1)
        #expect(try period("2026-10-24T23:00:00Z", "2026-10-26T00:00:00Z", london)?.dayCount == 1)
    }

    @Test func aPeriodHasALength() throws {
        #expect(try period("2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z", .utc) == nil)
        #expect(try period("2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z", .utc) == nil)
    }

    private func period(_ from: String, _ to: String, _ zone: TimeZoneRules) throws -> SimulationPeriod? {
        let from = try #require(InstantText(parsing: from)).instant(in: zone)
        let to = try #require(InstantText(parsing: to)).instant(in: zone)
        return SimulationPeriod(from: from, to: to, zone: zone)
    }
}
