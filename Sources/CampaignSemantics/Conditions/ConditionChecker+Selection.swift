internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

extension ConditionChecker {
    /// Also used for triggers, conversions and metrics.
    func checkSelection(
        _ syntax: EventSelectionSyntax, zone: ZoneReference?, _ context: inout CheckContext
    ) -> EventSelection? {
        guard let schema = context.schema else { return nil }
        var types: [EventSchema] = []
        var isWhole = true
        switch syntax.names {
        case .any(let span):
            types = schema.events
            if types.isEmpty {
                context.report(
                    Diagnostic(
                        .unknownEvent, "the catalog declares no events", at: span, label: "`any` of none",
                        help: ["declare events in the catalog"]))
                return nil
            }
        case .listed(let names, _):
            for name in names {
                if let event = schema.event(name.value) {
                    types.append(event)
                } else {
                    isWhole = false
                    guard context.catalog.events[name.value] == nil else { continue }
                    guard !Self.builtInEvents.contains(name.value) else {
                        reportUnavailable(name, &context)
                        continue
                    }
                    context.reportUnknown(
                        .unknownEvent, "event", name, among: context.catalog.events, label: "not in the catalog",
                        otherwise: "declare it in the catalog under `events:`")
                }
            }
        }
        guard isWhole else { return nil }
        var tests: [PropertyTest] = []
        for test in syntax.tests {
            guard let property = find(test.property, types, &context) else {
                isWhole = false
                continue
            }
            let part = LocalPart(rawValue: property.name)
            let checker = checker(of: property, types, zone, context)
            guard let checked = test.comparisons.flatMap({ checker.check($0, &context) }) else {
                isWhole = false
                continue
            }
            tests += checked.map { test in
                part.map { PropertyTest($0, in: zone ?? .named("UTC"), test: test) }
                    ?? PropertyTest(property: property.name, test: test)
            }
        }
        guard isWhole else { return nil }
        return EventSelection(
            types: ascending(types.map(\.name)),
            tests: tests.count < 2 ? tests : Set(tests).sorted { $0.sortKey < $1.sortKey })
    }

    /// Reads what a property or a part of the local time is compared with.
    func checker(
        of property: PropertySchema, _ types: [EventSchema], _ zone: ZoneReference?, _ context: CheckContext
    ) -> ComparisonChecker {
        var reader = LiteralReader(
            type: property.type, values: values(of: property.name, types, context.catalog),
            zone: zone.flatMap { literalZone($0) })
        switch LocalPart(rawValue: property.name) {
        case .weekday: (reader.form, reader.subject) = (.weekday, "a day of the week")
        case .hour: (reader.form, reader.subject) = (.hour, "an hour of the day")
        case .date, nil: break
        }
        return ComparisonChecker(reader: reader, isOptional: property.isOptional, subject: property.name)
    }

    /// The only values of a property in any of these events; nil where one of them takes any value.
    private func values(of name: String, _ types: [EventSchema], _ catalog: CatalogNames) -> [String]? {
        let lists = types.map { catalog.propertyValues[$0.name]?[name] }
        guard lists.allSatisfy({ $0 != nil }) else { return nil }
        return Set(lists.compactMap { $0 }.joined()).sorted()
    }

    /// Events that exist without a catalog, in builds that can send.
    private static let builtInEvents = ["message_sent", "message_delivered", "message_opened", "message_clicked"]

    private func reportUnavailable(_ name: Located<String>, _ context: inout CheckContext) {
        context.report(
            Diagnostic(
                .notInThisBuild, "`\(name.value)` is not available in this build", at: name.span,
                label: "part of the language, not of this version of pabal",
                help: ["remove it, or use a newer version"]))
    }

    /// The property as all of these events have it; optional where it is for one of them.
    func findProper(
        _ name: Located<String>, _ types: [EventSchema], _ context: inout CheckContext
    ) -> PropertySchema? {
        guard LocalPart(rawValue: name.value) == nil else {
            context.report(
                Diagnostic(
                    .unknownProperty, "`\(name.value)` is no property of an event", at: name.span,
                    label: "a part of the local time",
                    help: ["name a property; `where` and `distinct` know parts of the local time"]))
            return nil
        }
        return findDeclared(name, types, words: [], &context)
    }

    /// The same, or a part of the local time.
    func find(
        _ name: Located<String>, _ types: [EventSchema], _ context: inout CheckContext
    ) -> PropertySchema? {
        if let part = LocalPart(rawValue: name.value) {
            return PropertySchema(name: name.value, type: part.type, isOptional: false)
        }
        return findDeclared(name, types, words: LocalPart.allCases.map(\.rawValue), &context)
    }

    private func findDeclared(
        _ name: Located<String>, _ types: [EventSchema], words: [String], _ context: inout CheckContext
    ) -> PropertySchema? {
        let found = types.compactMap { $0.property(name.value) }
        guard !context.catalog.poisoned.contains(name.value) else { return nil }
        guard let first = found.first else {
            var declared: [String: Span] = [:]
            for type in types { declared.merge(context.catalog.properties[type.name] ?? [:]) { first, _ in first } }
            context.reportUnknown(
                .unknownProperty, "property", name, among: declared, words: words,
                label: types.count == 1 ? "not a property of `\(types[0].name)`" : "not a property of these events",
                otherwise: declared.isEmpty
                    ? "declare it in the catalog" : "the properties are \(listed(declared.keys.sorted()))")
            return nil
        }
        guard found.count == types.count else {
            let lacking = types.filter { $0.property(name.value) == nil }.map(\.name)
            context.report(
                Diagnostic(
                    .propertyNotShared, "not all of these events have the property `\(name.value)`", at: name.span,
                    label: "\(listed(lacking)) \(lacking.count == 1 ? "lacks" : "lack") it",
                    help: ["name only events that have it, or write one condition an event under `any`"]))
            return nil
        }
        guard found.allSatisfy({ $0.type == first.type }) else {
            context.report(
                Diagnostic(
                    .propertyNotShared, "the property `\(name.value)` has different types in these events",
                    at: name.span, label: listed(found.map(\.type.name)),
                    help: ["write one condition an event under `any`"]))
            return nil
        }
        return PropertySchema(name: first.name, type: first.type, isOptional: found.contains(where: \.isOptional))
    }
}
