import CampaignPlan

/// A measure over the run of values that a window shows. Values enter at the late end of the run and leave at the early
/// end; `index` counts the values of the stream from 0.
protocol WindowedAggregate {
    var value: ExactFraction { get }
    mutating func add(_ added: Int64, index: Int)
    mutating func remove(_ removed: Int64, index: Int)
}

/// The sum, or the average as a fraction.
struct SumAggregate: WindowedAggregate {
    private var sum: Int128 = 0
    private var count: Int128 = 0
    private let isAverage: Bool

    init(isAverage: Bool) { self.isAverage = isAverage }

    var value: ExactFraction { ExactFraction(numerator: sum, denominator: isAverage ? count : 1) }

    mutating func add(_ added: Int64, index: Int) {
        sum += Int128(added)
        count += 1
    }

    mutating func remove(_ removed: Int64, index: Int) {
        sum -= Int128(removed)
        count -= 1
    }
}

/// The smallest or the largest value: a queue of those that no later one has beaten, in reusable storage.
struct ExtremeAggregate: WindowedAggregate {
    private var candidates: [(value: Int64, index: Int)] = []
    private var first = 0
    private var wantsLargest = false

    mutating func reset(wantsLargest: Bool) {
        candidates.removeAll(keepingCapacity: true)
        first = 0
        self.wantsLargest = wantsLargest
    }

    var value: ExactFraction { first < candidates.count ? ExactFraction(candidates[first].value) : .missing }

    mutating func add(_ added: Int64, index: Int) {
        while candidates.count > first, let last = candidates.last,
            wantsLargest ? last.value <= added : last.value >= added
        {
            candidates.removeLast()
        }
        candidates.append((added, index))
    }

    mutating func remove(_ removed: Int64, index: Int) {
        if first < candidates.count, candidates[first].index == index { first += 1 }
    }

    /// Removes all values whose index is below.
    mutating func removeAll(before index: Int) {
        while first < candidates.count, candidates[first].index < index { first += 1 }
        // What has left takes no memory for long.
        if first > 64, first > candidates.count / 2 {
            candidates.removeFirst(first)
            first = 0
        }
    }
}

/// The number of different values, by a count for each value of the stream, in reusable storage.
struct DistinctAggregate: WindowedAggregate {
    private var distinct = 0
    /// For every value of the stream, by its index: its place in the table.
    private var places: [Int] = []
    private var counts: [Int] = []
    /// An open-addressing table with a power of two of places, at most half full; a value is there where `used`.
    private var keys: [Int64] = []
    private var used: [Bool] = []

    var value: ExactFraction { ExactFraction(Int64(distinct)) }

    mutating func reset(_ values: borrowing RawList<Int64>, _ range: Range<Int>) {
        var size = 8
        while size < range.count * 2 { size *= 2 }
        distinct = 0
        places.removeAll(keepingCapacity: true)
        counts.removeAll(keepingCapacity: true)
        counts.append(contentsOf: repeatElement(0, count: size))
        used.removeAll(keepingCapacity: true)
        used.append(contentsOf: repeatElement(false, count: size))
        if keys.count < size { keys.append(contentsOf: repeatElement(0, count: size - keys.count)) }
        for index in range { places.append(place(of: values[index], size: size)) }
    }

    mutating func add(_ added: Int64, index: Int) {
        let place = places[index]
        if counts[place] == 0 { distinct += 1 }
        counts[place] += 1
    }

    mutating func remove(_ removed: Int64, index: Int) {
        let place = places[index]
        counts[place] -= 1
        if counts[place] == 0 { distinct -= 1 }
    }

    private mutating func place(of value: Int64, size: Int) -> Int {
        // Multiplying by 2⁶⁴ divided by the golden ratio spreads neighbouring values; the high bits are the good ones.
        let hash = UInt64(bitPattern: value) &* 0x9e37_79b9_7f4a_7c15
        var place = Int(truncatingIfNeeded: hash >> 32) & (size - 1)
        while used[place] {
            if keys[place] == value { return place }
            place = (place + 1) & (size - 1)
        }
        used[place] = true
        keys[place] = value
        return place
    }
}
