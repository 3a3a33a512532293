import CampaignPlan
import CivilTime

extension InstantEvaluator {
    /// Whether a measure over a stream holds at an instant; no event up to `trigger` is seen.
    mutating func eventsHold(_ index: Int, _ instant: Int64, since trigger: Int64?) -> Bool {
        var (after, upTo) = window(bound.atoms[index].window, instant)
        if let trigger { after = max(after ?? trigger, trigger) }
        let sources = bound.streams[bound.atoms[index].stream].sources
        atoms[index].begin(generation) { rows[bound.sources[sources.lowerBound + $0].slot].lowerBound }
        for place in 0..<sources.count { slide(index, place, bound.sources[sources.lowerBound + place], after, upTo) }
        switch atoms[index].measure {
        case .countAtLeast(let least): return atoms[index].count >= least
        case .aggregate(_, let test): return bound.tests.holds(test, atoms[index].value)
        }
    }

    /// Moves an atom's window over one of its sources to the events after one instant and up to another.
    private mutating func slide(_ index: Int, _ place: Int, _ source: BoundSource, _ after: Int64?, _ upTo: Int64) {
        let all = rows[source.slot]
        if all.isEmpty { return }
        let events = tables.events[source.slot]
        let shown = atoms[index].shown[place]
        let first = after.map { events.times.firstRow(after: $0, in: all, near: shown.lowerBound) } ?? all.lowerBound
        let end = events.times.firstRow(after: upTo, in: first..<all.upperBound, near: max(first, shown.upperBound))
        if source.tests.isEmpty, source.valueProperty < 0 {
            atoms[index].slideCount(place, to: first..<end)
            return
        }
        let (tests, pool) = (bound.propertyTests, bound.tests)
        atoms[index].slide(place, to: first..<end) { Self.value(of: source, $0, events, tests, pool) }
    }

    /// What a row of a source adds to a measure, any number where none is asked for; nil for one that is not selected.
    func value(of source: BoundSource, _ row: Int) -> Int64? {
        Self.value(of: source, row, tables.events[source.slot], bound.propertyTests, bound.tests)
    }

    @inline(__always)
    private static func value(
        of source: BoundSource, _ row: Int, _ events: CustomerTables.Events, _ tests: [BoundPropertyTest],
        _ pool: TestPool
    ) -> Int64? {
        for test in source.tests {
            let value = events.properties[tests[test].property].value(row)
            guard pool.holds(tests[test].test, value) else { return nil }
        }
        guard source.valueProperty >= 0 else { return 0 }
        let value = events.properties[source.valueProperty].value(row)
        return value == CustomerTimeline.missing ? nil : value
    }

    /// The instants that a window shows: those later than the first, if there is one, and not later than the second.
    private mutating func window(_ window: BoundWindow, _ instant: Int64) -> (after: Int64?, upTo: Int64) {
        switch window {
        case .ever: return (nil, instant)
        case .elapsed(let from, let to):
            let (upTo, isBeforeTime) = instant.subtractingReportingOverflow(to)
            // No event is so early, not even at the first instant of all.
            if isBeforeTime { return (instant, instant) }
            let (after, isSinceEver) = instant.subtractingReportingOverflow(from)
            return (isSinceEver ? nil : after, upTo)
        case .past(let span, let zone):
            let days = LocalDays(zone: bound.zones[self.zone(zone)], span: span)
            let today = days.day(at: instant)
            return (
                saturatingDifference(days.start(of: span.before(today)), 1),
                saturatingDifference(days.start(of: today), 1)
            )
        case .recent(let span, let zone):
            let days = LocalDays(zone: bound.zones[self.zone(zone)], span: span)
            let today = days.day(at: instant)
            let before = span.before(today)
            // The calendar begins with the year 1: a window that would begin before it shows its first day too.
            if span.after(before) > today { return (nil, instant) }
            return (saturatingDifference(days.end(of: before), 1), instant)
        case .between(let from, let to, let zone):
            let range = bound.zones[self.zone(zone)].instants(from: from, to: to)
            return (saturatingDifference(range.first, 1), min(instant, range.last))
        }
    }
}
