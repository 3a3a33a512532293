package import CampaignPlan
internal import CivilTime

/// Conditions and schedules in words, close to how they are written.
package struct ConditionWords {
    let plan: Plan
    /// Names of segments by their condition, so that a known part keeps its name.
    private let segments: [ConditionIndex: String]

    package init(_ plan: Plan) {
        self.plan = plan
        segments = Dictionary(plan.segments.map { ($0.condition, $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    /// One line; a part that is a segment is called by its name.
    package func text(_ index: ConditionIndex) -> String { segments[index] ?? written(index) }

    /// The same without the name of a segment.
    package func meaning(_ index: ConditionIndex) -> String { written(index) }

    /// The same with the meaning of a segment behind its name.
    package func titled(_ index: ConditionIndex) -> String {
        segments[index].map { "\($0): \(written(index))" } ?? written(index)
    }

    /// An include with its exclude: `A, but not (B or C)`.
    func audience(include: ConditionIndex, exclude: ConditionIndex?) -> String {
        guard let exclude else { return text(include) }
        // The comma already parts an `and` from the rest.
        let isAll = if case .all = plan.conditions[include] { true } else { false }
        return "\(isAll ? text(include) : part(include)), but not \(part(exclude))"
    }

    /// A condition beside others, in brackets where it would run into them.
    private func part(_ index: ConditionIndex) -> String {
        guard segments[index] == nil else { return text(index) }
        switch plan.conditions[index] {
        case .any, .all, .sequence, .population: return "(\(written(index)))"
        case .constant, .not, .attribute, .attributeTime, .events, .behaviour, .movement, .anniversary:
            return written(index)
        }
    }

    private func written(_ index: ConditionIndex) -> String {
        switch plan.conditions[index] {
        case .constant(let value): value ? "everybody" : "nobody"
        case .not(let child): negation(child)
        case .all(let children): children.map(part).joined(separator: " and ")
        case .any(let children): children.map(part).joined(separator: " or ")
        case .attribute(let name, let test): "\(name) \(words(test, plan.schema.attribute(name)?.type))"
        case .attributeTime(let name, let window): "\(name) \(words(window))"
        case .events(let selection, let window, let measure): words(measure, selection, window)
        case .behaviour(let behaviour): words(behaviour)
        case .movement(let child, let movement, let within):
            "\(movement.rawValue) \(part(child)) within \(ElapsedTime.text(milliseconds: within))"
        case .sequence(let pattern): words(pattern)
        case .anniversary(let anniversary): words(anniversary)
        case .population(let population, let test): words(population, test)
        }
    }

    func words(_ anniversary: Anniversary) -> String {
        let origin =
            switch anniversary.origin {
            case .attribute(let name): name
            case .first(let selection): "the first \(words(selection))"
            }
        let number = anniversary.year.map { "return \($0)" } ?? "a return"
        return "\(number) of \(origin) in the \(anniversary.next) from today on\(words(anniversary.zone))"
    }

    private func words(_ population: Population, _ test: PopulationTest) -> String {
        let statistics = population.statistics.map(words)
        let refresh =
            switch population.refresh {
            case .daily: "each day"
            case .weekly: "each week"
            case .monthly: "each month"
            case .occurrences: "at each occurrence"
            }
        switch test {
        case .top(let share):
            return "top \(RatioText.percentage(partsPerMillion: share)) by \(statistics[0]), \(refresh)"
        case .atLeastPercentile(let share):
            return
                "\(statistics[0]) at least the \(RatioText.percentage(partsPerMillion: share)) percentile, \(refresh)"
        case .atMostPercentile(let share):
            return "\(statistics[0]) at most the \(RatioText.percentage(partsPerMillion: share)) percentile, \(refresh)"
        case .groups(let count, let ranges):
            let groups = zip(ranges, statistics).filter { $0.0 != 1...count }.map { range, statistic in
                range.count == 1
                    ? "group \(range.lowerBound) of \(count) by \(statistic)"
                    : "group \(range.lowerBound) to \(range.upperBound) of \(count) by \(statistic)"
            }
            return (groups.isEmpty ? ["any group"] : groups).joined(separator: " and ") + ", \(refresh)"
        }
    }

    private func words(_ statistic: Population.Statistic) -> String {
        let events = "\(words(statistic.selection)) \(words(statistic.window))"
        switch statistic.measure {
        case .count: return "number of \(events)"
        case .latest: return "latest \(events)"
        case .aggregate(let aggregate, let property): return "\(words(aggregate)) \(property) of \(events)"
        case .distinctLocal(let part, let zone):
            return "\(words(Aggregate.distinct)) \(part.rawValue)\(words(zone)) of \(events)"
        }
    }

    /// `search, then view (same session_id, within 30m), no purchase within 24h; begun within 7d`.
    func words(_ pattern: SequencePattern) -> String {
        var parts = pattern.steps.enumerated().map { place, step in
            "\(place == 0 ? "" : "then ")\(words(step.selection))\(relation(step))"
        }
        if let absence = pattern.absence {
            let time = absence.within.map { " within \(ElapsedTime.text(milliseconds: $0))" } ?? " since"
            let same = absence.same.isEmpty ? "" : " (same \(absence.same.joined(separator: ", ")))"
            parts.append("no \(words(absence.selection))\(time)\(same)")
        }
        var begun: [String] = []
        if pattern.window != .ever { begun.append("begun \(words(pattern.window))") }
        if pattern.startsLast { begun.append("the last such start") }
        return parts.joined(separator: ", ") + (begun.isEmpty ? "" : "; " + begun.joined(separator: ", "))
    }

    private func relation(_ step: SequencePattern.Step) -> String {
        var parts: [String] = []
        if !step.same.isEmpty { parts.append("same \(step.same.joined(separator: ", "))") }
        if let length = step.within { parts.append("within \(ElapsedTime.text(milliseconds: length))") }
        if let length = step.ofFirstWithin {
            parts.append("within \(ElapsedTime.text(milliseconds: length)) of the first")
        }
        return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    }

    private func negation(_ child: ConditionIndex) -> String {
        if segments[child] == nil,
            case .events(let selection, let window, .countAtLeast(let count)) = plan.conditions[child]
        {
            let amount = count == 1 ? "no \(words(selection))" : "\(words(selection)) at most \(count - 1)×"
            return "\(amount) \(words(window))"
        }
        return "not \(part(child))"
    }

    /// The type of the literals that an aggregate is compared with.
    func shown(_ aggregate: Aggregate, _ type: ValueType?, _ extraScale: Int) -> ValueType? {
        switch aggregate {
        case .distinct: return .integer
        case .sum, .average, .minimum, .maximum:
            if case .decimal(let scale)? = type { return .decimal(scale: scale + extraScale) }
            return extraScale > 0 ? .decimal(scale: extraScale) : type
        }
    }

    func words(_ aggregate: Aggregate) -> String {
        switch aggregate {
        case .sum: "total"
        case .average: "average"
        case .minimum: "smallest"
        case .maximum: "largest"
        case .distinct: "number of different"
        }
    }

    package func words(_ selection: EventSelection) -> String {
        let isAny = selection.types.count > 1 && selection.types == plan.schema.events.map(\.name)
        let types = isAny ? "any event" : selection.types.joined(separator: "/")
        guard !selection.tests.isEmpty else { return types }
        let tests = selection.tests.map { test in
            if let zone = test.zone {
                return "\(test.property)\(words(zone)) \(words(test.test, LocalPart(rawValue: test.property)))"
            }
            let type = plan.schema.event(selection.types.first ?? "")?.property(test.property)?.type
            return "\(test.property) \(words(test.test, type))"
        }
        return "\(types) [\(tests.joined(separator: ", "))]"
    }

    func words(_ window: EventWindow) -> String {
        switch window {
        case .ever: "ever"
        case .elapsed(let from, let to): words(from, to)
        case .past(let span, let zone): before(span, zone)
        case .recent(let span, let zone): upTo(span, zone)
        case .between(let from, let to, let zone): "from \(from) to \(to)\(words(zone))"
        case .sinceTrigger: "since the trigger"
        }
    }

    private func words(_ window: AttributeWindow) -> String {
        switch window {
        case .elapsed(let from, let to, _): words(from, to)
        case .past(let span, let zone): before(span, zone)
        case .recent(let span, let zone): upTo(span, zone)
        case .nextElapsed(let length, _): "in the next \(ElapsedTime.text(milliseconds: length))"
        case .nextDays(let span, let zone): "in the \(span) from today on\(words(zone))"
        }
    }

    private func words(_ from: Int64, _ to: Int64) -> String {
        let start = ElapsedTime.text(milliseconds: from)
        return to == 0 ? "within \(start)" : "between \(start) and \(ElapsedTime.text(milliseconds: to)) ago"
    }

    private func before(_ span: CalendarSpan, _ zone: ZoneReference) -> String {
        let isDay = span.count == 1 && span.unit == .day
        return (isDay ? "yesterday" : "in the \(span) before today") + words(zone)
    }

    private func upTo(_ span: CalendarSpan, _ zone: ZoneReference) -> String {
        let isDay = span.count == 1 && span.unit == .day
        return (isDay ? "today" : "in the \(span) up to today") + words(zone)
    }

    /// Nothing for the workspace's own zone.
    func words(_ zone: ZoneReference) -> String {
        switch zone {
        case .recipient: " in the recipient's zone"
        case .named(plan.workspace.zone): ""
        case .named(let name): " \(name)"
        }
    }
}
