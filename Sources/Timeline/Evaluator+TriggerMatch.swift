import CampaignPlan
import CivilTime

extension Evaluator {
    /// Whether enough events that the window shows at an instant have the value of the event that triggered.
    mutating func holds(_ match: BoundTriggerMatch, trigger: Int64, at instant: Int64) -> Bool {
        // What triggered is what was known of it then.
        show(at: trigger)
        let triggering = value(ofTrigger: match, at: trigger)
        show(at: instant)
        guard let wanted = triggering else { return false }
        let items = streams.items(match.stream, timeline, &work)
        items.times.withUnsafeBufferPointer { setBounds($0, match.window) }
        var count = 0
        for piece in items.pieces where piece.value == wanted {
            guard max(piece.from, bounds.arrivals[piece.item]) <= instant,
                instant < min(piece.to, bounds.expiries[piece.item]),
                !match.sinceTrigger || items.times[piece.item] > trigger
            else { continue }
            count += 1
        }
        return count >= match.count
    }

    /// The value of the first event that triggers at an instant; nil: none does, or it has none.
    private mutating func value(ofTrigger match: BoundTriggerMatch, at trigger: Int64) -> Int64? {
        if let stream = match.items { return value(of: stream, match.date, at: trigger) }
        var first: (time: Int64, order: Int64, value: Int64)?
        for source in match.sources {
            let rows = source.rows
            let count = timeline.rowCount(slot: rows.slot)
            let times = timeline.columnStart(slot: rows.slot, column: CustomerTimeline.timeColumn)
            let hasOrder = timeline.propertyColumn(slot: rows.slot, property: 0) > CustomerTimeline.orderColumn
            let orders = timeline.columnStart(slot: rows.slot, column: CustomerTimeline.orderColumn)
            work.eventsRead += count
            for row in 0..<count {
                let time = timeline.columns[times + row]
                let order = hasOrder ? timeline.columns[orders + row] : Int64(row)
                if time > trigger { break }
                if let first, (first.time, first.order) <= (time, order) { break }
                guard triggers(match, rows, row, time, at: trigger), passes(rows, row) else { continue }
                first = (time, order, value(rows.slot, source.property, row))
            }
        }
        return first.flatMap { $0.value == CustomerTimeline.missing ? nil : $0.value }
    }

    /// The same of events that are no rows.
    private mutating func value(of stream: Int, _ date: BoundEventDate?, at trigger: Int64) -> Int64? {
        let items = streams.items(stream, timeline, &work)
        let found = items.pieces.filter { piece in
            guard let date else { return items.times[piece.item] == trigger }
            let value = items.fieldValues[Int(piece.value) + 1]
            return piece.from <= trigger && trigger < piece.to && value != CustomerTimeline.missing
                && date.instant(of: value, in: bound.zones[zone(date.zone)]) == trigger
        }
        let first = found.min { a, b in
            (items.happened[a.item], items.orders[a.item]) < (items.happened[b.item], items.orders[b.item])
        }
        let value = first.map { items.fieldValues[Int($0.value)] }
        return value == CustomerTimeline.missing ? nil : value
    }

    /// Whether a row that came at `time` triggers at an instant.
    private func triggers(
        _ match: BoundTriggerMatch, _ rows: BoundSource, _ row: Int, _ time: Int64, at trigger: Int64
    ) -> Bool {
        let known = isLate ? timeline.knownFrom(slot: rows.slot, row: row) : time
        guard let date = match.date else { return known == trigger }
        guard known <= trigger else { return false }
        let value = value(rows.slot, rows.valueProperty, row)
        guard value != CustomerTimeline.missing else { return false }
        return date.instant(of: value, in: bound.zones[zone(date.zone)]) == trigger
    }
}
