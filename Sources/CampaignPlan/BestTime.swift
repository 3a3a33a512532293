package import CivilTime

/// The hour at which each recipient is likely to look: the local hour of their day in which most of the events that a
/// window before the trigger shows happened, the earliest of several. It is asked at the trigger, which is when a message
/// is planned: what happens during a delay does not move it any more.
package struct BestTime: Hashable, Sendable {
    package var selection: EventSelection
    /// Milliseconds before the trigger, > 0.
    package var over: Int64
    /// With fewer such events the fallback is the time, ≥ 1.
    package var occurrences: Int
    /// Only hours that begin in here are looked at, and only their events count; nil: the whole day.
    package var within: WallHours?
    package var fallback: TimeOfDay

    package init(
        selection: EventSelection, over: Int64, occurrences: Int, within: WallHours?, fallback: TimeOfDay
    ) {
        self.selection = selection
        self.over = over
        self.occurrences = occurrences
        self.within = within
        self.fallback = fallback
    }

    /// The hours that are looked at, ascending.
    package var hours: [Int] { (0..<24).filter { within?.contains(TimeOfDay(hour: $0, minute: 0)) ?? true } }
}

extension WallHours {
    package func contains(_ time: TimeOfDay?) -> Bool {
        guard let time else { return false }
        return from < until ? time >= from && time < until : time >= from || time < until
    }
}
