/// The rows of one event type in the order of the data set.
struct RowSorting {
    /// Places of rows, by customer, time and place.
    private(set) var rows: [UInt32]
    /// Ids of the customers that have rows, ascending.
    private(set) var customers: [UInt32] = []
    /// Where the rows of each begin, and the end.
    private(set) var starts: [Int] = [0]

    /// `customers` are ids below `customerCount`, by row; so are `times`.
    init(customers ids: [UInt32], times: [Int64], customerCount: Int) {
        // Counting keeps rows of one customer in the order of the source.
        var nextPlace = [Int](repeating: 0, count: customerCount + 1)
        for id in ids { nextPlace[Int(id) + 1] += 1 }
        for id in 0..<customerCount {
            if nextPlace[id + 1] > 0 {
                customers.append(UInt32(truncatingIfNeeded: id))
                starts.append((starts.last ?? 0) + nextPlace[id + 1])
            }
            nextPlace[id + 1] += nextPlace[id]
        }
        rows = [UInt32](repeating: 0, count: ids.count)
        for row in ids.indices {
            let id = Int(ids[row])
            rows[nextPlace[id]] = UInt32(truncatingIfNeeded: row)
            nextPlace[id] += 1
        }
        for index in customers.indices {
            let range = starts[index]..<starts[index + 1]
            var isSorted = true
            for place in range.dropFirst() where times[Int(rows[place - 1])] > times[Int(rows[place])] {
                isSorted = false
                break
            }
            if isSorted { continue }
            rows[range].sort { a, b in
                let (timeA, timeB) = (times[Int(a)], times[Int(b)])
                return timeA != timeB ? timeA < timeB : a < b
            }
        }
    }
}
