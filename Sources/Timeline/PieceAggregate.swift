/// A measure over pieces that come and go in any order.
struct PieceAggregate {
    private let kind: BoundTerm.Aggregate
    private let least: Int
    private let pieces: [ItemPiece]
    private var count = 0
    private var sum: Int128 = 0
    private var distinct: [Int64: Int] = [:]
    /// By piece, for what looks at the end of an order.
    private var ranks: [Int] = []
    private var counter = RankCounter(count: 0)
    /// By rank: a value.
    private var values: [Int64] = []

    /// `pieces` ascend by item.
    init(_ term: BoundTerm, _ pieces: [ItemPiece]) {
        kind = term.aggregate
        least = term.least
        self.pieces = pieces
        switch kind {
        case .count, .sum, .average, .distinct: return
        case .first, .latest:
            ranks = Array(pieces.indices)
            values = pieces.map(\.value)
        case .minimum, .maximum:
            let order = pieces.indices.sorted { (pieces[$0].value, $0) < (pieces[$1].value, $1) }
            ranks = [Int](repeating: 0, count: order.count)
            for (rank, piece) in order.enumerated() { ranks[piece] = rank }
            values = order.map { pieces[$0].value }
        }
        counter = RankCounter(count: pieces.count)
    }

    mutating func add(_ piece: Int, _ change: Int) {
        count += change
        switch kind {
        case .count: break
        case .sum, .average: sum += Int128(change) * Int128(pieces[piece].value)
        case .distinct:
            let value = pieces[piece].value
            let rows = distinct[value, default: 0] + change
            distinct[value] = rows == 0 ? nil : rows
        case .first, .latest, .minimum, .maximum: counter.add(ranks[piece], change)
        }
    }

    var value: ExactFraction {
        if count < least { return .missing }
        switch kind {
        case .count: return ExactFraction(Int64(count))
        case .sum: return ExactFraction(numerator: sum, denominator: 1)
        case .average: return ExactFraction(numerator: sum, denominator: Int128(count))
        case .distinct: return ExactFraction(Int64(distinct.count))
        case .first, .minimum: return count == 0 ? .missing : ExactFraction(values[counter.rank(of: 0)])
        case .latest, .maximum: return count == 0 ? .missing : ExactFraction(values[counter.rank(of: count - 1)])
        }
    }
}
