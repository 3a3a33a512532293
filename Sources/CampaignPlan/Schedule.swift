package import CivilTime

/// When a campaign considers people.
package enum Schedule: Hashable, Sendable {
    /// Once, at an instant that is the same for everybody.
    case onceAtInstant(Instant)
    /// Once, at a wall time of a zone.
    case once(CivilDateTime, ZoneReference)
    /// At a wall time on the days of a rule, from the first to the last date, both included.
    case recurring(DayRule, at: TimeOfDay, from: CivilDate?, until: CivilDate?, ZoneReference)
    /// When a selected event becomes visible, once per instant.
    case onEvent(EventSelection, SendTiming)
    /// When the audience's `include` starts to hold.
    case onEntry(SendTiming)

    /// True where each customer has triggers of their own.
    package var isTriggered: Bool {
        switch self {
        case .onceAtInstant, .once, .recurring: false
        case .onEvent, .onEntry: true
        }
    }
}

package enum DayRule: Hashable, Sendable {
    /// Ascending, none twice, at least one; all seven: daily.
    case weekdays([Weekday])
    /// The n-th of each month, 1…31, clamped to its last day.
    case monthDay(Int)
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

/// The next time of day on a day of the rule.
package struct NextTime: Hashable, Sendable {
    package var days: [Weekday]
    package var at: TimeOfDay
    package var zone: ZoneReference

    package init(days: [Weekday], at: TimeOfDay, zone: ZoneReference) {
        self.days = days
        self.at = at
        self.zone = zone
    }
}

/// Whether a trigger of somebody who already had an accepted one counts.
package enum ReEntry: Hashable, Sendable {
    case never
    case always
    /// Milliseconds from accepted trigger to trigger, > 0.
    case after(Int64)
}
