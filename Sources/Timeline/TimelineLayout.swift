/// What a timeline must hold: only what the plan reads.
package struct TimelineLayout: Hashable, Sendable {
    package struct EventSlot: Hashable, Sendable {
        package let event: String
        /// Sorted.
        package let properties: [String]
        /// Whether ties with other event types are broken by input order.
        package let needsOrder: Bool

        package init(event: String, properties: [String], needsOrder: Bool) {
            self.event = event
            self.properties = properties
            self.needsOrder = needsOrder
        }
    }

    /// Sorted by event.
    package let events: [EventSlot]
    /// Sorted.
    package let attributes: [String]

    package init(events: [EventSlot], attributes: [String]) {
        self.events = events
        self.attributes = attributes
    }

    package func slot(ofEvent name: String) -> Int? { events.firstIndex { $0.event == name } }
    package func slot(ofAttribute name: String) -> Int? { attributes.firstIndex { $0 == name } }
}
