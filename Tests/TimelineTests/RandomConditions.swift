import CampaignPlan
import CivilTime
import TestSupport

/// A random condition graph as a compiler would lower it: children first, equal conditions one node.
struct RandomConditions {
    private(set) var conditions: [Condition] = []
    private var indices: [Condition: ConditionIndex] = [:]
    /// Those below which a window starts at a trigger.
    private var triggered: Set<ConditionIndex> = []
    let schema: DataSchema
    private let zones: [ZoneReference]
    var values: RandomValues

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
            if hasUnknownEdges(child) { return child }
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

    mutating func intern(_ condition: Condition) -> ConditionIndex {
        if let index = indices[condition] { return index }
        conditions.append(condition)
        indices[condition] = conditions.count - 1
        if condition.beginsAtTrigger || condition.children.contains(where: triggered.contains) {
            triggered.insert(conditions.count - 1)
        }
        return conditions.count - 1
    }

    mutating func leaf(insideExit: Bool, using random: inout SeededGenerator) -> Condition {
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
        case 19...29: return .sequence(sequence(insideExit: insideExit, using: &random))
        case 30...38:
            let name = random.pick(["birthday", "last_seen_at", "renewal", RandomCatalog.since])
            return .attributeTime(name, attributeWindow(using: &random))
        case 39...62:
            return .behaviour(behaviour(insideExit: insideExit, using: &random))
        default:
            let selection = selection(using: &random)
            let window = window(insideExit: insideExit, using: &random)
            return .events(selection, window, measure(of: selection, using: &random))
        }
    }

    private func window(insideExit: Bool, using random: inout SeededGenerator) -> EventWindow {
        insideExit && random.chance(percent: 60) ? .sinceTrigger : eventWindow(using: &random)
    }

    private func behaviour(insideExit: Bool, using random: inout SeededGenerator) -> Behaviour {
        let selection = selection(using: &random)
        switch random.number(1...5) {
        case 1:
            let isNear = random.chance(percent: 60)
            let after = AfterAttribute(
                attribute: random.pick(["birthday", "last_seen_at", RandomCatalog.since]),
                within: random.chance(percent: 10) ? 0 : length(using: &random), zone: random.pick(zones))
            let number = EventNumber(
                number: random.pick(isNear ? [2, 2, 2, 3] : [1, 1, 2, 3, 4]),
                ofFirstWithin: isNear ? length(using: &random) : nil,
                after: random.chance(percent: isNear ? 20 : 70) ? after : nil)
            let window: EventWindow =
                random.chance(percent: 50) && !insideExit
                ? .ever : window(insideExit: insideExit, using: &random)
            return .numbered(selection, window, number)
        case 2:
            return .compared(
                eventMeasure(insideExit: insideExit, using: &random), random.pick(MeasureOrder.allCases),
                times: random.pick([0, 500_000, 1_000_000, 1_000_000, 2_000_000, -500_000, 333_333, 1_500_000]),
                eventMeasure(insideExit: insideExit, using: &random))
        case 3:
            let test: AggregateTest =
                random.chance(percent: 10)
                ? .missing(random.chance(percent: 50))
                : .number(
                    values.numberTest(using: &random) {
                        $0.pick([0, 250_000, 333_333, 333_334, 500_000, 666_666, 750_000, 1_000_000])
                    }, extraScale: 6)
            return .share(
                selection, window(insideExit: insideExit, using: &random), ofAtLeast: random.pick([1, 1, 2, 3, 5]),
                test)
        case 4:
            let cycle = cycle(using: &random)
            let days: Int64
            switch cycle.unit {
            case .elapsed: days = 86_400_000
            case .localDays: days = 1
            }
            let scale = days == 1 ? random.pick([0, 1]) : 0
            let test = values.numberTest(using: &random) { random in
                let whole = random.pick([0, 1, 2, 3, 7, 14, 30, 60, 90]) * days * (scale == 1 ? 10 : 1)
                return whole + random.pick([0, 0, 5, 10, -1])
            }
            return .purchaseInterval(
                selection, cycle,
                random.chance(percent: 10) ? .missing(random.chance(percent: 50)) : .number(test, extraScale: scale))
        default:
            return .overdue(
                selection, cycle(using: &random),
                by: random.pick([1_000_000, 1_000_000, 2_000_000, 1_500_000, 500_000, 1, 3_000_000]))
        }
    }

    private func cycle(using random: inout SeededGenerator) -> EventCycle {
        EventCycle(
            unit: random.chance(percent: 65) ? .localDays(random.pick(zones)) : .elapsed,
            occurrences: random.pick([2, 2, 2, 3, 4]))
    }

    private func eventMeasure(insideExit: Bool, using random: inout SeededGenerator) -> EventMeasure {
        let selection = selection(using: &random)
        let window = window(insideExit: insideExit, using: &random)
        switch measure(of: selection, using: &random) {
        case .aggregate(.minimum, let property, _), .aggregate(.maximum, let property, _),
            .aggregate(.sum, let property, _), .aggregate(.average, let property, _):
            // Minima of dates are not for comparing with other measures.
            let types = selection.types.compactMap { schema.event($0)?.property(property)?.type }
            guard types.allSatisfy(\.isArithmetic) else { return EventMeasure(selection, window, .count) }
            let aggregate = random.pick([Aggregate.sum, .sum, .average, .minimum, .maximum])
            return EventMeasure(selection, window, .aggregate(aggregate, property: property))
        case .aggregate(.distinct, let property, _), .edge(_, let property, _):
            return EventMeasure(selection, window, .aggregate(.distinct, property: property))
        case .distinctLocal(let part, let zone, _):
            return EventMeasure(selection, window, .distinctLocal(part, zone))
        case .countAtLeast: return EventMeasure(selection, window, .count)
        }
    }

    private func sequence(insideExit: Bool, using random: inout SeededGenerator) -> SequencePattern {
        let isOfOrders = random.chance(percent: 30)
        // Mostly without tests, else runs are rare.
        func part(_ random: inout SeededGenerator) -> EventSelection {
            if isOfOrders, random.chance(percent: 60) { return changing(using: &random) }
            var selection = selection(using: &random)
            if random.chance(percent: 60) { selection.tests = [] }
            return selection
        }
        let first = part(&random)
        func step(_ random: inout SeededGenerator) -> SequencePattern.Step {
            var step = SequencePattern.Step(selection: part(&random))
            let shared = schema.sharedProperties(of: first.types + step.selection.types).map(\.name)
            if random.chance(percent: 45) { step.same = random.subset(of: shared, least: 0, most: 2) }
            if random.chance(percent: 40) { step.within = length(using: &random) }
            return step
        }
        var pattern = SequencePattern(
            steps: [SequencePattern.Step(selection: first)], absence: nil, window: .ever,
            startsLast: random.chance(percent: 25))
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
        let names = schema.events.map(\.name) + schema.derived.map(\.name)
        let types =
            random.chance(percent: 35)
            ? random.subset(of: names, least: 1, most: random.chance(percent: 80) ? 1 : 2)
            : random.subset(of: schema.events.map(\.name), least: 1, most: random.chance(percent: 70) ? 2 : 4)
        let shared = schema.sharedProperties(of: types)
        var tests: [PropertyTest] = []
        while let property = shared.randomElement(using: &random), random.chance(percent: 40) {
            let test = PropertyTest(property: property.name, test: values.test(of: property.type, using: &random))
            if !tests.contains(test) { tests.append(test) }
        }
        if random.chance(percent: 15) { tests.append(localTest(using: &random)) }
        return EventSelection(types: types, tests: tests.sorted { $0.sortKey < $1.sortKey })
    }

    /// Derived events while they have so many lines.
    private func changing(using random: inout SeededGenerator) -> EventSelection {
        let derived = random.pick(schema.derived)
        let count = random.number(1...3)
        let test = NumberTest.within(
            min: Int64(count), max: random.chance(percent: 50) ? Int64(count + random.number(0...1)) : nil)
        return EventSelection(
            types: [derived.name], tests: [PropertyTest(property: derived.count, test: .number(test))])
    }

    private func localTest(using random: inout SeededGenerator) -> PropertyTest {
        let part = random.pick(LocalPart.allCases)
        let test = values.numberTest(using: &random) { random in
            switch part {
            case .date: random.number(RandomMoments.usual) / 86_400_000
            case .weekday: random.number(1...7)
            case .hour: random.number(0...23)
            }
        }
        return PropertyTest(part, in: random.pick(zones), test: .number(test))
    }

    func eventWindow(using random: inout SeededGenerator) -> EventWindow {
        switch random.number(1...11) {
        case 11:
            let first = CivilDate(daysSinceEpoch: Int32(random.number(RandomMoments.usual) / 86_400_000))
            return .between(first, first.adding(days: random.pick([0, 1, 30, 365, 1500])), random.pick(zones))
        case 1...2: return .ever
        case 3...6:
            let (from, to) = elapsed(using: &random)
            return .elapsed(from: from, to: to)
        case 7...8: return .past(span(using: &random), random.pick(zones))
        default: return .recent(span(using: &random), random.pick(zones))
        }
    }

    func attributeWindow(using random: inout SeededGenerator) -> AttributeWindow {
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

    /// Whether it changes at instants that the oracle cannot list: cycles in milliseconds.
    private func hasUnknownEdges(_ condition: ConditionIndex) -> Bool {
        if case .behaviour(.overdue(_, let cycle, _)) = conditions[condition], cycle.unit == .elapsed { return true }
        return conditions[condition].children.contains(where: hasUnknownEdges)
    }

    /// Not so long that an oracle would have to look at every midnight of a century.
    func movementLength(using random: inout SeededGenerator) -> Int64 {
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

    func measure(of selection: EventSelection, using random: inout SeededGenerator) -> Measure {
        let properties = schema.sharedProperties(of: selection.types)
        guard let any = properties.randomElement(using: &random), random.chance(percent: 55) else {
            return .countAtLeast(random.pick([1, 1, 1, 2, 2, 3, 4, 5, 10, 30]))
        }
        if random.chance(percent: 12) {
            let part = random.pick(LocalPart.allCases)
            return .distinctLocal(part, random.pick(zones), values.test(of: .distinct, part.type, using: &random))
        }
        if random.chance(percent: 25) {
            return .edge(
                random.pick(ValueEdge.allCases), property: any.name, values.test(of: any.type, using: &random))
        }
        let summed = properties.filter { $0.type.isArithmetic }.randomElement(using: &random)
        let ordered = properties.filter { $0.type.storage == .number }.randomElement(using: &random)
        let aggregate =
            values.areHuge && random.chance(percent: 50) ? Aggregate.sum : random.pick(Aggregate.allCases)
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
