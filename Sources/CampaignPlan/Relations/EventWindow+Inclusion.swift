import CivilTime

extension EventWindow {
    /// Whether the other one sees everything that this one sees, at every instant; false also where that is not known.
    func isInside(_ other: EventWindow) -> Bool {
        if self == other || other == .ever { return true }
        switch (self, other) {
        case (.elapsed(let from, let to), .elapsed(let otherFrom, let otherTo)):
            return from <= otherFrom && to >= otherTo
        case (.past(let span, let zone), .past(let otherSpan, let otherZone)),
            (.recent(let span, let zone), .recent(let otherSpan, let otherZone)):
            return zone == otherZone && span.unit == otherSpan.unit && span.count <= otherSpan.count
        case (.past(let span, let zone), .recent(let otherSpan, let otherZone)):
            // As many days back, a recent window begins a day later.
            return zone == otherZone && span.unit == otherSpan.unit && span.count < otherSpan.count
        case (.between(let first, let last, let zone), .between(let otherFirst, let otherLast, let otherZone)):
            return zone == otherZone && otherFirst <= first && last <= otherLast
        case (.ever, _), (.elapsed, _), (.past, _), (.recent, _), (.between, _), (.sinceTrigger, _): return false
        }
    }
}

extension EventSelection {
    /// Whether every event that this one selects is selected by the other; false also where that is not known.
    func isInside(_ other: EventSelection) -> Bool {
        if self == other { return true }
        guard Set(types).isSubset(of: other.types) else { return false }
        return other.tests.allSatisfy { wanted in
            var known = knowledge(of: wanted)
            known.add(wanted.test, false)
            return known.isImpossible
        }
    }

    /// No event can be selected.
    var isImpossible: Bool { tests.contains { knowledge(of: $0).isImpossible } }

    private func knowledge(of wanted: PropertyTest) -> ValueKnowledge {
        var known = ValueKnowledge()
        for own in tests where own.property == wanted.property && own.zone == wanted.zone { known.add(own.test, true) }
        return known
    }
}

/// Where an attribute's time may lie, as numbers of which sets can be made.
struct AttributeTimeRange {
    /// Times of different scales are not compared.
    struct Scale: Hashable {
        enum Kind: Hashable {
            /// Milliseconds after now.
            case elapsed
            /// Past and recent ones: −2n where the day is `n` units before today, and −2n + 1 between that and `n − 1`
            /// units; 0 is today.
            case before(CalendarSpan.Unit)
            /// 1…n: less than `n` units after today.
            case after(CalendarSpan.Unit)
        }
        var attribute: String
        var zone: ZoneReference
        var kind: Kind
    }

    let scale: Scale
    let times: NumberSet

    init(_ attribute: String, _ window: AttributeWindow) {
        func range(_ zone: ZoneReference, _ kind: Scale.Kind, _ times: ClosedRange<Int64>) -> (Scale, NumberSet) {
            (Scale(attribute: attribute, zone: zone, kind: kind), NumberSet(times))
        }
        (scale, times) =
            switch window {
            case .elapsed(let from, let to, let zone): range(zone, .elapsed, (1 - from)...max(1 - from, -to))
            case .nextElapsed(let length, let zone): range(zone, .elapsed, 1...max(1, length))
            case .past(let span, let zone): range(zone, .before(span.unit), Int64(-2 * span.count)...(-1))
            case .recent(let span, let zone): range(zone, .before(span.unit), Int64(1 - 2 * span.count)...0)
            case .nextDays(let span, let zone): range(zone, .after(span.unit), 1...Int64(span.count))
            }
    }
}
