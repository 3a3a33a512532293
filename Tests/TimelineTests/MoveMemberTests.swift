import TestSupport
import Testing
import Timeline

/// Selection against sorting, on random lists and on those that are hard for it.
@Suite struct MoveMemberTests {
    private func check(_ list: [Int], _ places: [Int], _ name: String) {
        let sorted = list.sorted()
        var moved = list
        var start = 0
        for place in places {
            moved.moveMember(of: place, from: start) { $0 < $1 }
            let isThere =
                moved[place] == sorted[place] && moved[..<place].allSatisfy { $0 <= sorted[place] }
                && moved[place...].allSatisfy { $0 >= sorted[place] }
            #expect(isThere, "\(name): \(place) of \(list.count), \(places)")
            start = place + 1
        }
        #expect(moved.sorted() == sorted, "\(name)")
    }

    @Test func randomLists() {
        let seed = testSeed("selection")
        var random = SeededGenerator(seed: seed)
        for number in 0..<3000 {
            let count = Int.random(in: 1...(number.isMultiple(of: 100) ? 5000 : 60), using: &random)
            let values = Int.random(in: 1...(2 * count), using: &random)
            let list = (0..<count).map { _ in Int.random(in: 0..<values, using: &random) }
            let places = Set(
                (0..<Int.random(in: 1...5, using: &random)).map { _ in
                    Int.random(in: 0..<count, using: &random)
                }
            ).sorted()
            check(list, places, "PABAL_TEST_SEED=\(seed), list \(number)")
        }
    }

    @Test(arguments: [1, 2, 3, 7, 1000, 20_000]) func hardLists(_ count: Int) {
        let places = Set([0, count / 5, count / 2, count - 1]).sorted()
        check(Array(0..<count), places, "ascending")
        check((0..<count).reversed(), places, "descending")
        check([Int](repeating: 7, count: count), places, "equal")
        check((0..<count).map { min($0, count - $0) }, places, "rising and falling")
        check((0..<count).map { $0.isMultiple(of: 2) ? $0 : count - $0 }, places, "in turns")
    }

    /// Answers that let every pivot be one of the least, by McIlroy, "A killer adversary for quicksort" (1999): selection
    /// alone would compare a quarter of a million times here.
    @Test func whoeverMisleadsIsSorted() {
        let count = 1000
        var values = [Int](repeating: count, count: count)
        var (settled, candidate, comparisons) = (0, 0, 0)
        var places = Array(0..<count)
        places.moveMember(of: count - 1) { a, b in
            comparisons += 1
            if values[a] == count, values[b] == count {
                values[a == candidate ? a : b] = settled
                settled += 1
            }
            if values[a] == count { candidate = a } else if values[b] == count { candidate = b }
            return values[a] < values[b]
        }
        #expect(places.allSatisfy { values[$0] <= values[places[count - 1]] })
        #expect(comparisons < 100 * count, "\(comparisons) comparisons")
    }
}
