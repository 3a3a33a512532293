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

    /// When something happened or became known.
    package var moments: [Int64] { events.flatMap { [$0.time, $0.visibleFrom] } }
}

package struct NaiveEvent: Hashable, Sendable {
    package var type: String
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package var time: Int64
    /// When it became known; nil, or earlier than its time: at its time.
    package var recorded: Int64?
    /// Absent and `.missing` are the same.
    package var properties: [String: NaiveValue]

    package init(type: String, time: Int64, recorded: Int64? = nil, properties: [String: NaiveValue]) {
        self.type = type
        self.time = time
        self.recorded = recorded
        self.properties = properties
    }

    package func property(_ name: String) -> NaiveValue { properties[name] ?? .missing }

    /// From when on anybody can know of it.
    package var visibleFrom: Int64 { max(time, recorded ?? time) }
}

package enum NaiveValue: Hashable, Sendable {
    case missing
    case text(String)
    case number(Int64)
}
