/// Picks one of several outcomes by their shares: 65,536 slots, each of which names an outcome.
struct ShareTable {
    static let slots = 1 << 16

    private var outcomes: [UInt16] = []
    /// One more than outcomes: the slots of outcome `i` are `starts[i]..<starts[i + 1]`.
    private(set) var starts: [Int] = [0]

    /// Weights are positive and add up to less than 2^47. Every outcome has a slot while there are slots for all.
    init(_ weights: [UInt64]) {
        let total = weights.reduce(0, +)
        let free = UInt64(max(0, Self.slots - weights.count))
        var sum: UInt64 = 0
        for (index, weight) in weights.enumerated() {
            sum += weight
            let end = min(Self.slots, index + 1 + Int(sum * free / total))
            outcomes += repeatElement(UInt16(truncatingIfNeeded: index), count: max(0, end - outcomes.count))
            starts.append(outcomes.count)
        }
        outcomes += repeatElement(outcomes.last ?? 0, count: Self.slots - outcomes.count)
    }

    @inline(__always)
    subscript(slot: Int) -> Int { Int(outcomes[slot & (Self.slots - 1)]) }
}
