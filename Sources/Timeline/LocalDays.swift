import CivilTime

/// When windows of whole local days open and close, for one zone and span.
struct LocalDays {
    let zone: TimeZoneRules
    let span: CalendarSpan

    func day(at instant: Int64) -> CivilDate { zone.day(at: Instant(milliseconds: instant)) }

    func start(of day: CivilDate) -> Int64 { zone.startOfDay(day).milliseconds }

    func end(of day: CivilDate) -> Int64 { zone.startOfDay(day.adding(days: 1)).milliseconds }

    /// The instant from which `today − span ≥ day` holds; `Int64.max` if it never does in the calendar.
    func instantWhenBefore(reaches day: CivilDate) -> Int64 {
        firstDay(from: span.after(day)) { span.before($0) >= day }
    }

    /// The instant from which `today + span ≥ day` holds.
    func instantWhenAfter(reaches day: CivilDate) -> Int64 {
        firstDay(from: span.before(day)) { span.after($0) >= day }
    }

    /// Spans of months stop at the end of a shorter month, so the opposite span can fall short by a few days, never
    /// overshoot.
    private func firstDay(from estimate: CivilDate, where holds: (CivilDate) -> Bool) -> Int64 {
        var day = estimate
        for _ in 0..<5 {
            if holds(day) { return start(of: day) }
            day = day.adding(days: 1)
        }
        return .max
    }
}

extension TimeZoneRules {
    /// The first and the last millisecond of two local days and those between them.
    func instants(from first: CivilDate, to last: CivilDate) -> (first: Int64, last: Int64) {
        (startOfDay(first).milliseconds, saturatingDifference(startOfDay(last.adding(days: 1)).milliseconds, 1))
    }
}
