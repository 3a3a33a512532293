import CampaignPlan
import CivilTime
import ContractOracle
import TestSupport

/// The instants at which a comparison is worth most.
struct OracleInstants {
    let plan: Plan
    let customer: NaiveCustomer

    static func beside(_ t: Int64) -> [Int64] { [t.saturatingSum(-1), t, t.saturatingSum(1)] }

    /// Those at which the contract says something: not the end of time itself, and for local days only the years that
    /// calendars know.
    func comparable(_ instants: [Int64]) -> [Int64] {
        let range = usesCalendar ? RandomMoments.calendar : Int64.min...Int64.max - 1
        return Set(instants).sorted().filter { range.contains($0) }
    }

    /// Where events, attributes and existence begin to count and cease to, and a few others.
    func likely(using random: inout SeededGenerator, count: Int) -> [Int64] {
        let windows = RandomWindowLengths(of: plan.conditions)
        var times = customer.moments
        for attribute in plan.schema.customer.attributes where attribute.type == .instant {
            if case .number(let time) = customer.attribute(attribute.name) { times.append(time) }
        }
        if case .number(let day) = customer.attribute("birthday") { times.append(day.saturatingProduct(86_400_000)) }
        var edges = times
        for time in times.shuffled(using: &random).prefix(12) {
            for length in windows.lengths { edges += [time.saturatingSum(length), time.saturatingSum(-length)] }
            edges += midnights(near: time, windows.spans, using: &random)
        }
        edges.shuffle(using: &random)
        var chosen = edges.prefix(count).flatMap { random.chance(percent: 40) ? Self.beside($0) : [$0] }
        chosen += Self.beside(customer.existsFrom) + [.min, .max - 1]
        for _ in 0..<6 { chosen.append(random.number(RandomMoments.usual)) }
        return comparable(chosen)
    }

    private func midnights(
        near time: Int64, _ spans: [CalendarSpan], using random: inout SeededGenerator
    ) -> [Int64] {
        guard usesCalendar else { return [] }
        let zones = RandomCatalog.zoneNames.compactMap(TimeZoneRules.named)
        return (0..<4).compactMap { _ in
            guard let rules = zones.randomElement(using: &random) else { return nil }
            var day = rules.day(at: Instant(milliseconds: time))
            if let span = spans.randomElement(using: &random) {
                day = random.chance(percent: 70) ? span.after(day) : span.before(day)
            }
            let start = rules.startOfDay(day.adding(days: random.number(-1...2))).milliseconds
            return start.saturatingSum(random.number(-1...1))
        }
    }

    private var usesCalendar: Bool {
        plan.conditions.contains { condition in
            switch condition {
            case .attributeTime, .anniversary: true
            default: !condition.zones.isEmpty
            }
        }
    }
}
