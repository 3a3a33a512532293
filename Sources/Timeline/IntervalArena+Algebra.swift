extension IntervalArena {
    package mutating func complement(of list: List) -> List {
        if list.isEmpty { return .always }
        open()
        var from = Int64.min
        for index in list.start..<list.end {
            let interval = intervals[index]
            append(from, interval.from)
            from = interval.to
        }
        append(from, .max)
        return close()
    }

    package mutating func intersection(_ a: List, _ b: List) -> List {
        if a.isEmpty || isAlways(b) { return a }
        if b.isEmpty || isAlways(a) { return b }
        open()
        var i = a.start
        var j = b.start
        while i < a.end, j < b.end {
            let left = intervals[i]
            let right = intervals[j]
            append(max(left.from, right.from), min(left.to, right.to))
            if left.to < right.to { i += 1 } else { j += 1 }
        }
        return close()
    }

    package mutating func union(_ a: List, _ b: List) -> List {
        if a.isEmpty || isAlways(b) { return b }
        if b.isEmpty || isAlways(a) { return a }
        open()
        var i = a.start
        var j = b.start
        while i < a.end || j < b.end {
            if j == b.end || (i < a.end && intervals[i].from <= intervals[j].from) {
                append(intervals[i].from, intervals[i].to)
                i += 1
            } else {
                append(intervals[j].from, intervals[j].to)
                j += 1
            }
        }
        return close()
    }

    /// The part of a list from an instant on.
    package mutating func clipped(_ list: List, from instant: Int64) -> List {
        if instant == .min { return list }
        open()
        for index in list.start..<list.end {
            append(max(intervals[index].from, instant), intervals[index].to)
        }
        return close()
    }
}
