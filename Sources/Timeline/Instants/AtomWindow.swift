import CampaignPlan

/// What an atom sees through its window at the instant that it was asked about last, for one customer at a time.
///
/// Rows come and go as the window moves; in whichever direction, only those are looked at that are in one window and
/// not in the other.
struct AtomWindow: Sendable {
    /// By source of the atom's stream: the rows in the window.
    private(set) var shown: [Range<Int>]
    /// Of the rows in the window that the atom selects, in all sources.
    private(set) var count = 0
    private var sum: Int128 = 0
    /// By value: how many such rows, where the atom asks for the number of values.
    private var distinct: [Int64: Int] = [:]
    /// By source: their least or greatest value, where the atom asks for that.
    private var extremes: [ExtremeAggregate] = []

    let measure: BoundMeasure
    /// The customer of whom this is.
    private var generation = -1

    init(_ atom: EventAtom, sources: Int) {
        measure = atom.measure
        shown = [Range<Int>](repeating: 0..<0, count: sources)
        switch atom.measure {
        case .aggregate(.minimum, _), .aggregate(.maximum, _):
            extremes = [ExtremeAggregate](repeating: ExtremeAggregate(), count: sources)
        case .countAtLeast, .aggregate(.sum, _), .aggregate(.average, _), .aggregate(.distinct, _): break
        }
    }

    /// Forgets the customer before, if this is another.
    @inline(__always)
    mutating func begin(_ generation: Int, _ firstRow: (_ source: Int) -> Int) {
        if self.generation == generation { return }
        self.generation = generation
        for source in shown.indices {
            let row = firstRow(source)
            shown[source] = row..<row
        }
        count = 0
        sum = 0
        if !distinct.isEmpty { distinct.removeAll(keepingCapacity: true) }
    }

    /// Moves the window over a source of which every row is selected and counted.
    mutating func slideCount(_ source: Int, to rows: Range<Int>) {
        count += rows.count - shown[source].count
        shown[source] = rows
    }

    /// Moves the window over a source. `value` gives what a row adds, any number where rows are only counted; nil for
    /// one that is not selected.
    mutating func slide(_ source: Int, to rows: Range<Int>, value: (_ row: Int) -> Int64?) {
        let old = shown[source]
        shown[source] = rows
        switch measure {
        case .countAtLeast:
            Self.changes(from: old, to: rows) { row, change in
                if value(row) != nil { count += change }
            }
        case .aggregate(.sum, _), .aggregate(.average, _):
            Self.changes(from: old, to: rows) { row, change in
                guard let value = value(row) else { return }
                count += change
                sum += Int128(change) * Int128(value)
            }
        case .aggregate(.distinct, _):
            Self.changes(from: old, to: rows) { row, change in
                guard let value = value(row) else { return }
                let rows = distinct[value, default: 0] + change
                distinct[value] = rows == 0 ? nil : rows
            }
        case .aggregate(.minimum, _): slideExtreme(source, from: old, to: rows, wantsLargest: false, value: value)
        case .aggregate(.maximum, _): slideExtreme(source, from: old, to: rows, wantsLargest: true, value: value)
        }
    }

    /// What the measure comes to.
    var value: ExactFraction {
        switch measure {
        case .countAtLeast: ExactFraction(Int64(count))
        case .aggregate(.sum, _): ExactFraction(numerator: sum, denominator: 1)
        case .aggregate(.average, _): ExactFraction(numerator: sum, denominator: Int128(count))
        case .aggregate(.distinct, _): ExactFraction(Int64(distinct.count))
        case .aggregate(.minimum, _): extreme(min)
        case .aggregate(.maximum, _): extreme(max)
        }
    }

    private func extreme(_ choose: (Int128, Int128) -> Int128) -> ExactFraction {
        var found: Int128?
        for source in extremes where !source.value.isMissing {
            found = found.map { choose($0, source.value.numerator) } ?? source.value.numerator
        }
        return found.map { ExactFraction(numerator: $0, denominator: 1) } ?? .missing
    }

    private mutating func slideExtreme(
        _ source: Int, from old: Range<Int>, to rows: Range<Int>, wantsLargest: Bool, value: (_ row: Int) -> Int64?
    ) {
        var first = old.upperBound
        // The queue only forgets from its early end.
        if old.isEmpty || rows.lowerBound < old.lowerBound || rows.upperBound < old.upperBound {
            extremes[source].reset(wantsLargest: wantsLargest)
            first = rows.lowerBound
        }
        extremes[source].removeAll(before: rows.lowerBound)
        for row in max(first, rows.lowerBound)..<max(first, rows.upperBound) {
            if let value = value(row) { extremes[source].add(value, index: row) }
        }
    }

    /// Calls `body` for each row that is in one of the ranges only: −1 for the old one, 1 for the new one.
    private static func changes(from old: Range<Int>, to new: Range<Int>, _ body: (_ row: Int, _ change: Int) -> Void) {
        for row in old.lowerBound..<max(old.lowerBound, min(old.upperBound, new.lowerBound)) { body(row, -1) }
        for row in min(max(old.lowerBound, new.upperBound), old.upperBound)..<old.upperBound { body(row, -1) }
        for row in new.lowerBound..<max(new.lowerBound, min(new.upperBound, old.lowerBound)) { body(row, 1) }
        for row in min(max(new.lowerBound, old.upperBound), new.upperBound)..<new.upperBound { body(row, 1) }
    }
}
