/// Adds up messages by day of a period and by week, for one customer after another; one for each thread.
package final class DayLoads {
    /// Holds the memory that the pointers point into.
    private let arena = RawArena()
    private let dayCount: Int
    /// All 0 between customers.
    private let days: UnsafeMutablePointer<Int>
    private let weeks: UnsafeMutablePointer<Int>
    /// By day.
    private let weekOfDay: UnsafePointer<Int>

    /// The most messages on one day and in one week.
    package typealias Peaks = (perDay: Int, perWeek: Int)

    /// `daysBefore`: how many days of the first week lie before the period.
    package init(dayCount: Int, daysBefore: Int) {
        self.dayCount = dayCount
        let weekOfDay = (0..<dayCount).map { ($0 + daysBefore) / 7 }
        self.weekOfDay = arena.copy(weekOfDay)
        days = arena.make(dayCount, of: 0)
        weeks = arena.make((weekOfDay.last ?? 0) + 1, of: 0)
    }

    /// The peaks of a customer all of whose messages lie in the period.
    package func peaks(of customer: BitCustomer) -> Peaks {
        var peaks: Peaks = (0, 0)
        customer.handDays { add($1, on: $0, &peaks) }
        customer.handDays { day, _ in remove(day) }
        return peaks
    }

    /// The peaks where each day is one message's.
    package func peaks(of messages: UnsafeBufferPointer<Int32>) -> Peaks {
        var peaks: Peaks = (0, 0)
        for day in messages { add(1, on: Int(day), &peaks) }
        for day in messages { remove(Int(day)) }
        return peaks
    }

    @inline(__always)
    private func add(_ messages: Int, on day: Int, _ peaks: inout Peaks) {
        precondition(day >= 0 && day < dayCount, "a message outside the period")
        let week = weekOfDay[day]
        days[day] &+= messages
        weeks[week] &+= messages
        peaks.perDay = max(peaks.perDay, days[day])
        peaks.perWeek = max(peaks.perWeek, weeks[week])
    }

    @inline(__always)
    private func remove(_ day: Int) {
        days[day] = 0
        weeks[weekOfDay[day]] = 0
    }
}

// One thread at a time has it.
extension DayLoads: @unchecked Sendable {}
