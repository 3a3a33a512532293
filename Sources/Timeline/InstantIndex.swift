/// The table of an `InstantGrid` in raw memory: the place of any instant in constant time, without a check.
///
/// Valid for as long as the arena that it was made in.
struct InstantIndex {
    /// Behind the last one `Int64.max`.
    let instants: UnsafePointer<Int64>
    let count: Int
    private let cells: UnsafePointer<Int32>
    private let base: Int64
    private let end: Int64
    private let shift: Int64
    /// Whether no cell has two instants.
    private let isSparse: Bool

    init(_ grid: InstantGrid, _ arena: RawArena) {
        instants = arena.copy(grid.instants)
        count = grid.count
        cells = arena.copy(grid.cells)
        (base, end, shift, isSparse) = (grid.base, grid.end, grid.shift, grid.isSparse)
    }

    /// How many instants are before `t`.
    @inline(__always)
    func countBefore(_ t: Int64) -> Int {
        let inside = min(max(t, base), end)
        var place = Int(cells[Int(truncatingIfNeeded: (inside &- base) &>> shift)])
        // Adding has no branch to guess wrong.
        if isSparse { return place &+ (instants[place] < inside ? 1 : 0) }
        while instants[place] < inside { place &+= 1 }
        return place
    }

    /// How many instants are not after `t`, which is not `Int64.max`.
    @inline(__always)
    func countUntil(_ t: Int64) -> Int { countBefore(t &+ 1) }
}
