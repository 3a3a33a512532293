import CampaignPlan

/// The catalog of the random conditions and timelines: every type that a test or a measure treats differently.
enum RandomCatalog {
    static let since = "signed_up_at"
    static let zone = "zone"

    static let zoneNames = [
        "America/New_York", "America/St_Johns", "Asia/Seoul", "Australia/Lord_Howe", "Europe/London", "Pacific/Apia",
    ]
    static let unknownZone = "Nowhere/Else"
    /// What text attributes and properties hold, and the dictionary that an engine's codes point into.
    static let texts = ["Tea", "café", "crème brûlée", "green tea", "tea", "teapot", "x", "가", "커피"]
    static let textParts = ["T", "e", "ea", "é", "green", "nothing", "pot", "tea", "피", "커", "brûlée", " "]

    static func schema(hasSince: Bool) -> DataSchema {
        DataSchema(
            name: "random",
            customer: CustomerSchema(
                key: "customer_id", since: hasSince ? since : nil, zone: zone,
                attributes: [
                    attribute("balance", .decimal(scale: 2)), attribute("birthday", .date),
                    attribute("country", .text), attribute("email_consent", .consent),
                    attribute("last_seen_at", .instant), attribute(since, .instant), attribute("tenure", .integer),
                    attribute("vip", .boolean), attribute(zone, .zone),
                    attribute("plan", .text, history: .init(event: "purchase", property: "category")),
                    attribute("renewal", .date, history: .init(event: "visit", property: "due")),
                ]),
            events: [
                event("cart", ["amount", "category", "order", "quantity"]),
                event("ping", []),
                event("purchase", ["amount", "category", "coupon", "gift", "order", "quantity"]),
                event("visit", ["amount", "category", "due", "seen"]),
            ],
            derived: [
                DerivedSchema(
                    name: "basket", from: ["cart", "purchase"], by: "category", sums: ["quantity"], count: "lines"),
                DerivedSchema(
                    name: "order", from: ["purchase"], by: "order", sums: ["amount", "quantity"], count: "lines"),
                DerivedSchema(name: "gifting", from: ["purchase"], by: "gift", sums: [], count: "parts"),
            ],
            channels: [])
    }

    private static func attribute(
        _ name: String, _ type: ValueType, history: AttributeHistory? = nil
    ) -> AttributeSchema {
        AttributeSchema(
            name: name, type: type, isOptional: name != since, isPersonal: false, values: nil, history: history)
    }

    private static let propertyTypes: [String: ValueType] = [
        "amount": .decimal(scale: 2), "category": .text, "coupon": .text, "due": .date, "gift": .boolean,
        "order": .text,
        "quantity": .integer, "seen": .instant,
    ]

    private static func event(_ name: String, _ properties: [String]) -> EventSchema {
        EventSchema(
            name: name,
            properties: properties.compactMap { property in
                propertyTypes[property].map { PropertySchema(name: property, type: $0, isOptional: true) }
            })
    }
}

extension DataSchema {
    /// What a list of event types has in common.
    func sharedProperties(of types: [String]) -> [PropertySchema] {
        let all = types.map { event($0)?.properties ?? [] }
        return (all.first ?? []).filter { property in all.allSatisfy { $0.contains(property) } }
    }
}
