/// A grid's tables and counters in one thread's raw memory.
struct BitGridMemory {
    let instants: UnsafePointer<Int64>
    let cells: UnsafePointer<Int32>
    let base: Int64
    let end: Int64
    let shift: Int64
    let isSparse: Bool
    let count: Int
    let panels: Int
    let campaigns: UnsafePointer<BitCampaign>
    let campaignCount: Int
    let courses: UnsafePointer<BitCourse>
    let masks: UnsafePointer<BitPanel>
    let firstBits: UnsafePointer<Int32>
    let triggers: UnsafePointer<Int64>
    let leaves: UnsafePointer<Int32>
    let leafCount: Int
    let combinations: UnsafePointer<Int32>
    let combinationCount: Int
    /// Customers: category after category of each course, panel after panel.
    let counters: UnsafeMutablePointer<BitCounter>
    let pending: UnsafeMutablePointer<Int>
    /// By place of the first instant at which they exist: customers.
    let existing: UnsafeMutablePointer<Int>
    /// Panel after panel: the messages of the current customer.
    let messages: UnsafeMutablePointer<BitCounter>
    let messageLevels: Int
    /// By bit: the day of the period.
    let days: UnsafePointer<Int32>
    let mostBitsPerDay: Int
    let mostBitsPerWeek: Int

    init(_ grid: BitGrid, levels: Int, days: [Int32], arena: RawArena) {
        instants = arena.copy(grid.grid.instants)
        cells = arena.copy(grid.grid.cells)
        (base, end, shift, isSparse) = (grid.grid.base, grid.grid.end, grid.grid.shift, grid.grid.isSparse)
        count = grid.grid.count
        panels = grid.panels
        campaigns = arena.copy(grid.campaigns)
        campaignCount = grid.campaigns.count
        courses = arena.copy(grid.courses)
        masks = arena.copy(grid.masks)
        firstBits = arena.copy(grid.firstBits)
        triggers = arena.copy(grid.triggers)
        (leaves, leafCount) = (arena.copy(grid.leaves), grid.leaves.count)
        (combinations, combinationCount) = (arena.copy(grid.combinations), grid.combinations.count)
        counters = arena.makeCounters(grid.counters * panels, levels: levels)
        pending = arena.make(grid.pending, of: 0)
        existing = arena.make(count + 1, of: 0)
        messageLevels = Int.bitWidth - grid.campaigns.count.leadingZeroBitCount
        messages = arena.makeCounters(panels, levels: messageLevels + 1)
        self.days = arena.copy(days)
        mostBitsPerDay = Dictionary(grouping: days) { $0 }.values.map(\.count).max() ?? 0
        mostBitsPerWeek = mostBitsPerDay * 7
    }

    /// How many instants are before `t`.
    @inline(__always) func index(_ t: Int64) -> Int {
        let inside = min(max(t, base), end)
        var place = Int(cells[Int(truncatingIfNeeded: (inside &- base) &>> shift)])
        if isSparse { return place &+ (instants[place] < inside ? 1 : 0) }
        while instants[place] < inside { place += 1 }
        return place
    }
}

extension RawArena {
    fileprivate func makeCounters(_ count: Int, levels: Int) -> UnsafeMutablePointer<BitCounter> {
        let memory = make(count * levels * 2, of: BitPanel.zero)
        let counters = make(count, of: BitCounter(masks: 0, levels: memory))
        for index in 0..<count { counters[index] = BitCounter(masks: 0, levels: memory + index * levels * 2) }
        return counters
    }
}
