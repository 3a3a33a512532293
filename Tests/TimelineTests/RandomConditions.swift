import CampaignPlan
import CivilTime
import TestSupport

/// A random condition graph as a compiler would lower it: children first, equal conditions one node.
struct RandomConditions {
    private(set) var conditions: [Condition] = []
    private var indices: [Condition: ConditionIndex] = [:]
    /// Those below which a window starts at a trigger.
    private var triggered: Set<ConditionIndex> = []
    private let schema: DataSchema
    private let zones: [ZoneReference]
    private var values: RandomValues

    init(schema: DataSchema, zones: [ZoneReference], values: RandomValues) {
        self.schema = schema
        self.zones = zones
        self.values = values
    }

    /// Adds a condition of at most this depth. `insideExit` admits windows that start at a trigger.
    mutating func grow(depth: Int, insideExit: Bool, using random: inout SeededGenerator) -> ConditionIndex {
        if let known = conditions.indices.randomElement(using: &random), random.chance(percent: 12),
            insideExit || !triggered.contains(known)
        {
            return known
        }
        if depth == 0 || random.chance(percent: 35) { return intern(leaf(insideExit: insideExit, using: &random)) }
        if random.chance(percent: 30) {
            return intern(.not(grow(depth: depth - 1, insideExit: insideExit, using: &random)))
        }
        if random.chance(percent: 14) {
            // Borders of what looks at a trigger do not exist.
            let child = grow(depth: depth - 1, insideExit: false, using: &random)
            return intern(.movement(child, random.pick(Movement.allCases), within: movementLength(using: &random)))
        }
        var children: Set<ConditionIndex> = []
        for _ in 0..<random.number(2...4) {
            children.insert(grow(depth: depth - 1, insideExit: insideExit, using: &random))
        }
        let sorted = children.sorted()
        guard sorted.count >= 2 else { return sorted.first ?? intern(.constant(true)) }
        return intern(random.chance(percent: 50) ? .all(sorted) : .any(sorted))
    }

    private mutating func intern(_ condition: Condition) -> ConditionIndex {
        if let index = indices[condition] { return index }
        conditions.append(condition)
        indices[condition] = conditions.count - 1
        var looks = condition.children.contains { triggered.contains($0) }
        if case .events(_, .sinceTrigger, _) = condition { looks = true }
        if case .sequence(let pattern) = condition, pattern.window == .sinceTrigger { looks = true }
        if looks { triggered.insert(conditions.count - 1) }
        return conditions.count - 1
    }

    private mutating func leaf(insideExit: Bool, using random: inout SeededGenerator) -> Condition {
        switch random.number(1...100) {
        case 1...3:
            return .constant(random.chance(percent: 50))
        case 4...13:
            let attribute = random.pick(schema.customer.attributes)
            return .attribute(attribute.name, values.test(of: attribute.type, using: &random))
        case 14...18:
            let birthday = Anniversary.Origin.attribute(random.pick(["birthday", "last_seen_at", "renewal"]))
            let origin = random.chance(percent: 50) ? birthday : .first(selection(using: &random))
            return .anniversary(
                Anniversary(
                    origin: origin, next: span(using: &random),
                    year: random.chance(percent: 60) ? nil : random.number(1...3), zone: random.pick(zones)))
        case 19...33: return .sequence(sequence(insideExit: insideExit, using: &random))
        case 34...46:
            let name = random.pick(["birthday", "last_seen_at", "renewal", RandomCatalog.since])
            return .attributeTime(name, attributeWindow(using: &random))
        default:
            let selection = selection(using: &random)
            let window = insideExit && random.chance(percent: 60) ? .sinceTrigger : eventWindow(using: &random)
            return .events(selection, window, measure(of: selection, using: &random))
        }
    }

    private func sequence(insideExit: Bool, using random: inout SeededGenerator) -> SequencePattern {
        let first = selection(using: &random)
        func step(_ random: inout SeededGenerator) -> SequencePattern.Step {
            var step = SequencePattern.Step(selection: selection(using: &random))
            // Mostly without tests, else runs are rare.
            if random.chance(percent: 60) { step.selection.tests = [] }
            let shared = schema.sharedProperties(of: first.types + step.selection.types).map(\.name)
            if random.chance(percent: 45) { step.same = random.subset(of: shared, least: 0, most: 2) }
            if random.chance(percent: 40) { step.within = length(using: &random) }
            return step
        }
        var pattern = SequencePattern(
            steps: [SequencePattern.Step(selection: first)], absence: nil, window: .ever,
            startsLast: random.chance(percent: 25))
        if random.chance(percent: 60) { pattern.steps[0].selection.tests = [] }
        if random.chance(percent: 40) { pattern.absence = step(&random) }
        for _ in 0..<random.number((pattern.absence == nil ? 1 : 0)...3) {
            var next = step(&random)
            if random.chance(percent: 20) { next.ofFirstWithin = length(using: &random) }
            pattern.steps.append(next)
        }
        switch random.number(1...10) {
        case 1...5: pattern.window = .elapsed(from: length(using: &random), to: 0)
        case 6...7: pattern.window = .recent(span(using: &random), random.pick(zones))
        default: pattern.window = insideExit && random.chance(percent: 60) ? .sinceTrigger : .ever
        }
        return pattern
    }

    private func selection(using random: inout SeededGenerator) -> EventSelection {
        let types = random.subset(of: schema.events.map(\.name), least: 1, most: random.chance(percent: 70) ? 2 : 4)
        let shared = schema.sharedProperties(of: types)
        var tests: [PropertyTest] = []
        while let property = shared.randomElement(using: &random), random.chance(percent: 40) {
            let test = PropertyTest(property: property.name, test: values.test(of: property.type, using: &random))
            if !tests.contains(test) { tests.append(test) }
        }
        return EventSelection(types: types, tests: tests.sorted { $0.property < $1.property })
    }

    private func eventWindow(using random: inout SeededGenerator) -> EventWindow {
        switch random.number(1...10) {
        case 1...2: return .ever
        case 3...6:
            let (from, to) = elapsed(using: &random)
            return .elapsed(from: from, to: to)
        case 7...8: return .past(span(using: &random), random.pick(zones))
        default: return .recent(span(using: &random), random.pick(zones))
        }
    }

    private func attributeWindow(using random: inout SeededGenerator) -> AttributeWindow {
        switch random.number(1...5) {
        case 1:
            let (from, to) = elapsed(using: &random)
            return .elapsed(from: from, to: to, random.pick(zones))
        case 2: return .past(span(using: &random), random.pick(zones))
        case 3: return .recent(span(using: &random), random.pick(zones))
        case 4: return .nextElapsed(length(using: &random), random.pick(zones))
        default: return .nextDays(span(using: &random), random.pick(zones))
        }
    }

    private func elapsed(using random: inout SeededGenerator) -> (from: Int64, to: Int64) {
        let from = length(using: &random)
        let to = random.chance(percent: 65) ? 0 : length(using: &random)
        return from == to ? (from, 0) : (max(from, to), min(from, to))
    }

    private func length(using random: inout SeededGenerator) -> Int64 {
        let day: Int64 = 86_400_000
        switch random.number(1...50) {
        case 1: return random.pick([36_525 * day, Int64.max, Int64.max / 2, Int64.max - 1_300_000_000_000])
        case 2...5: return random.number(1...5)
        case 6...12: return 3_600_000 * random.number(1...48)
        default: return day * random.pick([1, 2, 3, 7, 14, 30, 60, 90, 180, 365])
        }
    }

    /// Not so long that an oracle would have to look at every midnight of a century.
    private func movementLength(using random: inout SeededGenerator) -> Int64 {
        switch random.number(1...10) {
        case 1...2: random.number(1...5)
        case 3...5: 3_600_000 * random.number(1...48)
        default: 86_400_000 * random.pick([1, 2, 3, 7, 14, 30])
        }
    }

    private func span(using random: inout SeededGenerator) -> CalendarSpan { random.pick(Self.spans) }

    private static let spans = [
        "1 day", "1 day", "2 days", "3 days", "7 days", "14 days", "30 days", "31 days", "90 days", "1 week", "2 weeks",
        "6 weeks", "1 month", "1 month", "1 month", "2 months", "3 months", "11 months", "13 months", "1 year",
        "1 year", "2 years", "4 years", "100 years",
    ].compactMap { CalendarSpan(parsing: $0) }

    private func measure(of selection: EventSelection, using random: inout SeededGenerator) -> Measure {
        let properties = schema.sharedProperties(of: selection.types)
        guard let any = properties.randomElement(using: &random), random.chance(percent: 55) else {
            return .countAtLeast(random.pick([1, 1, 1, 2, 2, 3, 4, 5, 10, 30]))
        }
        let summed = properties.filter { $0.type.isArithmetic }.randomElement(using: &random)
        let ordered = properties.filter { $0.type.storage == .number }.randomElement(using: &random)
        let aggregate = random.pick(Aggregate.allCases)
        let property: PropertySchema? =
            switch aggregate {
            case .sum, .average: summed
            case .minimum, .maximum: ordered
            case .distinct: any
            }
        guard let property else {
            return .aggregate(
                .distinct, property: any.name, values.test(of: .distinct, any.type, using: &random))
        }
        return .aggregate(aggregate, property: property.name, values.test(of: aggregate, property.type, using: &random))
    }
}
