package import CivilTime

/// The period `[from, to)` and its local days in the workspace's zone.
package struct SimulationPeriod: Hashable, Sendable {
    package let from: Instant
    package let to: Instant
    package let zone: TimeZoneRules
    /// The local day of `from`.
    package let firstDay: CivilDate
    /// How many local days the period touches.
    package let dayCount: Int

    /// Nil where `to` is not after `from`.
    package init?(from: Instant, to: Instant, zone: TimeZoneRules) {
        guard from < to else { return nil }
        self.from = from
        self.to = to
        self.zone = zone
        firstDay = zone.day(at: from)
        let lastDay = zone.day(at: Instant(milliseconds: to.milliseconds - 1))
        dayCount = Int(lastDay.daysSinceEpoch - firstDay.daysSinceEpoch) + 1
    }

    /// The number of the local day of an instant of the period, from 0.
    func day(_ instant: Int64) -> Int {
        let day = zone.day(at: Instant(milliseconds: instant)).daysSinceEpoch - firstDay.daysSinceEpoch
        return min(max(0, Int(day)), dayCount - 1)
    }

    /// The longest day and the longest week from Monday on that the period touches, in milliseconds.
    var longest: (day: Int64, week: Int64) {
        let monday = firstDay.adding(days: 1 - firstDay.weekday.rawValue)
        func length(_ first: CivilDate, _ days: Int) -> Int64 {
            zone.startOfDay(first.adding(days: days)).milliseconds - zone.startOfDay(first).milliseconds
        }
        let days = (0..<dayCount).map { length(firstDay.adding(days: $0), 1) }
        let weeks = stride(from: 0, to: dayCount + 6, by: 7).map { length(monday.adding(days: $0), 7) }
        return (days.max() ?? 0, weeks.max() ?? 0)
    }

    package func date(_ day: Int) -> CivilDate { firstDay.adding(days: day) }
}
