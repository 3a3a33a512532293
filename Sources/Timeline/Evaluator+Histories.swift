import CampaignPlan

/// An attribute whose value events change.
struct BoundHistory: Sendable {
    /// An index into `BoundPlan.streams`: the events that have the property, with its values.
    var stream: Int
    /// The value of whoever has no such event.
    var slot: Int
}

/// A test of such an attribute. Texts have other codes in events than in the customers' table.
struct BoundHistoryTest: Sendable {
    var history: BoundHistory
    var ofTable: BoundTest
    var ofEvents: BoundTest
}

extension Evaluator {
    /// Before the first event the value is missing; without any, known or not, the table's value was always there.
    mutating func historyHolds(_ test: BoundHistoryTest) -> IntervalArena.List {
        work.atomsEvaluated += 1
        let stream = streams.select(test.history.stream, timeline, &work)
        guard stream.count > 0 else {
            let holds =
                everSelects(test.history.stream)
                ? bound.tests.holds(test.ofEvents, CustomerTimeline.missing)
                : bound.tests.holds(test.ofTable, timeline.attributes[test.history.slot])
            return holds ? .always : .empty
        }
        let times = times(of: stream)
        arena.open()
        if bound.tests.holds(test.ofEvents, CustomerTimeline.missing) { arena.append(.min, times[0]) }
        for place in 0..<stream.count where bound.tests.holds(test.ofEvents, streams.values[stream.firstValue + place])
        {
            arena.append(times[place], place + 1 < stream.count ? times[place + 1] : .max)
        }
        return arena.close()
    }

    /// When the value of that time is where the window wants it.
    mutating func historyVisible(_ atom: AttributeAtom, _ history: BoundHistory) -> IntervalArena.List {
        work.atomsEvaluated += 1
        let zone = bound.zones[self.zone(atom.zone)]
        arena.open()
        for span in valueSpans(history) {
            guard let visible = atom.visibility(of: span.value, in: zone) else { continue }
            arena.append(max(visible.from, span.from), min(visible.to, span.to))
        }
        return arena.close()
    }

    /// Each value and when it was there, ascending; missing ones left out.
    mutating func valueSpans(_ history: BoundHistory) -> [(value: Int64, from: Int64, to: Int64)] {
        let stream = streams.select(history.stream, timeline, &work)
        guard stream.count > 0 else {
            let value = everSelects(history.stream) ? CustomerTimeline.missing : timeline.attributes[history.slot]
            return value == CustomerTimeline.missing ? [] : [(value, .min, .max)]
        }
        let times = times(of: stream)
        return (0..<stream.count).map { place in
            (
                streams.values[stream.firstValue + place], times[place],
                place + 1 < stream.count ? times[place + 1] : .max
            )
        }
    }

    /// The value at an instant.
    mutating func value(_ history: BoundHistory, at instant: Int64) -> Int64 {
        show(at: instant)
        defer { showAll() }
        let stream = streams.select(history.stream, timeline, &work)
        guard stream.count > 0 else {
            return everSelects(history.stream) ? CustomerTimeline.missing : timeline.attributes[history.slot]
        }
        let seen = firstIndex(after: instant, in: stream)
        return seen == 0 ? CustomerTimeline.missing : streams.values[stream.firstValue + seen - 1]
    }
}

extension ConditionBinder {
    /// The history of an attribute that has one.
    mutating func bindHistory(_ attribute: String) -> (history: BoundHistory, property: String)? {
        guard let written = bound.plan.schema.attribute(attribute)?.history,
            let slot = bound.layout.slot(ofAttribute: attribute)
        else { return nil }
        let selection = EventSelection(types: [written.event], tests: [])
        let values = stream(of: selection, value: .property(written.property))
        return (BoundHistory(stream: values, slot: slot), written.property)
    }
}
