import Testing
import Timeline

/// The interval algebra against sets of small numbers, and at the ends of time.
@Suite struct EvaluateArenaTests {
    /// A set of the instants 0..<64 and of what lies before and after, as a list of the arena.
    private func list(_ bits: UInt64, _ arena: inout IntervalArena) -> IntervalArena.List {
        arena.open()
        // Bit 0 stands for everything before 1, bit 63 for everything from 63 on.
        for instant in 0..<64 where bits & 1 << UInt64(instant) != 0 {
            arena.append(
                instant == 0 ? .min : Int64(instant), instant == 63 ? .max : Int64(instant) + 1)
        }
        return arena.close()
    }

    private func bits(_ list: IntervalArena.List, _ arena: borrowing IntervalArena) -> UInt64 {
        (0..<64).reduce(0) { $0 | (arena.covers(list, Int64($1)) ? 1 << UInt64($1) : 0) }
    }

    private func expectCanonical(_ list: IntervalArena.List, _ arena: borrowing IntervalArena) {
        let intervals = arena.array(list)
        #expect(intervals.allSatisfy { $0.from < $0.to })
        #expect(zip(intervals, intervals.dropFirst()).allSatisfy { $0.to < $1.from })
    }

    @Test func agreesWithSetsOfInstants() {
        var arena = IntervalArena()
        // A fixed linear congruential sequence: the same sets on every run, sparse and dense.
        var state: UInt64 = 20_260_101
        func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
        for round in 0..<2_000 {
            arena.removeAll()
            let a = round % 3 == 0 ? next() & next() : next() | next()
            let b = round % 7 == 0 ? 0 : round % 11 == 0 ? .max : next()
            let (left, right) = (list(a, &arena), list(b, &arena))
            let results = [
                (arena.union(left, right), a | b), (arena.intersection(left, right), a & b),
                (arena.complement(of: left), ~a), (arena.complement(of: right), ~b),
            ]
            for (list, expected) in results {
                #expect(bits(list, arena) == expected)
                expectCanonical(list, arena)
            }
            let twice = arena.complement(of: results[2].0)
            #expect(arena.array(twice) == arena.array(left))
        }
    }

    @Test func clipsWhereExistenceBegins() {
        var arena = IntervalArena()
        arena.open()
        arena.append(.min, 5)
        arena.append(10, 20)
        arena.append(30, .max)
        let list = arena.close()
        let clipped = arena.clipped(list, from: 15)
        #expect(arena.array(clipped) == [Interval(from: 15, to: 20), Interval(from: 30, to: .max)])
        let whole = arena.clipped(list, from: .min)
        #expect(whole == list)
        let late = arena.clipped(list, from: .max)
        #expect(late.isEmpty)
    }

    @Test func coalescesWhatTouches() {
        var arena = IntervalArena()
        arena.open()
        arena.append(1, 3)
        arena.append(2, 2)
        arena.append(3, 5)
        arena.append(4, 4)
        arena.append(6, 9)
        arena.append(7, 8)
        let list = arena.close()
        #expect(arena.array(list) == [Interval(from: 1, to: 5), Interval(from: 6, to: 9)])
    }

    @Test func alwaysAndNeverAreEachOthersComplement() {
        var arena = IntervalArena()
        let always = arena.complement(of: .empty)
        #expect(always == .always)
        let never = arena.complement(of: .always)
        #expect(never.isEmpty)
    }
}
