extension DataSchema {
    /// Also what a data set remembers of the catalog that it was imported with.
    package var json: JSON {
        .members([
            "name": .string(name),
            "customer": .members([
                "key": .string(customer.key), "since": customer.since.map { .string($0) },
                "attributes": .array(customer.attributes.map(\.json)),
            ]),
            "events": .array(
                events.map { event in
                    .object([
                        "name": .string(event.name), "properties": .array(event.properties.map(\.json)),
                    ])
                }),
            "derived": derived.isEmpty ? nil : .array(derived.map(\.json)),
            "channels": .array(
                channels.map { channel in
                    .members([
                        "name": .string(channel.name), "address": channel.address.map { .string($0) },
                        "consent": channel.consent.map { .string($0) },
                        "night_consent": channel.nightConsent.map { .string($0) },
                    ])
                }),
        ])
    }
}

extension ValueType {
    fileprivate var members: [String: JSON?] {
        if case .decimal(let scale) = self { return ["type": .string(name), "scale": JSON(scale)] }
        return ["type": .string(name)]
    }
}

extension AttributeSchema {
    fileprivate var json: JSON {
        .members(
            type.members.merging([
                "name": .string(name), "optional": isOptional ? .bool(true) : nil,
                "personal": isPersonal ? .bool(true) : nil,
                "values": values.map { .array($0.map { .string($0) }) },
                "history": history.map {
                    .object(["event": .string($0.event), "property": .string($0.property)])
                },
            ]) { first, _ in first })
    }
}

extension PropertySchema {
    fileprivate var json: JSON {
        .members(
            type.members.merging(["name": .string(name), "optional": isOptional ? .bool(true) : nil]) { first, _ in
                first
            })
    }
}
