import CampaignPlan
import CivilTime

/// An anniversary with everything looked up.
struct BoundAnniversary: Sendable {
    enum Origin: Sendable {
        case attribute(slot: Int, isDate: Bool)
        /// An index into `BoundPlan.streams`.
        case first(stream: Int)
        case nothing
    }

    var origin: Origin
    var next: CalendarSpan
    /// Which returns count.
    var returns: ClosedRange<Int>
    var zone: BoundZone
}

extension Evaluator {
    mutating func returns(_ anniversary: BoundAnniversary) -> IntervalArena.List {
        work.atomsEvaluated += 1
        let zone = bound.zones[self.zone(anniversary.zone)]
        let date: CivilDate
        // The first event is seen from itself on; an attribute always was.
        var seenFrom = Int64.min
        switch anniversary.origin {
        case .nothing: return .empty
        case .attribute(let slot, let isDate):
            let value = timeline.attributes[slot]
            guard value != CustomerTimeline.missing else { return .empty }
            date =
                isDate
                ? CivilDate(daysSinceEpoch: Int32(clamping: value)) : zone.day(at: Instant(milliseconds: value))
        case .first(let index):
            let stream = streams.select(index, timeline, &work)
            guard stream.count > 0 else { return .empty }
            seenFrom = times(of: stream)[0]
            date = zone.day(at: Instant(milliseconds: seenFrom))
        }
        let days = LocalDays(zone: zone, span: anniversary.next)
        arena.open()
        for number in likely(anniversary.returns, of: date, zone) {
            guard let day = Anniversary.date(ofReturn: number, of: date) else { break }
            let from = days.instantWhenAfter(reaches: day.adding(days: 1))
            arena.append(max(from, seenFrom), days.end(of: day))
        }
        return arena.close()
    }

    /// Without those that are over before anything is asked.
    private func likely(_ returns: ClosedRange<Int>, of date: CivilDate, _ zone: TimeZoneRules) -> Range<Int> {
        let end = returns.upperBound + 1
        guard horizon > .min else { return returns.lowerBound..<end }
        let year = zone.day(at: Instant(milliseconds: horizon)).year
        return min(max(returns.lowerBound, year - date.year - 1), end)..<end
    }
}
