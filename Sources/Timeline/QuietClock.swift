import CampaignPlan
import CivilTime

/// Quiet hours by the wall clock, in milliseconds since 00:00; over midnight where `from > until`.
struct QuietClock: Sendable {
    private let from: Int64
    private let until: Int64

    private static let day: Int64 = 86_400_000
    /// Far more clock changes than one quiet stretch can have.
    private static let stepLimit = 64

    init(_ hours: QuietHours) {
        from = Int64(hours.from.milliseconds)
        until = Int64(hours.until.milliseconds)
    }

    func isQuiet(at instant: Int64, in zone: TimeZoneRules) -> Bool {
        contains(wallTime(at: instant, in: zone))
    }

    /// The first instant from here on that is not quiet; `Int64.max` if there is none in the calendar.
    ///
    /// Between two changes of the offset the wall clock runs evenly, so the end of the quiet stretch is a subtraction
    /// away; at a change it is read anew, so hours that a zone skips are not waited for and repeated ones are quiet twice.
    func firstAllowed(from instant: Int64, in zone: TimeZoneRules) -> Int64 {
        first(from: instant, isQuiet: false, after: until, in: zone)
    }

    /// The first instant from here on that is quiet; `Int64.max` if there is none in the calendar.
    func firstQuiet(from instant: Int64, in zone: TimeZoneRules) -> Int64 {
        first(from: instant, isQuiet: true, after: from, in: zone)
    }

    private func first(from instant: Int64, isQuiet: Bool, after edge: Int64, in zone: TimeZoneRules) -> Int64 {
        if isQuiet, from == until { return .max }
        var now = instant
        for _ in 0..<Self.stepLimit {
            let time = wallTime(at: now, in: zone)
            guard contains(time) != isQuiet else { return now }
            let end = saturatingSum(now, edge > time ? edge - time : edge - time + Self.day)
            if let change = zone.nextTransition(after: Instant(milliseconds: now)), change.milliseconds < end {
                now = change.milliseconds
            } else {
                now = end
            }
        }
        return .max
    }

    private func wallTime(at instant: Int64, in zone: TimeZoneRules) -> Int64 {
        Int64(zone.local(at: Instant(milliseconds: instant)).time.milliseconds)
    }

    private func contains(_ time: Int64) -> Bool {
        if from < until { return time >= from && time < until }
        return from > until && (time >= from || time < until)
    }
}
