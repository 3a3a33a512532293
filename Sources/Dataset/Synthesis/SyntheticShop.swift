package import CampaignPlan

/// The catalog of synthesized data.
package enum SyntheticShop {
    /// By falling share; further types are `event_13` and so on.
    static let eventNames = [
        "page_view", "product_view", "search", "add_to_cart", "app_open", "purchase", "wishlist_add", "email_open",
        "review", "coupon_use", "refund", "support_chat",
    ]
    static let productCount = 1_000

    /// What an event type carries.
    enum Kind: Sendable {
        case plain
        /// `product`.
        case product
        /// `product`, `quantity`, `amount`.
        case line

        var propertyCount: Int {
            switch self {
            case .plain: 0
            case .product: 1
            case .line: 3
            }
        }
    }

    static func eventName(_ type: Int) -> String {
        type < eventNames.count ? eventNames[type] : "event_\(type + 1)"
    }

    static func kind(_ type: Int) -> Kind {
        switch eventName(type) {
        case "product_view", "wishlist_add", "review": .product
        case "add_to_cart", "purchase", "refund": .line
        default: .plain
        }
    }

    /// `p0001` is the most popular.
    static func productName(_ product: Int) -> String { "p" + padded(product + 1, digits: 4) }

    /// Hundredths; prices run from 2.00 to 201.99, most of them low.
    static func price(_ product: Int) -> Int64 {
        let bits = RandomBits.draw(0x7072_6963_6573, UInt64(truncatingIfNeeded: product))
        let (a, b) = (Int64(bits & 0xFFFF), Int64(bits >> 16 & 0xFFFF))
        return 200 + (((a * b) >> 16) * 20_000) >> 16
    }

    /// Types are 1 or more.
    package static func schema(types: Int) -> DataSchema {
        let product = PropertySchema(name: "product", type: .text, isOptional: false)
        return DataSchema(
            name: "synthetic-shop",
            customer: CustomerSchema(
                key: "customer_id", since: "signed_up_at", zone: "zone",
                attributes: [
                    attribute("age", .integer, isOptional: true), attribute("country", .text, values: countries),
                    attribute("email_consent", .consent), attribute("plan", .text, values: plans),
                    attribute("push_consent", .consent), attribute("signed_up_at", .instant),
                    attribute("sms_consent", .consent), attribute("sms_night_consent", .consent),
                    attribute("zone", .zone),
                ]),
            events: (0..<types).map { type in
                let properties: [PropertySchema] =
                    switch kind(type) {
                    case .plain: []
                    case .product: [product]
                    case .line:
                        [
                            product, PropertySchema(name: "quantity", type: .integer, isOptional: false),
                            PropertySchema(name: "amount", type: .decimal(scale: 2), isOptional: false),
                        ]
                    }
                return EventSchema(name: eventName(type), properties: properties)
            },
            channels: [
                ChannelSchema(name: "email", address: nil, consent: "email_consent", nightConsent: nil),
                ChannelSchema(name: "push", address: nil, consent: "push_consent", nightConsent: nil),
                ChannelSchema(name: "sms", address: nil, consent: "sms_consent", nightConsent: "sms_night_consent"),
            ])
    }

    static var countries: [String] {
        CustomerShares.homes.map(\.country).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
    static var plans: [String] { CustomerShares.plans.map(\.name) }

    private static func attribute(
        _ name: String, _ type: ValueType, isOptional: Bool = false, values: [String]? = nil
    ) -> AttributeSchema {
        AttributeSchema(name: name, type: type, isOptional: isOptional, isPersonal: false, values: values)
    }
}

/// With zeros in front.
func padded(_ number: Int, digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}
