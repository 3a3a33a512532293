import CampaignPlan
import CivilTime

extension Evaluator {
    /// When a measure over a stream holds.
    mutating func evaluateEvents(_ index: Int) -> IntervalArena.List {
        work.atomsEvaluated += 1
        let atom = tables.atoms[index]
        let stream = streams.select(atom.stream, timeline, &work)
        if stream.count == 0 { return atom.holdsOverNothing ? .always : .empty }
        switch atom.measure {
        case .countAtLeast(let count): return countAtLeast(count, stream, atom.window)
        case .aggregate(let aggregate, let test): return measure(aggregate, test, stream, atom.window)
        }
    }

    /// At least n are visible while the latest has arrived and the n-th latest has not expired.
    private mutating func countAtLeast(
        _ count: Int, _ stream: EventStreams.Selected, _ window: BoundWindow
    ) -> IntervalArena.List {
        let back = max(count, 1) - 1
        guard back < stream.count else { return .empty }
        setBounds(stream, window)
        arena.open()
        for index in back..<stream.count {
            arena.append(bounds.arrivals[index], bounds.expiries[index - back])
        }
        return arena.close()
    }

    /// The same in a window of fixed length, without writing its bounds down.
    @inline(__always)
    mutating func evaluateCount(_ atom: UnsafePointer<TableCount>) -> IntervalArena.List {
        work.atomsEvaluated &+= 1
        let stream = streams.select(atom.pointee.stream, timeline, &work)
        let count = stream.count &- atom.pointee.back
        guard count > 0 else { return .empty }
        let times = times(of: stream)
        let first = firstVisible(times, count, atom.pointee.end)
        arena.appendRuns(
            times + first, count: count &- first, ahead: atom.pointee.back, start: atom.pointee.start,
            end: atom.pointee.end)
        return arena.close()
    }

    /// The times of a stream, ascending; valid until another one is selected.
    @inline(__always)
    func times(of stream: EventStreams.Selected) -> UnsafePointer<Int64> {
        UnsafePointer(stream.isColumn ? timeline.columns.base : streams.times.base) + stream.firstTime
    }

    /// The first event that a window still shows at the horizon or after it.
    @inline(__always)
    private func firstVisible(_ times: UnsafePointer<Int64>, _ count: Int, _ length: Int64) -> Int {
        if horizon == .min { return 0 }
        let earliest = saturatingDifference(horizon, length)
        var low = 0
        var high = count
        while low < high {
            let middle = (low &+ high) / 2
            if times[middle] > earliest { high = middle } else { low = middle &+ 1 }
        }
        return low
    }

    private mutating func measure(
        _ aggregate: Aggregate, _ test: BoundAggregateTest, _ stream: EventStreams.Selected, _ window: BoundWindow
    ) -> IntervalArena.List {
        setBounds(stream, window)
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

    mutating func setBounds(_ stream: EventStreams.Selected, _ window: BoundWindow) {
        setBounds(UnsafeBufferPointer(start: times(of: stream), count: stream.count), window)
    }

    mutating func setBounds(_ times: UnsafeBufferPointer<Int64>, _ window: BoundWindow) {
        switch window {
        case .ever: bounds.setEver(times)
        case .elapsed(let from, let to): bounds.setElapsed(times, from: from, to: to)
        case .past(let span, let zone): bounds.setPast(times, localDays(span, zone))
        case .recent(let span, let zone): bounds.setRecent(times, localDays(span, zone))
        case .between(let from, let to, let zone):
            let range = bound.zones[self.zone(zone)].instants(from: from, to: to)
            bounds.setBetween(times, first: range.first, last: range.last)
        }
    }

    func localDays(_ span: CalendarSpan, _ zone: BoundZone) -> LocalDays {
        LocalDays(zone: bound.zones[self.zone(zone)], span: span)
    }
}
