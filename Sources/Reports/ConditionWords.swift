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

    /// The same with the meaning of a segment behind its name.
    func titled(_ index: ConditionIndex) -> String {
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
        case .any, .all: return "(\(written(index)))"
        case .constant, .not, .attribute, .attributeTime, .events, .movement: return written(index)
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
        case .events(let selection, let window, let measure): words(selection, window, measure)
        case .movement(let child, let movement, let within):
            "\(movement.rawValue) \(part(child)) within \(ElapsedTime.text(milliseconds: within))"
        }
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

    private func words(_ selection: EventSelection, _ window: EventWindow, _ measure: Measure) -> String {
        switch measure {
        case .countAtLeast(1): return "\(words(selection)) \(words(window))"
        case .countAtLeast(let count): return "\(words(selection)) at least \(count)× \(words(window))"
        case .aggregate(let aggregate, let property, let test):
            let subject = "\(words(aggregate)) \(property) of \(words(selection)) \(words(window))"
            switch test {
            case .missing(let isMissing): return "\(subject) is \(isMissing ? "missing" : "known")"
            case .number(let number, let extraScale):
                let type = plan.schema.event(selection.types.first ?? "")?.property(property)?.type
                return "\(subject) \(words(.number(number), shown(aggregate, type, extraScale)))"
            }
        }
    }

    /// The type of the literals that an aggregate is compared with.
    private func shown(_ aggregate: Aggregate, _ type: ValueType?, _ extraScale: Int) -> ValueType? {
        switch aggregate {
        case .distinct: return .integer
        case .sum, .average, .minimum, .maximum:
            if case .decimal(let scale)? = type { return .decimal(scale: scale + extraScale) }
            return extraScale > 0 ? .decimal(scale: extraScale) : type
        }
    }

    private func words(_ aggregate: Aggregate) -> String {
        switch aggregate {
        case .sum: "total"
        case .average: "average"
        case .minimum: "smallest"
        case .maximum: "largest"
        case .distinct: "number of different"
        }
    }

    package func words(_ selection: EventSelection) -> String {
        let isAny = selection.types.count == plan.schema.events.count && selection.types.count > 1
        let types = isAny ? "any event" : selection.types.joined(separator: "/")
        guard !selection.tests.isEmpty else { return types }
        let tests = selection.tests.map { test in
            let type = plan.schema.event(selection.types.first ?? "")?.property(test.property)?.type
            return "\(test.property) \(words(test.test, type))"
        }
        return "\(types) [\(tests.joined(separator: ", "))]"
    }

    private func words(_ window: EventWindow) -> String {
        switch window {
        case .ever: "ever"
        case .elapsed(let from, let to): words(from, to)
        case .past(let span, let zone): before(span, zone)
        case .recent(let span, let zone): upTo(span, zone)
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
