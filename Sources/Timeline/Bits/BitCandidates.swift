/// What nothing but frequency caps can refuse, for the customers of a block: campaigns in the order in which they are
/// served, each with its instants; grid after grid.
struct BitCandidates {
    let caps: BitCaps
    /// By number of a grid among a lane's.
    let grids: UnsafeMutablePointer<BitGridCandidates>

    init(_ caps: FrequencyCaps, _ plan: BitPlan, lanes: [Range<Int>], capacity: Int, _ arena: RawArena) {
        self.caps = BitCaps(caps, arena)
        let count = lanes.map(\.count).max() ?? 0
        let made = (0..<count).map { number in
            let grids = lanes.filter { number < $0.count }.map { plan.grids[$0.lowerBound + number] }
            return BitGridCandidates(
                capacity: capacity, campaigns: grids.map(\.campaigns.count).max() ?? 0,
                counters: grids.map(\.counters).max() ?? 0, panels: grids.map(\.panels).max() ?? 1, arena)
        }
        grids = UnsafeMutablePointer(mutating: arena.copy(made))
    }

    /// The candidates of a campaign's grid, and the number there of what the campaign sends.
    @inline(__always)
    func open(
        _ campaign: UnsafePointer<BitCampaign>, _ course: UnsafePointer<BitCourse>, category: Int, channel: Int32
    ) -> (grid: UnsafeMutablePointer<BitGridCandidates>, number: Int32) {
        let grid = grids + Int(campaign.pointee.grid)
        let number = course.pointee.counters &+ category
        grid.pointee.kinds[number] = BitCandidate(campaign, category, channel)
        return (grid, Int32(truncatingIfNeeded: number))
    }
}

/// The candidates on one grid.
struct BitGridCandidates {
    /// By customer.
    let counts: UnsafeMutablePointer<Int>
    /// Customer after customer, as many as there are campaigns: which of `kinds`.
    private let candidates: UnsafeMutablePointer<Int32>
    /// By number of a course's counter: what is counted there.
    let kinds: UnsafeMutablePointer<BitCandidate>
    /// The same: their instants, panel after panel.
    private let bits: UnsafeMutablePointer<BitPanel>
    /// Of one customer, the same: what goes out.
    private let sent: UnsafeMutablePointer<BitPanel>
    /// Of one customer: instants of candidates that are not served yet, panel after panel.
    let rest: UnsafeMutablePointer<BitPanel>
    /// Which candidates are due at an instant, a bit each.
    let due: UnsafeMutablePointer<UInt64>
    private let perCustomer: Int
    /// Of a candidate, used or not.
    let panels: Int
    /// The place and the instant to be served next.
    var place = 0
    var instant = Int64.max

    init(capacity: Int, campaigns: Int, counters: Int, panels: Int, _ arena: RawArena) {
        // Due candidates are collected four at a time.
        perCustomer = (campaigns + 3) / 4 * 4
        self.panels = panels
        counts = arena.make(capacity, of: 0)
        candidates = arena.make(capacity * perCustomer, of: 0)
        kinds = arena.make(counters, of: BitCandidate())
        bits = arena.make(capacity * perCustomer * panels, of: .zero)
        sent = arena.make(perCustomer * panels, of: .zero)
        rest = arena.make(panels, of: .zero)
        due = arena.make(campaigns / 64 + 1, of: 0)
    }

    @inline(__always) func candidates(of customer: Int) -> BitCustomerCandidates {
        BitCustomerCandidates(numbers: candidates + customer &* perCustomer, kinds: kinds)
    }

    /// The instants of the candidate at a place.
    @inline(__always) func bits(of customer: Int, _ place: Int) -> UnsafeMutablePointer<BitPanel> {
        bits + (customer &* perCustomer &+ place) &* panels
    }

    @inline(__always) func sent(_ place: Int) -> UnsafeMutablePointer<BitPanel> { sent + place &* panels }

    /// Adds a candidate without instants; the caller writes them.
    @inline(__always)
    func append(_ number: Int32, of customer: Int) -> UnsafeMutablePointer<BitPanel> {
        let place = counts[customer]
        counts[customer] = place &+ 1
        candidates[customer &* perCustomer &+ place] = number
        return bits(of: customer, place)
    }

    /// Begins with a customer.
    mutating func open(_ customer: Int, _ grid: UnsafePointer<BitGridMemory>) {
        let count = counts[customer]
        place = grid.pointee.count
        instant = .max
        if count == 0 { return }
        sent.update(repeating: .zero, count: count &* panels)
        rest.update(repeating: .zero, count: panels)
        for index in 0..<count {
            let own = bits(of: customer, index)
            for panel in 0..<grid.pointee.panels { rest[panel] = rest[panel] | own[panel] }
        }
        advance(from: 0, grid)
    }

    /// Moves on to the first instant that is not served, from a place on.
    @inline(__always)
    mutating func advance(from start: Int, _ grid: UnsafePointer<BitGridMemory>) {
        let words = UnsafeRawPointer(rest)
        let end = grid.pointee.panels &* BitPanel.words
        var word = start &>> 6
        guard word < end else { return finish(grid) }
        var bits = Self.load(words, word) & .max &<< UInt64(truncatingIfNeeded: start)
        while bits == 0 {
            word &+= 1
            guard word < end else { return finish(grid) }
            bits = Self.load(words, word)
        }
        place = word &<< 6 &+ bits.trailingZeroBitCount
        instant = grid.pointee.instants[place]
    }

    @inline(__always)
    private mutating func finish(_ grid: UnsafePointer<BitGridMemory>) {
        place = grid.pointee.count
        instant = .max
    }

    @inline(__always)
    private static func load(_ words: UnsafeRawPointer, _ word: Int) -> UInt64 {
        words.load(fromByteOffset: word &* MemoryLayout<UInt64>.size, as: UInt64.self)
    }

    /// Writes down which candidates are due at the instant to be served.
    @inline(__always)
    func collectDue(_ customer: Int) {
        var word = 0
        while word &* 64 < counts[customer] {
            due[word] = due(customer, from: word &* 64)
            word &+= 1
        }
    }

    /// Which of the 64 candidates from a place on are due. Each is looked at: what it has cannot be guessed.
    @inline(__always)
    func due(_ customer: Int, from first: Int) -> UInt64 {
        let count = min(counts[customer] &- first, 64)
        let stride = panels &* MemoryLayout<BitPanel>.stride
        var words = UnsafeRawPointer(bits(of: customer, first)) + place &>> 6 &* MemoryLayout<UInt64>.size
        let shift = UInt64(truncatingIfNeeded: place & 63)
        var found: UInt64 = 0
        var index = 0
        while index < count {
            let a = words.load(as: UInt64.self) &>> shift & 1
            let b = words.load(fromByteOffset: stride, as: UInt64.self) &>> shift & 1
            let c = words.load(fromByteOffset: 2 &* stride, as: UInt64.self) &>> shift & 1
            let d = words.load(fromByteOffset: 3 &* stride, as: UInt64.self) &>> shift & 1
            let four = a | b &<< 1 | c &<< 2 | d &<< 3
            found |= four &<< UInt64(truncatingIfNeeded: index)
            words += 4 &* stride
            index &+= 4
        }
        // Behind the last are those of customers before.
        return found & (.max &>> UInt64(truncatingIfNeeded: 64 &- count))
    }

    /// The first candidate that is due; -1: none.
    @inline(__always)
    func firstDue(_ customer: Int) -> Int {
        var word = 0
        while word &* 64 < counts[customer] {
            if due[word] != 0 { return word &* 64 &+ due[word].trailingZeroBitCount }
            word &+= 1
        }
        return -1
    }

    /// The candidate is not due any more.
    @inline(__always)
    func drop(_ index: Int) {
        due[index / 64] &= due[index / 64] &- 1
    }

    /// The candidate gets the instant at hand.
    @inline(__always)
    func send(_ index: Int) {
        let words = UnsafeMutableRawPointer(sent(index))
        let offset = place &>> 6 &* MemoryLayout<UInt64>.size
        let word = words.load(fromByteOffset: offset, as: UInt64.self) | 1 &<< UInt64(truncatingIfNeeded: place)
        words.storeBytes(of: word, toByteOffset: offset, as: UInt64.self)
    }
}

/// One customer's, in the order in which they are served.
struct BitCustomerCandidates {
    let numbers: UnsafePointer<Int32>
    let kinds: UnsafePointer<BitCandidate>

    @inline(__always) subscript(_ place: Int) -> UnsafePointer<BitCandidate> { kinds + Int(numbers[place]) }
}

/// What a campaign sends on one channel in one variant.
struct BitCandidate {
    /// Among all campaigns: the order in which they are served.
    var rank: Int32
    /// In `BitGrid.courses`.
    var course: Int32
    /// The counter of what is sent.
    var category: Int32
    /// A channel of `FrequencyCaps`.
    var channel: Int32
    /// An index into the plan's campaigns.
    var campaign: Int32

    init(_ campaign: UnsafePointer<BitCampaign>, _ category: Int, _ channel: Int32) {
        rank = campaign.pointee.rank
        course = Int32(truncatingIfNeeded: campaign.pointee.course)
        self.category = Int32(truncatingIfNeeded: category)
        self.channel = channel
        self.campaign = Int32(truncatingIfNeeded: campaign.pointee.index)
    }

    /// None, to make room.
    init() {
        (rank, course, category, channel, campaign) = (0, 0, 0, 0, 0)
    }
}
