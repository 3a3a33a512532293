internal import CivilTime

extension Condition {
    var json: JSON {
        switch self {
        case .constant(let value): .object(["constant": .bool(value)])
        case .not(let child): .object(["not": JSON(child)])
        case .all(let children): .object(["all": .array(children.map { JSON($0) })])
        case .any(let children): .object(["any": .array(children.map { JSON($0) })])
        case .attribute(let name, let test): .object(["attribute": .string(name), "test": test.json])
        case .attributeTime(let name, let window): .object(["attribute": .string(name), "window": window.json])
        case .events(let selection, let window, let measure):
            .object(["events": selection.json, "window": window.json, "measure": measure.json])
        case .behaviour(let behaviour): behaviour.json
        case .movement(let child, let movement, let within):
            .object([movement.rawValue: JSON(child), "within_ms": .integer(within)])
        case .sequence(let pattern):
            .members([
                "sequence": .array(pattern.steps.map(\.json)), "absent": pattern.absence?.json,
                "window": pattern.window.json, "start": pattern.startsLast ? .string("last") : nil,
            ])
        case .anniversary(let anniversary):
            .members([
                "anniversary": anniversary.origin.json, "next": .string("\(anniversary.next)"),
                "year": anniversary.year.map { JSON($0) }, "zone": anniversary.zone.json,
            ])
        case .population(let population, let test):
            .object([
                "population": .array(population.statistics.map(\.json)), "refresh": population.refresh.json,
                "test": test.json,
            ])
        }
    }
}

extension Anniversary.Origin {
    fileprivate var json: JSON {
        switch self {
        case .attribute(let name): .object(["attribute": .string(name)])
        case .first(let selection): .object(["first": selection.json])
        }
    }
}

extension Population.Statistic {
    fileprivate var json: JSON {
        var members: [String: JSON] = ["events": selection.json, "window": window.json]
        switch measure {
        case .count: members["measure"] = .string("count")
        case .latest: members["measure"] = .string("latest")
        case .aggregate(let aggregate, let property):
            members["measure"] = .object([aggregate.rawValue: .string(property)])
        case .distinctLocal(let part, let zone):
            members["measure"] = .object(["distinct": .string(part.rawValue), "zone": zone.json])
        }
        return .object(members)
    }
}

extension PopulationRefresh {
    fileprivate var json: JSON {
        switch self {
        case .daily: .string("daily")
        case .weekly: .string("weekly")
        case .monthly: .string("monthly")
        case .occurrences(let campaign): .object(["campaign": .string(campaign)])
        }
    }
}

extension PopulationTest {
    fileprivate var json: JSON {
        switch self {
        case .top(let share): .object(["top_ppm": JSON(share)])
        case .atLeastPercentile(let share): .object(["percentile_min_ppm": JSON(share)])
        case .atMostPercentile(let share): .object(["percentile_max_ppm": JSON(share)])
        case .groups(let count, let ranges):
            .object([
                "groups": JSON(count),
                "in": .array(ranges.map { .array([JSON($0.lowerBound), JSON($0.upperBound)]) }),
            ])
        }
    }
}

extension SequencePattern.Step {
    fileprivate var json: JSON {
        .members([
            "events": selection.json, "same": same.isEmpty ? nil : .array(same.map { .string($0) }),
            "within_ms": within.map { .integer($0) }, "of_first_within_ms": ofFirstWithin.map { .integer($0) },
        ])
    }
}

extension EventSelection {
    var json: JSON {
        .members([
            "types": .array(types.map { .string($0) }),
            "where": tests.isEmpty
                ? nil
                : .array(
                    tests.map {
                        .members([
                            "property": .string($0.property), "zone": $0.zone?.json, "test": $0.test.json,
                        ])
                    }),
        ])
    }
}

extension ValueTest {
    var json: JSON {
        switch self {
        case .missing(let flag): .object(["missing": .bool(flag)])
        case .text(let test): test.json
        case .number(let test): test.json
        }
    }
}

extension TextTest {
    fileprivate var json: JSON {
        switch self {
        case .isIn(let texts): .object(["in": .array(texts.map { .string($0) })])
        case .isNotIn(let texts): .object(["not_in": .array(texts.map { .string($0) })])
        case .contains(let text): .object(["contains": .string(text)])
        case .startsWith(let text): .object(["starts_with": .string(text)])
        case .endsWith(let text): .object(["ends_with": .string(text)])
        }
    }
}

extension NumberTest {
    var json: JSON {
        switch self {
        case .within(let min, let max):
            .members(["min": min.map { .integer($0) }, "max": max.map { .integer($0) }])
        case .outside(let min, let max):
            .object(["outside": .members(["min": min.map { .integer($0) }, "max": max.map { .integer($0) }])])
        case .isIn(let values): .object(["in": .array(values.map { .integer($0) })])
        case .isNotIn(let values): .object(["not_in": .array(values.map { .integer($0) })])
        }
    }
}

extension EventWindow {
    var json: JSON {
        switch self {
        case .ever: .string("ever")
        case .elapsed(let from, let to): .object(["from_ms": .integer(from), "to_ms": .integer(to)])
        case .past(let span, let zone): .object(["past": .string("\(span)"), "zone": zone.json])
        case .recent(let span, let zone): .object(["recent": .string("\(span)"), "zone": zone.json])
        case .between(let from, let to, let zone):
            .object(["between": .array([.string("\(from)"), .string("\(to)")]), "zone": zone.json])
        case .sinceTrigger: .string("since_trigger")
        }
    }
}

extension AttributeWindow {
    fileprivate var json: JSON {
        switch self {
        case .elapsed(let from, let to, let zone):
            .object(["from_ms": .integer(from), "to_ms": .integer(to), "zone": zone.json])
        case .past(let span, let zone): .object(["past": .string("\(span)"), "zone": zone.json])
        case .recent(let span, let zone): .object(["recent": .string("\(span)"), "zone": zone.json])
        case .nextElapsed(let length, let zone): .object(["next_ms": .integer(length), "zone": zone.json])
        case .nextDays(let span, let zone): .object(["next": .string("\(span)"), "zone": zone.json])
        }
    }
}

extension Measure {
    fileprivate var json: JSON {
        switch self {
        case .countAtLeast(let count): .object(["count_at_least": JSON(count)])
        case .aggregate(let aggregate, let property, let test):
            .members(test.members.merging([aggregate.rawValue: .string(property)]) { first, _ in first })
        case .distinctLocal(let part, let zone, let test):
            .members(
                test.members.merging(["distinct": .string(part.rawValue), "zone": zone.json]) { first, _ in first })
        case .edge(let edge, let property, let test):
            .object([edge.rawValue: .string(property), "test": test.json])
        }
    }
}

extension AggregateTest {
    /// `missing`, or `test` with its scale.
    var members: [String: JSON?] {
        switch self {
        case .missing(let flag): ["missing": .bool(flag)]
        case .number(let test, let extraScale):
            ["test": test.json, "extra_scale": extraScale == 0 ? nil : JSON(extraScale)]
        }
    }
}
