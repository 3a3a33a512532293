extension ConditionDecoder {
    /// Behaviour without a key that others have too; nil where the members are of another form.
    func behaviour(_ members: inout JSONMembers) throws(JSONProblem) -> Behaviour? {
        if let node = members.optional("measure") {
            let order = try members.required("is").choice(MeasureOrder.self)
            let times = try members.required("times_ppm").integer(in: -EventMeasure.timesMax...EventMeasure.timesMax)
            return .compared(
                try eventMeasure(node), order, times: times, try eventMeasure(members.required("other")))
        }
        if let node = members.optional("share") {
            let window = try EventWindow(members.required("window"))
            let least = try members.required("of_at_least").integer(in: 1...Int.max)
            return .share(try selection(node), window, ofAtLeast: least, try shareTest(&members))
        }
        if let node = members.optional("purchase_interval") {
            return .purchaseInterval(try selection(node), try cycle(&members), try members.aggregateTest())
        }
        if let node = members.optional("overdue") {
            let by = try members.required("by_ppm").integer(in: 1...EventCycle.byMax)
            return .overdue(try selection(node), try cycle(&members), by: by)
        }
        return nil
    }

    func match(_ property: JSONNode, _ members: inout JSONMembers) throws(JSONProblem) -> TriggerMatch {
        let selection = try selection(members.required("events"))
        let window = try EventWindow(members.required("window"))
        let trigger = try members.required("trigger").members { members throws(JSONProblem) in
            if let event = members.optional("event") { return TriggerMatch.Trigger.event(try self.selection(event)) }
            return .date(try EventDate(members.required("before"), self))
        }
        let types = Set(selection.types + trigger.selection.types).sorted()
        _ = try propertyType(property, EventSelection(types: types, tests: []))
        return TriggerMatch(
            selection: selection, window: window, count: try members.required("at_least").integer(in: 1...Int.max),
            property: try property.string(), trigger: trigger)
    }

    func eventNumber(_ number: JSONNode, _ members: inout JSONMembers) throws(JSONProblem) -> EventNumber {
        EventNumber(
            number: try number.integer(in: 1...Int.max),
            ofFirstWithin: try members.optional("of_first_within_ms")?.duration(),
            after: try members.optional("after").map { node throws(JSONProblem) in try afterAttribute(node) })
    }

    private func afterAttribute(_ node: JSONNode) throws(JSONProblem) -> AfterAttribute {
        try node.members { members throws(JSONProblem) in
            let name = try members.required("attribute")
            let attribute = try attribute(name)
            guard attribute.type == .instant || attribute.type == .date else {
                throw name.problem("`\(attribute.name)` is neither an instant nor a date")
            }
            return AfterAttribute(
                attribute: attribute.name, within: try members.required("within_ms").duration(),
                zone: try members.required("zone").zoneReference())
        }
    }

    private func eventMeasure(_ node: JSONNode) throws(JSONProblem) -> EventMeasure {
        try node.members { members throws(JSONProblem) in
            let selection = try selection(members.required("events"))
            let window = try EventWindow(members.required("window"))
            if let count = members.optional("count") {
                guard try count.bool() else { throw count.problem("false is not written") }
                return EventMeasure(selection, window, .count)
            }
            let value = try measured(selection, &members)
            guard value != .count else { throw members.problem("no measure of this version") }
            return EventMeasure(selection, window, value)
        }
    }

    /// A ratio has six decimals, which are not written.
    private func shareTest(_ members: inout JSONMembers) throws(JSONProblem) -> AggregateTest {
        if let flag = members.optional("missing") { return .missing(try flag.bool()) }
        return .number(try NumberTest(members.required("test")), extraScale: 6)
    }

    private func cycle(_ members: inout JSONMembers) throws(JSONProblem) -> EventCycle {
        let median = try members.required("median")
        let occurrences = try members.required("occurrences").integer(in: 2...Int.max)
        switch try median.string() {
        case "elapsed": return EventCycle(unit: .elapsed, occurrences: occurrences)
        case "local_days":
            let zone = try members.required("zone").zoneReference()
            return EventCycle(unit: .localDays(zone), occurrences: occurrences)
        default: throw median.problem("one of `local_days`, `elapsed` is needed here")
        }
    }
}

extension EventMeasure {
    /// A million, in millionths: the largest factor of a comparison.
    package static let timesMax: Int64 = 1_000_000_000_000
}

extension EventCycle {
    /// A thousand medians, in millionths.
    package static let byMax: Int64 = 1_000_000_000
}
