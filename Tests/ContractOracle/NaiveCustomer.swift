/// One customer as a person would write them down: names and texts, no codes, no columns.
package struct NaiveCustomer: Hashable, Sendable {
    /// Milliseconds; `Int64.min`: always.
    package var existsFrom: Int64
    /// Absent and `.missing` are the same.
    package var attributes: [String: NaiveValue]
    /// In the order of input, which need not be that of time.
    package var events: [NaiveEvent]

    package init(existsFrom: Int64, attributes: [String: NaiveValue], events: [NaiveEvent]) {
        self.existsFrom = existsFrom
        self.attributes = attributes
        self.events = events
    }

    package func attribute(_ name: String) -> NaiveValue { attributes[name] ?? .missing }
}

package struct NaiveEvent: Hashable, Sendable {
    package var type: String
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package var time: Int64
    /// Absent and `.missing` are the same.
    package var properties: [String: NaiveValue]

    package init(type: String, time: Int64, properties: [String: NaiveValue]) {
        self.type = type
        self.time = time
        self.properties = properties
    }

    package func property(_ name: String) -> NaiveValue { properties[name] ?? .missing }
}

package enum NaiveValue: Hashable, Sendable {
    case missing
    case text(String)
    case number(Int64)
}
