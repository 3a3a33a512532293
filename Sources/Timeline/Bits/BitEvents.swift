/// The events of one stream, customer after customer, as far as a block has them.
struct BitEvents {
    /// Customers with such an event, ascending.
    private(set) var people: UnsafeMutablePointer<Person>
    private(set) var peopleCount = 0
    /// In milliseconds since 1970, each customer's ascending.
    private(set) var times: UnsafeMutablePointer<Int64>
    private(set) var count = 0
    private var capacity: Int

    /// A customer of the block, and which of the events are theirs.
    struct Person {
        var customer = 0
        var first = 0
        var count = 0
    }

    init(customers: Int, _ arena: RawArena) {
        capacity = 512
        people = arena.make(customers, of: Person())
        times = arena.make(capacity, of: 0)
    }

    mutating func removeAll() {
        peopleCount = 0
        count = 0
    }

    /// Adds a customer with so many events; the caller writes their times from the place that is returned.
    @inline(__always)
    mutating func append(_ customer: Int, count added: Int) {
        people[peopleCount] = Person(customer: customer, first: count, count: added)
        peopleCount &+= 1
        count &+= added
    }

    /// Room for the times of all who were added.
    @inline(__always)
    mutating func makeRoom(_ arena: RawArena) {
        if count > capacity { times = arena.grow(times, 0, &capacity, to: count, with: 0) }
    }
}

/// Rows of one event slot, where they lie, and whose of a block they are.
struct BitRun {
    var customer = 0
    var rows = 0..<0
}
