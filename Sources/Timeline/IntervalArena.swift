/// Lists of disjoint, ascending, non-adjacent intervals, one after the other in one array.
///
/// A list is built by `open`, `append` in ascending order of starts and `close`; lists that touch or overlap coalesce
/// while they are written. Nothing is freed before `removeAll`.
package struct IntervalArena: Sendable {
    private(set) var intervals: [Interval]
    private var listStart: Int

    /// The part of the arena that holds one list.
    package struct List: Hashable, Sendable {
        var start: Int
        var end: Int

        package var count: Int { end - start }
        package var isEmpty: Bool { start == end }

        package static let empty = List(start: 0, end: 0)
        /// Every arena begins with the interval that holds always.
        package static let always = List(start: 0, end: 1)
    }

    package init() {
        intervals = [.always]
        listStart = 1
    }

    package mutating func removeAll() {
        intervals.removeAll(keepingCapacity: true)
        intervals.append(.always)
        listStart = 1
    }

    package subscript(_ list: List, _ index: Int) -> Interval { intervals[list.start + index] }

    package func array(_ list: List) -> [Interval] { Array(intervals[list.start..<list.end]) }

    package func isAlways(_ list: List) -> Bool {
        list.count == 1 && intervals[list.start] == .always
    }

    package mutating func open() {
        listStart = intervals.count
    }

    /// Adds `[from, to)` unless it is empty; `from` is not before the start of the last one added.
    package mutating func append(_ from: Int64, _ to: Int64) {
        guard from < to else { return }
        let last = intervals.count - 1
        if last >= listStart, from <= intervals[last].to {
            if to > intervals[last].to { intervals[last].to = to }
        } else {
            intervals.append(Interval(from: from, to: to))
        }
    }

    package mutating func close() -> List {
        List(start: listStart, end: intervals.count)
    }

    /// Whether the list covers the instant.
    package func covers(_ list: List, _ instant: Int64) -> Bool {
        let next = firstEnding(after: instant, in: list, from: 0)
        return next < list.count && intervals[list.start + next].from <= instant
    }

    /// The index of the first interval with `to > instant`, looked for from index `from`; `count` if there is none.
    package func firstEnding(after instant: Int64, in list: List, from: Int) -> Int {
        var low = from
        var high = list.count
        while low < high {
            let middle = (low + high) / 2
            if intervals[list.start + middle].to > instant { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
