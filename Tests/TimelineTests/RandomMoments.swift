import CampaignPlan
import CivilTime
import TestSupport

/// Instants at which the answers of a set of conditions are likely to change: combinations of a few anchors with the
/// lengths, spans and zones that the conditions use, and the milliseconds beside them.
struct RandomMoments {
    let lengths: [Int64]
    let spans: [CalendarSpan]
    let zones: [TimeZoneRules]
    private(set) var anchors: [Int64] = []

    init(conditions: [Condition], zones: [TimeZoneRules], using random: inout SeededGenerator) {
        let windows = RandomWindowLengths(of: conditions)
        lengths = windows.lengths + [3_600_000, 86_400_000]
        spans = windows.spans
        self.zones = zones
        for _ in 0..<random.number(1...4) { anchors.append(anchor(using: &random)) }
        for day in windows.days where random.chance(percent: 70) {
            anchors.append(random.pick(zones).startOfDay(day.adding(days: random.number(0...1))).milliseconds)
        }
    }

    /// 2007-01-01 to 2013-12-31.
    static let usual: ClosedRange<Int64> = 1_167_609_600_000...1_388_447_999_999
    /// Inside the years that calendars know, by more than the longest span.
    static let calendar: ClosedRange<Int64> = -52_000_000_000_000...243_000_000_000_000

    mutating func moment(using random: inout SeededGenerator) -> Int64 {
        let anchor = random.pick(anchors)
        switch random.number(1...20) {
        case 1...8:
            let steps = random.pick(lengths).saturatingProduct(random.number(-2...2))
            return anchor.saturatingSum(steps).saturatingSum(jitter(using: &random))
        case 9...14:
            return midnight(near: anchor, using: &random)
        case 15...18:
            return anchor.saturatingSum(random.number(-40...40) * 86_400_000 + random.number(0...86_399_999))
        default:
            return anchor
        }
    }

    /// The start of a local day a span or a few days away, or a time on that day.
    func midnight(near anchor: Int64, using random: inout SeededGenerator) -> Int64 {
        let rules = random.pick(zones)
        var day = rules.day(at: Instant(milliseconds: anchor))
        if !spans.isEmpty, random.chance(percent: 70) {
            let span = random.pick(spans)
            day = random.chance(percent: 50) ? span.before(day) : span.after(day)
        }
        let moved = day.adding(days: random.number(-1...1))
        let start = rules.startOfDay(moved).milliseconds
        let isInside = random.chance(percent: 30)
        return start.saturatingSum(isInside ? random.number(0...86_399_999) : jitter(using: &random))
    }

    private func anchor(using random: inout SeededGenerator) -> Int64 {
        let any = random.number(Self.usual)
        let rules = random.pick(zones)
        switch random.number(1...10) {
        case 1...3:
            // A change of the clock, or the day around it.
            let change = rules.nextTransition(after: Instant(milliseconds: any))?.milliseconds ?? any
            return change.saturatingSum(random.number(-1...1) * 43_200_000 + jitter(using: &random))
        case 4...5:
            let day = random.pick(["2008-02-29", "2012-02-29", "2010-03-31", "2011-01-31", "2012-12-31", "2009-05-30"])
            return CivilDate(parsing: day).map { rules.startOfDay($0).milliseconds } ?? any
        case 6:
            // The day that Samoa skipped, and Newfoundland's changes at one minute past midnight.
            return random.pick([1_325_239_200_000, 1_289_097_060_000, 1_268_537_460_000])
        default:
            return any
        }
    }

    private func jitter(using random: inout SeededGenerator) -> Int64 { random.number(-1...1) }
}
