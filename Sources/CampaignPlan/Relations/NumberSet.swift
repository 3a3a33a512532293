/// A set of whole numbers: ascending ranges with gaps between them.
struct NumberSet: Hashable {
    private(set) var ranges: [ClosedRange<Int64>]

    static let all = NumberSet(ranges: [.min ... .max])

    private init(ranges: [ClosedRange<Int64>]) { self.ranges = ranges }

    init(_ range: ClosedRange<Int64>) { ranges = [range] }

    /// The numbers that pass a test; with `isFraction` those and every fraction between two numbers, which count as one:
    /// `n` stands at `2n`, and what lies between `n` and `n + 1` at `2n + 1`. Nil where that cannot be counted.
    init?(_ test: NumberTest, isFraction: Bool) {
        func place(_ number: Int64) -> Int64? {
            guard isFraction else { return number }
            let (place, isBeyond) = number.multipliedReportingOverflow(by: 2)
            return isBeyond ? nil : place
        }
        func range(_ min: Int64?, _ max: Int64?) -> NumberSet? {
            guard let low = min.map(place) ?? .min, let high = max.map(place) ?? .max else { return nil }
            return low <= high ? NumberSet(low...high) : NumberSet(ranges: [])
        }
        func points(_ numbers: [Int64]) -> NumberSet? {
            let places = numbers.compactMap(place)
            guard places.count == numbers.count else { return nil }
            return NumberSet(ranges: Set(places).sorted().map { $0...$0 })
        }
        let (set, isInside): (NumberSet?, Bool) =
            switch test {
            case .within(let min, let max): (range(min, max), true)
            case .outside(let min, let max): (range(min, max), false)
            case .isIn(let numbers): (points(numbers), true)
            case .isNotIn(let numbers): (points(numbers), false)
            }
        guard let set else { return nil }
        self = isInside ? set : set.complement
    }

    var isEmpty: Bool { ranges.isEmpty }

    func contains(_ number: Int64) -> Bool { ranges.contains { $0.contains(number) } }

    func intersection(_ other: NumberSet) -> NumberSet {
        var found: [ClosedRange<Int64>] = []
        var (left, right) = (ranges[...], other.ranges[...])
        while let a = left.first, let b = right.first {
            let (low, high) = (max(a.lowerBound, b.lowerBound), min(a.upperBound, b.upperBound))
            if low <= high { found.append(low...high) }
            if a.upperBound < b.upperBound { left = left.dropFirst() } else { right = right.dropFirst() }
        }
        return NumberSet(ranges: found)
    }

    var complement: NumberSet {
        var gaps: [ClosedRange<Int64>] = []
        var next: Int64? = .min
        for range in ranges {
            if let start = next, start < range.lowerBound { gaps.append(start...(range.lowerBound - 1)) }
            next = range.upperBound == .max ? nil : range.upperBound + 1
        }
        if let start = next { gaps.append(start ... .max) }
        return NumberSet(ranges: gaps)
    }
}
