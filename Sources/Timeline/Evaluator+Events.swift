import CampaignPlan
import CivilTime

extension Evaluator {
    /// When a measure over a stream holds.
    mutating func evaluateEvents(_ index: Int) -> IntervalArena.List {
        work.atomsEvaluated += 1
        let atom = tables.atoms[index]
        let stream = streams.select(atom.stream, bound, timeline, &work)
        if stream.count == 0 { return atom.holdsOverNothing ? .always : .empty }
        switch atom.measure {
        case .countAtLeast(let count): return countAtLeast(count, stream.times, atom.window)
        case .aggregate(let aggregate, let test): return measure(aggregate, test, stream, atom.window)
        }
    }

    /// At least n are visible while the latest has arrived and the n-th latest has not expired.
    private mutating func countAtLeast(_ count: Int, _ range: Range<Int>, _ window: BoundWindow) -> IntervalArena.List {
        let back = max(count, 1) - 1
        guard back < range.count else { return .empty }
        switch window {
        case .ever:
            arena.open()
            arena.append(streams.times[range.lowerBound + back], .max)
        case .elapsed(let from, let to):
            let first = firstVisible(range.lowerBound..<(range.upperBound - back), from)
            arena.appendRuns(
                streams.times.base + first, count: range.upperBound - back - first, ahead: back, start: to, end: from)
        case .past, .recent:
            setBounds(range, window)
            arena.open()
            for index in back..<range.count {
                arena.append(bounds.arrivals[index], bounds.expiries[index - back])
            }
        }
        return arena.close()
    }

    /// The first time of an event that a window still shows at the horizon or after it.
    private func firstVisible(_ range: Range<Int>, _ length: Int64) -> Int {
        if horizon == .min { return range.lowerBound }
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = (low + high) / 2
            if saturatingSum(streams.times[middle], length) > horizon { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private mutating func measure(
        _ aggregate: Aggregate, _ test: BoundAggregateTest, _ stream: EventStreams.Selected, _ window: BoundWindow
    ) -> IntervalArena.List {
        setBounds(stream.times, window)
        switch aggregate {
        case .sum, .average:
            var sums = SumAggregate(isAverage: aggregate == .average)
            return sweep(
                bounds, streams.values, from: stream.firstValue, test: test, pool: bound.tests, aggregate: &sums,
                into: &arena)
        case .minimum, .maximum:
            extremes.reset(wantsLargest: aggregate == .maximum)
            return sweep(
                bounds, streams.values, from: stream.firstValue, test: test, pool: bound.tests, aggregate: &extremes,
                into: &arena)
        case .distinct:
            distincts.reset(streams.values, stream.values)
            return sweep(
                bounds, streams.values, from: stream.firstValue, test: test, pool: bound.tests, aggregate: &distincts,
                into: &arena)
        }
    }

    private mutating func setBounds(_ range: Range<Int>, _ window: BoundWindow) {
        switch window {
        case .ever: bounds.setEver(streams.times, range)
        case .elapsed(let from, let to): bounds.setElapsed(streams.times, range, from: from, to: to)
        case .past(let span, let zone): bounds.setPast(streams.times, range, localDays(span, zone))
        case .recent(let span, let zone): bounds.setRecent(streams.times, range, localDays(span, zone))
        }
    }

    func localDays(_ span: CalendarSpan, _ zone: BoundZone) -> LocalDays {
        LocalDays(zone: bound.zones[self.zone(zone)], span: span)
    }
}
