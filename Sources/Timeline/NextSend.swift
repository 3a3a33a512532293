import CampaignPlan
import CivilTime

/// The instants of a send time: on some days, at a time or within hours.
struct NextSend: Hashable, Sendable {
    let days: SendDays
    let time: Time

    enum Time: Hashable, Sendable {
        case at(TimeOfDay)
        /// Milliseconds since 00:00; `[from, until)`, over midnight where `from > until`.
        case within(from: Int64, until: Int64)
    }

    init(days: SendDays, time: Time) {
        self.days = days
        self.time = time
    }

    /// Of a best time that for those with too few events.
    init(_ next: NextTime) {
        days = SendDays(next.days)
        switch next.time {
        case .at(let time): self.time = .at(time)
        case .best(let best): time = .at(best.fallback)
        case .within(let hours):
            time = .within(from: Int64(hours.from.milliseconds), until: Int64(hours.until.milliseconds))
        }
    }

    /// Whether a message that is moved must be moved to such an instant too.
    var isWindow: Bool {
        switch time {
        case .at: false
        case .within: true
        }
    }

    /// The first such instant from here on; `Int64.max` if there is none in the calendar.
    func first(from instant: Int64, in zone: TimeZoneRules) -> Int64 {
        switch time {
        case .at(let time): firstTime(time, from: instant, in: zone)
        case .within: first(from: instant, isOpen: true, in: zone)
        }
    }

    /// A wall time that the zone skips is the first instant after the gap, which can be on the next day: hence the start
    /// on the day before. One that occurs twice is its first occurrence only.
    private func firstTime(_ time: TimeOfDay, from instant: Int64, in zone: TimeZoneRules) -> Int64 {
        var date = zone.local(at: Instant(milliseconds: instant)).date.adding(days: -1)
        for _ in 0..<SendDays.longestWait {
            if days.contains(date) {
                let found = zone.instant(of: CivilDateTime(date: date, time: time)).milliseconds
                if found >= instant { return found }
            }
            date = date.adding(days: 1)
        }
        return .max
    }
}

extension NextSend {
    private static let day: Int64 = 86_400_000
    /// Midnight and both ends on every day, and more clock changes than there can be.
    private static let stepLimit = SendDays.longestWait * 4

    /// The first instant from here on at which the window is open or closed; `Int64.max` if there is none.
    ///
    /// Between two changes of the offset the wall clock runs evenly, so the next edge is a subtraction away; at a change
    /// it is read anew, so hours that a zone skips are not waited for and repeated ones count twice.
    func first(from instant: Int64, isOpen: Bool, in zone: TimeZoneRules) -> Int64 {
        guard case .within(let from, let until) = time else { return isOpen ? .max : instant }
        var now = instant
        for _ in 0..<Self.stepLimit {
            let local = zone.local(at: Instant(milliseconds: now))
            let wall = Int64(local.time.milliseconds)
            let isInside = from < until ? wall >= from && wall < until : wall >= from || wall < until
            if (isInside && days.contains(local.date)) == isOpen { return now }
            let edge = [from, until].filter { $0 > wall }.min() ?? Self.day
            let end = saturatingSum(now, edge - wall)
            if end == .max { return .max }
            if let change = zone.nextTransition(after: Instant(milliseconds: now)), change.milliseconds < end {
                now = change.milliseconds
            } else {
                now = end
            }
        }
        return .max
    }
}

/// A rule for days in few bytes.
struct SendDays: Hashable, Sendable, BitwiseCopyable {
    /// A bit for each weekday, Monday's the second lowest.
    private var weekdays: UInt8 = 0
    /// 0: the day of the month does not matter.
    private var monthDay: UInt8 = 0
    private var holidays: HolidayCalendar?

    /// Days within which every rule comes round, with some to spare; a month at most.
    static let longestWait = 40

    init(_ rule: DayRule) {
        switch rule {
        case .weekdays(let days): weekdays = days.reduce(0) { $0 | 1 << UInt8($1.rawValue) }
        case .monthDay(let day): monthDay = UInt8(clamping: day)
        case .workingDays(let holidays): self.holidays = holidays
        }
    }

    func contains(_ date: CivilDate) -> Bool {
        if let holidays { return DayRule.workingDays(holidays).contains(date) }
        if monthDay > 0 { return DayRule.monthDay(Int(monthDay)).contains(date) }
        return weekdays & 1 << UInt8(date.weekday.rawValue) != 0
    }
}
