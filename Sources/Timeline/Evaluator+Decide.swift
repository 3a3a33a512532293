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
        buffer.beginRuns()
        for index in campaigns {
            let campaign = bound.campaigns[index]
            switch campaign.trigger {
            case .scheduled: decideScheduled(index, campaign, calendar, &buffer)
            case .event(let stream, let timing): decideEvents(index, campaign, stream, timing, calendar, &buffer)
            case .entry(let timing): decideEntries(index, campaign, timing, calendar, &buffer)
            }
            buffer.endRun()
        }
        buffer.mergeRuns()
    }

    private mutating func decideScheduled(
        _ index: Int, _ campaign: BoundCampaign, _ calendar: OccurrenceCalendar, _ buffer: inout DecisionBuffer
    ) {
        let table = calendar.timetable(campaign: index, recipientZone: recipientZone)
        let existing = calendar.firstOccurrence(
            in: table.occurrences, of: table.planned, notBefore: timeline.existsFrom)
        let occurrences = existing..<table.occurrences.upperBound
        guard !occurrences.isEmpty else { return }
        buffer.consider(campaign: index, occurrences)
        let include = list(of: campaign.include)
        let last = calendar.instant(table.moved, occurrences.upperBound - 1)
        if include.isEmpty, last < calendar.to { return }

        var walk = DecisionWalk(index, campaign, route(campaign))
        let sends = walk.route.isQuietable && !bound.dropsQuiet ? table.moved : table.planned
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
                let isQuiet = walk.route.isQuietable && calendar.instant(table.moved, next) != planned
                let outcome = walk.outcome(
                    in: &self, trigger: planned, planned: planned, instant: calendar.instant(sends, next),
                    isQuiet: isQuiet)
                buffer.append(walk.decision(next, planned, planned, calendar.instant(sends, next), outcome))
                next += 1
            }
        }
        for occurrence in pending..<occurrences.upperBound {
            let planned = calendar.instant(table.planned, occurrence)
            buffer.append(
                walk.decision(occurrence, planned, planned, calendar.instant(sends, occurrence), .pending))
        }
    }

    private mutating func decideEvents(
        _ index: Int, _ campaign: BoundCampaign, _ stream: Int, _ timing: BoundTiming, _ calendar: OccurrenceCalendar,
        _ buffer: inout DecisionBuffer
    ) {
        let selected = streams.select(stream, bound, timeline, &work)
        let earliest = max(calendar.from, timeline.existsFrom)
        var walk: DecisionWalk?
        var number = 0
        var lastTime: Int64?
        for place in selected.times {
            let time = streams.times[place]
            if time >= calendar.to { break }
            if time < earliest || time == lastTime { continue }
            lastTime = time
            var current = walk ?? DecisionWalk(index, campaign, route(campaign))
            decideTrigger(time, number, &current, timing, calendar, &buffer)
            walk = current
            number += 1
        }
    }

    private mutating func decideEntries(
        _ index: Int, _ campaign: BoundCampaign, _ timing: BoundTiming, _ calendar: OccurrenceCalendar,
        _ buffer: inout DecisionBuffer
    ) {
        let include = list(of: campaign.include)
        guard !include.isEmpty else { return }
        var walk: DecisionWalk?
        var number = 0
        let first = arena.firstEnding(after: max(calendar.from, timeline.existsFrom), in: include, from: 0)
        for position in first..<include.count {
            // Existence begins inside an interval or before it; a set that holds since ever has no start.
            let start = max(arena[include, position].from, timeline.existsFrom)
            if start >= calendar.to { break }
            if start < calendar.from || start == .min { continue }
            var current = walk ?? DecisionWalk(index, campaign, route(campaign))
            decideTrigger(start, number, &current, timing, calendar, &buffer)
            walk = current
            number += 1
        }
    }

    private mutating func decideTrigger(
        _ trigger: Int64, _ number: Int, _ walk: inout DecisionWalk, _ timing: BoundTiming,
        _ calendar: OccurrenceCalendar, _ buffer: inout DecisionBuffer
    ) {
        var planned = saturatingSum(trigger, timing.delay)
        if let next = timing.next { planned = next.first(from: planned, in: bound.zones[zone(timing.zone)]) }
        var instant = planned
        var isQuiet = false
        if walk.route.isQuietable, let clock = bound.quietClock {
            isQuiet = clock.isQuiet(at: planned, in: bound.zones[recipientZone])
            if isQuiet, !bound.dropsQuiet {
                instant = clock.firstAllowed(from: planned, in: bound.zones[recipientZone])
            }
        }
        let outcome: Decision.Outcome
        if instant >= calendar.to {
            outcome = .pending
        } else if !holds(walk.campaign.include, at: instant) {
            outcome = .refused(.notInAudience)
        } else {
            outcome = walk.outcome(in: &self, trigger: trigger, planned: planned, instant: instant, isQuiet: isQuiet)
        }
        buffer.append(walk.decision(number, trigger, planned, instant, outcome))
    }
}
