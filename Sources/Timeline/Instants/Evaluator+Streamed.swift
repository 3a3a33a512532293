import CampaignPlan

// Customers whose rows are not copied: the same decisions as by intervals, one instant after another.
extension Evaluator {
    /// Counts what all campaigns decide about the streamed customer.
    package mutating func countStreamed(into counter: DecisionCounter) {
        counter.beginCustomer()
        var counter = counter
        for index in bound.campaignsByRank { walkStreamed(index, counter.calendar, counter.clock, &counter) }
    }

    /// The same, but messages are listed in their order instead of being counted, for caps and ceilings to look at.
    package mutating func countStreamed(into counter: DecisionCounter, listingMessagesIn buffer: inout DecisionBuffer) {
        counter.beginCustomer()
        var sink = MessageList(counter: counter)
        buffer.beginRuns()
        for index in bound.campaignsByRank {
            walkStreamed(index, counter.calendar, counter.clock, &sink)
            for message in sink.messages { buffer.take(message, &self) }
            sink.messages.removeAll(keepingCapacity: true)
            buffer.endRun()
        }
        buffer.mergeRuns()
    }

    private mutating func walkStreamed(
        _ index: Int, _ calendar: borrowing OccurrenceCalendar, _ clock: some TriggerClock,
        _ sink: inout some DecisionSink
    ) {
        switch tables.triggers[index].kind {
        case .scheduled: walkOccurrences(index, calendar, &sink)
        case .event: walkEvents(index, calendar.from, calendar.to, clock, &sink)
        case .entry: walkEntries(index, calendar.from, calendar.to, clock, &sink)
        case .occasion: decideOccasions(index, calendar.from, calendar.to, clock, &sink)
        case .step: decideStep(index, calendar.from, calendar.to, clock, &sink)
        }
    }

    private mutating func walkOccurrences(
        _ index: Int, _ calendar: borrowing OccurrenceCalendar, _ sink: inout some DecisionSink
    ) {
        let table = calendar.timetable(campaign: index, recipientZone: recipientZone)
        let occurrences = occurrences(of: table, calendar)
        guard !occurrences.isEmpty else { return }
        sink.consider(campaign: index, occurrences)
        var walk = DecisionWalk(index, .empty, &self)
        let isQuietable = walk.isQuietable(&self)
        let sends = isQuietable && !bound.dropsQuiet ? table.moved : table.planned
        let pending = calendar.firstOccurrence(in: occurrences, of: sends, notBefore: calendar.to)
        for occurrence in occurrences {
            let planned = calendar.instant(table.planned, occurrence)
            let instant = calendar.instant(sends, occurrence)
            let outcome: Decision.Outcome
            if occurrence >= pending {
                outcome = .pending
            } else if walk.isInside(instant, &self) {
                outcome = walk.outcome(
                    in: &self, trigger: planned, planned: planned, instant: instant,
                    isQuiet: isQuietable && calendar.instant(table.moved, occurrence) != planned)
            } else {
                continue
            }
            sink.take(walk.decision(occurrence, planned, planned, instant, outcome), &self)
        }
    }

    private mutating func walkEvents(
        _ index: Int, _ from: Int64, _ to: Int64, _ clock: some TriggerClock, _ sink: inout some DecisionSink
    ) {
        let campaign = tables.triggers + index
        let earliest = max(from, timeline.existsFrom)
        guard var triggers = streamed?.triggers(campaign.pointee.stream, from: earliest) else { return }
        var walk = DecisionWalk(index, .empty, &self)
        let isQuietable = walk.isQuietable(&self)
        var number = 0
        while let time = streamed?.next(&triggers), time < to {
            guard held(campaign.pointee.before, before: time) else { continue }
            decideTrigger(time, number, &walk, isQuietable, campaign, to, clock, &sink)
            number += 1
        }
    }

    private mutating func walkEntries(
        _ index: Int, _ from: Int64, _ to: Int64, _ clock: some TriggerClock, _ sink: inout some DecisionSink
    ) {
        let campaign = tables.triggers + index
        let include = campaign.pointee.include
        guard var instants = streamed?.changes(of: include, from: from, to: to) else { return }
        var walk = DecisionWalk(index, .empty, &self)
        let isQuietable = walk.isQuietable(&self)
        var number = 0
        var time = saturatingDifference(from, 1)
        var wasInside = streamed?.changes.holds(include, at: time) ?? false
        if campaign.pointee.includesCurrent, timeline.existsFrom < from,
            streamed?.changes.holds(include, at: from) ?? false
        {
            if held(campaign.pointee.before, before: from) {
                decideTrigger(from, number, &walk, isQuietable, campaign, to, clock, &sink)
                number += 1
            }
            wasInside = true
            time = from
        }
        while true {
            time = streamed?.first(after: time, in: &instants) ?? .max
            if time >= to { return }
            let isInside = streamed?.changes.holds(include, at: time) ?? false
            if isInside, !wasInside, held(campaign.pointee.before, before: time) {
                decideTrigger(time, number, &walk, isQuietable, campaign, to, clock, &sink)
                number += 1
            }
            wasInside = isInside
        }
    }
}

extension StreamedCustomer {
    fileprivate func changes(of condition: ConditionIndex, from: Int64, to: Int64) -> ChangeInstants {
        ChangeInstants(of: condition, from: from, to: to, &changes)
    }

    fileprivate func first(after instant: Int64, in instants: inout ChangeInstants) -> Int64 {
        instants.first(after: instant, changes)
    }

    fileprivate func triggers(_ stream: Int, from: Int64) -> TriggerRows {
        TriggerRows(stream, from: from, now)
    }

    fileprivate func next(_ triggers: inout TriggerRows) -> Int64? { triggers.next(now) }
}

/// Counts all decisions but messages, which it lists.
private struct MessageList: DecisionSink {
    let counter: DecisionCounter
    var messages: [Decision] = []

    func consider(campaign: Int, _ occurrences: Range<Int>) { counter.consider(campaign: campaign, occurrences) }

    /// Messages of a campaign are one run: those of a journey's first run are none.
    func endRun() {}

    mutating func take(_ decision: Decision, _ evaluator: inout Evaluator) {
        if case .send = decision.outcome { messages.append(decision) } else { counter.take(decision, &evaluator) }
    }
}
