internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

/// Makes the data schema of a catalog.
struct CatalogChecker {
    let document: CatalogDocument
    var names = CatalogNames()
    private(set) var diagnostics: [Diagnostic] = []

    init(_ document: CatalogDocument) {
        self.document = document
    }

    /// Declarations that are wrong are left out, and their names poisoned. Nil where even the names are not all known.
    mutating func check() -> DataSchema? {
        guard document.isWhole, let key = document.key else {
            return nil
        }
        var attributes = checkAttributes()
        let events = checkEvents()
        checkHistories(&attributes, events)
        let derived = checkDerived(events)
        let channels = checkChannels(attributes)
        for metric in document.metrics where isWellFormed(metric.name) {
            names.metrics[metric.name.value] = metric.name.span
        }
        return DataSchema(
            name: document.name.value,
            customer: CustomerSchema(
                key: key.value, since: checkSince(attributes), zone: checkZoneAttribute(attributes),
                attributes: attributes),
            events: events, derived: derived, channels: channels)
    }

    private mutating func checkAttributes() -> [AttributeSchema] {
        var attributes: [AttributeSchema] = []
        for entry in document.attributes where isWellFormed(entry.name) {
            names.attributes[entry.name.value] = entry.name.span
            guard entry.name.value != document.key?.value else {
                diagnostics.append(
                    Diagnostic(
                        .nameTaken, "the attribute `\(entry.name.value)` is the customer's key", at: entry.name.span,
                        label: "declared by `key` already", help: ["remove the attribute"]))
                names.poisoned.insert(entry.name.value)
                continue
            }
            guard let value = entry.value, let type = checkType(value) else {
                names.poisoned.insert(entry.name.value)
                continue
            }
            attributes.append(
                AttributeSchema(
                    name: entry.name.value, type: type, isOptional: value.isOptional, isPersonal: value.isPersonal,
                    values: value.values.map { inByteOrder($0.value) }))
        }
        return attributes
    }

    private mutating func checkHistories(_ attributes: inout [AttributeSchema], _ events: [EventSchema]) {
        for entry in document.attributes {
            guard let history = entry.value?.history?.value,
                let place = attributes.firstIndex(where: { $0.name == entry.name.value })
            else { continue }
            guard let checked = checkHistory(history, of: attributes[place], events) else { continue }
            attributes[place].history = checked
        }
    }

    private mutating func checkHistory(
        _ history: CatalogDocument.History, of attribute: AttributeSchema, _ events: [EventSchema]
    ) -> AttributeHistory? {
        guard let event = events.first(where: { $0.name == history.event.value }) else {
            guard names.events[history.event.value] == nil else { return nil }
            let near = nearestName(to: history.event.value, among: names.events.keys.sorted())
            diagnostics.append(
                Diagnostic(
                    .unknownEvent, "unknown event `\(history.event.value)`", at: history.event.span,
                    label: "not in the catalog",
                    help: [near.map { "write `\($0)`" } ?? "declare it under `events`"]))
            return nil
        }
        guard let property = event.property(history.property.value) else {
            guard names.properties[event.name]?[history.property.value] == nil else { return nil }
            let near = nearestName(to: history.property.value, among: event.properties.map(\.name))
            diagnostics.append(
                Diagnostic(
                    .unknownProperty, "unknown property `\(history.property.value)`", at: history.property.span,
                    label: "not a property of `\(event.name)`",
                    help: [near.map { "write `\($0)`" } ?? "declare it under `\(event.name)`"]))
            return nil
        }
        guard attribute.type.canCome(from: property.type) else {
            diagnostics.append(
                Diagnostic(
                    .catalogDeclaration,
                    attribute.type == .zone
                        ? "a zone has no history" : "`\(attribute.name)` cannot take the values of `\(property.name)`",
                    at: history.property.span,
                    label: attribute.type == .zone
                        ? "local days would change in their middle"
                        : "of type \(property.type.name), not \(attribute.type.name)",
                    help: ["remove `history`, or correct one of the types"]))
            return nil
        }
        guard document.since?.value != attribute.name else {
            diagnostics.append(
                Diagnostic(
                    .catalogDeclaration, "`since` has no history", at: history.event.span,
                    label: "a customer begins to exist once", help: ["remove `history`"]))
            return nil
        }
        return AttributeHistory(event: event.name, property: property.name)
    }

    private mutating func checkEvents() -> [EventSchema] {
        var events: [EventSchema] = []
        for entry in document.events {
            guard entry.name.value != "any" else {
                diagnostics.append(
                    Diagnostic(
                        .catalogDeclaration, "an event cannot be called `any`", at: entry.name.span,
                        label: "`any` means every event", help: ["rename the event"]))
                continue
            }
            guard isWellFormed(entry.name) else { continue }
            names.events[entry.name.value] = entry.name.span
            guard let event = entry.value else { continue }
            events.append(EventSchema(name: entry.name.value, properties: checkProperties(event, entry.name.value)))
        }
        return events
    }

    private mutating func checkProperties(_ event: CatalogDocument.Event, _ name: String) -> [PropertySchema] {
        var spans: [String: Span] = [:]
        var values: [String: [String]] = [:]
        var properties: [PropertySchema] = []
        for property in event.properties where isWellFormed(property.name) {
            guard LocalPart(rawValue: property.name.value) == nil else {
                report(
                    .nameTaken, "every event has `\(property.name.value)` already", property.name.span,
                    "a part of the local time", "rename the property")
                continue
            }
            spans[property.name.value] = property.name.span
            guard let value = property.value, let type = checkType(value) else {
                names.poisoned.insert(property.name.value)
                continue
            }
            values[property.name.value] = value.values.map { inByteOrder($0.value) }
            properties.append(PropertySchema(name: property.name.value, type: type, isOptional: value.isOptional))
        }
        names.properties[name] = spans
        names.propertyValues[name] = values
        return properties
    }

    mutating func report(
        _ code: Code, _ message: String, _ span: Span, _ label: String, _ help: String,
        related: [Diagnostic.Related] = []
    ) {
        diagnostics.append(Diagnostic(code, message, at: span, label: label, related: related, help: [help]))
    }

    /// The order and repeats of a list of values mean nothing.
    private func inByteOrder(_ values: [Located<String>]) -> [String] {
        Set(values.map(\.value)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    mutating func isWellFormed(_ name: Located<String>) -> Bool {
        guard isIdentifier(name.value) else {
            diagnostics.append(
                Diagnostic(
                    .catalogDeclaration, "`\(name.value)` is not a name for an attribute, event, property or metric",
                    at: name.span, label: "not a name",
                    help: ["use letters, digits, `_`, `-` and `.`, beginning with a letter or `_`"]))
            return false
        }
        return true
    }

    private mutating func checkType(_ value: CatalogDocument.Value) -> ValueType? {
        if let scale = value.scale {
            guard value.type.value == "decimal" else {
                diagnostics.append(
                    Diagnostic(
                        .catalogDeclaration, "`scale` goes with decimals only", at: scale.span,
                        label: "the type is \(value.type.value)", help: ["remove `scale`, or write `type: decimal`"]))
                return nil
            }
            guard (0...9).contains(scale.value) else {
                diagnostics.append(
                    Diagnostic(
                        .catalogDeclaration, "a decimal has 0 to 9 decimals, not \(scale.value)", at: scale.span,
                        label: "out of range", help: ["write a number from 0 to 9"]))
                return nil
            }
        }
        if let values = value.values, values.value.isEmpty {
            diagnostics.append(
                Diagnostic(
                    .emptyList, "the list of `values` is empty", at: values.span, label: "no value could be written",
                    help: ["name the values, or remove `values`"]))
            return nil
        }
        if let values = value.values, value.type.value != "text" {
            diagnostics.append(
                Diagnostic(
                    .catalogDeclaration, "`values` goes with texts only", at: values.span,
                    label: "the type is \(value.type.value)", help: ["remove `values`, or write `type: text`"]))
            return nil
        }
        switch value.type.value {
        case "text": return .text
        case "integer": return .integer
        case "decimal": return .decimal(scale: value.scale?.value ?? 4)
        case "boolean": return .boolean
        case "instant": return .instant
        case "date": return .date
        case "zone": return .zone
        case "email": return .email
        case "phone": return .phone
        default: return .consent
        }
    }

    private mutating func checkSince(_ attributes: [AttributeSchema]) -> String? {
        guard let since = document.since, !names.poisoned.contains(since.value) else { return nil }
        guard let attribute = attributes.first(where: { $0.name == since.value }) else {
            reportUnknownAttribute(since, label: "not an attribute of the customer")
            return nil
        }
        guard attribute.type == .instant, !attribute.isOptional else {
            diagnostics.append(
                Diagnostic(
                    .catalogDeclaration, "`since` needs an instant that is never missing", at: since.span,
                    label: attribute.type == .instant
                        ? "`\(since.value)` is optional" : "`\(since.value)` is of type \(attribute.type.name)",
                    related: names.attributes[since.value].map { [.init($0, "declared here")] } ?? [],
                    help: ["name an attribute of type instant without `optional`"]))
            return nil
        }
        return since.value
    }

    /// Two zone attributes would leave open which one `recipient` reads.
    private mutating func checkZoneAttribute(_ attributes: [AttributeSchema]) -> String? {
        let zones = attributes.filter { $0.type == .zone }
        if let first = zones.first, let second = zones.dropFirst().first, let place = names.attributes[second.name] {
            diagnostics.append(
                Diagnostic(
                    .catalogDeclaration, "the catalog has two attributes of type zone", at: place,
                    label: "the second one",
                    related: names.attributes[first.name].map { [.init($0, "the first one")] } ?? [],
                    notes: ["`zone: recipient` reads the customer's only zone"],
                    help: ["keep one of type zone; give the other `type: text`"]))
        }
        return zones.first?.name
    }

    private mutating func checkChannels(_ attributes: [AttributeSchema]) -> [ChannelSchema] {
        document.channels.map { channel in
            names.channels[channel.name] = channel.span
            return ChannelSchema(
                name: channel.name,
                address: checkChannelAttribute(
                    channel.address, attributes, wanted: "text, email or phone", [.text, .email, .phone]),
                consent: checkChannelAttribute(channel.consent, attributes, wanted: "consent", [.consent]),
                nightConsent: checkChannelAttribute(channel.nightConsent, attributes, wanted: "consent", [.consent]))
        }
    }

    private mutating func checkChannelAttribute(
        _ name: Located<String>?, _ attributes: [AttributeSchema], wanted: String, _ types: [ValueType]
    ) -> String? {
        guard let name, !names.poisoned.contains(name.value) else { return nil }
        guard let attribute = attributes.first(where: { $0.name == name.value }) else {
            reportUnknownAttribute(name, label: "not an attribute of the customer")
            return nil
        }
        guard types.contains(attribute.type) else {
            diagnostics.append(
                Diagnostic(
                    .catalogDeclaration, "`\(name.value)` is of type \(attribute.type.name)", at: name.span,
                    label: "an attribute of type \(wanted) is needed",
                    related: names.attributes[name.value].map { [.init($0, "declared here")] } ?? [],
                    help: ["name another attribute, or correct its type"]))
            return nil
        }
        return name.value
    }

    private mutating func reportUnknownAttribute(_ name: Located<String>, label: String) {
        let near = nearestName(to: name.value, among: names.attributes.keys.sorted())
        diagnostics.append(
            Diagnostic(
                .unknownAttribute, "unknown attribute `\(name.value)`", at: name.span, label: label,
                related: near.flatMap { names.attributes[$0] }.map {
                    [.init($0, "a similar name is declared here")]
                } ?? [],
                help: [near.map { "write `\($0)`" } ?? "declare it under `attributes`"]))
    }
}
