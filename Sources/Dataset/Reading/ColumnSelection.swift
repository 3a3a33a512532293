/// The columns that a reader is going to ask for.
package struct ColumnSelection: Sendable {
    package struct Events: Sendable {
        package var event: String
        package var properties: [String]
        /// Whether it asks for the rows' order in the source.
        package var needsOrder: Bool

        package init(event: String, properties: [String], needsOrder: Bool) {
            self.event = event
            self.properties = properties
            self.needsOrder = needsOrder
        }
    }

    package var attributes: [String]
    package var events: [Events]

    package init(attributes: [String], events: [Events]) {
        self.attributes = attributes
        self.events = events
    }
}
