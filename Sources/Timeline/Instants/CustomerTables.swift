/// The columns that a plan reads, of all customers, where they lie: what a timeline holds of one customer, without
/// copying. Made for one layout, whose slots it follows.
package struct CustomerTables: Sendable {
    /// The events of one type: each customer's rows lie together, ascending by time.
    package struct Events: Sendable {
        let times: ColumnView
        /// As many rows as `times`.
        let properties: [ColumnView]

        package init(times: ColumnView, properties: [ColumnView]) {
            precondition(properties.allSatisfy { $0.count == times.count }, "columns of different lengths")
            self.times = times
            self.properties = properties
        }
    }

    let attributes: [ColumnView]
    let events: [Events]

    /// Attributes by customer.
    package init(attributes: [ColumnView], events: [Events]) {
        self.attributes = attributes
        self.events = events
    }
}
