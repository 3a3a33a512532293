import CampaignPlan

extension Evaluator {
    /// Decides one message about the current customer as the contract's points 15 to 17 say, up to the caps.
    package mutating func answer(_ question: LiveQuestion) -> LiveAnswer {
        var walk = DecisionWalk(
            question.campaign, &self, lastAccepted: question.lastAccepted, without: question.failedChannels)
        var isQuiet = false
        let clock = ZoneClock(bound)
        let timing = bound.campaigns[question.campaign].trigger.timing
        let next = timing?.next
        let sendZone = zone(timing?.zone ?? .recipient)
        if walk.isQuietable(at: question.now, &self) {
            let moment = clock.quiet(at: question.now, zone: recipientZone)
            isQuiet = moment.isQuiet
            if isQuiet, !bound.dropsQuiet {
                return .wait(
                    until: clock.allowed(
                        campaign: question.campaign, from: moment.allowed, next, sendZone,
                        recipientZone: recipientZone))
            }
        }
        // The window was open when it was planned; a runner that comes late waits for the next one.
        if let next, next.isWindow {
            let open = clock.next(campaign: question.campaign, next, from: question.now, zone: sendZone)
            if open > question.now { return .wait(until: open) }
        }
        if let step = tables.campaigns[question.campaign].step {
            let newer = question.lastAccepted.map { $0 > question.trigger } ?? false
            return LiveAnswer(
                stepOutcome(
                    step, &walk, trigger: question.trigger, planned: question.planned, instant: question.now,
                    isQuiet: isQuiet, isReplaced: step.restarts && newer))
        }
        let isEntry = tables.triggers[question.campaign].evaluatesAtEntry
        guard
            holds(tables.campaigns[question.campaign].include, at: isEntry ? question.trigger : question.now)
        else {
            return .refused(.notInAudience)
        }
        return LiveAnswer(
            walk.outcome(
                in: &self, trigger: question.trigger, planned: question.planned, instant: question.now,
                isQuiet: isQuiet))
    }

    /// Why the journey that the campaign is a step of does not begin at a trigger; nil: it does. `accepted`: the last
    /// trigger at which it began for the current customer.
    package mutating func entryRefusal(campaign: Int, trigger: Int64, accepted: Int64?) -> Refusal? {
        guard let step = tables.campaigns[campaign].step else { return nil }
        return entryRefusal(step, trigger: trigger, accepted: accepted, ZoneClock(bound))
    }

    /// The triggers of the current customer in `[from, to)`, ascending; none for a scheduled campaign. `live`: when the
    /// campaign went live.
    package mutating func triggers(campaign: Int, from: Int64, to: Int64, live: Int64) -> [Int64] {
        let found: [Int64]
        switch bound.campaigns[campaign].trigger {
        case .scheduled: return []
        case .event(let stream, _): found = eventTriggers(stream, from, to)
        case .occasion(let occasion, _): found = triggers(of: occasion, from, to)
        case .entry: found = entryTriggers(campaign, from, to, live: live)
        }
        guard let before = bound.campaigns[campaign].beforeTrigger else { return found }
        return found.filter { held(before, before: $0) }
    }

    /// When a trigger's message is planned; nil for a scheduled campaign.
    package mutating func planned(campaign: Int, trigger: Int64) -> Int64? {
        let timing: BoundTiming
        switch bound.campaigns[campaign].trigger {
        case .scheduled: return nil
        case .event(_, let own), .entry(let own), .occasion(_, let own): timing = own
        }
        let earliest = saturatingSum(trigger, timing.delay)
        if timing.best >= 0 {
            return planned(timing.best, trigger: trigger, from: earliest, zone: zone(timing.zone))
        }
        return timing.next?.first(from: earliest, in: bound.zones[zone(timing.zone)]) ?? earliest
    }

    /// When an occurrence of a scheduled campaign is planned for the current customer; nil where that is outside the
    /// calendar's period or before the customer existed.
    package func planned(campaign: Int, occurrence: Int, in calendar: OccurrenceCalendar) -> Int64? {
        let table = calendar.timetable(campaign: campaign, recipientZone: recipientZone)
        guard table.occurrences.contains(occurrence) else { return nil }
        let planned = calendar.instant(table.planned, occurrence)
        return planned >= timeline.existsFrom ? planned : nil
    }

    private mutating func eventTriggers(_ stream: Int, _ from: Int64, _ to: Int64) -> [Int64] {
        if isLate { return lateEventTriggers(stream, from, to) }
        let events = triggers(of: stream, from, to)
        var found: [Int64] = []
        for place in 0..<events.count {
            let time = times(of: events)[place]
            if time != found.last { found.append(time) }
        }
        return found
    }

    private mutating func entryTriggers(
        _ campaign: Int, _ from: Int64, _ to: Int64, live: Int64
    ) -> [Int64] {
        let list = list(of: bound.campaigns[campaign].include)
        let isCurrent = bound.campaigns[campaign].includesCurrent && timeline.existsFrom < live
        var found: [Int64] = []
        let first = arena.firstEnding(after: max(from, timeline.existsFrom), in: list, from: 0)
        for position in first..<list.count {
            // Existence begins inside an interval or before it; a set that holds since ever has no start.
            var start = max(arena[list, position].from, timeline.existsFrom)
            if isCurrent, start < live, arena[list, position].to > live { start = live }
            if start >= to { break }
            if start >= from, start != .min { found.append(start) }
        }
        return found
    }
}

extension LiveAnswer {
    fileprivate init(_ outcome: Decision.Outcome) {
        switch outcome {
        case .refused(let refusal): self = .refused(refusal)
        case .send(let channel, let variant): self = .send(channel: channel, variant: variant)
        // A walk looks at one instant and knows no period.
        case .pending: self = .wait(until: .max)
        }
    }
}

extension OccurrenceCalendar {
    /// The instants between which an occurrence is planned, over all zones of recipients.
    package func plannedRange(campaign: Int, occurrence: Int, in bound: BoundPlan) -> ClosedRange<Int64>? {
        var range: ClosedRange<Int64>?
        for zone in 0..<bound.recipientZoneCount {
            let table = timetable(campaign: campaign, recipientZone: zone)
            let planned = instant(table.planned, occurrence)
            range = min(range?.lowerBound ?? planned, planned)...max(range?.upperBound ?? planned, planned)
        }
        return range
    }
}

extension BoundPlan {
    /// Indices of campaigns in the order in which they are served at one instant: by priority, then by name, then by step.
    package var servingOrder: [Int] { campaignsByRank }
}
