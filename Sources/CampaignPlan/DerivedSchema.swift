/// Several lines that are one thing: the lines of one customer with the same key, at the time of the first of them.
package struct DerivedSchema: Hashable, Sendable {
    package var name: String
    /// Event types of the catalog, sorted; all have the key and the summed properties, of one type.
    package var from: [String]
    /// The property that is the key. Lines without it form nothing.
    package var by: String
    /// Numeric properties that are added up over the lines so far, missing ones skipped; sorted. A total that leaves
    /// the range of 64 bits stays at its end.
    package var sums: [String]
    /// The property that holds the number of lines so far.
    package var count: String

    package init(name: String, from: [String], by: String, sums: [String], count: String) {
        self.name = name
        self.from = Set(from).sorted()
        self.by = by
        self.sums = Set(sums).sorted()
        self.count = count
    }

    /// What it looks like to conditions; nil where a line lacks what it is made of.
    func event(_ lines: EventSchema) -> EventSchema? {
        guard let key = lines.property(by) else { return nil }
        let totals = sums.compactMap { lines.property($0) }
        guard totals.count == sums.count else { return nil }
        let counted = PropertySchema(name: count, type: .integer, isOptional: false)
        return EventSchema(
            name: name,
            properties: ([key] + totals).map { PropertySchema(name: $0.name, type: $0.type, isOptional: false) }
                + [counted])
    }
}

extension DataSchema {
    package func derivedEvent(_ name: String) -> DerivedSchema? { derived.first { $0.name == name } }

    /// The types whose rows an event of this type is made of.
    package func lineTypes(of name: String) -> [String] { derivedEvent(name)?.from ?? [name] }
}

extension DerivedSchema {
    var json: JSON {
        .members([
            "name": .string(name), "from": .array(from.map { .string($0) }), "by": .string(by),
            "sum": sums.isEmpty ? nil : .array(sums.map { .string($0) }), "count": .string(count),
        ])
    }

    /// Throws where the lines do not have what it is made of, or where two of its properties have one name.
    init(_ node: JSONNode, events: [EventSchema]) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            let name = try members.required("name")
            guard !events.contains(where: { .string($0.name) == name.value }) else {
                throw name.problem("an event of the catalog has this name")
            }
            let from = try members.required("from")
            let types = try from.ascendingStrings()
            let lines = types.compactMap { type in events.first { $0.name == type } }
            guard !lines.isEmpty, lines.count == types.count else { throw from.problem("no such events") }
            let by = try members.required("by")
            let sums = try members.optional("sum")?.ascendingStrings() ?? []
            let count = try members.required("count")
            let derived = DerivedSchema(
                name: try name.string(), from: types, by: try by.string(), sums: sums, count: try count.string())
            let seen = lines.map { derived.event($0)?.properties.map(\.type) }
            guard case .some(.some(let first)) = seen.first, seen.allSatisfy({ $0 == first }) else {
                throw node.problem("the lines do not all have what is summed and the key, of one type")
            }
            guard sums.allSatisfy({ lines.first?.property($0)?.type.isArithmetic == true }) else {
                throw node.problem("what is summed is no number")
            }
            guard Set(sums + [derived.by, derived.count]).count == sums.count + 2 else {
                throw node.problem("two properties have one name")
            }
            return derived
        }
    }
}
