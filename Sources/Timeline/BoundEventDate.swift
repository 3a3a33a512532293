import CampaignPlan
import CivilTime

/// A date that events carry, and how long before it a campaign is triggered.
struct BoundEventDate: Sendable {
    /// An index into `BoundPlan.streams`; its values are the dates.
    var stream: Int
    /// Days since 1970-01-01 instead of milliseconds.
    var isDate: Bool
    var lead: EventDate.Lead
    var zone: BoundZone

    /// When an event with this value triggers. A date is its beginning; local days keep the time of day.
    func instant(of value: Int64, in zone: TimeZoneRules) -> Int64 {
        switch lead {
        case .elapsed(let length):
            let start = isDate ? zone.startOfDay(CivilDate(daysSinceEpoch: Int32(clamping: value))).milliseconds : value
            return saturatingDifference(start, length)
        case .calendar(let span):
            if isDate {
                let date = span.before(CivilDate(daysSinceEpoch: Int32(clamping: value)))
                return zone.startOfDay(date).milliseconds
            }
            let local = zone.local(at: Instant(milliseconds: value))
            let wall = CivilDateTime(date: span.before(local.date), time: local.time)
            return zone.instant(of: wall).milliseconds
        }
    }
}
