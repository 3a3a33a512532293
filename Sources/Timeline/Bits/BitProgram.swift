import CampaignPlan

/// The rows of a grid, by how they are made: those of attributes, those of counts over streams of events, what combines
/// them for a whole block of customers at once, and what needs intervals.
struct BitProgram: Sendable {
    let rows: [BitRow]
    let children: [Int32]
    /// Constants and attributes: the same at every instant.
    private(set) var steady: [Int32] = []
    private(set) var streams: [BitStream] = []
    /// Stream after stream, from an event to its edge.
    private(set) var offsets: [Int64] = []
    private(set) var counts: [BitCountRow] = []
    private(set) var combinations: [BitCombination] = []
    private(set) var operands: [BitOperand] = []
    /// By campaign: the combinations that it needs and none before it did.
    private(set) var campaignCombinations: [Range<Int>] = []
    /// By campaign: whether nobody else reads what these make.
    private(set) var ownsCombinations: [Bool] = []
    /// Roots that need intervals: they are made customer by customer.
    private(set) var projected: [Int32] = []
    /// Words that all this writes for every customer and panel.
    private(set) var words = 0

    /// `roots`: by campaign, the rows that it looks at.
    init(_ binder: BitRowBinder, roots: [[Int32]]) {
        rows = binder.rows
        children = binder.children
        addCounts()
        var needsIntervals: [Bool] = []
        for (index, row) in rows.enumerated() {
            switch row {
            case .constant, .attribute:
                steady.append(Int32(index))
                needsIntervals.append(false)
            case .count: needsIntervals.append(false)
            case .intervals: needsIntervals.append(true)
            case .not, .all, .any: needsIntervals.append(below(row).contains { needsIntervals[Int($0)] })
            }
        }
        projected = Set(roots.joined()).filter { needsIntervals[Int($0)] }.sorted()
        var isKnown = needsIntervals
        for own in roots {
            let first = combinations.count
            for row in own { addCombination(row, &isKnown) }
            campaignCombinations.append(first..<combinations.count)
        }
        let readers = rowReaders(roots)
        ownsCombinations = campaignCombinations.map { own in own.allSatisfy { readers[combinations[$0].row] == 1 } }
    }

    /// By row: how many campaigns read it.
    private func rowReaders(_ roots: [[Int32]]) -> [Int32: Int] {
        var readers: [Int32: Int] = [:]
        for (own, made) in zip(roots, campaignCombinations) {
            let read = made.flatMap {
                operands[combinations[$0].first..<combinations[$0].first + combinations[$0].count]
            }
            for row in Set(own + read.map(\.row)) { readers[row, default: 0] += 1 }
        }
        return readers
    }

    /// Adds what a row is combined from, then the row, unless a campaign before needed it.
    private mutating func addCombination(_ row: Int32, _ isKnown: inout [Bool]) {
        guard !isKnown[Int(row)], let (own, isInverted) = combined(rows[Int(row)]) else { return }
        isKnown[Int(row)] = true
        for operand in own { addCombination(operand.row, &isKnown) }
        combinations.append(
            BitCombination(row: row, first: operands.count, count: own.count, isInverted: isInverted))
        operands += own
        words += 2 * own.count
    }

    /// What a row is the conjunction of, or the complement of one; nil: it is made otherwise.
    private func combined(_ row: BitRow) -> (operands: [BitOperand], isInverted: Bool)? {
        switch row {
        case .constant, .attribute, .count, .intervals: nil
        case .not(let child): ([operand(child, isInverted: true)], false)
        case .all(let range): (operands(range, areInverted: false), false)
        case .any(let range): (operands(range, areInverted: true), true)
        }
    }

    private func operands(_ range: Range<Int32>, areInverted: Bool) -> [BitOperand] {
        children[Int(range.lowerBound)..<Int(range.upperBound)].map { operand($0, isInverted: areInverted) }
    }

    /// A complement is taken where it is read.
    private func operand(_ row: Int32, isInverted: Bool) -> BitOperand {
        if case .not(let child) = rows[Int(row)] { return operand(child, isInverted: !isInverted) }
        return BitOperand(row: row, mask: isInverted ? .ones : .zero)
    }

    private mutating func addCounts() {
        var byStream: [Int: [Int]] = [:]
        for (index, row) in rows.enumerated() {
            if case .count(let stream, _, _, _) = row { byStream[stream, default: []].append(index) }
        }
        for stream in byStream.keys.sorted() {
            let first = (offsets: offsets.count, counts: counts.count)
            var places: [Int64: Int32] = [:]
            for index in byStream[stream, default: []] {
                guard case .count(_, let arrival, let expiry, let back) = rows[index] else { continue }
                let start = edge(arrival, &places)
                let end = expiry.map { edge($0, &places) }
                counts.append(
                    BitCountRow(
                        row: Int32(index), arrival: start, expiry: end ?? 0, back: back, hasExpiry: end != nil))
            }
            streams.append(
                BitStream(
                    stream: stream, offsets: first.offsets..<offsets.count, counts: first.counts..<counts.count))
        }
    }

    /// The place of an offset among those of its stream.
    private mutating func edge(_ offset: Int64, _ places: inout [Int64: Int32]) -> Int32 {
        if let known = places[offset] { return known }
        offsets.append(offset)
        places[offset] = Int32(places.count)
        return Int32(places.count - 1)
    }

    private func below(_ row: BitRow) -> [Int32] {
        switch row {
        case .constant, .attribute, .count, .intervals: []
        case .not(let child): [child]
        case .all(let range), .any(let range): Array(children[Int(range.lowerBound)..<Int(range.upperBound)])
        }
    }
}

/// What is asked of one stream of events.
struct BitStream: Sendable {
    var stream: Int
    /// In `BitProgram.offsets` and `BitProgram.counts`.
    var offsets: Range<Int>
    var counts: Range<Int>
}

/// A count over a stream: at least `back + 1`. Edges are places among the stream's offsets.
struct BitCountRow: Sendable {
    var row: Int32
    var arrival: Int32
    var expiry: Int32
    var back: Int32
    var hasExpiry: Bool
}

/// A row that is the conjunction of others, or the complement of one.
struct BitCombination: Sendable {
    var row: Int32
    /// In `BitProgram.operands`.
    var first: Int
    var count: Int
    var isInverted: Bool
}

/// A row as a combination reads it.
struct BitOperand: Sendable {
    var row: Int32
    /// All bits where the row's complement is meant, else none.
    var mask: BitPanel
}
