internal import Algorithms

/// Lists of disjoint, ascending, non-adjacent intervals, one after the other in one run of memory.
///
/// A list is built by `open`, `append` in ascending order of starts and `close`; lists that touch or overlap coalesce
/// while they are written. Nothing is freed before `removeAll`.
package struct IntervalArena: ~Copyable, Sendable {
    private(set) var intervals = RawList<Interval>(capacity: 256)
    private var listStart: Int

    /// The part of the arena that holds one list.
    package struct List: Hashable, Sendable, BitwiseCopyable {
        var start: Int
        var end: Int

        package var count: Int { end - start }
        package var isEmpty: Bool { start == end }

        package static let empty = List(start: 0, end: 0)
        /// Every arena begins with the interval that holds always.
        package static let always = List(start: 0, end: 1)
    }

    package init() {
        listStart = 1
        intervals.append(.always)
    }

    package mutating func removeAll() {
        intervals.removeAll()
        intervals.append(.always)
        listStart = 1
    }

    package subscript(_ list: List, _ index: Int) -> Interval { intervals[list.start + index] }

    package func array(_ list: List) -> [Interval] { (list.start..<list.end).map { intervals[$0] } }

    package func isAlways(_ list: List) -> Bool {
        list.count == 1 && intervals[list.start] == .always
    }

    @inline(__always)
    package mutating func open() {
        listStart = intervals.count
    }

    /// Adds `[from, to)` unless it is empty; `from` is not before the start of the last one added.
    @inline(__always)
    package mutating func append(_ from: Int64, _ to: Int64) {
        guard from < to else { return }
        let last = intervals.count - 1
        if last >= listStart, from <= intervals[last].to {
            if to > intervals[last].to { intervals[last].to = to }
        } else {
            intervals.append(Interval(from: from, to: to))
        }
    }

    @inline(__always)
    package mutating func close() -> List {
        List(start: listStart, end: intervals.count)
    }

    /// Opens a list of `[times[i + ahead] + start, times[i] + end)` for each of `count` ascending times, which have
    /// `ahead` more behind them; the caller closes it.
    mutating func appendRuns(_ times: UnsafePointer<Int64>, count: Int, ahead: Int, start: Int64, end: Int64) {
        intervals.makeRoom(for: count)
        listStart = intervals.count
        var place = intervals.base + listStart
        let first = place
        // Behind the last one written; nothing touches what is before the first.
        var lastEnd = Int64.min
        for index in 0..<count {
            let from = saturatingSum(times[index &+ ahead], start)
            let to = saturatingSum(times[index], end)
            if from >= to { continue }
            if place > first, from <= lastEnd {
                if to > lastEnd {
                    lastEnd = to
                    place[-1].to = to
                }
            } else {
                place.initialize(to: Interval(from: from, to: to))
                lastEnd = to
                place += 1
            }
        }
        intervals.didWrite(place - first)
    }

    /// Whether the list covers the instant.
    package func covers(_ list: List, _ instant: Int64) -> Bool {
        let next = firstEnding(after: instant, in: list, from: 0)
        return next < list.count && intervals[list.start + next].from <= instant
    }

    /// The index of the first interval with `to > instant`, looked for from index `from`; `count` if there is none.
    package func firstEnding(after instant: Int64, in list: List, from: Int) -> Int {
        (from..<max(from, list.count)).partitioningIndex { intervals[list.start + $0].to > instant }
    }
}
