import CampaignPlan

/// Conditions → nodes, atoms and streams.
struct ConditionBinder<Words: Vocabulary> {
    var bound: BoundPlan
    var zones: ZoneBinder
    private let vocabulary: Words
    private var streams: [StreamKey: Int] = [:]
    private var tables: [TableKey: BoundTest] = [:]
    var populations: [Population: Int] = [:]
    /// By node: roughly how much work it is.
    private var costs: [Int] = []
    /// By node: how far back what is below it is asked for, in milliseconds.
    private var lookbacks: [Int64] = []

    private struct StreamKey: Hashable {
        var selection: EventSelection
        var value: StreamValue
        var isTrigger: Bool
    }

    private struct TableKey: Hashable {
        var name: String
        var isAttribute: Bool
        var test: TextTest
    }

    init(bound: BoundPlan, vocabulary: Words, zones: ZoneBinder) {
        self.bound = bound
        self.vocabulary = vocabulary
        self.zones = zones
    }

    mutating func bind(_ condition: Condition) {
        var cost = 0
        var dependsOnTrigger = false
        var lookback: Int64 = 0
        let node: BoundNode
        switch condition {
        case .constant(let holds): node = .constant(holds)
        case .not(let child):
            node = .not(child)
            cost = costs[child]
            dependsOnTrigger = bound.dependsOnTrigger[child]
        case .all(let children):
            node = .all(bind(children, &cost, &dependsOnTrigger))
        case .any(let children):
            node = .any(bind(children, &cost, &dependsOnTrigger))
        case .attribute(let name, let test):
            node = bindAttribute(name, test)
            cost = Cost.attribute
        case .attributeTime(let name, let window):
            node = bindAttributeTime(name, window)
            cost = Cost.attribute
        case .events(let selection, let window, let measure):
            node = bind(selection, window, measure)
            dependsOnTrigger = condition.beginsAtTrigger
            if case .countAtLeast = measure { cost = Cost.count } else { cost = Cost.aggregate }
        case .behaviour(let behaviour):
            node = bind(bind(behaviour))
            dependsOnTrigger = condition.beginsAtTrigger
            cost = Cost.intervals
        case .sequence(let pattern):
            node = bind(.sequence(add(pattern)))
            dependsOnTrigger = pattern.window == .sinceTrigger
            cost = Cost.sequence
        case .anniversary(let anniversary):
            node = bind(.anniversary(bindAnniversary(anniversary)))
            cost = Cost.aggregate
        case .population(let population, let test):
            node = bindPopulation(population, test)
            cost = Cost.population
        case .movement(let child, let movement, let within):
            node = bind(.movement(child, movement, within: within))
            cost = costs[child]
            lookback = within
        }
        lookback = saturatingSum(lookback, condition.children.map { lookbacks[$0] }.max() ?? 0)
        lookbacks.append(lookback)
        bound.lookback = max(bound.lookback, lookback)
        bound.nodes.append(node)
        bound.dependsOnTrigger.append(dependsOnTrigger)
        bound.needsIntervals.append(
            needsIntervals(node) || condition.children.contains { bound.needsIntervals[$0] })
        costs.append(cost)
    }

    private func needsIntervals(_ node: BoundNode) -> Bool {
        switch node {
        case .constant, .not, .all, .any, .attribute, .attributeTime: false
        case .events(let atom), .eventsSinceTrigger(let atom): !bound.streams[bound.atoms[atom].stream].items.isEmpty
        case .intervals: true
        }
    }

    mutating func bindAnniversary(_ anniversary: Anniversary) -> BoundAnniversary {
        let origin: BoundAnniversary.Origin
        switch anniversary.origin {
        case .attribute(let name):
            let isDate = bound.plan.schema.attribute(name)?.type == .date
            if let (history, _) = bindHistory(name) {
                origin = .history(history, isDate: isDate)
            } else {
                origin = bound.layout.slot(ofAttribute: name).map { .attribute(slot: $0, isDate: isDate) } ?? .nothing
            }
        case .first(let selection): origin = .first(stream: stream(of: selection))
        }
        return BoundAnniversary(
            origin: origin, next: anniversary.next,
            returns: anniversary.year.map { $0...$0 } ?? 1...Anniversary.returnsMax, zone: zones.bind(anniversary.zone))
    }

    mutating func bind(_ node: IntervalNode) -> BoundNode {
        bound.intervalNodes.append(node)
        return .intervals(bound.intervalNodes.count - 1)
    }

    /// The stream of a selection; equal ones are one. `isTrigger`: what a derived event is worth counts as it is at its
    /// time.
    mutating func stream(
        of selection: EventSelection, value: StreamValue = .none, isTrigger: Bool = false
    ) -> Int {
        let key = StreamKey(selection: selection, value: value, isTrigger: isTrigger)
        if let known = streams[key] { return known }
        var stream = BoundStream(sources: 0..<0, hasValues: value != .none)
        if needsItems(selection, value) {
            stream.items = bindItems(selection, value, isTrigger: isTrigger)
            stream.isPieced = !isTrigger && selection.types.contains { changes($0, selection.tests, value) }
        } else {
            let sources = selection.types.compactMap { bindSource($0, selection.tests, value.property) }
            stream.sources = bound.sources.count..<(bound.sources.count + sources.count)
            bound.sources += sources
        }
        bound.streams.append(stream)
        streams[key] = bound.streams.count - 1
        return bound.streams.count - 1
    }

    // Cheap children first: an attribute that says no saves reading events.
    private mutating func bind(
        _ children: [ConditionIndex], _ cost: inout Int, _ dependsOnTrigger: inout Bool
    ) -> Range<Int> {
        let start = bound.children.count
        bound.children += children.sorted { (costs[$0], $0) < (costs[$1], $1) }
        for child in children {
            cost += costs[child]
            if bound.dependsOnTrigger[child] { dependsOnTrigger = true }
        }
        return start..<bound.children.count
    }

    private mutating func bindAttribute(_ name: String, _ test: ValueTest) -> BoundNode {
        guard let slot = bound.layout.slot(ofAttribute: name) else { return .constant(false) }
        if let (history, property) = bindHistory(name) {
            return bind(
                .history(
                    BoundHistoryTest(
                        history: history, ofTable: bind(test, name: name, isAttribute: true),
                        ofEvents: bind(test, name: property, isAttribute: false))))
        }
        return .attribute(slot: slot, bind(test, name: name, isAttribute: true))
    }

    private mutating func bindAttributeTime(_ name: String, _ window: AttributeWindow) -> BoundNode {
        guard let slot = bound.layout.slot(ofAttribute: name) else { return .constant(false) }
        let bound: BoundAttributeWindow
        let zone: ZoneReference
        switch window {
        case .elapsed(let from, let to, let reference): (bound, zone) = (.elapsed(from: from, to: to), reference)
        case .past(let span, let reference): (bound, zone) = (.past(span), reference)
        case .recent(let span, let reference): (bound, zone) = (.recent(span), reference)
        case .nextElapsed(let length, let reference): (bound, zone) = (.nextElapsed(length), reference)
        case .nextDays(let span, let reference): (bound, zone) = (.nextDays(span), reference)
        }
        let isDate = self.bound.plan.schema.attribute(name)?.type == .date
        self.bound.attributeAtoms.append(
            AttributeAtom(slot: slot, isDate: isDate, window: bound, zone: zones.bind(zone)))
        let atom = self.bound.attributeAtoms.count - 1
        if let (history, _) = bindHistory(name) { return bind(.historyTime(atom, history)) }
        return .attributeTime(atom)
    }

    mutating func bind(_ window: EventWindow) -> BoundWindow {
        switch window {
        case .ever, .sinceTrigger: .ever
        case .elapsed(let from, let to): .elapsed(from: from, to: to)
        case .past(let span, let zone): .past(span, zones.bind(zone))
        case .recent(let span, let zone): .recent(span, zones.bind(zone))
        case .between(let from, let to, let zone): .between(from, to, zones.bind(zone))
        }
    }

    private mutating func bind(_ selection: EventSelection, _ window: EventWindow, _ measure: Measure) -> BoundNode {
        switch measure {
        case .countAtLeast(let count):
            let stream = stream(of: selection)
            guard !bound.streams[stream].isPieced else {
                let test = BoundAggregateTest(test: .within(min: Int64(clamping: count), max: nil), power: 1)
                return bind(BoundTerm(stream: stream, window: bind(window), .count), window, test)
            }
            return bind(
                EventAtom(stream: stream, window: bind(window), measure: .countAtLeast(count), holdsOverNothing: false),
                window)
        case .aggregate(let aggregate, let property, let test):
            return bind(selection, window, aggregate, .property(property), bind(test))
        case .distinctLocal(let part, let zone, let test):
            return bind(selection, window, .distinct, .local(part, zone), bind(test))
        case .edge(let edge, let property, let test):
            let stream = stream(of: selection, value: .property(property))
            let aggregate: BoundTerm.Aggregate = edge == .first ? .first : .latest
            let test = BoundAggregateTest(test: bind(test, name: property, isAttribute: false), power: 1)
            return bind(BoundTerm(stream: stream, window: bind(window), aggregate), window, test)
        }
    }

    private mutating func bind(
        _ selection: EventSelection, _ window: EventWindow, _ aggregate: Aggregate, _ value: StreamValue,
        _ test: BoundAggregateTest
    ) -> BoundNode {
        let stream = stream(of: selection, value: value)
        guard !bound.streams[stream].isPieced else {
            return bind(BoundTerm(stream: stream, window: bind(window), .init(aggregate)), window, test)
        }
        let nothing: ExactFraction =
            switch aggregate {
            case .sum, .distinct: ExactFraction(0)
            case .average, .minimum, .maximum: .missing
            }
        return bind(
            EventAtom(
                stream: stream, window: bind(window), measure: .aggregate(aggregate, test),
                holdsOverNothing: bound.tests.holds(test, nothing)), window)
    }

    private mutating func bind(_ atom: EventAtom, _ window: EventWindow) -> BoundNode {
        bound.atoms.append(atom)
        let index = bound.atoms.count - 1
        return window == .sinceTrigger ? .eventsSinceTrigger(index) : .events(index)
    }

    private mutating func bind(_ term: BoundTerm, _ window: EventWindow, _ test: BoundAggregateTest) -> BoundNode {
        var term = term
        term.sinceTrigger = window == .sinceTrigger
        bound.intervalNodes.append(.term(term, test))
        return .intervals(bound.intervalNodes.count - 1)
    }

    mutating func bindSource(_ type: String, _ tests: [PropertyTest], _ property: String?) -> BoundSource? {
        guard let slot = bound.layout.slot(ofEvent: type) else { return nil }
        let properties = bound.layout.events[slot].properties
        let start = bound.propertyTests.count
        for test in tests {
            guard let index = properties.firstIndex(of: test.property) else { return nil }
            let boundTest = bind(test.test, name: test.property, isAttribute: false)
            bound.propertyTests.append(BoundPropertyTest(property: index, test: boundTest))
        }
        return BoundSource(
            slot: slot, tests: start..<bound.propertyTests.count,
            valueProperty: property.flatMap { properties.firstIndex(of: $0) } ?? -1)
    }

    mutating func bind(_ test: ValueTest, name: String, isAttribute: Bool) -> BoundTest {
        switch test {
        case .missing(let missing): return missing ? .missing : .present
        case .number(let test): return bind(test)
        case .text(let test):
            let key = TableKey(name: name, isAttribute: isAttribute, test: test)
            if let known = tables[key] { return known }
            let matcher = TextMatcher(test)
            let codes =
                isAttribute
                ? vocabulary.codes(ofAttribute: name, where: matcher.matches)
                : vocabulary.codes(ofProperty: name, where: matcher.matches)
            let start = bound.tests.codes.count
            bound.tests.codes += codes
            let table = BoundTest.codes(start..<bound.tests.codes.count)
            tables[key] = table
            return table
        }
    }

    mutating func bind(_ test: NumberTest) -> BoundTest {
        switch test {
        case .within(let min, let max): .within(min: min, max: max)
        case .outside(let min, let max): .outside(min: min, max: max)
        case .isIn(let values): .isIn(list(values))
        case .isNotIn(let values): .isNotIn(list(values))
        }
    }

    mutating func bind(_ test: AggregateTest) -> BoundAggregateTest {
        switch test {
        case .missing(let missing): return BoundAggregateTest(test: missing ? .missing : .present, power: 1)
        case .number(let test, let extraScale):
            // 10³⁸ is the largest power of ten in 128 bits; literals of 64 bits cannot have that many decimals.
            var power: Int128 = 1
            for _ in 0..<min(max(extraScale, 0), 38) { power *= 10 }
            return BoundAggregateTest(test: bind(test), power: power)
        }
    }

    private mutating func list(_ values: [Int64]) -> Range<Int> {
        let start = bound.tests.numbers.count
        bound.tests.numbers += values.sorted()
        return start..<bound.tests.numbers.count
    }
}

/// Roughly how much work a condition is, counting looking at an attribute as 1.
private enum Cost {
    static let attribute = 1
    static let count = 10
    static let aggregate = 30
    static let intervals = 60
    static let sequence = 100
    static let population = 200
}
