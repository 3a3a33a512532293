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
        let tests = selection.tests.map { "\($0.property) \(describe($0.test))" }.joined(separator: ", ")
        let types = selection.types.joined(separator: "+") + (tests.isEmpty ? "" : "(\(tests))")
        return "\(types) \(describe(window)) \(describe(measure))"
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

private func describe(_ statistic: Population.Statistic) -> String {
    let measure =
        switch statistic.measure {
        case .count: "count"
        case .latest: "latest"
        case .aggregate(let aggregate, let property): "\(aggregate.rawValue)(\(property))"
        }
    return "\(measure) of \(describe(.events(statistic.selection, statistic.window, .countAtLeast(1))))"
}

private func describe(_ window: EventWindow) -> String {
    switch window {
    case .ever: "ever"
    case .elapsed(let from, let to): "within \(from)…\(to)"
    case .past(let span, let zone): "past \(span) \(zone.name)"
    case .recent(let span, let zone): "recent \(span) \(zone.name)"
    case .sinceTrigger: "since trigger"
    }
}

private func describe(_ measure: Measure) -> String {
    switch measure {
    case .countAtLeast(let count): "≥ \(count)"
    case .aggregate(let aggregate, let property, .missing(let flag)):
        "\(aggregate.rawValue)(\(property)) \(flag ? "missing" : "there")"
    case .aggregate(let aggregate, let property, .number(let test, let extraScale)):
        "\(aggregate.rawValue)(\(property)) \(describe(test))\(extraScale == 0 ? "" : " +\(extraScale)")"
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
