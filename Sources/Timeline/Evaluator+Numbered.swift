import CampaignPlan
import CivilTime

extension Evaluator {
    mutating func evaluate(_ node: NumberedNode) -> IntervalArena.List {
        guard let place = place(node.after) else { return .empty }
        let items = streams.items(node.stream, timeline, &work)
        items.times.withUnsafeBufferPointer { setBounds($0, node.window) }
        var changes = PieceChanges(capacity: items.pieces.count)
        for (index, piece) in items.pieces.enumerated() { changes.add(index, from: piece.from, to: piece.to) }
        changes.sort()
        var present = RankCounter(count: items.times.count)
        var found: [Interval] = []
        changes.walk {
            present.add(items.pieces[$0.piece].item, $0.change)
        } then: { from, to in
            guard present.total >= node.number else { return }
            let item = present.rank(of: node.number - 1)
            guard node.accepts(items.times[item], first: items.times[present.rank(of: 0)], place) else { return }
            found.append(
                Interval(from: max(from, bounds.arrivals[item]), to: min(to, bounds.expiries[item])))
        }
        arena.open()
        for interval in found { arena.append(interval.from, interval.to) }
        return arena.close()
    }

    /// At one instant for somebody with this trigger.
    mutating func holds(_ node: NumberedNode, trigger: Int64, at instant: Int64) -> Bool {
        guard let place = place(node.after) else { return false }
        let items = streams.items(node.stream, timeline, &work)
        let present = items.pieces.filter { $0.from <= instant && instant < $0.to }.map(\.item)
        guard present.count >= node.number, let first = present.first else { return false }
        let time = items.times[present[node.number - 1]]
        return time > trigger && node.accepts(time, first: items.times[first], place)
    }

    /// Where the attribute wants the event; nil: nowhere.
    private func place(_ after: BoundAfter?) -> ClosedRange<Int64>? {
        guard let after else { return Int64.min...Int64.max }
        let value = timeline.attributes[after.slot]
        guard value != CustomerTimeline.missing else { return nil }
        var start = value
        if after.isDate {
            let date = CivilDate(daysSinceEpoch: Int32(clamping: value))
            start = bound.zones[zone(after.zone)].startOfDay(date).milliseconds
        }
        return start...saturatingSum(start, after.within)
    }
}

extension NumberedNode {
    fileprivate func accepts(_ time: Int64, first: Int64, _ place: ClosedRange<Int64>) -> Bool {
        guard place.contains(time) else { return false }
        guard let ofFirstWithin else { return true }
        return time <= saturatingSum(first, ofFirstWithin)
    }
}
