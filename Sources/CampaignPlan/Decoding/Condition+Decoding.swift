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
        if case .events(_, .sinceTrigger, _) = condition { looks = true }
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
            if let selection = members.optional("events") {
                let events = try self.selection(selection)
                let window = try EventWindow(members.required("window"))
                return .events(events, window, try measure(members.required("measure"), events))
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

    private func attribute(_ node: JSONNode) throws(JSONProblem) -> AttributeSchema {
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

    private func propertyTest(_ node: JSONNode, _ selection: EventSelection) throws(JSONProblem) -> PropertyTest {
        try node.members { members throws(JSONProblem) in
            let name = try members.required("property")
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
            guard let aggregate = Aggregate.allCases.first(where: { members.has($0.rawValue) }) else {
                throw members.problem("no measure of this version")
            }
            let name = try members.required(aggregate.rawValue)
            let property = try name.string()
            let type = try propertyType(name, selection)
            guard aggregate == .distinct || type.isArithmetic else { throw name.problem("`\(property)` is no number") }
            if let flag = members.optional("missing") {
                return .aggregate(aggregate, property: property, .missing(try flag.bool()))
            }
            let test = try NumberTest(members.required("test"))
            let extraScale = try members.optional("extra_scale")?.integer(in: 1...9) ?? 0
            return .aggregate(aggregate, property: property, .number(test, extraScale: extraScale))
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
    fileprivate init(_ node: JSONNode) throws(JSONProblem) {
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
    fileprivate init(_ node: JSONNode) throws(JSONProblem) {
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
