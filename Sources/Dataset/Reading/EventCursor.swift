/// Finds the rows of customers asked for in ascending order in constant time each, amortised.
///
/// Any other order gives the same answers, slower.
package struct EventCursor: Sendable {
    private let table: EventTable
    /// Where the search for the next customer begins.
    private var position: Int

    init(table: EventTable, position: Int) {
        self.table = table
        self.position = position
    }

    /// The rows of a customer; empty for one without such an event.
    package mutating func rows(of customer: Int) -> Range<Int> {
        let count = table.columns.customers.count
        if position > 0, Int(table.columns.customers[position - 1]) >= customer {
            position = table.position(of: customer, from: 0, to: position)
        }
        // Doubling steps: one step for neighbours, a logarithm for a jump.
        var step = 1
        var low = position
        while low < count, Int(table.columns.customers[low]) < customer {
            position = low + 1
            low += step
            step *= 2
        }
        position = table.position(of: customer, from: position, to: min(low, count))
        return table.rows(at: position, of: customer)
    }
}
