import CampaignPlan
import CampaignSemantics

/// A checked condition in a line.
func describe(_ condition: CheckedCondition) -> String {
    switch condition {
    case .constant(let value): "\(value)"
    case .all(let children): "all(" + children.map { describe($0) }.joined(separator: ", ") + ")"
    case .any(let children): "any(" + children.map { describe($0) }.joined(separator: ", ") + ")"
    case .not(let child): "not(" + describe(child) + ")"
    case .segment(let name): "segment \(name)"
    case .leaf(let leaf): describe(leaf)
    case .population(let statistics, let test, let refresh):
        "\(statistics.map { describe($0) }.joined(separator: "; ")) \(test) \(refresh.map { "\($0)" } ?? "default")"
    case .movement(let child, let movement, let within): "\(movement.rawValue)(\(describe(child)), \(within))"
    }
}

private func describe(_ leaf: Condition) -> String {
    switch leaf {
    case .attribute(let name, let test): return "\(name) \(describe(test))"
    case .attributeTime(let name, let window):
        switch window {
        case .elapsed(let from, let to, let zone): return "\(name) within \(from)…\(to) \(zone.name)"
        case .past(let span, let zone): return "\(name) past \(span) \(zone.name)"
        case .recent(let span, let zone): return "\(name) recent \(span) \(zone.name)"
        case .nextElapsed(let length, let zone): return "\(name) next \(length) \(zone.name)"
        case .nextDays(let span, let zone): return "\(name) next \(span) \(zone.name)"
        }
    case .events(let selection, let window, let measure):
        return "\(describe(selection)) \(describe(window)) \(describe(measure))"
    case .behaviour(let behaviour): return describe(behaviour)
    case .sequence(let pattern):
        let steps = pattern.parts.map { step in
            describe(.events(step.selection, .ever, .countAtLeast(1)))
                + (step.same.isEmpty ? "" : " same \(step.same)") + (step.within.map { " within \($0)" } ?? "")
                + (step.ofFirstWithin.map { " of first \($0)" } ?? "")
        }
        return "\(steps.joined(separator: " → "))\(pattern.absence == nil ? "" : " absent") "
            + "\(describe(pattern.window))\(pattern.startsLast ? " last" : "")"
    case .anniversary(let anniversary):
        let origin =
            switch anniversary.origin {
            case .attribute(let name): name
            case .first(let selection): "first \(describe(.events(selection, .ever, .countAtLeast(1))))"
            }
        return "return \(anniversary.year.map { "\($0)" } ?? "any") of \(origin) \(anniversary.next) "
            + anniversary.zone.name
    case .constant, .not, .all, .any, .movement, .population: return "\(leaf)"
    }
}

private func describe(_ selection: EventSelection) -> String {
    let tests = selection.tests.map { test in
        "\(test.property)\(test.zone.map { " \($0.name)" } ?? "") \(describe(test.test))"
    }.joined(separator: ", ")
    return selection.types.joined(separator: "+") + (tests.isEmpty ? "" : "(\(tests))")
}

private func describe(_ behaviour: Behaviour) -> String {
    switch behaviour {
    case .numbered(let selection, let window, let number):
        let first = number.ofFirstWithin.map { " of first \($0)" } ?? ""
        let after = number.after.map { " after \($0.attribute) \($0.within) \($0.zone.name)" } ?? ""
        return "#\(number.number) \(describe(selection)) \(describe(window))\(first)\(after)"
    case .compared(let first, let order, let times, let second):
        return "\(describe(first)) \(order.rawValue) \(times) × \(describe(second))"
    case .share(let selection, let window, let least, let test):
        return "share \(describe(selection)) \(describe(window)) of \(least) \(describe(test))"
    case .purchaseInterval(let selection, let cycle, let test):
        return "interval \(describe(selection)) \(describe(cycle)) \(describe(test))"
    case .overdue(let selection, let cycle, let by): return "overdue \(describe(selection)) \(describe(cycle)) by \(by)"
    case .matching(let match):
        return "\(describe(match.selection)) \(describe(match.window)) ×\(match.count) same \(match.property)"
    }
}

private func describe(_ measure: EventMeasure) -> String {
    let value =
        switch measure.value {
        case .count: "count"
        case .aggregate(let aggregate, let property): "\(aggregate.rawValue)(\(property))"
        case .distinctLocal(let part, let zone): "distinct(\(part.rawValue) \(zone.name))"
        }
    return "\(value) \(describe(measure.selection)) \(describe(measure.window))"
}

private func describe(_ cycle: EventCycle) -> String {
    switch cycle.unit {
    case .localDays(let zone): "days \(zone.name) ≥ \(cycle.occurrences)"
    case .elapsed: "elapsed ≥ \(cycle.occurrences)"
    }
}

private func describe(_ test: AggregateTest) -> String {
    switch test {
    case .missing(let flag): flag ? "missing" : "there"
    case .number(let test, let extraScale): "\(describe(test))\(extraScale == 0 ? "" : " +\(extraScale)")"
    }
}

private func describe(_ statistic: Population.Statistic) -> String {
    let measure =
        switch statistic.measure {
        case .count: "count"
        case .latest: "latest"
        case .aggregate(let aggregate, let property): "\(aggregate.rawValue)(\(property))"
        case .distinctLocal(let part, let zone): "distinct(\(part.rawValue) \(zone.name))"
        }
    return "\(measure) of \(describe(.events(statistic.selection, statistic.window, .countAtLeast(1))))"
}

private func describe(_ window: EventWindow) -> String {
    switch window {
    case .ever: "ever"
    case .elapsed(let from, let to): "within \(from)…\(to)"
    case .past(let span, let zone): "past \(span) \(zone.name)"
    case .recent(let span, let zone): "recent \(span) \(zone.name)"
    case .between(let from, let to, let zone): "between \(from) \(to) \(zone.name)"
    case .sinceTrigger: "since trigger"
    }
}

private func describe(_ measure: Measure) -> String {
    switch measure {
    case .countAtLeast(let count): "≥ \(count)"
    case .aggregate(let aggregate, let property, let test): "\(aggregate.rawValue)(\(property)) \(describe(test))"
    case .distinctLocal(let part, let zone, let test): "distinct(\(part.rawValue) \(zone.name)) \(describe(test))"
    case .edge(let edge, let property, let test): "\(edge.rawValue)(\(property)) \(describe(test))"
    }
}

private func describe(_ test: ValueTest) -> String {
    switch test {
    case .missing(let flag): flag ? "missing" : "there"
    case .number(let number): describe(number)
    case .text(.isIn(let texts)): "in [\(texts.joined(separator: ", "))]"
    case .text(.isNotIn(let texts)): "not in [\(texts.joined(separator: ", "))]"
    case .text(.contains(let text)): "contains \(text)"
    case .text(.startsWith(let text)): "starts with \(text)"
    case .text(.endsWith(let text)): "ends with \(text)"
    }
}

private func describe(_ test: NumberTest) -> String {
    let bound = { (value: Int64?) in value.map { "\($0)" } ?? "" }
    return switch test {
    case .within(let min, let max): "\(bound(min))…\(bound(max))"
    case .outside(let min, let max): "outside \(bound(min))…\(bound(max))"
    case .isIn(let values): "in \(values)"
    case .isNotIn(let values): "not in \(values)"
    }
}
