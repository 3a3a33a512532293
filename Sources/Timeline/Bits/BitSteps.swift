/// A grid of one panel whose instants are a step apart, as those of every day where no clock is changed.
///
/// Where a window is a whole number of steps, its edge is as many places away from the event's own place: one look-up an
/// event, and an addition an edge. Places before and behind the grid are kept apart as far as any window reaches.
struct BitSteps: @unchecked Sendable {
    private let step: Int64
    /// The longest way from an event to an edge, in steps.
    private let reach: Int
    /// Places of the grid and `reach` more on both sides.
    private let cells: UnsafePointer<Int32>
    private let instants: UnsafePointer<Int64>
    private let base: Int64
    private let end: Int64
    private let shift: Int64
    /// The panels of the bits from a place on, by place; places from `-2 · reach` on.
    let suffixes: UnsafePointer<BitPanel>

    /// Farther windows take the long way; the tables should stay in the processor's nearest cache.
    private static let reachLimit = 256

    init?(_ grid: BitGrid, _ arena: RawArena) {
        let places = grid.grid.instants[..<grid.grid.count]
        guard grid.panels == 1, places.count >= 2 else { return nil }
        let step = places[1] - places[0]
        guard step > 0, zip(places, places.dropFirst()).allSatisfy({ $1 - $0 == step }) else { return nil }
        let ways = grid.program.offsets.filter { $0 % step == 0 }.map { ($0 / step).magnitude }
        let reach = Int(ways.filter { $0 <= Self.reachLimit }.max() ?? 0)
        let (first, isBelow) = places[0].subtractingReportingOverflow(step * Int64(reach))
        let (last, isAbove) = first.addingReportingOverflow(step * Int64(places.count + 2 * reach))
        guard !isBelow, !isAbove, last < .max else { return nil }
        let wide = InstantGrid(stride(from: first, to: last, by: Int(step)).map { $0 })
        guard wide.isSparse else { return nil }
        (self.step, self.reach) = (step, reach)
        (cells, instants) = (arena.copy(wide.cells), arena.copy(wide.instants))
        (base, end, shift) = (wide.base, wide.end, wide.shift)
        let table = (-2 * reach...places.count + 2 * reach).map { BitPanel.from(min(max($0, 0), BitPanel.bits)) }
        suffixes = arena.copy(table) + 2 * reach
    }

    func fits(_ offsets: ArraySlice<Int64>) -> Bool {
        offsets.allSatisfy { $0 % step == 0 && ($0 / step).magnitude <= reach }
    }

    /// Edges by place among `offsets` → steps.
    func replaceEdges(_ counts: inout ArraySlice<BitCountRow>, offsets: ArraySlice<Int64>) {
        for index in counts.indices {
            counts[index].arrival = steps(counts[index].arrival, offsets)
            counts[index].expiry = steps(counts[index].expiry, offsets)
        }
    }

    private func steps(_ edge: Int32, _ offsets: ArraySlice<Int64>) -> Int32 {
        Int32(truncatingIfNeeded: offsets[offsets.startIndex + Int(edge)] / step)
    }

    /// The place of an instant, at most `reach` before or behind the grid.
    @inline(__always) func place(_ t: Int64) -> Int32 {
        let inside = min(max(t, base), end)
        let place = cells[Int(truncatingIfNeeded: (inside &- base) &>> shift)]
        return place &+ (instants[Int(place)] < inside ? 1 : 0) &- Int32(truncatingIfNeeded: reach)
    }
}
