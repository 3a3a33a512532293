import Experiments

/// A block of customers with the same grids, in one thread's raw memory: what campaigns ask about each of them besides
/// rows of bits.
struct BitLane {
    let grids: Range<Int>
    /// The campaigns of its grids in the order in which they are served.
    let order: UnsafePointer<Place>
    let orderCount: Int
    let capacity: Int
    let zone: UnsafeMutablePointer<Int>
    /// Route after route, customer after customer.
    let routes: UnsafeMutablePointer<RouteState>
    /// The same: the counter of what passes every filter, before groups and variants are drawn.
    let categories: UnsafeMutablePointer<Int32>
    let isInHoldout: UnsafeMutablePointer<Bool>
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
    private var rowCount = 0
    var count = 0

    /// A block with more rows is finished, however few customers it has, so that little memory is needed at a time.
    private static let rowsMax = 1 << 17

    /// Where a campaign is: on which of the lane's grids, and where in it.
    struct Place {
        var grid: Int32
        var campaign: Int32
    }

    /// How a customer is reached on a route.
    struct RouteState {
        var isQuietable = false
        /// A position in the campaign's channels; -1: unreachable.
        var channel: Int32 = -1
        /// Of `FrequencyCaps`; -1: caps do not matter.
        var capChannel: Int32 = -1
    }

    init(grids: Range<Int>, of plan: BitPlan, capacity: Int, slots: Int, _ arena: RawArena) {
        self.grids = grids
        let places = plan.order(of: grids)
        (order, orderCount) = (arena.copy(places), places.count)
        let routeCount = plan.routes.count
        self.capacity = capacity
        zone = arena.make(capacity, of: 0)
        routes = arena.make(routeCount * capacity, of: RouteState())
        categories = arena.make(routeCount * capacity, of: 0)
        isInHoldout = arena.make(capacity, of: false)
        keyCapacity = capacity * 4
        keys = arena.make(keyCapacity, of: 0)
        keyStarts = arena.make(capacity + 1, of: 0)
        listedCapacity = capacity * 4
        listed = arena.make(listedCapacity, of: 0)
        listedStarts = arena.make(capacity + 1, of: 0)
        self.slots = slots
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
        for slot in 0..<slots {
            let found = rows[slot &* stride &+ place]
            let next = runCounts[slot]
            // Written in any case, kept where there is something: who has which events cannot be guessed.
            runs[slot &* capacity &+ next] = BitRun(customer: count, rows: found)
            runCounts[slot] = next &+ found.count.signum()
            rowCount &+= found.count
        }
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
