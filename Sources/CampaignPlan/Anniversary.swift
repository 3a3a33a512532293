package import CivilTime

/// Returns of a local date: its n-th return, n from 1 to `returnsMax`, falls on one of the local days of `next`, of which
/// today is the first. 29 February returns on the 28th in years that have none.
package struct Anniversary: Hashable, Sendable {
    package enum Origin: Hashable, Sendable {
        /// A date, or the local date of an instant.
        case attribute(String)
        /// The local date of the first such event, from that event on.
        case first(EventSelection)
    }

    /// Nobody has more; it bounds what is listed for one customer.
    package static let returnsMax = 200

    package var origin: Origin
    package var next: CalendarSpan
    /// Only this return, 1…`returnsMax`; nil: any.
    package var year: Int?
    package var zone: ZoneReference

    package init(origin: Origin, next: CalendarSpan, year: Int?, zone: ZoneReference) {
        self.origin = origin
        self.next = next
        self.year = year
        self.zone = zone
    }

    /// The day of the n-th return; nil behind the last year of the calendar.
    package static func date(ofReturn number: Int, of date: CivilDate) -> CivilDate? {
        date.year + number > 9999 ? nil : date.adding(months: 12 * number)
    }
}
