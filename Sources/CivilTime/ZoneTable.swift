/// One zone as a list of stretches of time with one offset each; all numbers are seconds.
///
/// A yearly rule is written out for 402 years after the last explicit transition. The calendar repeats every 400 years,
/// weekdays included, so a later time is looked up as many such cycles earlier. Lookups then are one binary search.
final class ZoneTable: Sendable {
    let name: String
    private let stretches: [Stretch]
    /// The end of the last cycle that is written out; times from here on belong to later cycles.
    private let cycleEnd: Int64

    private struct Stretch {
        /// When it begins.
        let start: Int64
        /// The wall time that clocks came up to before it, at the furthest, without reaching it.
        let reach: Int64
        let offset: Int64
    }

    /// 146,097 days.
    private static let cycle: Int64 = 146_097 * WallClock.secondsPerDay
    /// Before every time, and so far from the ends of Int64 that offsets can be added.
    private static let past = Int64.min / 4

    init(name: String, fixedOffset: Int64) {
        self.name = name
        stretches = [Stretch(start: Self.past, reach: Self.past, offset: fixedOffset)]
        cycleEnd = .max
    }

    /// The transitions are in ascending order.
    init(name: String, firstOffset: Int64, transitions: [ZoneTransition], rule: YearlyRule?) {
        self.name = name
        var stretches = [Stretch(start: Self.past, reach: Self.past, offset: firstOffset)]
        var offset = firstOffset
        var reach = Self.past
        func append(_ transition: ZoneTransition) {
            guard transition.offset != offset else { return }
            reach = max(reach, transition.seconds + offset)
            offset = transition.offset
            stretches.append(Stretch(start: transition.seconds, reach: reach, offset: offset))
        }
        for transition in transitions { append(transition) }
        var cycleEnd = Int64.max
        if let rule {
            let ruleStart = transitions.last?.seconds ?? 0
            let day = WallClock.floorDivide(ruleStart, by: WallClock.secondsPerDay)
            let year = CivilDate(daysSinceEpoch: Int32(clamping: day)).year
            for transition in rule.transitions(years: year...(year + 402)) where transition.seconds > ruleStart {
                append(transition)
            }
            // A year of slack on both sides: what is near the borders of a cycle is written out too.
            cycleEnd = YearlyRule.startOfYear(year + 1) + Self.cycle
        }
        self.stretches = stretches
        self.cycleEnd = cycleEnd
    }

    func offset(at seconds: Int64) -> Int64 {
        stretches[index(at: folded(seconds))].offset
    }

    /// The latest wall time that clocks have shown so far.
    func furthestWall(at seconds: Int64) -> Int64 {
        let time = folded(seconds)
        let stretch = stretches[index(at: time)]
        return max(time + stretch.offset, stretch.reach - 1) + (seconds - time)
    }

    /// When clocks first show this wall time or a later one; exact unless they skip it.
    func firstInstant(reaching wall: Int64) -> (seconds: Int64, isExact: Bool) {
        let time = folded(wall)
        // The first stretch at whose end clocks have come past it is the last one before which they have not.
        let index = lastIndex { $0.reach <= time }
        let stretch = stretches[index]
        let exact = time - stretch.offset
        return (max(exact, stretch.start) + (wall - time), exact >= stretch.start)
    }

    func nextTransition(after seconds: Int64) -> Int64? {
        let time = folded(seconds)
        let next = index(at: time) + 1
        return next < stretches.count ? stretches[next].start + (seconds - time) : nil
    }

    /// The same point of the last cycle that is written out.
    private func folded(_ seconds: Int64) -> Int64 {
        if seconds < cycleEnd { return seconds }
        return seconds - ((seconds - cycleEnd) / Self.cycle + 1) * Self.cycle
    }

    private func index(at seconds: Int64) -> Int {
        lastIndex { $0.start <= seconds }
    }

    /// The last index where the condition holds; it holds for the first stretch, and for none after one where it fails.
    private func lastIndex(where holds: (Stretch) -> Bool) -> Int {
        var low = 0
        var count = stretches.count
        while count > 1 {
            let half = count / 2
            low = holds(stretches[low + half]) ? low + half : low
            count -= half
        }
        return low
    }
}
