extension DataSchema {
    /// What `json` writes. Throws also where a name is not there or comes twice.
    package init(_ node: JSONNode) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            let name = try members.required("name").string()
            let customer = try CustomerSchema(members.required("customer"))
            let events = try members.required("events").named(EventSchema.init)
            try customer.checkHistories(events, node)
            let derived = try members.optional("derived")?.named { node throws(JSONProblem) in
                try DerivedSchema(node, events: events)
            }
            let channels = try members.required("channels").named { node throws(JSONProblem) in
                try ChannelSchema(node, attributes: customer.attributes)
            }
            return DataSchema(
                name: name, customer: customer, events: events, derived: derived ?? [], channels: channels)
        }
    }
}

extension CustomerSchema {
    fileprivate init(_ node: JSONNode) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            let key = try members.required("key").string()
            let since = members.optional("since")
            let list = try members.required("attributes")
            let attributes = try list.named(AttributeSchema.init)
            let zones = attributes.filter { $0.type == .zone }
            guard zones.count <= 1 else { throw list.problem("more than one attribute is of type zone") }
            if let since {
                let name = try since.string()
                guard attributes.contains(where: { $0.name == name && $0.type == .instant && !$0.isOptional }) else {
                    throw since.problem("`\(name)` is no attribute of type instant that is always there")
                }
            }
            return CustomerSchema(key: key, since: try since?.string(), zone: zones.first?.name, attributes: attributes)
        }
    }
}

extension CustomerSchema {
    fileprivate func checkHistories(_ events: [EventSchema], _ node: JSONNode) throws(JSONProblem) {
        for attribute in attributes {
            guard let history = attribute.history else { continue }
            let property = events.first { $0.name == history.event }?.property(history.property)
            guard let property, attribute.type.canCome(from: property.type), attribute.name != since else {
                throw node.problem("the attribute `\(attribute.name)` cannot have this history")
            }
        }
    }
}

extension AttributeSchema {
    fileprivate init(_ node: JSONNode) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            AttributeSchema(
                name: try members.required("name").string(), type: try ValueType(&members),
                isOptional: try members.flag("optional"), isPersonal: try members.flag("personal"),
                values: try members.optional("values")?.ascendingStrings(),
                history: try members.optional("history").map(AttributeHistory.init))
        }
    }
}

extension AttributeHistory {
    fileprivate init(_ node: JSONNode) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            AttributeHistory(
                event: try members.required("event").string(), property: try members.required("property").string())
        }
    }
}

extension EventSchema {
    fileprivate init(_ node: JSONNode) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            EventSchema(
                name: try members.required("name").string(),
                properties: try members.required("properties").named(PropertySchema.init))
        }
    }
}

extension PropertySchema {
    fileprivate init(_ node: JSONNode) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            PropertySchema(
                name: try members.required("name").string(), type: try ValueType(&members),
                isOptional: try members.flag("optional"))
        }
    }
}

extension ChannelSchema {
    fileprivate init(_ node: JSONNode, attributes: [AttributeSchema]) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            let name = try members.required("name").string()
            func attribute(_ key: String, _ members: inout JSONMembers) throws(JSONProblem) -> String? {
                guard let node = members.optional(key) else { return nil }
                let attribute = try node.string()
                guard attributes.contains(where: { $0.name == attribute }) else {
                    throw node.problem("the catalog has no attribute `\(attribute)`")
                }
                return attribute
            }
            return ChannelSchema(
                name: name, address: try attribute("address", &members), consent: try attribute("consent", &members),
                nightConsent: try attribute("night_consent", &members))
        }
    }
}

extension ValueType {
    /// Reads `type`, and `scale` where there is one.
    fileprivate init(_ members: inout JSONMembers) throws(JSONProblem) {
        let node = try members.required("type")
        let name = try node.string()
        guard name != "decimal" else {
            self = .decimal(scale: try members.required("scale").integer(in: 0...9))
            return
        }
        let types: [ValueType] = [.text, .integer, .boolean, .instant, .date, .zone, .email, .phone, .consent]
        guard let type = types.first(where: { $0.name == name }) else {
            throw node.problem("there is no type `\(name)`")
        }
        self = type
    }
}

/// A part of a schema that is found by its name.
private protocol NamedSchema {
    var name: String { get }
}

extension AttributeSchema: NamedSchema {}
extension EventSchema: NamedSchema {}
extension PropertySchema: NamedSchema {}
extension DerivedSchema: NamedSchema {}
extension ChannelSchema: NamedSchema {}

extension JSONNode {
    /// A list in the order of its names, each of which comes once.
    fileprivate func named<Element: NamedSchema>(
        _ read: (JSONNode) throws(JSONProblem) -> Element
    ) throws(JSONProblem) -> [Element] {
        var list: [Element] = []
        for node in try elements() {
            let element = try read(node)
            if let last = list.last, !last.name.utf8.lexicographicallyPrecedes(element.name.utf8) {
                throw node.problem("`\(element.name)` does not come after `\(last.name)`")
            }
            list.append(element)
        }
        return list
    }
}
