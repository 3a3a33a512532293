package import Diagnostics

/// `catalog.yaml`: the contract with the data.
package struct CatalogDocument: Sendable {
    package struct Value: Sendable {
        package let type: Located<String>
        package let scale: Located<Int>?
        package let values: Located<[Located<String>]>?
        package let isOptional: Bool
        package let isPersonal: Bool
        package var history: Located<History>?
    }

    /// The event that changes an attribute.
    package struct History: Sendable {
        package let event: Located<String>
        package let property: Located<String>
    }

    package struct Channel: Sendable {
        package let name: String
        package let address: Located<String>?
        package let consent: Located<String>?
        package let nightConsent: Located<String>?
        /// The key.
        package let span: Span
    }

    package struct Event: Sendable {
        package let properties: [Named<Value>]
    }

    /// Several lines that are one thing.
    package struct Derived: Sendable {
        package let from: EventSelectionSyntax.Names
        package let by: Located<String>
        package let sums: [Located<String>]
        package let count: Located<String>?
    }

    package struct Metric: Sendable {
        package let selection: EventSelectionSyntax
        package let sum: Located<String>?
    }

    package let name: Located<String>
    package let key: Located<String>?
    package let since: Located<String>?
    package let attributes: [Named<Value>]
    package let channels: [Channel]
    package let events: [Named<Event>]
    package let derived: [Named<Derived>]
    package let metrics: [Named<Metric>]
    /// False where a part of it could not be read, so that names may be missing that the author declared.
    package let isWhole: Bool
    package let span: Span

    static func decode(_ node: YAMLNode, _ decoder: inout Decoder) -> CatalogDocument? {
        guard let record = decoder.open(node, CatalogFields.declaration),
            let name = record.value(CatalogFields.catalog, &decoder)
        else { return nil }
        let customer = record.value(CatalogFields.customer, &decoder)?.value
        let channels = record.value(CatalogFields.channels, &decoder)?.value
        let events = record.value(CatalogFields.events, &decoder)?.value
        let derived = record.value(CatalogFields.derived, &decoder)?.value
        let metrics = record.value(CatalogFields.metrics, &decoder)?.value
        let isWhole =
            record.isComplete && customer?.isWhole == true && events != nil
            && (channels?.isWhole ?? !record.has(CatalogFields.channels))
            && (derived != nil || !record.has(CatalogFields.derived))
            && (metrics != nil || !record.has(CatalogFields.metrics))
        return CatalogDocument(
            name: name, key: customer?.key, since: customer?.since, attributes: customer?.attributes ?? [],
            channels: channels?.list ?? [], events: events ?? [], derived: derived ?? [], metrics: metrics ?? [],
            isWhole: isWhole,
            span: record.span)
    }
}

/// The keys of a catalog.
package enum CatalogFields {
    static let catalog = Field(
        "catalog", Shape<String>.name, required: true, doc: "The name of the catalog.", example: "store")
    static let customer = Field(
        "customer",
        Shape<Customer>.mapping(customerDeclaration) { record, decoder in
            let key = record.value(key, &decoder)
            let attributes = record.value(attributes, &decoder)?.value
            return Customer(
                key: key, since: record.value(since, &decoder), attributes: attributes ?? [],
                isWhole: record.isComplete && key != nil
                    && (attributes != nil || !record.has(CatalogFields.attributes)))
        }, required: true, doc: "The customers and their attributes.",
        example: "{ key: customer_id, attributes: { country: { type: text } } }")
    static let channels = Field(
        "channels",
        Shape<Channels>.mapping(channelsDeclaration) { record, decoder in
            Channels(list: channelFields.compactMap { channel($0, record, &decoder) }, isWhole: record.isComplete)
        }, doc: "Where channels find addresses and permissions.",
        example: "{ email: { address: email, consent: email_consent } }")
    static let events = Field(
        "events", Shape<[Named<CatalogDocument.Event>]>.named(event).keyed(by: .declares(.event)), required: true,
        doc: "What customers do, with the properties of each event.",
        example: "{ purchase: { properties: { amount: { type: decimal, scale: 2 } } } }")
    static let derived = Field(
        "derived", Shape<[Named<CatalogDocument.Derived>]>.named(derivedEvent).keyed(by: .declares(.event)),
        doc: "Several lines that are one thing to a marketer; it happens when its first line does.",
        example: "{ order: { from: purchase, by: order_id, sum: [amount, quantity], count: lines } }")
    static let metrics = Field(
        "metrics", Shape<[Named<CatalogDocument.Metric>]>.named(metric).keyed(by: .declares(.metric)),
        doc: "The team's KPIs, for goals.",
        example: "{ revenue: { event: purchase, sum: amount } }")

    package static let declaration = Declaration(
        "catalog", doc: "The contract with the data.",
        [
            catalog.declaration, customer.declaration, channels.declaration, events.declaration,
            derived.declaration, metrics.declaration,
        ])

    struct Customer: Sendable {
        let key: Located<String>?
        let since: Located<String>?
        let attributes: [Named<CatalogDocument.Value>]
        let isWhole: Bool
    }

    struct Channels: Sendable {
        let list: [CatalogDocument.Channel]
        let isWhole: Bool
    }

    static let key = Field(
        "key", Shape<String>.identifier, required: true, doc: "The column that identifies a customer.",
        example: "customer_id")
    static let since = Field(
        "since", Shape<String>.identifier.referring(to: .attribute),
        doc: "The instant attribute from which on a customer exists; without it everybody exists at all times.",
        example: "signed_up_at")
    static let attributes = Field(
        "attributes", Shape<[Named<CatalogDocument.Value>]>.named(attributeValue).keyed(by: .declares(.attribute)),
        doc: "What is known of a customer.",
        example: "{ country: { type: text, values: [KR, US] } }")
    static let customerDeclaration = Declaration(
        "customer", doc: "The customers and their attributes.",
        [key.declaration, since.declaration, attributes.declaration])

    static let typeNames = [
        "text", "integer", "decimal", "boolean", "instant", "date", "zone", "email", "phone", "consent",
    ]
    static let type = Field(
        "type", Shape<String>.choice(typeNames.map { ($0, $0) }), required: true, doc: "How the value is read.",
        example: "text")
    static let scale = Field(
        "scale", Shape<Int>.integer, doc: "The decimals of a decimal, 0 to 9; default 4.", example: "2", default: "4")
    static let values = Field(
        "values", Shape<[Located<String>]>.list(.text), doc: "The only values there are.", example: "[KR, US, JP]")
    static let optional = Field(
        "optional", Shape<Bool>.boolean, doc: "The value may be missing.", example: "true")
    static let personal = Field(
        "personal", Shape<Bool>.boolean, doc: "Names or reaches a person; never shown in reports.", example: "true")
    static let attributeDeclaration = Declaration(
        "attribute", doc: "One attribute of customers.",
        [
            type.declaration, scale.declaration, values.declaration, optional.declaration, personal.declaration,
            history.declaration,
        ])
    static let history = Field(
        "history",
        Shape<CatalogDocument.History>.mapping(historyDeclaration) { record, decoder in
            let event = record.value(historyEvent, &decoder)
            let property = record.value(historyProperty, &decoder)
            guard let event, let property else { return nil }
            return .init(event: event, property: property)
        }, doc: "The event that changes the value; before the first one it is missing.",
        example: "{ event: plan_changed, property: plan }")
    static let historyEvent = Field(
        "event", Shape<String>.identifier.referring(to: .event), required: true, doc: "The event.",
        example: "plan_changed")
    static let historyProperty = Field(
        "property", Shape<String>.identifier.referring(to: .property), required: true,
        doc: "The property that holds the new value; events without it change nothing.", example: "plan")
    static let historyDeclaration = Declaration(
        "history", doc: "The event that changes an attribute.", [historyEvent.declaration, historyProperty.declaration])
    static let propertyDeclaration = Declaration(
        "property", doc: "One property of an event.",
        [type.declaration, scale.declaration, values.declaration, optional.declaration, personal.declaration])
    static let attributeValue = Shape<CatalogDocument.Value>.mapping(attributeDeclaration) { record, decoder in
        let history = record.value(history, &decoder)
        // A value whose history cannot be read must not become one that never changes.
        guard var value = value(record, &decoder), history != nil || !record.has(Self.history) else { return nil }
        value.history = history
        return value
    }
    static let propertyValue = Shape<CatalogDocument.Value>.mapping(propertyDeclaration, build: value)

    @Sendable private static func value(_ record: Record, _ decoder: inout Decoder) -> CatalogDocument.Value? {
        let scale = record.value(scale, &decoder)
        let values = record.value(values, &decoder)
        let isOptional = record.value(optional, &decoder)?.value ?? false
        let isPersonal = record.value(personal, &decoder)?.value ?? false
        return record.value(type, &decoder).map {
            .init(type: $0, scale: scale, values: values, isOptional: isOptional, isPersonal: isPersonal)
        }
    }

    static let properties = Field(
        "properties", Shape<[Named<CatalogDocument.Value>]>.named(propertyValue).keyed(by: .declares(.property)),
        doc: "The properties of the event.", example: "{ amount: { type: decimal, scale: 2 } }")
    static let event = Shape<CatalogDocument.Event>.mapping(
        Declaration("event", doc: "One kind of event.", [properties.declaration])
    ) { record, decoder in .init(properties: record.value(properties, &decoder)?.value ?? []) }

    static let address = Field(
        "address", Shape<String>.identifier.referring(to: .attribute), doc: "The attribute that holds the address.",
        example: "phone")
    static let consent = Field(
        "consent", Shape<String>.identifier.referring(to: .attribute),
        doc: "The attribute that permits marketing messages.",
        example: "sms_consent")
    static let nightConsent = Field(
        "night_consent", Shape<String>.identifier.referring(to: .attribute),
        doc: "The attribute that permits them in quiet hours.",
        example: "sms_night_consent")
    struct Permissions: Sendable {
        let address: Located<String>?
        let consent: Located<String>?
        let nightConsent: Located<String>?
    }
    static let permissions = Shape<Permissions>.mapping(
        Declaration(
            "channel", doc: "Where a channel finds addresses and permissions.",
            [address.declaration, consent.declaration, nightConsent.declaration])
    ) { record, decoder in
        Permissions(
            address: record.value(address, &decoder), consent: record.value(consent, &decoder),
            nightConsent: record.value(nightConsent, &decoder))
    }
    static let channelFields = ChannelKind.available.map { kind in
        Field(
            kind.rawValue, permissions, key: .declares(.channel), doc: "Addresses and permissions of \(kind.rawValue).",
            example: "{ address: phone, consent: \(kind.rawValue)_consent }")
    }
    static let channelsDeclaration = Declaration(
        "channels", doc: "Where channels find addresses and permissions.",
        channelFields.map(\.declaration)
            + ChannelKind.later.map { .later($0.rawValue, doc: "The channel \($0.rawValue).", example: "{}") })

    /// Nil where the channel is not written; one that cannot be read is declared all the same.
    private static func channel(
        _ field: Field<Permissions>, _ record: Record, _ decoder: inout Decoder
    ) -> CatalogDocument.Channel? {
        guard let key = record.keySpan(field) else { return nil }
        let permissions = record.value(field, &decoder)?.value
        return .init(
            name: field.name, address: permissions?.address, consent: permissions?.consent,
            nightConsent: permissions?.nightConsent, span: key)
    }

    static let derivedFrom = Field(
        "from", EventSelectionSyntax.namesShape, required: true, doc: "The events whose lines it is made of, or `any`.",
        example: "purchase")
    static let derivedBy = Field(
        "by", Shape<String>.identifier.referring(to: .property), required: true,
        doc: "Lines of one customer with the same value are one; lines without it form nothing.", example: "order_id")
    static let derivedSum = Field(
        "sum", Shape<[Located<String>]>.oneOrMore(.identifier.referring(to: .property)),
        doc: "Numeric properties that are added up over its lines so far.", example: "[amount, quantity]")
    static let derivedCount = Field(
        "count", Shape<String>.identifier.declaring(.property),
        doc: "What the number of its lines so far is called; default `lines`.",
        example: "lines", default: "lines")
    static let derivedEvent = Shape<CatalogDocument.Derived>.mapping(
        Declaration(
            "derived event", doc: "Lines with the same key as one event.",
            [derivedFrom.declaration, derivedBy.declaration, derivedSum.declaration, derivedCount.declaration])
    ) { record, decoder in
        let from = record.value(derivedFrom, &decoder)
        let by = record.value(derivedBy, &decoder)
        let sums = record.value(derivedSum, &decoder)
        let count = record.value(derivedCount, &decoder)
        guard record.isComplete, let from, let by, sums != nil || !record.has(derivedSum),
            count != nil || !record.has(derivedCount)
        else { return nil }
        return .init(from: from.value, by: by, sums: sums?.value ?? [], count: count)
    }

    enum Counted: String, CaseIterable, Sendable { case customers, events }
    enum Period: String, CaseIterable, Sendable { case day, week, month }
    static let count = Field(
        "count", Shape<Counted>.choice(), doc: "Count customers or events.", example: "customers")
    static let sum = Field(
        "sum", Shape<String>.identifier.referring(to: .property), doc: "Add up a numeric property.", example: "amount")
    static let per = Field("per", Shape<Period>.choice(), doc: "The period of the metric.", example: "week")
    static let metricEvent = Field(
        "event", EventSelectionSyntax.namesShape, required: true, doc: "The events that count.", example: "purchase")
    static let metric = Shape<CatalogDocument.Metric>.mapping(
        Declaration(
            "metric", doc: "A KPI over events.",
            [
                metricEvent.declaration, ConditionFields.where.declaration, count.declaration, sum.declaration,
                per.declaration,
            ])
    ) { record, decoder in
        let sum = record.value(sum, &decoder)
        let tests = EventSelectionSyntax.tests(record, &decoder)
        _ = record.value(count, &decoder)
        _ = record.value(per, &decoder)
        decoder.reportExcluding(
            "the metric measures two things", [record.keySpan(count), record.keySpan(CatalogFields.sum)])
        return record.value(metricEvent, &decoder).map {
            .init(selection: .init(names: $0.value, tests: tests), sum: sum)
        }
    }
}
