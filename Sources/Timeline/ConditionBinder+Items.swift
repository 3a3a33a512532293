import CampaignPlan

// Streams of what is no row of a table.
extension ConditionBinder {
    /// Whether rows of tables alone do not tell what the stream holds.
    func needsItems(_ selection: EventSelection, _ value: StreamValue) -> Bool {
        let isByRows =
            switch value {
            case .none, .property: true
            case .local, .passes, .properties: false
            }
        return !isByRows || selection.tests.contains { $0.zone != nil }
            || selection.types.contains { bound.plan.schema.derivedEvent($0) != nil }
    }

    /// Whether later lines may change what the stream holds of an event of this type.
    func changes(_ type: String, _ tests: [PropertyTest], _ value: StreamValue) -> Bool {
        guard let derived = bound.plan.schema.derivedEvent(type) else { return false }
        let changing = Set(derived.sums + [derived.count])
        switch value {
        case .none, .local: break
        case .property(let name): if changing.contains(name) { return true }
        case .passes(let more): if more.contains(where: { changing.contains($0.property) }) { return true }
        case .properties(let names): if !changing.isDisjoint(with: names) { return true }
        }
        return tests.contains { changing.contains($0.property) }
    }

    mutating func bindItems(_ selection: EventSelection, _ value: StreamValue, isTrigger: Bool) -> Range<Int> {
        var sources: [ItemSource] = []
        for type in selection.types {
            if let source = bindItems(type, selection.tests, value, isTrigger: isTrigger) { sources.append(source) }
        }
        bound.itemSources += sources
        return (bound.itemSources.count - sources.count)..<bound.itemSources.count
    }

    private mutating func bindItems(
        _ type: String, _ tests: [PropertyTest], _ value: StreamValue, isTrigger: Bool
    ) -> ItemSource? {
        let derived = bound.plan.schema.derivedEvent(type)
        let names = valueNames(derived, tests, value)
        let lines = bound.plan.schema.lineTypes(of: type).compactMap { bindLines($0, key: derived?.by, names) }
        guard !lines.isEmpty else { return nil }
        bound.lineSources += lines
        let firstLine = bound.lineSources.count - lines.count
        let fields = FieldNames(key: derived?.by, count: derived?.count, values: names)
        let value = bind(value, fields)
        return ItemSource(
            lines: firstLine..<bound.lineSources.count, isDerived: derived != nil, valueCount: names.count,
            tests: bind(tests, fields), value: value, isTrigger: isTrigger)
    }

    /// The names of properties that are read of each line, besides the key.
    private func valueNames(_ derived: DerivedSchema?, _ tests: [PropertyTest], _ value: StreamValue) -> [String] {
        var names = Set(tests.filter { $0.zone == nil }.map(\.property))
        switch value {
        case .none, .local: break
        case .property(let name): names.insert(name)
        case .passes(let more): names.formUnion(more.filter { $0.zone == nil }.map(\.property))
        case .properties(let more): names.formUnion(more)
        }
        if let derived { names.subtract([derived.by, derived.count]) }
        return names.sorted()
    }

    private mutating func bindLines(_ type: String, key: String?, _ names: [String]) -> LineSource? {
        guard let slot = bound.layout.slot(ofEvent: type) else { return nil }
        let properties = bound.layout.events[slot].properties
        let places = names.compactMap { properties.firstIndex(of: $0) }
        let keyPlace = key.map { properties.firstIndex(of: $0) } ?? -1
        guard places.count == names.count, let keyPlace else { return nil }
        bound.lineProperties += places
        return LineSource(
            slot: slot, key: keyPlace,
            values: (bound.lineProperties.count - places.count)..<bound.lineProperties.count)
    }

    /// What an item's fields are called.
    private struct FieldNames {
        let key: String?
        let count: String?
        let values: [String]

        func field(_ name: String) -> ItemField? {
            if name == key { return .key }
            if name == count { return .lineCount }
            return values.firstIndex(of: name).map { .value($0) }
        }
    }

    private mutating func bind(_ value: StreamValue, _ names: FieldNames) -> ItemValue {
        switch value {
        case .none: return .none
        case .property(let name): return names.field(name).map { .field($0) } ?? .none
        case .local(let part, let zone): return .field(.local(part, zones.bind(zone)))
        case .passes(let tests): return .passes(bind(tests, names))
        case .properties(let properties):
            let start = bound.itemFields.count
            bound.itemFields += properties.compactMap(names.field)
            return .fields(start..<bound.itemFields.count)
        }
    }

    private mutating func bind(_ tests: [PropertyTest], _ names: FieldNames) -> Range<Int> {
        var found: [ItemTest] = []
        for test in tests {
            let field: ItemField?
            if let zone = test.zone {
                field = LocalPart(rawValue: test.property).map { .local($0, zones.bind(zone)) }
            } else {
                field = names.field(test.property)
            }
            guard let field else { continue }
            found.append(ItemTest(field: field, test: bind(test.test, name: test.property, isAttribute: false)))
        }
        bound.itemTests += found
        return (bound.itemTests.count - found.count)..<bound.itemTests.count
    }
}
