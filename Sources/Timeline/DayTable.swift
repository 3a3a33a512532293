import CivilTime

/// The local days of a period `[from, to)`, numbered from the day of `from`, found without zone arithmetic.
struct DayTable {
    /// How many local days the period touches, those that the zone skips included.
    let count: Int
    private let starts: InstantIndex
    /// By place of the start.
    private let numbers: UnsafePointer<Int32>

    init(from: Int64, to: Int64, zone: TimeZoneRules, _ arena: RawArena) {
        let first = zone.day(at: Instant(milliseconds: from))
        let last = zone.day(at: Instant(milliseconds: max(to - 1, from)))
        count = Int(last.daysSinceEpoch - first.daysSinceEpoch) + 1
        var starts: [Int64] = []
        var numbers: [Int32] = []
        var day = first
        while day <= last {
            let start = max(zone.startOfDay(day).milliseconds, from)
            // A day that the zone skips begins with the next one: that one is meant.
            if starts.last == start { (_, _) = (starts.removeLast(), numbers.removeLast()) }
            starts.append(start)
            numbers.append(day.daysSinceEpoch - first.daysSinceEpoch)
            day = day.adding(days: 1)
        }
        self.starts = InstantIndex(InstantGrid(starts), arena)
        self.numbers = arena.copy(numbers)
    }

    /// The number of the local day of an instant of the period.
    @inline(__always)
    func day(_ instant: Int64) -> Int { Int(numbers[max(starts.countUntil(instant), 1) &- 1]) }
}
