import CampaignPlan

/// Conditions → rows; equal rows are one.
struct BitRowBinder {
    let bound: BoundPlan
    private(set) var rows: [BitRow] = []
    private(set) var children: [Int32] = []
    private(set) var edges: [BitEdges] = []
    private var rowPlaces: [Key: Int32] = [:]
    private var edgePlaces: [BitEdges: Int32] = [:]

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
        if let known = rowPlaces[key] { return known }
        let row = make(node, shift)
        rows.append(row)
        rowPlaces[key] = Int32(rows.count - 1)
        return Int32(rows.count - 1)
    }

    private mutating func make(_ node: ConditionIndex, _ shift: Int64) -> BitRow {
        switch bound.nodes[node] {
        case .constant(let holds): return .constant(holds)
        case .not(let child): return .not(row(of: child, shift: shift))
        case .all(let range): return .all(bind(range, shift))
        case .any(let range): return .any(bind(range, shift))
        case .attribute(let slot, let test): return .attribute(slot: slot, test)
        case .attributeTime: return .intervals(node, shift: shift)
        case .events(let atom), .eventsSinceTrigger(let atom): return make(bound.atoms[atom], node, shift)
        }
    }

    private mutating func make(_ atom: EventAtom, _ node: ConditionIndex, _ shift: Int64) -> BitRow {
        guard case .countAtLeast(let count) = atom.measure else { return .intervals(node, shift: shift) }
        let ends: (arrival: Int64, expiry: Int64?)
        switch atom.window {
        case .ever: ends = (0, nil)
        case .elapsed(let from, let to): ends = (to, from)
        case .past, .recent: return .intervals(node, shift: shift)
        }
        return .count(
            stream: Int32(atom.stream), arrival: edges(atom.stream, saturatingDifference(ends.arrival, shift)),
            expiry: ends.expiry.map { edges(atom.stream, saturatingDifference($0, shift)) } ?? -1,
            back: Int32(clamping: max(count, 1) - 1))
    }

    private mutating func bind(_ range: Range<Int>, _ shift: Int64) -> Range<Int32> {
        let bound = bound.children[range].map { row(of: $0, shift: shift) }
        let start = Int32(children.count)
        children += bound
        return start..<Int32(children.count)
    }

    private mutating func edges(_ stream: Int, _ offset: Int64) -> Int32 {
        let key = BitEdges(stream: stream, offset: offset)
        if let known = edgePlaces[key] { return known }
        edges.append(key)
        edgePlaces[key] = Int32(edges.count - 1)
        return Int32(edges.count - 1)
    }

    /// What of some rows is made for every customer, in the order of making: leaves, then what combines them. Left out
    /// is what needs intervals, which cost too much to be made unasked.
    func program(for roots: [Int32]) -> (leaves: [Int32], combinations: [Int32]) {
        var isEager = [Bool](repeating: true, count: rows.count)
        for (index, row) in rows.enumerated() {
            isEager[index] = !row.isProjected && below(row).allSatisfy { isEager[Int($0)] }
        }
        var isNeeded = [Bool](repeating: false, count: rows.count)
        for root in roots { isNeeded[Int(root)] = isEager[Int(root)] }
        for index in rows.indices.reversed() where isNeeded[index] {
            for child in below(rows[index]) { isNeeded[Int(child)] = true }
        }
        let needed = rows.indices.filter { isNeeded[$0] }.map { Int32($0) }
        return (needed.filter { below(rows[Int($0)]).isEmpty }, needed.filter { !below(rows[Int($0)]).isEmpty })
    }

    private func below(_ row: BitRow) -> [Int32] {
        switch row {
        case .constant, .attribute, .count, .intervals: []
        case .not(let child): [child]
        case .all(let range), .any(let range): Array(children[Int(range.lowerBound)..<Int(range.upperBound)])
        }
    }
}

extension BitRow {
    fileprivate var isProjected: Bool {
        if case .intervals = self { true } else { false }
    }
}
