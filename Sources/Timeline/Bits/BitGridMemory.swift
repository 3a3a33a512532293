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
    /// Counter after counter, panel after panel, level after level: bit `b` of level `l` counts 2ˡ customers at `b`.
    let counters: UnsafeMutablePointer<BitPanel>
    let pending: UnsafeMutablePointer<Int>
    /// By place of the first instant at which they exist: customers.
    let existing: UnsafeMutablePointer<Int>
    /// Panel after panel, level after level: the messages of the current customer at each instant.
    let messages: UnsafeMutablePointer<BitPanel>
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
        counters = arena.make(grid.counters * panels * levels, of: BitPanel.zero)
        pending = arena.make(grid.pending, of: 0)
        existing = arena.make(count + 1, of: 0)
        messageLevels = Int.bitWidth - grid.campaigns.count.leadingZeroBitCount
        messages = arena.make(panels * max(messageLevels, 1), of: BitPanel.zero)
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
