/// A grid's tables, its counters and its rows for a block of customers, in one thread's raw memory.
struct BitGridMemory {
    let clock: InstantIndex
    let panels: Int
    var instants: UnsafePointer<Int64> { clock.instants }
    var count: Int { clock.count }

    let campaigns: UnsafePointer<BitCampaign>
    let campaignCount: Int
    /// Those whose occurrences can be moved behind the period.
    let pendingCampaigns: UnsafePointer<Int32>
    let pendingCampaignCount: Int
    let courses: UnsafePointer<BitCourse>
    let masks: UnsafePointer<BitPanel>
    let tracks: UnsafePointer<BitTrackMemory>
    let trackCount: Int
    let triggers: UnsafePointer<Int64>
    let program: BitProgramMemory
    /// For streams all of whose offsets are whole steps of the grid: nil if there are none.
    let steps: BitSteps?

    /// Customers: category after category of each course, panel after panel.
    let counters: UnsafeMutablePointer<BitCounter>
    let pending: UnsafeMutablePointer<Int>
    /// By place of the first instant at which they exist: customers.
    let existing: UnsafeMutablePointer<Int>
    /// By bit: the day of the period.
    let days: UnsafePointer<Int32>
    let mostBitsPerDay: Int
    let mostBitsPerWeek: Int

    /// Customers of a block.
    let capacity: Int
    /// Row after row, customer after customer, panel after panel.
    private(set) var bits: UnsafeMutablePointer<BitPanel>
    /// Steady row after steady row, by customer: whether it holds.
    private(set) var steadyHolds: UnsafeMutablePointer<Bool>
    /// Track after track, by customer: the first bit at which they exist, and the panels of the bits from there on.
    private(set) var existsPlaces: UnsafeMutablePointer<Int>
    private(set) var exists: UnsafeMutablePointer<BitPanel>
    /// By customer, panel after panel: their messages.
    let messages: UnsafeMutablePointer<BitCounter>
    let messageLevels: Int

    /// `bits`: room for the rows that it shares with other grids; nil: it has its own.
    init(
        _ grid: BitGrid, levels: Int, capacity: Int, days: [Int32], bits: UnsafeMutablePointer<BitPanel>?,
        _ bound: BoundPlan, _ arena: RawArena
    ) {
        clock = InstantIndex(grid.grid, arena)
        panels = grid.panels
        campaigns = arena.copy(grid.campaigns)
        campaignCount = grid.campaigns.count
        let late = grid.campaigns.indices.filter { grid.campaigns[$0].hasPending }.map { Int32($0) }
        (pendingCampaigns, pendingCampaignCount) = (arena.copy(late), late.count)
        courses = arena.copy(grid.courses)
        masks = arena.copy(grid.masks)
        (tracks, trackCount) = (arena.copy(grid.tracks.map { BitTrackMemory($0, arena) }), grid.tracks.count)
        triggers = arena.copy(grid.triggers)
        let steps = BitSteps(grid, arena)
        self.steps = steps
        program = BitProgramMemory(grid.program, steps, bound, arena)
        counters = arena.makeCounters(grid.counters * panels, levels: levels)
        pending = arena.make(grid.pending, of: 0)
        existing = arena.make(grid.grid.count + 1, of: 0)
        self.days = arena.copy(days)
        mostBitsPerDay = Dictionary(grouping: days) { $0 }.values.map(\.count).max() ?? 0
        mostBitsPerWeek = mostBitsPerDay * 7
        self.capacity = capacity
        self.bits = bits ?? arena.make(grid.bitCount(capacity: capacity), of: .zero)
        steadyHolds = arena.make(grid.program.steady.count * capacity, of: false)
        existsPlaces = arena.make(grid.tracks.count * capacity, of: 0)
        exists = arena.make(grid.tracks.count * capacity * panels, of: .zero)
        messageLevels = Int.bitWidth - grid.campaigns.count.leadingZeroBitCount
        messages = arena.makeCounters(capacity * panels, levels: messageLevels)
    }

    /// The same for another block of customers: it adds to the same counters.
    func another(_ grid: BitGrid, sharesBits: Bool, _ arena: RawArena) -> BitGridMemory {
        var other = self
        if !sharesBits { other.bits = arena.make(grid.bitCount(capacity: capacity), of: .zero) }
        other.steadyHolds = arena.make(grid.program.steady.count * capacity, of: false)
        other.existsPlaces = arena.make(grid.tracks.count * capacity, of: 0)
        other.exists = arena.make(grid.tracks.count * capacity * panels, of: .zero)
        return other
    }

    /// How many instants are before `t`.
    @inline(__always) func index(_ t: Int64) -> Int { clock.countBefore(t) }

    /// A row for the customers from one on.
    @inline(__always) func row(_ row: Int32, customer: Int = 0) -> UnsafeMutablePointer<BitPanel> {
        bits + (Int(row) &* capacity &+ customer) &* panels
    }
}

/// A `BitProgram` in raw memory, with what of streams has to be looked at.
struct BitProgramMemory {
    let rows: UnsafePointer<BitRow>
    let rowCount: Int
    let children: UnsafePointer<Int32>
    let steady: UnsafePointer<Int32>
    let steadyCount: Int
    let streams: UnsafePointer<BitStream>
    let streamCount: Int
    /// By stream of the program: the slot whose times it is; -1: a selection.
    let slots: UnsafePointer<Int>
    /// By stream of the program: whether its counts have steps for edges.
    let isStepped: UnsafePointer<Bool>
    let offsets: UnsafePointer<Int64>
    /// The edges of stepped streams are steps.
    let counts: UnsafePointer<BitCountRow>
    let combinations: UnsafePointer<BitCombination>
    let operands: UnsafePointer<BitOperand>
    let projected: UnsafePointer<Int32>
    let projectedCount: Int
    let words: Int

    init(_ program: BitProgram, _ steps: BitSteps?, _ bound: BoundPlan, _ arena: RawArena) {
        (rows, rowCount) = (arena.copy(program.rows), program.rows.count)
        children = arena.copy(program.children)
        (steady, steadyCount) = (arena.copy(program.steady), program.steady.count)
        (streams, streamCount) = (arena.copy(program.streams), program.streams.count)
        slots = arena.copy(program.streams.map { Self.slot(of: bound.streams[$0.stream], bound) })
        offsets = arena.copy(program.offsets)
        let isStepped = program.streams.map { steps?.fits(program.offsets[$0.offsets]) ?? false }
        var counts = program.counts
        if let steps {
            for (stream, isStepped) in zip(program.streams, isStepped) where isStepped {
                steps.replaceEdges(&counts[stream.counts], offsets: program.offsets[stream.offsets])
            }
        }
        self.isStepped = arena.copy(isStepped)
        self.counts = arena.copy(counts)
        combinations = arena.copy(program.combinations)
        operands = arena.copy(program.operands)
        (projected, projectedCount) = (arena.copy(program.projected), program.projected.count)
        words = program.words
    }

    /// The slot whose times a stream is; -1: a selection.
    static func slot(of stream: BoundStream, _ bound: BoundPlan) -> Int {
        guard stream.sources.count == 1, !stream.hasValues else { return -1 }
        let source = bound.sources[stream.sources.lowerBound]
        return source.tests.isEmpty ? source.slot : -1
    }
}

extension BitGrid {
    /// Panels of all rows of a block.
    func bitCount(capacity: Int) -> Int { program.rows.count * capacity * panels }

    /// Whether nothing of customers is asked for but attributes and the times of their events.
    func asksTimesAlone(_ bound: BoundPlan) -> Bool {
        program.projected.isEmpty
            && program.streams.allSatisfy { BitProgramMemory.slot(of: bound.streams[$0.stream], bound) >= 0 }
    }
}
