import CampaignPlan

/// Conditions → rows of one grid; equal rows are one.
struct BitRowBinder {
    let bound: BoundPlan
    private(set) var rows: [BitRow] = []
    private(set) var children: [Int32] = []
    private var places: [Key: Int32] = [:]

    private struct Key: Hashable {
        var node: ConditionIndex
        var shift: Int64
    }

    init(bound: BoundPlan) {
        self.bound = bound
    }

    /// The row of a condition at the instants of a grid, or `shift` milliseconds after each.
    mutating func row(of node: ConditionIndex, shift: Int64 = 0) -> Int32 {
        let key = Key(node: node, shift: shift)
        if let known = places[key] { return known }
        let row = make(node, shift)
        rows.append(row)
        places[key] = Int32(rows.count - 1)
        return Int32(rows.count - 1)
    }

    private mutating func make(_ node: ConditionIndex, _ shift: Int64) -> BitRow {
        switch bound.nodes[node] {
        case .constant(let holds): return .constant(holds)
        case .not(let child): return .not(row(of: child, shift: shift))
        case .all(let range): return .all(bind(range, shift))
        case .any(let range): return .any(bind(range, shift))
        case .attribute(let slot, let test): return .attribute(slot: slot, test)
        case .attributeTime, .intervals: return .intervals(node, shift: shift)
        case .events(let atom), .eventsSinceTrigger(let atom): return make(bound.atoms[atom], node, shift)
        }
    }

    private func make(_ atom: EventAtom, _ node: ConditionIndex, _ shift: Int64) -> BitRow {
        guard case .countAtLeast(let count) = atom.measure else { return .intervals(node, shift: shift) }
        let ends: (arrival: Int64, expiry: Int64?)
        switch atom.window {
        case .ever: ends = (0, nil)
        case .elapsed(let from, let to): ends = (to, from)
        case .past, .recent: return .intervals(node, shift: shift)
        }
        return .count(
            stream: atom.stream, arrival: saturatingDifference(ends.arrival, shift),
            expiry: ends.expiry.map { saturatingDifference($0, shift) }, back: Int32(clamping: max(count, 1) - 1))
    }

    private mutating func bind(_ range: Range<Int>, _ shift: Int64) -> Range<Int32> {
        let bound = bound.children[range].map { row(of: $0, shift: shift) }
        let start = Int32(children.count)
        children += bound
        return start..<Int32(children.count)
    }
}
