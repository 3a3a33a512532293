import CampaignPlan

/// Instants that follow from what is known of a customer.
enum BoundOccasion: Sendable {
    case date(BoundEventDate)
    /// An index into `BoundPlan.sequences`.
    case sequence(Int)
    case anniversary(BoundAnniversary)
}

extension Evaluator {
    /// Those of the current customer in `[from, to)`: ascending, each instant once.
    mutating func triggers(of occasion: BoundOccasion, _ from: Int64, _ to: Int64) -> [Int64] {
        guard isLate else { return knownTriggers(of: occasion, from, to) }
        if case .sequence(let sequence) = occasion { return completions(of: sequence, from, to) }
        return lateTriggers(from, to) { $0.knownTriggers(of: occasion, $1, $2) }
    }

    private mutating func knownTriggers(of occasion: BoundOccasion, _ from: Int64, _ to: Int64) -> [Int64] {
        switch occasion {
        case .date(let date): triggers(of: date, from, to)
        case .sequence(let sequence): completions(of: sequence, from, to)
        case .anniversary(let anniversary): returns(of: anniversary, from, to)
        }
    }

    /// When the dates of the current customer's events trigger, in `[from, to)`: ascending, each instant once. An event
    /// that is visible only later triggers nothing, and a derived event is what it is by then.
    private mutating func triggers(of date: BoundEventDate, _ from: Int64, _ to: Int64) -> [Int64] {
        let zone = bound.zones[zone(date.zone)]
        let earliest = max(from, timeline.existsFrom)
        var found: Set<Int64> = []
        func take(_ time: Int64, _ value: Int64) {
            let instant = date.instant(of: value, in: zone)
            if instant >= earliest, instant < to, instant >= time { found.insert(instant) }
        }
        if isStreamed {
            streamed?.now.forEachRow(of: date.stream, take)
        } else if bound.streams[date.stream].isPieced {
            for piece in streams.items(date.stream, timeline, &work).pieces {
                let instant = date.instant(of: piece.value, in: zone)
                if instant < piece.to { take(piece.from, piece.value) }
            }
        } else {
            let events = streams.select(date.stream, timeline, &work)
            for place in 0..<events.count { take(times(of: events)[place], streams.values[events.firstValue + place]) }
        }
        return found.sorted()
    }

    /// The decisions about such triggers.
    mutating func decideOccasions(
        _ index: Int, _ from: Int64, _ to: Int64, _ clock: some TriggerClock, _ sink: inout some DecisionSink
    ) {
        let campaign = tables.triggers + index
        guard let occasion = campaign.pointee.occasion else { return }
        decide(index, at: triggers(of: occasion, from, to), to, clock, &sink)
    }

    /// The decisions about triggers at these instants, which ascend.
    mutating func decide(
        _ index: Int, at triggers: [Int64], _ to: Int64, _ clock: some TriggerClock, _ sink: inout some DecisionSink
    ) {
        let campaign = tables.triggers + index
        guard !triggers.isEmpty else { return }
        let include = isStreamed ? .empty : list(of: campaign.pointee.include)
        var walk = DecisionWalk(index, include, &self)
        let isQuietable = walk.isQuietable(&self)
        var number = 0
        for time in triggers where held(campaign.pointee.before, before: time) {
            decideTrigger(time, number, &walk, isQuietable, campaign, to, clock, &sink)
            number += 1
        }
    }
}

extension InstantEvaluator {
    /// Time and value of every selected event that has one.
    fileprivate func forEachRow(of stream: Int, _ body: (Int64, Int64) -> Void) {
        for place in bound.streams[stream].sources {
            let source = bound.sources[place]
            let times = tables.events[source.slot].times
            for row in rows[source.slot] {
                if let value = value(of: source, row) { body(times.value(row), value) }
            }
        }
    }
}
