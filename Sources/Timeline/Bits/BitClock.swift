/// An `InstantGrid` in raw memory.
struct BitClock {
    let instants: UnsafePointer<Int64>
    let count: Int
    private let cells: UnsafePointer<Int32>
    private let base: Int64
    private let end: Int64
    private let shift: Int64
    private let isSparse: Bool

    init(_ grid: InstantGrid, _ arena: RawArena) {
        instants = arena.copy(grid.instants)
        cells = arena.copy(grid.cells)
        (base, end, shift, isSparse, count) = (grid.base, grid.end, grid.shift, grid.isSparse, grid.count)
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

/// A `BitTrack` in raw memory.
struct BitTrackMemory {
    private let clock: BitClock
    private let firstBits: UnsafePointer<Int32>?

    init(_ track: BitTrack, _ arena: RawArena) {
        clock = BitClock(track.clock, arena)
        firstBits = track.firstBits.isEmpty ? nil : arena.copy(track.firstBits)
    }

    /// The first bit for somebody who exists from an instant on.
    @inline(__always) func firstBit(_ existsFrom: Int64) -> Int {
        let place = clock.index(existsFrom)
        return firstBits.map { Int($0[place]) } ?? place
    }
}
