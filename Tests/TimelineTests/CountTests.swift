import CampaignPlan
import CivilTime
import ContractOracle
import TestSupport
import Testing
import Timeline

/// Decisions counted while walking are those that are listed.
@Suite struct CountTests {
    private static let seed = testSeed("counts against listed decisions")
    private static let cases = 1_600

    @Test(arguments: 0..<4) func countsAreThoseOfListedDecisions(part: Int) {
        var met: [String: Int] = [:]
        for number in stride(from: part, to: Self.cases, by: 4) {
            let seed = Self.seed &+ UInt64(number)
            let random = FastCase(seed: seed, triggered: true)
            let name = RandomCatalog.zoneNames[number / 4 % RandomCatalog.zoneNames.count]
            var comparison = CountComparison(
                random.plan, from: random.from, to: random.to, last: number % 10 == 0 ? nil : random.last,
                zone: TimeZoneRules.named(name) ?? .utc)
            if let difference = comparison.difference(random.customers) {
                Issue.record("seed \(seed): \(difference)")
                return
            }
            met.merge(comparison.met) { $0 + $1 }
        }
        // Counts of nothing would agree however wrong they are.
        let asked = Refusal.allCases.filter { $0 != .capped && $0 != .ceiling }.map(\.label) + ["pending", "sent"]
        for outcome in asked { #expect(met[outcome, default: 0] > 20, "\(outcome)") }
    }

    /// A period that is full of days that a zone skips or has twice, and of quiet hours around them.
    @Test(arguments: RandomCatalog.zoneNames) func daysAndQuietHoursOfEveryZoneAreFound(zone: String) throws {
        let from = try #require(TimeZoneRules.named(zone)).startOfDay(CivilDate(daysSinceEpoch: 15_000)).milliseconds
        for number in 0..<8 {
            var random = FastCase(seed: Self.seed &+ UInt64(90_000 + number), campaigns: 4, triggered: true)
            // A year and a half from 2011-01-26 on, with an event every thirteen hours.
            random.plan.workspace.quietHours = QuietHours(
                from: try #require(TimeOfDay(hour: number * 3 % 24, minute: 30)),
                until: try #require(TimeOfDay(hour: number * 5 % 24, minute: 0)), channels: ["email", "onsite", "sms"],
                action: number % 3 == 0 ? .drop : .nextAllowed)
            let customers = random.customers.map { customer in
                var customer = customer
                customer.events += (0..<950).map { index in
                    NaiveEvent(type: "ping", time: from + Int64(index) * 13 * 3_600_000, properties: [:])
                }
                return customer
            }
            var comparison = CountComparison(
                random.plan, from: from, to: from + 500 * 86_400_000, last: nil,
                zone: try #require(TimeZoneRules.named(zone)))
            #expect(comparison.difference(customers) == nil, "number \(number)")
        }
    }

    /// Each campaign alone and many that share streams and bits of facts; more atoms than there are bits.
    @Test func manyCampaignsShareWhatTheyWaitFor() {
        for number in 0..<60 {
            let random = FastCase(seed: Self.seed &+ UInt64(70_000 + number), campaigns: 60, triggered: true)
            var comparison = CountComparison(
                random.plan, from: random.from, to: random.to, last: random.last, zone: .utc)
            #expect(comparison.difference(random.customers) == nil, "number \(number)")
        }
    }
}
