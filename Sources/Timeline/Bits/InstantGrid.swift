/// Ascending instants, all different, and a table that finds the place of any instant among them in constant time.
struct InstantGrid: Sendable {
    /// The instants; behind the last one `Int64.max`, so that a search always ends.
    private(set) var instants: [Int64]
    let count: Int
    /// For each cell of `1 << shift` milliseconds from `base` on: the first instant that is not before the cell.
    private(set) var cells: [Int32]
    private(set) var base: Int64
    private(set) var end: Int64
    private(set) var shift: Int64
    /// Whether no cell has two instants, so that a search takes one step at most.
    private(set) var isSparse = true

    private static let cellLimit = 1 << 14

    /// `sorted`: strictly ascending, none of them `Int64.max`.
    init(_ sorted: [Int64]) {
        count = sorted.count
        instants = sorted + [.max]
        base = sorted.first ?? 0
        // One later than the last: everything after it has the place `count`.
        end = (sorted.last ?? 0) + 1
        shift = 0
        cells = []
        guard let first = sorted.first, let last = sorted.last else {
            (base, end) = (0, 0)
            cells = [0]
            return
        }
        let width = saturatingDifference(last, first)
        let gap = zip(sorted, sorted.dropFirst()).map { saturatingDifference($1, $0) }.min() ?? 1
        while Int64(1) << (shift + 1) <= gap, shift < 62 { shift += 1 }
        while (width + 1) >> shift >= Self.cellLimit { shift += 1 }
        var next = 0
        isSparse = Int64(1) << shift <= gap
        for cell in 0...Int((width + 1) >> shift) {
            let start = first + Int64(cell) << shift
            while next < count, instants[next] < start { next += 1 }
            cells.append(Int32(next))
        }
    }

    /// How many instants are before `t`: the place of the first that is not.
    func index(_ t: Int64) -> Int {
        let inside = min(max(t, base), end)
        var place = Int(cells[Int((inside - base) >> shift)])
        while instants[place] < inside { place += 1 }
        return place
    }
}
