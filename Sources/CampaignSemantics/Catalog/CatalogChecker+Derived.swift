internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

extension CatalogChecker {
    /// Derived events whose lines have what they are made of; the names of others are known, and no more.
    mutating func checkDerived(_ events: [EventSchema]) -> [DerivedSchema] {
        var found: [DerivedSchema] = []
        for entry in document.derived where isWellFormed(entry.name) {
            let name = entry.name.value
            if let first = names.events[name] {
                report(
                    .nameTaken, "two events are called `\(name)`", entry.name.span, "the second one",
                    "rename the derived event", related: [.init(first, "the first one")])
                continue
            }
            guard name != "any" else {
                report(
                    .catalogDeclaration, "an event cannot be called `any`", entry.name.span, "`any` means every event",
                    "rename the event")
                continue
            }
            names.events[name] = entry.name.span
            guard let value = entry.value, let derived = check(value, name, events) else { continue }
            found.append(derived)
        }
        return found
    }

    private mutating func check(
        _ value: CatalogDocument.Derived, _ name: String, _ events: [EventSchema]
    ) -> DerivedSchema? {
        guard let lines = lines(of: value.from, events) else { return nil }
        guard let key = find(value.by, lines) else { return nil }
        var spans = [value.by.value: value.by.span]
        for sum in value.sums {
            guard let property = find(sum, lines) else { return nil }
            guard property.type.isArithmetic else {
                report(
                    .notANumber, "`\(sum.value)` cannot be added up", sum.span,
                    "of type \(property.type.name), not a number", "name an integer or a decimal")
                return nil
            }
            guard spans.updateValue(sum.span, forKey: sum.value) == nil else {
                report(
                    .catalogDeclaration, "`\(sum.value)` comes twice", sum.span, "the second one",
                    "name every property once")
                return nil
            }
        }
        let count = value.count ?? Located("lines", value.by.span)
        guard spans.updateValue(count.span, forKey: count.value) == nil, LocalPart(rawValue: count.value) == nil else {
            report(
                .catalogDeclaration, "the number of lines cannot be called `\(count.value)`", count.span,
                "another property has this name", "write another name behind `count`")
            return nil
        }
        names.properties[name] = spans
        let lists = lines.map { names.propertyValues[$0.name]?[key.name] }
        if lists.allSatisfy({ $0 != nil }) {
            names.propertyValues[name] = [key.name: Set(lists.compactMap { $0 }.joined()).sorted()]
        }
        return DerivedSchema(
            name: name, from: lines.map(\.name), by: key.name, sums: value.sums.map(\.value), count: count.value)
    }

    /// The events whose lines are meant; nil after a report.
    private mutating func lines(of syntax: EventSelectionSyntax.Names, _ events: [EventSchema]) -> [EventSchema]? {
        switch syntax {
        case .any(let span):
            if events.isEmpty {
                report(
                    .unknownEvent, "the catalog declares no events", span, "`any` of none",
                    "declare events in the catalog")
            }
            return events.isEmpty ? nil : events
        case .listed(let written, _):
            var found: [EventSchema] = []
            for name in written {
                guard let event = events.first(where: { $0.name == name.value }) else {
                    // An event whose declaration is wrong was reported.
                    if names.events[name.value] != nil,
                        !document.derived.contains(where: { $0.name.value == name.value })
                    {
                        return nil
                    }
                    let near = nearestName(to: name.value, among: events.map(\.name))
                    report(
                        .unknownEvent, "unknown event `\(name.value)`", name.span,
                        "derived events are made of events under `events:`",
                        near.map { "write `\($0)`" } ?? "declare it under `events:`")
                    return nil
                }
                found.append(event)
            }
            return found
        }
    }

    /// The property as all lines have it; nil after a report.
    private mutating func find(_ name: Located<String>, _ lines: [EventSchema]) -> PropertySchema? {
        guard !names.poisoned.contains(name.value) else { return nil }
        let found = lines.compactMap { $0.property(name.value) }
        guard let first = found.first else {
            let declared = Set(lines.flatMap(\.properties).map(\.name)).sorted()
            report(
                .unknownProperty, "unknown property `\(name.value)`", name.span, "not a property of the lines",
                nearestName(to: name.value, among: declared).map { "write `\($0)`" }
                    ?? "declare it with the lines' events")
            return nil
        }
        guard found.count == lines.count, found.allSatisfy({ $0.type == first.type }) else {
            let lacking = lines.filter { $0.property(name.value)?.type != first.type }.map(\.name)
            report(
                .propertyNotShared, "not all lines have the property `\(name.value)`, of one type", name.span,
                "\(listed(lacking)) \(lacking.count == 1 ? "does" : "do") not have it as the others do",
                "name only events that have it")
            return nil
        }
        return first
    }
}
