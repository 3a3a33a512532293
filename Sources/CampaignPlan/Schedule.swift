package import CivilTime

/// When a campaign considers people.
package enum Schedule: Hashable, Sendable {
    /// Once, at an instant that is the same for everybody.
    case onceAtInstant(Instant)
    /// Once, at a wall time of a zone.
    case once(CivilDateTime, ZoneReference)
    /// At a wall time on the days of a rule, from the first to the last date, both included.
    case recurring(DayRule, at: TimeOfDay, from: CivilDate?, until: CivilDate?, ZoneReference)
    /// At the times of an expression; never in the recipient's zone where it follows the time that passes.
    case cron(CronExpression, ZoneReference)
    /// When a selected event becomes visible, once per instant.
    case onEvent(EventSelection, SendTiming)
    /// When the audience's `include` starts to hold.
    case onEntry(SendTiming)
    /// Some time before a date that an event carries, once per instant; not for an event that is visible only later.
    case beforeDate(EventDate, SendTiming)
    /// When a sequence completes whose start its window then shows, once per instant; a window since the trigger is not
    /// possible.
    case onSequence(SequencePattern, SendTiming)
    /// When the local days on which a date returns begin, each return by itself; not where the date is known only later.
    case onAnniversary(Anniversary, SendTiming)

    /// True where each customer has triggers of their own.
    package var isTriggered: Bool {
        timing != nil
    }
}

extension Schedule {
    /// From the trigger to the message; nil where there is no trigger. Setting it changes nothing there.
    package var timing: SendTiming? {
        get {
            switch self {
            case .onceAtInstant, .once, .recurring, .cron: nil
            case .onEvent(_, let timing), .onEntry(let timing), .beforeDate(_, let timing), .onSequence(_, let timing),
                .onAnniversary(_, let timing):
                timing
            }
        }
        set {
            guard let newValue else { return }
            switch self {
            case .onceAtInstant, .once, .recurring, .cron: break
            case .onEvent(let selection, _): self = .onEvent(selection, newValue)
            case .onEntry: self = .onEntry(newValue)
            case .beforeDate(let date, _): self = .beforeDate(date, newValue)
            case .onSequence(let pattern, _): self = .onSequence(pattern, newValue)
            case .onAnniversary(let anniversary, _): self = .onAnniversary(anniversary, newValue)
            }
        }
    }
}

/// A moment before an instant or the beginning of a date that selected events carry.
package struct EventDate: Hashable, Sendable {
    package enum Lead: Hashable, Sendable {
        /// Milliseconds, ≥ 0.
        case elapsed(Int64)
        /// The same time of day so many days earlier.
        case calendar(CalendarSpan)
    }

    package var selection: EventSelection
    /// Of type instant or date in all selected types.
    package var property: String
    package var lead: Lead
    /// Of local days.
    package var zone: ZoneReference

    package init(selection: EventSelection, property: String, lead: Lead, zone: ZoneReference) {
        self.selection = selection
        self.property = property
        self.lead = lead
        self.zone = zone
    }
}

package enum DayRule: Hashable, Sendable {
    /// Ascending, none twice, at least one; all seven: daily.
    case weekdays([Weekday])
    /// The n-th of each month, 1…31, clamped to its last day.
    case monthDay(Int)
    /// Monday to Friday without public holidays. No day of a year whose holidays are not known is one.
    case workingDays(HolidayCalendar)
}

/// From a trigger to the planned instant: the first instant ≥ trigger + delay that satisfies `next`.
package struct SendTiming: Hashable, Sendable {
    /// Milliseconds, ≥ 0.
    package var delay: Int64
    package var next: NextTime?

    package init(delay: Int64, next: NextTime?) {
        self.delay = delay
        self.next = next
    }
}

/// The next such time on a day of the rule.
package struct NextTime: Hashable, Sendable {
    package var days: DayRule
    package var time: SendTime
    package var zone: ZoneReference

    package init(days: DayRule, time: SendTime, zone: ZoneReference) {
        self.days = days
        self.time = time
        self.zone = zone
    }
}

/// When on a day messages go out.
package enum SendTime: Hashable, Sendable {
    case at(TimeOfDay)
    /// At any instant of these hours; where quiet hours move a message, it stays in them and on the days of the rule.
    case within(WallHours)
    /// At the full hour that suits the recipient.
    case best(BestTime)
}

/// Hours of the wall clock: `[from, until)`, over midnight where `from > until`; never equal. Each instant counts on the
/// date that it has.
package struct WallHours: Hashable, Sendable {
    package var from: TimeOfDay
    package var until: TimeOfDay

    package init(from: TimeOfDay, until: TimeOfDay) {
        self.from = from
        self.until = until
    }
}

/// Whether a trigger of somebody who already had an accepted one counts.
package enum ReEntry: Hashable, Sendable {
    case never
    case always
    /// Milliseconds from accepted trigger to trigger, > 0.
    case after(Int64)
}
