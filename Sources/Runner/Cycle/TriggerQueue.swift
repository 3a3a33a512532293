internal import Timeline

/// The triggers of all customers up to a horizon, worked out ahead; worked out again for whoever has new data.
struct TriggerQueue {
    struct Entry: Hashable {
        var instant: Int64
        /// An index into the plan's campaigns.
        var campaign: Int
        var customer: Int
    }

    /// Descending, so that the next one is taken off the end.
    private var entries: [Entry] = []
    /// Every trigger before this instant is in the queue or was taken from it.
    private(set) var horizon: Int64 = .min

    var next: Int64? { entries.last?.instant }

    /// Whether none has come by now.
    func isEmpty(until now: Int64) -> Bool { next.map { $0 > now } ?? true }

    /// Takes up to so many that have come by now, in order.
    mutating func take(until now: Int64, limit: Int) -> [Entry] {
        var taken: [Entry] = []
        while taken.count < limit, let last = entries.last, last.instant <= now {
            taken.append(last)
            entries.removeLast()
        }
        return taken
    }

    /// Adds what lies between the horizon and a new one.
    mutating func extend(to horizon: Int64, with found: [Entry]) {
        self.horizon = horizon
        insert(found)
    }

    mutating func replace(customers: Set<Int>, with found: [Entry]) {
        entries.removeAll { customers.contains($0.customer) }
        insert(found)
    }

    private mutating func insert(_ found: [Entry]) {
        if found.isEmpty { return }
        entries += found
        entries.sort { ($0.instant, $0.campaign, $0.customer) > ($1.instant, $1.campaign, $1.customer) }
    }
}
