extension Behaviour {
    var json: JSON {
        switch self {
        case .numbered(let selection, let window, let number):
            .members(
                number.members.merging(["events": selection.json, "window": window.json]) { first, _ in first })
        case .compared(let first, let order, let times, let second):
            .object([
                "measure": first.json, "is": .string(order.rawValue), "times_ppm": .integer(times),
                "other": second.json,
            ])
        case .share(let selection, let window, let least, let test):
            .members([
                "share": selection.json, "window": window.json, "of_at_least": JSON(least),
                "missing": test.missing.map { .bool($0) }, "test": test.number?.json,
            ])
        case .purchaseInterval(let selection, let cycle, let test):
            .members(
                cycle.members.merging(test.members) { first, _ in first }
                    .merging(["purchase_interval": selection.json]) { first, _ in first })
        case .overdue(let selection, let cycle, let by):
            .members(
                cycle.members.merging(["overdue": selection.json, "by_ppm": .integer(by)]) { first, _ in first })
        case .matching(let match):
            .object([
                "same": .string(match.property), "events": match.selection.json, "window": match.window.json,
                "at_least": JSON(match.count), "trigger": match.trigger.json,
            ])
        }
    }
}

extension TriggerMatch.Trigger {
    fileprivate var json: JSON {
        switch self {
        case .event(let selection): .object(["event": selection.json])
        case .date(let date): .object(["before": date.json])
        }
    }
}

extension AggregateTest {
    fileprivate var missing: Bool? {
        switch self {
        case .missing(let flag): flag
        case .number: nil
        }
    }

    fileprivate var number: NumberTest? {
        switch self {
        case .missing: nil
        case .number(let test, _): test
        }
    }
}

extension EventNumber {
    fileprivate var members: [String: JSON?] {
        [
            "number": JSON(number), "of_first_within_ms": ofFirstWithin.map { .integer($0) },
            "after": after.map {
                .object([
                    "attribute": .string($0.attribute), "within_ms": .integer($0.within), "zone": $0.zone.json,
                ])
            },
        ]
    }
}

extension EventMeasure {
    fileprivate var json: JSON {
        .members(
            value.members.merging(["events": selection.json, "window": window.json]) { first, _ in first })
    }
}

extension EventMeasure.Value {
    fileprivate var members: [String: JSON?] {
        switch self {
        case .count: ["count": .bool(true)]
        case .aggregate(let aggregate, let property): [aggregate.rawValue: .string(property)]
        case .distinctLocal(let part, let zone): ["distinct": .string(part.rawValue), "zone": zone.json]
        }
    }
}

extension EventCycle {
    fileprivate var members: [String: JSON?] {
        switch unit {
        case .localDays(let zone):
            ["median": .string("local_days"), "zone": zone.json, "occurrences": JSON(occurrences)]
        case .elapsed: ["median": .string("elapsed"), "occurrences": JSON(occurrences)]
        }
    }
}
