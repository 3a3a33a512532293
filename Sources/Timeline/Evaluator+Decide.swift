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
        let facts = counter.bounds.facts(timeline, bound.tests)
        for index in 0..<counter.groupCount { count(counter.groups + index, facts, counter) }
    }

    private mutating func count(_ group: UnsafePointer<CountGroup>, _ facts: UInt64, _ counter: DecisionCounter) {
        var counter = counter
        let places = group.pointee.first..<group.pointee.end
        switch group.pointee.kind {
        case .scheduled:
            for place in places { decideScheduled(counter.campaigns[place], counter.calendar, &counter) }
        case .entry:
            for place in places where counter.bounds.isWithinReach(place, facts) {
                decideEntries(
                    counter.campaigns[place], counter.calendar.from, counter.calendar.to, counter.clock, &counter)
            }
        case .occasion:
            for place in places {
                decideOccasions(
                    counter.campaigns[place], counter.calendar.from, counter.calendar.to, counter.clock, &counter)
            }
        case .step:
            for place in places {
                decideStep(
                    counter.campaigns[place], counter.calendar.from, counter.calendar.to, counter.clock, &counter)
            }
        case .event(let stream) where isLate:
            let triggers = lateEventTriggers(stream, counter.calendar.from, counter.calendar.to)
            for place in places {
                decide(counter.campaigns[place], at: triggers, counter.calendar.to, counter.clock, &counter)
            }
        case .event(let stream):
            let events = triggers(of: stream, counter.calendar.from, counter.calendar.to)
            if events.count == 0 { return }
            for place in places {
                let index = counter.campaigns[place]
                let isWithinReach = counter.bounds.isWithinReach(place, facts)
                let include = isWithinReach ? list(of: tables.triggers[index].include) : .empty
                decideEvents(index, include, events, counter.calendar.to, counter.clock, &counter)
            }
        }
    }

    private mutating func walk(
        _ index: Int, _ calendar: borrowing OccurrenceCalendar, _ clock: some TriggerClock,
        _ sink: inout some DecisionSink
    ) {
        let trigger = tables.triggers + index
        switch trigger.pointee.kind {
        case .scheduled: decideScheduled(index, calendar, &sink)
        case .event where isLate:
            let triggers = lateEventTriggers(trigger.pointee.stream, calendar.from, calendar.to)
            decide(index, at: triggers, calendar.to, clock, &sink)
        case .event:
            let events = triggers(of: trigger.pointee.stream, calendar.from, calendar.to)
            guard events.count > 0 else { return }
            let include = list(of: trigger.pointee.include)
            decideEvents(index, include, events, calendar.to, clock, &sink)
        case .entry: decideEntries(index, calendar.from, calendar.to, clock, &sink)
        case .occasion: decideOccasions(index, calendar.from, calendar.to, clock, &sink)
        case .step: decideStep(index, calendar.from, calendar.to, clock, &sink)
        }
    }

    /// The occurrences at which the customer exists.
    @inline(__always)
    func occurrences(of table: OccurrenceCalendar.Timetable, _ calendar: borrowing OccurrenceCalendar) -> Range<Int> {
        let existing = calendar.firstOccurrence(
            in: table.occurrences, of: table.planned, notBefore: timeline.existsFrom)
        return existing..<table.occurrences.upperBound
    }

    private mutating func decideScheduled(
        _ index: Int, _ calendar: borrowing OccurrenceCalendar, _ sink: inout some DecisionSink
    ) {
        let table = calendar.timetable(campaign: index, recipientZone: recipientZone)
        let occurrences = occurrences(of: table, calendar)
        guard !occurrences.isEmpty else { return }
        sink.consider(campaign: index, occurrences)
        let include = list(of: tables.triggers[index].include)
        let last = calendar.instant(table.moved, occurrences.upperBound - 1)
        if include.isEmpty, last < calendar.to { return }

        var walk = DecisionWalk(index, include, &self)
        if walk.reachVaries {
            decideOneByOne(occurrences, table, &walk, calendar, &sink)
            return
        }
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

    /// The same where each occurrence may be sent another way, at another instant.
    private mutating func decideOneByOne(
        _ occurrences: Range<Int>, _ table: OccurrenceCalendar.Timetable, _ walk: inout DecisionWalk,
        _ calendar: borrowing OccurrenceCalendar, _ sink: inout some DecisionSink
    ) {
        for occurrence in occurrences {
            let planned = calendar.instant(table.planned, occurrence)
            let moved = calendar.instant(table.moved, occurrence)
            let isQuiet = moved != planned && walk.isQuietable(at: planned, &self)
            let instant = isQuiet && !bound.dropsQuiet ? moved : planned
            let outcome: Decision.Outcome
            if instant >= calendar.to {
                outcome = .pending
            } else if nodeHolds(tables.triggers[walk.index].include, at: instant) {
                outcome = walk.outcome(
                    in: &self, trigger: planned, planned: planned, instant: instant, isQuiet: isQuiet)
            } else {
                continue
            }
            sink.take(walk.decision(occurrence, planned, planned, instant, outcome), &self)
        }
    }

    /// The events of a stream in `from..<to`, of a customer who exists.
    @inline(__always)
    mutating func triggers(of stream: Int, _ from: Int64, _ to: Int64) -> EventStreams.Selected {
        var found = streams.select(stream, timeline, &work)
        if found.count == 0 { return found }
        let times = times(of: found)
        let earliest = max(from, timeline.existsFrom)
        var first = 0
        while first < found.count, times[first] < earliest { first &+= 1 }
        var end = found.count
        while end > first, times[end &- 1] >= to { end &-= 1 }
        found.firstTime &+= first
        found.count = end &- first
        return found
    }

    /// When events of a stream become known in `from..<to`, of a customer with late rows: ascending, each instant once.
    mutating func lateEventTriggers(_ stream: Int, _ from: Int64, _ to: Int64) -> [Int64] {
        let earliest = max(from, timeline.existsFrom)
        let known = streams.knownFrom(stream, timeline).filter { $0 >= earliest && $0 < to }
        return Set(known).sorted()
    }

    /// Each event is a trigger; several at one instant are one.
    private mutating func decideEvents(
        _ index: Int, _ include: IntervalArena.List, _ events: EventStreams.Selected, _ to: Int64,
        _ clock: some TriggerClock, _ sink: inout some DecisionSink
    ) {
        let trigger = tables.triggers + index
        var walk = DecisionWalk(index, include, &self)
        let isQuietable = walk.isQuietable(&self)
        var number = 0
        var lastTime: Int64?
        for place in 0..<events.count {
            // Asked for anew: other streams can be selected in between.
            let time = times(of: events)[place]
            if time == lastTime { continue }
            lastTime = time
            guard held(trigger.pointee.before, before: time) else { continue }
            decideTrigger(time, number, &walk, isQuietable, trigger, to, clock, &sink)
            number &+= 1
        }
    }

    /// Triggers are the instants in `from..<to` at which the audience begins to hold.
    private mutating func decideEntries(
        _ index: Int, _ from: Int64, _ to: Int64, _ clock: some TriggerClock, _ sink: inout some DecisionSink
    ) {
        let trigger = tables.triggers + index
        let include = list(of: trigger.pointee.include)
        guard !include.isEmpty else { return }
        let first = arena.firstEnding(after: max(from, timeline.existsFrom), in: include, from: 0)
        guard first < include.count else { return }
        let includesCurrent = trigger.pointee.includesCurrent && timeline.existsFrom < from
        if first == include.count - 1, arena[include, first].from < from, timeline.existsFrom < from,
            !includesCurrent
        {
            return
        }
        var walk = DecisionWalk(index, include, &self)
        let isQuietable = walk.isQuietable(&self)
        var number = 0
        for position in first..<include.count {
            // Existence begins inside an interval or before it; a set that holds since ever has no start.
            var start = max(arena[include, position].from, timeline.existsFrom)
            if includesCurrent { start = max(start, from) }
            if start >= to { break }
            if start < from || start == .min { continue }
            guard held(trigger.pointee.before, before: start) else { continue }
            decideTrigger(start, number, &walk, isQuietable, trigger, to, clock, &sink)
            number &+= 1
        }
    }

    @inline(__always)
    mutating func decideTrigger(
        _ trigger: Int64, _ number: Int, _ walk: inout DecisionWalk, _ isQuietable: Bool,
        _ campaign: UnsafePointer<TableTrigger>, _ to: Int64, _ clock: some TriggerClock,
        _ sink: inout some DecisionSink
    ) {
        let (planned, instant, isQuiet) = sendInstant(of: trigger, &walk, isQuietable, campaign, clock)
        let outcome: Decision.Outcome
        if instant >= to {
            outcome = .pending
        } else if !isInside(instant, trigger, &walk, campaign) {
            outcome = .refused(.notInAudience)
        } else {
            outcome = walk.outcome(in: &self, trigger: trigger, planned: planned, instant: instant, isQuiet: isQuiet)
        }
        sink.take(walk.decision(number, trigger, planned, instant, outcome), &self)
    }

    /// When a trigger's message is planned and when it is decided, and whether its planned instant is quiet.
    @inline(__always)
    mutating func sendInstant(
        of trigger: Int64, _ walk: inout DecisionWalk, _ isQuietable: Bool, _ campaign: UnsafePointer<TableTrigger>,
        _ clock: some TriggerClock
    ) -> (planned: Int64, instant: Int64, isQuiet: Bool) {
        let planned = self.planned(campaign: walk.index, campaign, trigger, clock)
        guard isQuietable, !walk.reachVaries || walk.isQuietable(at: planned, &self) else {
            return (planned, planned, false)
        }
        let moment = clock.quiet(at: planned, zone: recipientZone)
        guard moment.isQuiet, !bound.dropsQuiet else { return (planned, planned, moment.isQuiet) }
        let timing = campaign.pointee.timing
        let instant = clock.allowed(
            campaign: walk.index, from: moment.allowed, timing.next, zone(timing.zone), recipientZone: recipientZone)
        return (planned, instant, true)
    }

    @inline(__always)
    mutating func planned(
        campaign index: Int, _ campaign: UnsafePointer<TableTrigger>, _ trigger: Int64, _ clock: some TriggerClock
    ) -> Int64 {
        let earliest = saturatingSum(trigger, campaign.pointee.timing.delay)
        guard let next = campaign.pointee.timing.next else { return earliest }
        if campaign.pointee.timing.best >= 0 {
            let zone = zone(campaign.pointee.timing.zone)
            return planned(campaign.pointee.timing.best, trigger: trigger, from: earliest, zone: zone)
        }
        return clock.next(campaign: index, next, from: earliest, zone: zone(campaign.pointee.timing.zone))
    }

    /// Whether the audience holds at the instant that counts. Whoever enters it is inside then.
    @inline(__always)
    private mutating func isInside(
        _ instant: Int64, _ trigger: Int64, _ walk: inout DecisionWalk, _ campaign: UnsafePointer<TableTrigger>
    ) -> Bool {
        guard campaign.pointee.evaluatesAtEntry else { return walk.isInside(instant, &self) }
        return campaign.pointee.kind == .entry || walk.isInside(trigger, &self)
    }
}
