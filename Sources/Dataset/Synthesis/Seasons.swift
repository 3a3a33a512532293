import CivilTime

/// When events happen: a share for every day, by weekday, and for every hour of the day.
struct Seasons {
    /// From Monday to Sunday.
    static let weekdays: [UInt64] = [100, 96, 94, 98, 110, 132, 124]
    /// From 00:00 to 23:00.
    static let hours: [UInt64] = [
        22, 14, 9, 7, 6, 8, 16, 34, 56, 68, 74, 80, 92, 84, 76, 74, 78, 86, 96, 106, 112, 100, 74, 44,
    ]

    let days: ShareTable
    let hours = ShareTable(Self.hours)

    init(start: CivilDate, days count: Int) {
        // 1970-01-01 was a Thursday.
        days = ShareTable(
            (0..<count).map { day in
                let weekday = (Int(start.daysSinceEpoch) + day + 3) % 7
                return Self.weekdays[(weekday + 7) % 7]
            })
    }

    /// Seconds since the first day's midnight, within the given days, which are not empty.
    @inline(__always)
    func second(_ bits: UInt64, slots: Range<Int>) -> UInt32 {
        let day = days[RandomBits.pick(bits, from: slots)]
        let hour = hours[Int(bits & 0xFFFF)]
        let second = Int(((bits >> 16 & 0xFFFF) &* 3600) >> 16)
        return UInt32(truncatingIfNeeded: (day &* 24 &+ hour) &* 3600 &+ second)
    }
}
