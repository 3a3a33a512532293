import Experiments

/// A block of customers with the same grids, in one thread's raw memory: what campaigns ask about each of them besides
/// rows of bits.
struct BitLane {
    let grids: Range<Int>
    let capacity: Int
    let zone: UnsafeMutablePointer<Int>
    /// Route after route, customer after customer.
    let routes: UnsafeMutablePointer<BitReach>
    /// Route after route: the block's customers, those with the same delivery together.
    private let members: UnsafeMutablePointer<Int32>
    private let groups: UnsafeMutablePointer<BitDelivery>
    /// By route.
    let groupCounts: UnsafeMutablePointer<Int>
    private let routeCount: Int
    /// Keys, packed for hashing, and where they begin.
    var keys: UnsafeMutablePointer<UInt64>
    var keyCapacity: Int
    let keyStarts: UnsafeMutablePointer<Int>
    /// Days of messages that were decided elsewhere, and where they begin.
    var listed: UnsafeMutablePointer<Int32>
    var listedCapacity: Int
    let listedStarts: UnsafeMutablePointer<Int>
    /// Event slot after event slot: rows of those customers who have any; none where rows are not read in place.
    private let runs: UnsafeMutablePointer<BitRun>
    /// By event slot.
    let runCounts: UnsafeMutablePointer<Int>
    private let slots: Int
    /// The event slots that its grids ask about.
    let askedSlots: UnsafePointer<Int>
    let askedSlotCount: Int
    private var rowCount = 0
    var count = 0

    /// A block with more rows is finished, however few customers it has, so that little memory is needed at a time.
    private static let rowsMax = 1 << 17

    /// `asked`: the event slots that its grids ask about; `slots`: how many there are, 0 where rows are not read in place.
    init(grids: Range<Int>, asked: [Int], routes routeCount: Int, capacity: Int, slots: Int, _ arena: RawArena) {
        self.grids = grids
        self.capacity = capacity
        zone = arena.make(capacity, of: 0)
        routes = arena.make(routeCount * capacity, of: BitReach())
        self.routeCount = routeCount
        members = arena.make(routeCount * capacity + 1, of: 0)
        groups = arena.make(routeCount * capacity, of: BitDelivery())
        groupCounts = arena.make(routeCount, of: 0)
        keyCapacity = capacity * 4
        keys = arena.make(keyCapacity, of: 0)
        keyStarts = arena.make(capacity + 1, of: 0)
        listedCapacity = capacity * 4
        listed = arena.make(listedCapacity, of: 0)
        listedStarts = arena.make(capacity + 1, of: 0)
        self.slots = slots
        (askedSlots, askedSlotCount) = (arena.copy(asked), asked.count)
        runs = arena.make(slots * capacity, of: BitRun())
        runCounts = arena.make(slots, of: 0)
    }

    /// Whether the block must be finished before it takes another customer.
    var isFull: Bool { count == capacity || rowCount > Self.rowsMax }

    mutating func removeAll() {
        count = 0
        rowCount = 0
        runCounts.update(repeating: 0, count: slots)
    }

    @inline(__always) func runs(_ slot: Int) -> UnsafePointer<BitRun> { UnsafePointer(runs + slot &* capacity) }

    /// Sets where the rows of the next customer lie. `rows`: slot after slot, those of several customers; `place`: the
    /// customer's among them.
    mutating func setRows(_ rows: Span<Range<Int>>, of place: Int) {
        let stride = rows.count / max(slots, 1)
        let customer = count
        for slot in 0..<slots {
            let found = rows[slot &* stride &+ place]
            let next = runCounts[slot]
            // Written in any case, kept where there is something: who has which events cannot be guessed.
            runs[slot &* capacity &+ next] = BitRun(customer: customer, rows: found)
            let count = found.upperBound &- found.lowerBound
            runCounts[slot] = next &+ Int(bitPattern: UInt(bitPattern: 0 &- count) &>> 63)
            rowCount &+= count
        }
    }

    @inline(__always) func members(_ route: Int) -> UnsafePointer<Int32> {
        UnsafePointer(members + route &* capacity)
    }

    @inline(__always) func groups(_ route: Int) -> UnsafePointer<BitDelivery> {
        UnsafePointer(groups + route &* capacity)
    }

    /// Puts the customers with the same delivery together, on each route.
    func groupRoutes() {
        for route in 0..<routeCount {
            let start = route &* capacity
            groupCounts[route] = 0
            var placed = 0
            var key = Int32.min
            while placed < count {
                var next = Int32.max
                for customer in 0..<count {
                    let own = groupingKey(start &+ customer)
                    next = own > key ? min(next, own) : next
                }
                key = next
                let first = placed
                for customer in 0..<count {
                    members[start &+ placed] = Int32(truncatingIfNeeded: customer)
                    placed &+= groupingKey(start &+ customer) == key ? 1 : 0
                }
                let delivery = start &+ Int(members[start &+ first])
                groups[start &+ groupCounts[route]] = BitDelivery(
                    first: first, count: placed &- first, category: routes[delivery].category,
                    isQuietable: routes[delivery].isQuietable, capChannel: routes[delivery].capChannel)
                groupCounts[route] &+= 1
            }
        }
    }

    /// The category tells the channel, and the channel which caps matter.
    @inline(__always)
    private func groupingKey(_ place: Int) -> Int32 {
        routes[place].category &* 2 &+ (routes[place].isQuietable ? 1 : 0)
    }

    /// By route, how the next customer is reached.
    @inline(__always)
    func setRoutes(_ reached: UnsafePointer<BitReach>) {
        for route in 0..<routeCount { routes[route &* capacity &+ count] = reached[route] }
    }

    mutating func setKey(_ key: [UInt8], _ arena: RawArena) {
        let start = keyStarts[count]
        let words = hashedWordCount(ofBytes: key.count)
        if start + words > keyCapacity {
            keys = arena.grow(keys, start, &keyCapacity, to: start + words, with: 0)
        }
        let bytes = key.span
        for index in 0..<words { keys[start + index] = hashedWord(index, of: bytes) }
        keyStarts[count + 1] = start + words
    }

    /// A customer's bucket under a salt.
    func bucket(_ key: AssignmentKeyWords, _ customer: Int) -> Int {
        let start = keyStarts[customer]
        let words = UnsafeBufferPointer(start: UnsafePointer(keys + start), count: keyStarts[customer + 1] - start)
        let span = words.span
        return assignmentBucket(key: key, hashedWords: span)
    }

    mutating func setListed(_ days: UnsafeBufferPointer<Int32>, _ arena: RawArena) {
        let start = listedStarts[count]
        if start + days.count > listedCapacity {
            listed = arena.grow(listed, start, &listedCapacity, to: start + days.count, with: 0)
        }
        for index in 0..<days.count { listed[start + index] = days[index] }
        listedStarts[count + 1] = start + days.count
    }
}

/// How a customer is reached on a route.
struct BitReach {
    var isQuietable = false
    /// A position in the campaign's channels; -1: unreachable.
    var channel: Int32 = -1
    /// Of `FrequencyCaps`; -1: caps do not matter.
    var capChannel: Int32 = -1
    /// The counter of what passes every filter, before groups and variants are drawn.
    var category: Int32 = 0
}

/// Customers of a block with the same delivery on a route.
struct BitDelivery {
    /// Of the route's members, so many from the first on.
    var first = 0
    var count = 0
    /// The counter of what passes every filter, before groups and variants are drawn.
    var category: Int32 = 0
    var isQuietable = false
    /// Of `FrequencyCaps`; -1: caps do not matter.
    var capChannel: Int32 = -1
}
