package import CampaignPlan

/// The schema as the header stores it.
package struct StoredSchema: Codable, Equatable, Sendable {
    struct Value: Codable, Equatable, Sendable {
        var name: String
        var type: String
        var scale: Int?
        var optional: Bool
        var personal: Bool?
        var values: [String]?
    }

    struct Event: Codable, Equatable, Sendable {
        var name: String
        var properties: [Value]
    }

    struct Channel: Codable, Equatable, Sendable {
        var name: String
        var address: String?
        var consent: String?
        var nightConsent: String?
    }

    var name: String
    var key: String
    var since: String?
    var zone: String?
    var attributes: [Value]
    var events: [Event]
    var channels: [Channel]

    package init(_ schema: DataSchema) {
        name = schema.name
        key = schema.customer.key
        since = schema.customer.since
        zone = schema.customer.zone
        attributes = schema.customer.attributes.map {
            Value(
                name: $0.name, type: $0.type.name, scale: $0.type.scale, optional: $0.isOptional,
                personal: $0.isPersonal, values: $0.values)
        }
        events = schema.events.map { event in
            Event(
                name: event.name,
                properties: event.properties.map {
                    Value(name: $0.name, type: $0.type.name, scale: $0.type.scale, optional: $0.isOptional)
                })
        }
        channels = schema.channels.map {
            Channel(name: $0.name, address: $0.address, consent: $0.consent, nightConsent: $0.nightConsent)
        }
    }

    /// Nil where a type is none of this version's.
    package var schema: DataSchema? {
        var attributeSchemas: [AttributeSchema] = []
        for value in attributes {
            guard let type = ValueType(name: value.type, scale: value.scale) else { return nil }
            attributeSchemas.append(
                AttributeSchema(
                    name: value.name, type: type, isOptional: value.optional, isPersonal: value.personal ?? false,
                    values: value.values))
        }
        var eventSchemas: [EventSchema] = []
        for event in events {
            var properties: [PropertySchema] = []
            for value in event.properties {
                guard let type = ValueType(name: value.type, scale: value.scale) else { return nil }
                properties.append(PropertySchema(name: value.name, type: type, isOptional: value.optional))
            }
            eventSchemas.append(EventSchema(name: event.name, properties: properties))
        }
        return DataSchema(
            name: name,
            customer: CustomerSchema(key: key, since: since, zone: zone, attributes: attributeSchemas),
            events: eventSchemas,
            channels: channels.map {
                ChannelSchema(name: $0.name, address: $0.address, consent: $0.consent, nightConsent: $0.nightConsent)
            })
    }
}

extension ValueType {
    fileprivate var scale: Int? {
        switch self {
        case .decimal(let scale): scale
        case .text, .integer, .boolean, .instant, .date, .zone, .email, .phone, .consent: nil
        }
    }

    fileprivate init?(name: String, scale: Int?) {
        let types: [ValueType] = [
            .text, .integer, .boolean, .instant, .date, .zone, .email, .phone, .consent, .decimal(scale: scale ?? -1),
        ]
        guard let type = types.first(where: { $0.name == name }) else { return nil }
        if case .decimal(let scale) = type, !(0...9).contains(scale) { return nil }
        self = type
    }
}
