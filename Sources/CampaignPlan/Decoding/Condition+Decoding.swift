/// Reads the conditions of a plan, one after the other, against the catalog: which names there are and how their values
/// are compared.
struct ConditionDecoder {
    let schema: DataSchema
    private(set) var conditions: [Condition] = []
    /// By condition: whether it looks at the trigger, which only exits have.
    private var looksAtTrigger: [Bool] = []

    init(_ schema: DataSchema) {
        self.schema = schema
    }

    mutating func add(_ node: JSONNode) throws(JSONProblem) {
        let condition = try read(node)
        var looks = condition.children.contains { looksAtTrigger[$0] }
        if condition.beginsAtTrigger { looks = true }
        conditions.append(condition)
        looksAtTrigger.append(looks)
    }

    /// A condition of those read so far.
    func index(_ node: JSONNode, insideExit: Bool = false) throws(JSONProblem) -> ConditionIndex {
        guard !conditions.isEmpty else { throw node.problem("there is no condition yet") }
        let index = try node.integer(in: 0...conditions.count - 1)
        guard insideExit || !looksAtTrigger[index] else { throw node.problem("only an exit can look at the trigger") }
        return index
    }

    private func read(_ node: JSONNode) throws(JSONProblem) -> Condition {
        try node.members { members throws(JSONProblem) in
            if let flag = members.optional("constant") { return .constant(try flag.bool()) }
            if let child = members.optional("not") { return .not(try index(child, insideExit: true)) }
            if let children = members.optional("all") { return .all(try indices(children)) }
            if let children = members.optional("any") { return .any(try indices(children)) }
            if let name = members.optional("attribute") {
                let attribute = try attribute(name)
                if let window = members.optional("window") {
                    guard attribute.type == .instant || attribute.type == .date else {
                        throw name.problem("`\(attribute.name)` is neither an instant nor a date")
                    }
                    return .attributeTime(attribute.name, try AttributeWindow(window))
                }
                let test = try members.required("test")
                return .attribute(attribute.name, try ValueTest(test, attribute.type.storage))
            }
            if let property = members.optional("same") { return .behaviour(.matching(try match(property, &members))) }
            if let selection = members.optional("events") {
                let events = try self.selection(selection)
                let window = try EventWindow(members.required("window"))
                if let number = members.optional("number") {
                    return .behaviour(.numbered(events, window, try eventNumber(number, &members)))
                }
                return .events(events, window, try measure(members.required("measure"), events))
            }
            if let behaviour = try behaviour(&members) { return .behaviour(behaviour) }
            if let steps = members.optional("sequence") { return .sequence(try sequence(steps, &members)) }
            if let origin = members.optional("anniversary") { return .anniversary(try anniversary(origin, &members)) }
            if let statistics = members.optional("population") {
                let population = Population(
                    statistics: try self.statistics(statistics),
                    refresh: try PopulationRefresh(members.required("refresh")))
                let test = try members.required("test")
                return .population(population, try PopulationTest(test, statistics: population.statistics.count))
            }
            for movement in Movement.allCases {
                guard let child = members.optional(movement.rawValue) else { continue }
                let condition = try index(child)
                return .movement(condition, movement, within: try members.required("within_ms").duration(from: 1))
            }
            throw members.problem("no condition of this version")
        }
    }

    private func indices(_ node: JSONNode) throws(JSONProblem) -> [ConditionIndex] {
        let children = try node.list { node throws(JSONProblem) in try index(node, insideExit: true) }
        guard children.count >= 2, zip(children, children.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw node.problem("at least two conditions are needed here, ascending")
        }
        return children
    }

    func attribute(_ node: JSONNode) throws(JSONProblem) -> AttributeSchema {
        let name = try node.string()
        guard let attribute = schema.attribute(name) else {
            throw node.problem("the catalog has no attribute `\(name)`")
        }
        return attribute
    }

    func selection(_ node: JSONNode) throws(JSONProblem) -> EventSelection {
        try node.members { members throws(JSONProblem) in
            let types = try members.required("types")
            let selection = EventSelection(types: try types.ascendingStrings(), tests: [])
            guard !selection.types.isEmpty else { throw types.problem("at least one event type is needed here") }
            for type in selection.types where schema.event(type) == nil {
                throw types.problem("the catalog has no event `\(type)`")
            }
            guard let list = members.optional("where") else { return selection }
            let tests = try list.list { node throws(JSONProblem) in try propertyTest(node, selection) }
            guard !tests.isEmpty, zip(tests, tests.dropFirst()).allSatisfy({ $0.sortKey < $1.sortKey }) else {
                throw list.problem("at least one test is needed here, in the order of the properties")
            }
            return EventSelection(types: selection.types, tests: tests)
        }
    }

    func sequence(_ node: JSONNode, _ members: inout JSONMembers) throws(JSONProblem) -> SequencePattern {
        var steps: [SequencePattern.Step] = []
        for step in try node.elements() { steps.append(try self.step(step, first: steps.first)) }
        guard let first = steps.first, first.within == nil, first.ofFirstWithin == nil, first.same.isEmpty else {
            throw node.problem("the first step has only events")
        }
        var absence: SequencePattern.Step?
        if let absent = members.optional("absent") {
            absence = try step(absent, first: first)
            guard absence?.ofFirstWithin == nil else { throw absent.problem("an absence lasts from the step before") }
        }
        guard steps.count + (absence == nil ? 0 : 1) >= 2 else { throw node.problem("one step is no sequence") }
        let written = try members.required("window")
        let window = try EventWindow(written)
        guard SequencePattern.canStart(in: window) else { throw written.problem("the window of a sequence ends now") }
        var startsLast = false
        if let start = members.optional("start") {
            guard try start.string() == "last" else { throw start.problem("`last` is needed here") }
            startsLast = true
        }
        return SequencePattern(steps: steps, absence: absence, window: window, startsLast: startsLast)
    }

    private func step(_ node: JSONNode, first: SequencePattern.Step?) throws(JSONProblem) -> SequencePattern.Step {
        try node.members { members throws(JSONProblem) in
            let selection = try self.selection(members.required("events"))
            var same: [String] = []
            if let list = members.optional("same") {
                same = try list.ascendingStrings()
                let types = selection.types + (first?.selection.types ?? [])
                let shared = EventSelection(types: types, tests: [])
                for name in try list.elements() { _ = try propertyType(name, shared) }
                guard !same.isEmpty else { throw list.problem("at least one property is needed here") }
            }
            return SequencePattern.Step(
                selection: selection, same: same, within: try members.optional("within_ms")?.duration(from: 1),
                ofFirstWithin: try members.optional("of_first_within_ms")?.duration(from: 1))
        }
    }

    func anniversary(_ node: JSONNode, _ members: inout JSONMembers) throws(JSONProblem) -> Anniversary {
        let origin = try node.members { members throws(JSONProblem) -> Anniversary.Origin in
            if let selection = members.optional("first") { return .first(try self.selection(selection)) }
            let name = try members.required("attribute")
            let attribute = try attribute(name)
            guard attribute.type == .instant || attribute.type == .date else {
                throw name.problem("`\(attribute.name)` is neither an instant nor a date")
            }
            return .attribute(attribute.name)
        }
        return Anniversary(
            origin: origin, next: try members.required("next").calendarSpan(),
            year: try members.optional("year")?.integer(in: 1...Anniversary.returnsMax),
            zone: try members.required("zone").zoneReference())
    }

    private func statistics(_ node: JSONNode) throws(JSONProblem) -> [Population.Statistic] {
        let statistics = try node.list { node throws(JSONProblem) in
            try node.members { members throws(JSONProblem) in
                let selection = try self.selection(members.required("events"))
                let written = try members.required("window")
                let window = try EventWindow(written)
                guard window != .sinceTrigger else { throw written.problem("a population has no trigger") }
                return Population.Statistic(
                    selection: selection, window: window,
                    measure: try populationMeasure(members.required("measure"), selection))
            }
        }
        guard statistics.count == 1 || statistics.count == 3 else {
            throw node.problem("one statistic is needed here, or three")
        }
        return statistics
    }

    private func populationMeasure(
        _ node: JSONNode, _ selection: EventSelection
    ) throws(JSONProblem) -> PopulationMeasure {
        switch node.value {
        case .string("count"): return .count
        case .string("latest"): return .latest
        case .string, .object, .array, .integer, .bool:
            return try node.members { members throws(JSONProblem) in
                switch try measured(selection, &members) {
                case .count: throw members.problem("no measure of this version")
                case .aggregate(let aggregate, let property): return .aggregate(aggregate, property: property)
                case .distinctLocal(let part, let zone): return .distinctLocal(part, zone)
                }
            }
        }
    }

    private func propertyTest(_ node: JSONNode, _ selection: EventSelection) throws(JSONProblem) -> PropertyTest {
        try node.members { members throws(JSONProblem) in
            let name = try members.required("property")
            if let zone = members.optional("zone") {
                let part = try name.choice(LocalPart.self)
                let test = try ValueTest(members.required("test"), .number)
                return PropertyTest(part, in: try zone.zoneReference(), test: test)
            }
            let type = try propertyType(name, selection)
            let test = try members.required("test")
            return PropertyTest(property: try name.string(), test: try ValueTest(test, type.storage))
        }
    }

    /// The type that a property has in all events of a selection.
    func propertyType(_ node: JSONNode, _ selection: EventSelection) throws(JSONProblem) -> ValueType {
        let name = try node.string()
        let types = selection.types.map { schema.event($0)?.property(name)?.type }
        guard case .some(.some(let type)) = types.first, types.allSatisfy({ $0 == type }) else {
            throw node.problem("the events do not all have the property `\(name)`, of one type")
        }
        return type
    }

    private func measure(_ node: JSONNode, _ selection: EventSelection) throws(JSONProblem) -> Measure {
        try node.members { members throws(JSONProblem) in
            if let count = members.optional("count_at_least") {
                return .countAtLeast(try count.integer(in: 1...Int.max))
            }
            if let edge = ValueEdge.allCases.first(where: { members.has($0.rawValue) }) {
                let name = try members.required(edge.rawValue)
                let test = try ValueTest(members.required("test"), propertyType(name, selection).storage)
                return .edge(edge, property: try name.string(), test)
            }
            switch try measured(selection, &members) {
            case .count: throw members.problem("no measure of this version")
            case .aggregate(let aggregate, let property):
                return .aggregate(aggregate, property: property, try members.aggregateTest())
            case .distinctLocal(let part, let zone): return .distinctLocal(part, zone, try members.aggregateTest())
            }
        }
    }

    /// What is measured; a count where nothing says more.
    func measured(
        _ selection: EventSelection, _ members: inout JSONMembers
    ) throws(JSONProblem) -> EventMeasure.Value {
        guard let aggregate = Aggregate.allCases.first(where: { members.has($0.rawValue) }) else { return .count }
        let name = try members.required(aggregate.rawValue)
        if aggregate == .distinct, let zone = members.optional("zone") {
            return .distinctLocal(try name.choice(LocalPart.self), try zone.zoneReference())
        }
        let property = try name.string()
        let type = try propertyType(name, selection)
        guard aggregate == .distinct || type.isArithmetic else { throw name.problem("`\(property)` is no number") }
        return .aggregate(aggregate, property: property)
    }
}

extension JSONMembers {
    /// `missing`, or `test` with its scale.
    mutating func aggregateTest() throws(JSONProblem) -> AggregateTest {
        if let flag = optional("missing") { return .missing(try flag.bool()) }
        let test = try NumberTest(required("test"))
        return .number(test, extraScale: try optional("extra_scale")?.integer(in: 1...9) ?? 0)
    }
}

extension PopulationRefresh {
    fileprivate init(_ node: JSONNode) throws(JSONProblem) {
        switch node.value {
        case .string("daily"): self = .daily
        case .string("weekly"): self = .weekly
        case .string("monthly"): self = .monthly
        case .string, .object, .array, .integer, .bool:
            self = try node.members { members throws(JSONProblem) in
                .occurrences(of: try members.required("campaign").string())
            }
        }
    }
}

extension PopulationTest {
    fileprivate init(_ node: JSONNode, statistics: Int) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            if let count = members.optional("groups") {
                let count = try count.integer(in: 2...100)
                let list = try members.required("in")
                let ranges = try list.list { node throws(JSONProblem) in
                    let ends = try node.list { node throws(JSONProblem) in try node.integer(in: 1...count) }
                    guard ends.count == 2, ends[0] <= ends[1] else { throw node.problem("two groups are needed here") }
                    return ends[0]...ends[1]
                }
                guard ranges.count == statistics else {
                    throw list.problem("a range for each statistic is needed here")
                }
                return .groups(of: count, ranges)
            }
            guard statistics == 1 else { throw members.problem("three statistics have groups") }
            if let share = members.optional("top_ppm") {
                return .top(partsPerMillion: try share.integer(in: 1...1_000_000))
            }
            if let share = members.optional("percentile_min_ppm") {
                return .atLeastPercentile(partsPerMillion: try share.integer(in: 0...1_000_000))
            }
            let share = try members.required("percentile_max_ppm")
            return .atMostPercentile(partsPerMillion: try share.integer(in: 0...1_000_000))
        }
    }
}

extension ValueTest {
    /// Large numbers are written as strings, so only the type says what a string is.
    fileprivate init(_ node: JSONNode, _ storage: ValueType.Storage) throws(JSONProblem) {
        if case .object(let members) = node.value, members["missing"] != nil {
            self = try node.members { members throws(JSONProblem) in
                .missing(try members.required("missing").bool())
            }
            return
        }
        switch storage {
        case .text: self = .text(try TextTest(node))
        case .number: self = .number(try NumberTest(node))
        }
    }
}

extension TextTest {
    fileprivate init(_ node: JSONNode) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            if let texts = members.optional("in") { return .isIn(try texts.someStrings()) }
            if let texts = members.optional("not_in") { return .isNotIn(try texts.someStrings()) }
            if let text = members.optional("contains") { return .contains(try text.string()) }
            if let text = members.optional("starts_with") { return .startsWith(try text.string()) }
            if let text = members.optional("ends_with") { return .endsWith(try text.string()) }
            throw members.problem("no test of a text of this version")
        }
    }
}

extension NumberTest {
    init(_ node: JSONNode) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            if let numbers = members.optional("in") { return .isIn(try numbers.someNumbers()) }
            if let numbers = members.optional("not_in") { return .isNotIn(try numbers.someNumbers()) }
            if let bounds = members.optional("outside") {
                return try bounds.members { members throws(JSONProblem) in
                    let (min, max) = try members.bounds()
                    return .outside(min: min, max: max)
                }
            }
            let (min, max) = try members.bounds()
            return .within(min: min, max: max)
        }
    }
}

extension JSONMembers {
    fileprivate mutating func bounds() throws(JSONProblem) -> (min: Int64?, max: Int64?) {
        let min = try optional("min")?.integer()
        let max = try optional("max")?.integer()
        guard min != nil || max != nil else { throw problem("a bound is missing") }
        return (min, max)
    }
}

extension JSONNode {
    fileprivate func someStrings() throws(JSONProblem) -> [String] {
        let texts = try ascendingStrings()
        guard !texts.isEmpty else { throw problem("at least one text is needed here") }
        return texts
    }

    fileprivate func someNumbers() throws(JSONProblem) -> [Int64] {
        let numbers = try list { node throws(JSONProblem) in try node.integer() }
        guard numbers.count >= 2, zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw problem("at least two numbers are needed here, ascending")
        }
        return numbers
    }
}

extension EventWindow {
    init(_ node: JSONNode) throws(JSONProblem) {
        switch node.value {
        case .string("ever"): self = .ever
        case .string("since_trigger"): self = .sinceTrigger
        case .string, .object, .array, .integer, .bool:
            self = try node.members { members throws(JSONProblem) in
                if let span = members.optional("past") {
                    return .past(try span.calendarSpan(), try members.required("zone").zoneReference())
                }
                if let span = members.optional("recent") {
                    return .recent(try span.calendarSpan(), try members.required("zone").zoneReference())
                }
                if let days = members.optional("between") {
                    let dates = try days.list { node throws(JSONProblem) in try node.date() }
                    guard dates.count == 2, dates[0] <= dates[1] else {
                        throw days.problem("two dates are needed here, the earlier one first")
                    }
                    return .between(dates[0], dates[1], try members.required("zone").zoneReference())
                }
                let (from, to) = try members.elapsed()
                return .elapsed(from: from, to: to)
            }
        }
    }
}

extension AttributeWindow {
    fileprivate init(_ node: JSONNode) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            let zone = try members.required("zone").zoneReference()
            if let span = members.optional("past") { return .past(try span.calendarSpan(), zone) }
            if let span = members.optional("recent") { return .recent(try span.calendarSpan(), zone) }
            if let span = members.optional("next") { return .nextDays(try span.calendarSpan(), zone) }
            if let length = members.optional("next_ms") { return .nextElapsed(try length.duration(from: 1), zone) }
            let (from, to) = try members.elapsed()
            return .elapsed(from: from, to: to, zone)
        }
    }
}

extension JSONMembers {
    fileprivate mutating func elapsed() throws(JSONProblem) -> (from: Int64, to: Int64) {
        let from = try required("from_ms").duration(from: 1)
        let to = try required("to_ms")
        guard try to.duration() < from else { throw to.problem("the window ends before it begins") }
        return (from, try to.duration())
    }
}
