/// A grid whose instants come again after a step, as those of every day where no clock is changed.
///
/// Where a window is a whole number of steps, its edge is a fixed number of places away from the event's own place: one
/// look-up an event, and an addition an edge. Places before and behind the grid are kept apart as far as any window reaches.
struct BitSteps: @unchecked Sendable {
    private let step: Int64
    /// Places in a step.
    private let width: Int
    /// The longest way from an event to an edge, in places.
    private let reach: Int
    /// Places of the grid and `reach` more on both sides.
    private let cells: UnsafePointer<Int32>
    private let instants: UnsafePointer<Int64>
    private let base: Int64
    private let end: Int64
    private let shift: Int64
    /// The bits from a place on, by place, panel after panel; places from `-2 · reach` on.
    let suffixes: UnsafePointer<BitPanel>

    /// Farther windows take the long way; the tables should stay in the processor's nearest caches.
    private static let reachLimit = 256
    private static let widthLimit = 4
    private static let panelLimit = 4

    init?(_ grid: BitGrid, _ arena: RawArena) {
        let places = Array(grid.grid.instants[..<grid.grid.count])
        guard grid.panels <= Self.panelLimit, let width = Self.width(of: places) else { return nil }
        let step = places[width] - places[0]
        let ways = grid.program.offsets.filter { $0 % step == 0 }.map { ($0 / step).magnitude }
        let steps = Int(ways.filter { $0 * UInt64(width) <= Self.reachLimit }.max() ?? 0)
        let wide = Self.widened(places, width, by: steps, step)
        guard let wide, wide.isSparse else { return nil }
        (self.step, self.width, reach) = (step, width, steps * width)
        (cells, instants) = (arena.copy(wide.cells), arena.copy(wide.instants))
        (base, end, shift) = (wide.base, wide.end, wide.shift)
        let table = (-2 * reach...places.count + 2 * reach).flatMap { place in
            (0..<grid.panels).map { BitPanel.from(min(max(place - $0 * BitPanel.bits, 0), BitPanel.bits)) }
        }
        suffixes = arena.copy(table) + 2 * reach * grid.panels
    }

    /// After how many places the instants come again; nil: they do not.
    private static func width(of places: [Int64]) -> Int? {
        (1...widthLimit).first { width in
            guard places.count > 2 * width else { return false }
            let step = places[width] - places[0]
            return zip(places, places.dropFirst(width)).allSatisfy { $1 - $0 == step }
        }
    }

    /// The same instants `steps` steps before the first and behind the last; nil outside all time.
    private static func widened(_ places: [Int64], _ width: Int, by steps: Int, _ step: Int64) -> InstantGrid? {
        let (way, isBeyond) = step.multipliedReportingOverflow(by: Int64(steps))
        guard !isBeyond, let first = places.first, let last = places.last else { return nil }
        guard !first.subtractingReportingOverflow(way).overflow, !last.addingReportingOverflow(way).overflow else {
            return nil
        }
        var wide: [Int64] = []
        for number in 0..<steps { wide += places[..<width].map { $0 - step * Int64(steps - number) } }
        wide += places
        for number in 0..<steps { wide += places[(places.count - width)...].map { $0 + step * Int64(number + 1) } }
        return wide.last == .max ? nil : InstantGrid(wide)
    }

    func fits(_ offsets: ArraySlice<Int64>) -> Bool {
        offsets.allSatisfy { $0 % step == 0 && ($0 / step).magnitude * UInt64(width) <= reach }
    }

    /// Edges by place among `offsets` → places away.
    func replaceEdges(_ counts: inout ArraySlice<BitCountRow>, offsets: ArraySlice<Int64>) {
        for index in counts.indices {
            counts[index].arrival = steps(counts[index].arrival, offsets)
            counts[index].expiry = steps(counts[index].expiry, offsets)
        }
    }

    private func steps(_ edge: Int32, _ offsets: ArraySlice<Int64>) -> Int32 {
        Int32(truncatingIfNeeded: offsets[offsets.startIndex + Int(edge)] / step * Int64(width))
    }

    /// The place of an instant, at most `reach` before or behind the grid.
    @inline(__always) func place(_ t: Int64) -> Int32 {
        let inside = min(max(t, base), end)
        let place = cells[Int(truncatingIfNeeded: (inside &- base) &>> shift)]
        return place &+ (instants[Int(place)] < inside ? 1 : 0) &- Int32(truncatingIfNeeded: reach)
    }
}
