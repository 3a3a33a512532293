import CampaignPlan
import CivilTime

extension Evaluator {
    /// Appends what every campaign decides about the current customer in the calendar's period, in the order of send
    /// instant, priority (higher first) and name.
    ///
    /// A scheduled campaign looks only at the occurrences inside its audience; the others are counted in one step.
    package mutating func decide(_ calendar: OccurrenceCalendar, into buffer: inout DecisionBuffer) {
        decide(bound.campaignsByRank, calendar, into: &buffer)
    }

    /// The same for some of the campaigns, which are given by rank.
    package mutating func decide(
        _ campaigns: [Int], _ calendar: OccurrenceCalendar, into buffer: inout DecisionBuffer
    ) {
        let clock = ZoneClock(bound)
        buffer.beginRuns()
        for index in campaigns {
            walk(index, calendar, clock, &buffer)
            buffer.endRun()
        }
        buffer.mergeRuns()
    }

    /// Counts what the counter's campaigns decide about the current customer. Nothing is listed and nothing put in
    /// order: no count depends on it.
    package mutating func count(into counter: DecisionCounter) {
        counter.beginCustomer()
        var counter = counter
        for place in 0..<counter.campaignCount {
            walk(counter.campaigns[place], counter.calendar, counter.clock, &counter)
        }
    }

    @inline(__always)
    private mutating func walk(
        _ index: Int, _ calendar: borrowing OccurrenceCalendar, _ clock: some TriggerClock,
        _ sink: inout some DecisionSink
    ) {
        switch tables.campaigns[index].trigger {
        case .scheduled: decideScheduled(index, calendar, &sink)
        case .event(let stream, let timing):
            decideEvents(index, stream, timing, calendar.from, calendar.to, clock, &sink)
        case .entry(let timing): decideEntries(index, timing, calendar.from, calendar.to, clock, &sink)
        }
    }

    private mutating func decideScheduled(
        _ index: Int, _ calendar: borrowing OccurrenceCalendar, _ sink: inout some DecisionSink
    ) {
        let table = calendar.timetable(campaign: index, recipientZone: recipientZone)
        let existing = calendar.firstOccurrence(
            in: table.occurrences, of: table.planned, notBefore: timeline.existsFrom)
        let occurrences = existing..<table.occurrences.upperBound
        guard !occurrences.isEmpty else { return }
        sink.consider(campaign: index, occurrences)
        let include = list(of: tables.campaigns[index].include)
        let last = calendar.instant(table.moved, occurrences.upperBound - 1)
        if include.isEmpty, last < calendar.to { return }

        var walk = DecisionWalk(index, include, &self)
        let isQuietable = walk.isQuietable(&self)
        let sends = isQuietable && !bound.dropsQuiet ? table.moved : table.planned
        let pending = calendar.firstOccurrence(in: occurrences, of: sends, notBefore: calendar.to)
        var next = occurrences.lowerBound
        var interval = 0
        while next < pending {
            interval = arena.firstEnding(after: calendar.instant(sends, next), in: include, from: interval)
            guard interval < include.count else { break }
            let inside = arena[include, interval]
            let rest = next..<pending
            next = calendar.firstOccurrence(in: rest, of: sends, notBefore: inside.from)
            let end = calendar.firstOccurrence(in: next..<pending, of: sends, notBefore: inside.to)
            while next < end {
                let planned = calendar.instant(table.planned, next)
                let isQuiet = isQuietable && calendar.instant(table.moved, next) != planned
                let outcome = walk.outcome(
                    in: &self, trigger: planned, planned: planned, instant: calendar.instant(sends, next),
                    isQuiet: isQuiet)
                sink.take(walk.decision(next, planned, planned, calendar.instant(sends, next), outcome), &self)
                next += 1
            }
        }
        for occurrence in pending..<occurrences.upperBound {
            let planned = calendar.instant(table.planned, occurrence)
            sink.take(
                walk.decision(occurrence, planned, planned, calendar.instant(sends, occurrence), .pending), &self)
        }
    }

    /// Triggers are the events in `from..<to`; several at one instant are one.
    private mutating func decideEvents(
        _ index: Int, _ stream: Int, _ timing: BoundTiming, _ from: Int64, _ to: Int64, _ clock: some TriggerClock,
        _ sink: inout some DecisionSink
    ) {
        let selected = streams.select(stream, bound, timeline, &work)
        let earliest = max(from, timeline.existsFrom)
        var place = selected.firstTime
        let end = place + selected.count
        while place < end, streams.times[place] < earliest { place &+= 1 }
        guard place < end, streams.times[place] < to else { return }
        let include = list(of: tables.campaigns[index].include)
        var walk = DecisionWalk(index, include, &self)
        let isQuietable = walk.isQuietable(&self)
        var number = 0
        var time = streams.times[place]
        while true {
            decideTrigger(time, number, &walk, isQuietable, timing, to, clock, &sink)
            number &+= 1
            let last = time
            while place < end, streams.times[place] == last { place &+= 1 }
            guard place < end else { return }
            time = streams.times[place]
            guard time < to else { return }
        }
    }

    /// Triggers are the instants in `from..<to` at which the audience begins to hold.
    private mutating func decideEntries(
        _ index: Int, _ timing: BoundTiming, _ from: Int64, _ to: Int64, _ clock: some TriggerClock,
        _ sink: inout some DecisionSink
    ) {
        let include = list(of: tables.campaigns[index].include)
        guard !include.isEmpty else { return }
        let first = arena.firstEnding(after: max(from, timeline.existsFrom), in: include, from: 0)
        guard first < include.count, arena[include, first].from < to else { return }
        var walk = DecisionWalk(index, include, &self)
        let isQuietable = walk.isQuietable(&self)
        var number = 0
        for position in first..<include.count {
            // Existence begins inside an interval or before it; a set that holds since ever has no start.
            let start = max(arena[include, position].from, timeline.existsFrom)
            if start >= to { break }
            if start < from || start == .min { continue }
            decideTrigger(start, number, &walk, isQuietable, timing, to, clock, &sink)
            number &+= 1
        }
    }

    @inline(__always)
    private mutating func decideTrigger(
        _ trigger: Int64, _ number: Int, _ walk: inout DecisionWalk, _ isQuietable: Bool, _ timing: BoundTiming,
        _ to: Int64, _ clock: some TriggerClock, _ sink: inout some DecisionSink
    ) {
        var planned = saturatingSum(trigger, timing.delay)
        if let next = timing.next {
            planned = clock.next(campaign: walk.index, next, from: planned, zone: zone(timing.zone))
        }
        var instant = planned
        var isQuiet = false
        if isQuietable {
            let moment = clock.quiet(at: planned, zone: recipientZone)
            isQuiet = moment.isQuiet
            if !bound.dropsQuiet { instant = moment.allowed }
        }
        let outcome: Decision.Outcome
        if instant >= to {
            outcome = .pending
        } else if !walk.isInside(instant, &self) {
            outcome = .refused(.notInAudience)
        } else {
            outcome = walk.outcome(in: &self, trigger: trigger, planned: planned, instant: instant, isQuiet: isQuiet)
        }
        sink.take(walk.decision(number, trigger, planned, instant, outcome), &self)
    }
}
