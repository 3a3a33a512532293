/// Finds the rows of customers asked for in ascending order in constant time each, amortised.
///
/// Any other order gives the same answers, slower.
package struct EventCursor: @unchecked Sendable {
    /// Holds the files that the pointers point into.
    private let table: EventTable
    private let customers: UnsafeBufferPointer<UInt32>
    /// One more than customers, ascending; nil where they are stored wide.
    private let narrowStarts: UnsafePointer<UInt32>?
    /// Copies times; not to be used after the cursor.
    package let times: TimeReader
    /// Where the search for the next customer begins.
    private var position: Int

    init(table: EventTable, position: Int) {
        self.table = table
        self.position = position
        customers = table.columns.customers.elements
        if case .narrow(let starts) = table.columns.starts, starts.count > customers.count {
            narrowStarts = starts.elements.baseAddress
        } else {
            narrowStarts = nil
        }
        times = TimeReader(table.columns.times)
    }

    /// The rows of a customer; empty for one without such an event.
    package mutating func rows(of customer: Int) -> Range<Int> {
        // Neighbours are a step apart at most.
        let count = customers.count
        var place = position
        if place < count, Int(customers[place]) < customer { place &+= 1 }
        guard place == 0 || Int(customers[place &- 1]) < customer else { return search(customer) }
        guard place < count else { return end(at: place) }
        let next = Int(customers[place])
        if next > customer { return end(at: place) }
        guard next == customer else { return search(customer) }
        position = place
        if let narrowStarts { return Int(narrowStarts[place])..<Int(narrowStarts[place &+ 1]) }
        return table.rows(at: place, of: customer)
    }

    /// The rows of customers who follow each other; written to `target`, from the place `start` on, one after another.
    /// Their numbers are added to `counts`, by customer.
    ///
    /// What customers without events cost is no more than an empty range.
    package mutating func rows(
        of wanted: Range<Int>, into target: inout MutableSpan<Range<Int>>, from start: Int,
        addingCountsTo counts: inout MutableSpan<Int>
    ) {
        precondition(start >= 0 && start + wanted.count <= target.count, "the rows do not fit their target")
        precondition(wanted.count <= counts.count, "the counts do not fit their target")
        target.withUnsafeMutableBufferPointer { target in
            guard let target = target.baseAddress.map({ $0 + start }) else { return }
            target.update(repeating: 0..<0, count: wanted.count)
            seek(wanted.lowerBound)
            let count = customers.count
            while position < count, Int(customers[position]) < wanted.upperBound {
                let place = Int(customers[position]) &- wanted.lowerBound
                if let narrowStarts {
                    let rows = (Int(narrowStarts[position]), Int(narrowStarts[position &+ 1]))
                    target[place] = Range(uncheckedBounds: rows)
                } else {
                    target[place] = table.rows(at: position)
                }
                counts[place] &+= target[place].count
                position &+= 1
            }
        }
    }

    private mutating func end(at place: Int) -> Range<Int> {
        position = place
        return 0..<0
    }

    private mutating func search(_ customer: Int) -> Range<Int> {
        seek(customer)
        return table.rows(at: position, of: customer)
    }

    /// Moves to the first customer who is not before the one asked for.
    private mutating func seek(_ customer: Int) {
        let count = customers.count
        if position > 0, Int(customers[position - 1]) >= customer {
            position = table.position(of: customer, from: 0, to: position)
        }
        // Doubling steps: one step for neighbours, a logarithm for a jump.
        var step = 1
        var low = position
        while low < count, Int(customers[low]) < customer {
            position = low + 1
            low += step
            step *= 2
        }
        position = table.position(of: customer, from: position, to: min(low, count))
    }
}

/// The times of an event table, without holding it.
package struct TimeReader: @unchecked Sendable {
    private let seconds: UnsafeBufferPointer<UInt32>
    private let milliseconds: UnsafeBufferPointer<Int64>
    private let epoch: Int64

    init(_ times: EventTable.Times) {
        switch times {
        case .seconds(let column, let epoch):
            (seconds, self.epoch) = (column.elements, epoch)
            milliseconds = UnsafeBufferPointer(start: nil, count: 0)
        case .milliseconds(let column):
            (milliseconds, epoch) = (column.elements, 0)
            seconds = UnsafeBufferPointer(start: nil, count: 0)
        }
    }

    /// Writes the times of `rows`, in milliseconds since 1970, to the places from `start` on.
    package func copy(_ rows: Range<Int>, into target: inout MutableSpan<Int64>, from start: Int) {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= max(seconds.count, milliseconds.count))
        precondition(start >= 0 && start + rows.count <= target.count)
        target.withUnsafeMutableBufferPointer { target in
            guard let target = target.baseAddress else { return }
            if let seconds = seconds.baseAddress {
                for index in 0..<rows.count {
                    target[start &+ index] = epoch &+ Int64(seconds[rows.lowerBound &+ index]) &* 1000
                }
            } else if let milliseconds = milliseconds.baseAddress {
                for index in 0..<rows.count { target[start &+ index] = milliseconds[rows.lowerBound &+ index] }
            }
        }
    }
}
