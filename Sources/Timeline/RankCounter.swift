/// How often each of some ranks is there: any can come or go, and the k-th is found, in the logarithm of their number.
struct RankCounter {
    /// A binary indexed tree.
    private var sums: [Int]
    private(set) var total = 0

    /// Ranks `0..<count`, none of them there.
    init(count: Int) {
        sums = [Int](repeating: 0, count: count + 1)
    }

    mutating func add(_ rank: Int, _ change: Int) {
        total += change
        var place = rank + 1
        while place < sums.count {
            sums[place] += change
            place += place & -place
        }
    }

    /// How many there are below a rank.
    func count(below rank: Int) -> Int {
        var place = rank
        var count = 0
        while place > 0 {
            count += sums[place]
            place -= place & -place
        }
        return count
    }

    /// The rank of the k-th, from 0; there are more than `k`.
    func rank(of k: Int) -> Int {
        var place = 0
        var left = k
        var step = 1
        while step * 2 < sums.count { step *= 2 }
        while step > 0 {
            if place + step < sums.count, sums[place + step] <= left {
                place += step
                left -= sums[place]
            }
            step /= 2
        }
        return place
    }
}
