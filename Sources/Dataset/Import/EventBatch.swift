package import CampaignPlan

/// Rows of one event type, in the order of the data set and encoded, on their way into it.
///
/// Batches can be filled on any thread; `DatasetStream.append` takes those of a type in ascending order of customers.
package struct EventBatch: Sendable {
    let clock: DatasetClock
    /// Ids of those with rows, ascending.
    var customers: [UInt32] = []
    /// Where the rows of each end.
    var ends: [Int] = []
    /// Codes for seconds, numbers for milliseconds.
    var times: CollectedValues
    var order: [UInt32] = []
    /// In the order of the schema; behind them when each row became known, where the source says so.
    var properties: [CollectedValues]

    package init(_ event: EventSchema, clock: DatasetClock, isRecorded: Bool = false) {
        self.clock = clock
        times = clock.emptyColumn
        properties = event.properties.map { CollectedValues($0.type.storage) }
        if isRecorded { properties.append(CollectedValues(.number)) }
    }

    package var count: Int { order.count }

    /// Adds a row after those that come before it by (customer, time, order).
    ///
    /// - Parameters:
    ///   - time: Milliseconds since 1970, within the clock's range.
    ///   - order: The row's number in the source, different for each row of the data set.
    ///   - values: In the order of the schema's properties: the number, or the place of the text in its dictionary;
    ///     `DatasetFormat.missingNumber` for a missing one.
    package mutating func append(customer: Int, time: Int64, order row: UInt32, values: Span<Int64>) {
        precondition(values.count == properties.count, "a value for each property")
        if customers.last.map(Int.init) == customer, let last = ends.indices.last {
            ends[last] += 1
        } else {
            customers.append(UInt32(truncatingIfNeeded: customer))
            ends.append(order.count + 1)
        }
        switch clock.unit {
        case .second: times.append(Int64(clock.seconds(time)))
        case .millisecond: times.append(time)
        }
        order.append(row)
        for index in properties.indices { properties[index].append(values[index]) }
    }

    /// Drops the rows and keeps the memory.
    package mutating func removeAll() {
        customers.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        times.removeAll()
        order.removeAll(keepingCapacity: true)
        for index in properties.indices { properties[index].removeAll() }
    }
}
