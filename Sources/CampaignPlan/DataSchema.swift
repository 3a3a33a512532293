/// What the data looks like: the catalog, resolved. Part of the plan, so that a plan can be bound without its workspace.
package struct DataSchema: Hashable, Sendable {
    /// The name of the catalog.
    package var name: String
    package var customer: CustomerSchema
    /// Sorted by name.
    package var events: [EventSchema]
    /// Sorted by name; not part of the data, but made of its events.
    package var derived: [DerivedSchema]
    /// Sorted by name.
    package var channels: [ChannelSchema]

    package init(
        name: String, customer: CustomerSchema, events: [EventSchema], derived: [DerivedSchema] = [],
        channels: [ChannelSchema]
    ) {
        self.name = name
        self.customer = customer
        self.events = events.sorted { $0.name < $1.name }
        self.derived = derived.sorted { $0.name < $1.name }
        self.channels = channels.sorted { $0.name < $1.name }
    }

    /// An event of the data or a derived one.
    package func event(_ name: String) -> EventSchema? {
        if let event = events.first(where: { $0.name == name }) { return event }
        guard let derived = derivedEvent(name), let first = derived.from.first else { return nil }
        return events.first { $0.name == first }.flatMap { derived.event($0) }
    }

    package func attribute(_ name: String) -> AttributeSchema? { customer.attributes.first { $0.name == name } }
    package func channel(_ name: String) -> ChannelSchema? { channels.first { $0.name == name } }
}

/// The customers of the catalog.
package struct CustomerSchema: Hashable, Sendable {
    /// The column that identifies a customer; its values are compared bytewise.
    package var key: String
    /// An instant attribute that is never missing, from which on a customer exists; nil: everybody exists at all times.
    package var since: String?
    /// The attribute of type zone, if there is one: what `zone: recipient` reads.
    package var zone: String?
    /// Sorted by name.
    package var attributes: [AttributeSchema]

    package init(key: String, since: String?, zone: String?, attributes: [AttributeSchema]) {
        self.key = key
        self.since = since
        self.zone = zone
        self.attributes = attributes.sorted { $0.name < $1.name }
    }
}

package struct AttributeSchema: Hashable, Sendable {
    package var name: String
    package var type: ValueType
    package var isOptional: Bool
    /// Names or reaches a person; never printed in reports.
    package var isPersonal: Bool
    /// The only values allowed, if the catalog lists them; sorted, since their order has no meaning.
    package var values: [String]?
    /// Nil: the customers' table says what the value always was.
    package var history: AttributeHistory?

    package init(
        name: String, type: ValueType, isOptional: Bool, isPersonal: Bool, values: [String]?,
        history: AttributeHistory? = nil
    ) {
        self.history = history
        self.name = name
        self.type = type
        self.isOptional = isOptional
        self.isPersonal = isPersonal
        self.values = values.map { Set($0).sorted() }
    }
}

/// Where an attribute's value is told: at `t` it is that of the latest visible event with the property. Before a
/// customer's first such event it is missing; whoever has none had the table's value always.
package struct AttributeHistory: Hashable, Sendable {
    package var event: String
    /// Of the attribute's type; texts go with texts, consents also with booleans.
    package var property: String

    package init(event: String, property: String) {
        self.event = event
        self.property = property
    }
}

extension ValueType {
    /// Whether an attribute of this type can take the values of a property of the other.
    package func canCome(from property: ValueType) -> Bool {
        switch self {
        case .text, .email, .phone: property.storage == .text
        case .consent: property == .consent || property == .boolean
        case .integer, .decimal, .boolean, .instant, .date: self == property
        // The zone says what local days are, which must not change in their middle.
        case .zone: false
        }
    }
}

package struct EventSchema: Hashable, Sendable {
    package var name: String
    /// Sorted by name.
    package var properties: [PropertySchema]

    package init(name: String, properties: [PropertySchema]) {
        self.name = name
        self.properties = properties.sorted { $0.name < $1.name }
    }

    package func property(_ name: String) -> PropertySchema? { properties.first { $0.name == name } }
}

package struct PropertySchema: Hashable, Sendable {
    package var name: String
    package var type: ValueType
    package var isOptional: Bool

    package init(name: String, type: ValueType, isOptional: Bool) {
        self.name = name
        self.type = type
        self.isOptional = isOptional
    }
}

/// Where a channel finds its address and its permission; attribute names.
package struct ChannelSchema: Hashable, Sendable {
    package var name: String
    package var address: String?
    package var consent: String?
    package var nightConsent: String?

    package init(name: String, address: String?, consent: String?, nightConsent: String?) {
        self.name = name
        self.address = address
        self.consent = consent
        self.nightConsent = nightConsent
    }
}

extension ChannelSchema {
    /// Channels that reach nobody by themselves.
    package static let uncounted = ["audience_export", "onsite", "webhook"]

    /// Whether marketing messages of the channel are capped and counted.
    package var countsTowardsCaps: Bool { !Self.uncounted.contains(name) }
}

/// The type of an attribute or property, and with it how a text is read and stored.
package enum ValueType: Hashable, Sendable {
    /// Compared case-sensitively after NFC.
    case text
    case integer
    /// Exact fixed point with this many decimals, 0…9; stored as value × 10^scale.
    case decimal(scale: Int)
    case boolean
    /// Milliseconds since 1970-01-01T00:00:00Z.
    case instant
    /// Days since 1970-01-01.
    case date
    case zone
    case email
    case phone
    case consent

    /// The two ways in which a value is stored, in data sets and in the engine.
    package enum Storage: Hashable, Sendable {
        /// A code into a dictionary of texts.
        case text
        /// A signed 64-bit number; booleans and consents are 0 and 1.
        case number
    }

    package var storage: Storage {
        switch self {
        case .text, .zone, .email, .phone: .text
        case .integer, .decimal, .boolean, .instant, .date, .consent: .number
        }
    }

    /// The name written in catalogs.
    package var name: String {
        switch self {
        case .text: "text"
        case .integer: "integer"
        case .decimal: "decimal"
        case .boolean: "boolean"
        case .instant: "instant"
        case .date: "date"
        case .zone: "zone"
        case .email: "email"
        case .phone: "phone"
        case .consent: "consent"
        }
    }

    /// Integers and decimals, which can be added up.
    package var isArithmetic: Bool {
        switch self {
        case .integer, .decimal: true
        case .text, .boolean, .instant, .date, .zone, .email, .phone, .consent: false
        }
    }
}

/// Where the data comes from. Not part of the plan: an approval outlives a day's data.
package struct DataSources: Hashable, Sendable {
    package struct Table: Hashable, Sendable {
        /// Path of a CSV file, gzip-compressed or not, relative to the workspace.
        package var path: String
        /// Column names that differ from the names in the catalog: role or name → column.
        package var columns: [String: String]
        /// The zone in which instants without an offset are read.
        package var zone: String

        package init(path: String, columns: [String: String], zone: String) {
            self.path = path
            self.columns = columns
            self.zone = zone
        }
    }

    package var customers: Table
    package var events: Table

    /// What columns of events may be beside properties. That a row was recorded later than its time is known only where
    /// the source names a column for it.
    package static let eventRoles = ["customer", "event", "time", recordedRole]
    package static let recordedRole = "recorded_at"

    package init(customers: Table, events: Table) {
        self.customers = customers
        self.events = events
    }
}
