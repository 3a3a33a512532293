import CampaignPlan
import CivilTime

/// An anniversary with everything looked up.
struct BoundAnniversary: Sendable {
    enum Origin: Sendable {
        case attribute(slot: Int, isDate: Bool)
        case history(BoundHistory, isDate: Bool)
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
        let stretches = stretches(of: anniversary)
        arena.open()
        for stretch in stretches {
            arena.append(max(stretch.from, stretch.known.from), min(stretch.to, stretch.known.to))
        }
        return arena.close()
    }

    /// The instants in `[from, to)` at which the days of a return begin whose date is known then: ascending, each once.
    mutating func returns(of anniversary: BoundAnniversary, _ from: Int64, _ to: Int64) -> [Int64] {
        let instants = max(from, timeline.existsFrom)..<max(from, timeline.existsFrom, to)
        let found = stretches(of: anniversary).filter { stretch in
            instants.contains(stretch.from) && stretch.from >= stretch.known.from && stretch.from < stretch.known.to
        }
        return Set(found.map(\.from)).sorted()
    }

    /// The days on which each return is looked for, and when its date is known.
    private mutating func stretches(
        of anniversary: BoundAnniversary
    ) -> [(from: Int64, to: Int64, known: (from: Int64, to: Int64))] {
        work.atomsEvaluated += 1
        let zone = bound.zones[self.zone(anniversary.zone)]
        let days = LocalDays(zone: zone, span: anniversary.next)
        return spans(anniversary.origin, zone).flatMap { span in
            likely(anniversary.returns, of: span.date, zone).lazy.compactMap { number in
                Anniversary.date(ofReturn: number, of: span.date)
            }.map { day in
                (days.instantWhenAfter(reaches: day.adding(days: 1)), days.end(of: day), (span.from, span.to))
            }
        }
    }

    /// The dates that return, and when each is known.
    private mutating func spans(
        _ origin: BoundAnniversary.Origin, _ zone: TimeZoneRules
    ) -> [(date: CivilDate, from: Int64, to: Int64)] {
        func date(_ value: Int64, _ isDate: Bool) -> CivilDate {
            isDate ? CivilDate(daysSinceEpoch: Int32(clamping: value)) : zone.day(at: Instant(milliseconds: value))
        }
        switch origin {
        case .nothing: return []
        case .attribute(let slot, let isDate):
            let value = timeline.attributes[slot]
            return value == CustomerTimeline.missing ? [] : [(date(value, isDate), .min, .max)]
        case .history(let history, let isDate):
            return valueSpans(history).map { (date($0.value, isDate), $0.from, $0.to) }
        case .first(let index) where bound.streams[index].isPieced:
            return firstSpans(index).map { (date($0.time, false), $0.from, $0.to) }
        case .first(let index):
            let stream = streams.select(index, timeline, &work)
            guard stream.count > 0 else { return [] }
            let first = times(of: stream)[0]
            return [(date(first, false), first, .max)]
        }
    }

    /// Which event of a stream is the first one from when to when, where that changes.
    private mutating func firstSpans(_ stream: Int) -> [(time: Int64, from: Int64, to: Int64)] {
        let items = streams.items(stream, timeline, &work)
        var changes = PieceChanges(capacity: items.pieces.count)
        for (index, piece) in items.pieces.enumerated() { changes.add(index, from: piece.from, to: piece.to) }
        changes.sort()
        var present = RankCounter(count: items.times.count)
        var found: [(time: Int64, from: Int64, to: Int64)] = []
        changes.walk {
            present.add(items.pieces[$0.piece].item, $0.change)
        } then: { from, to in
            guard present.total > 0 else { return }
            let time = items.times[present.rank(of: 0)]
            if let last = found.last, last.time == time, last.to == from {
                found[found.count - 1].to = to
            } else {
                found.append((time, from, to))
            }
        }
        return found
    }

    /// Without those that are over before anything is asked.
    private func likely(_ returns: ClosedRange<Int>, of date: CivilDate, _ zone: TimeZoneRules) -> Range<Int> {
        let end = returns.upperBound + 1
        guard horizon > .min else { return returns.lowerBound..<end }
        let year = zone.day(at: Instant(milliseconds: horizon)).year
        return min(max(returns.lowerBound, year - date.year - 1), end)..<end
    }
}
