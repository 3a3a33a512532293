/// Reads of the two clocks at one moment.
package struct ClockReading: Hashable, Sendable {
    /// Milliseconds since 1970 by the wall clock, which people and time servers set.
    package var wall: Int64
    /// Milliseconds since some start by a clock that is never set and runs on during sleep.
    package var monotonic: Int64

    package init(wall: Int64, monotonic: Int64) {
        self.wall = wall
        self.monotonic = monotonic
    }
}

/// Notices when the wall clock does not agree with the time that has passed, as a value.
package struct ClockGuard: Hashable, Sendable {
    /// A larger jump than this holds all sends until somebody has looked.
    package static let jumpMax: Int64 = 3 * 3_600_000

    package enum State: Hashable, Sendable {
        case trusted
        /// By how many milliseconds the wall clock is ahead of what was expected; negative: behind.
        case held(jump: Int64)
    }

    package private(set) var state: State = .trusted
    private var last: ClockReading?
    /// The latest wall time that was ever acted on, from the store too: the schedule never goes back behind it.
    package private(set) var latest: Int64

    package init(latest: Int64) {
        self.latest = latest
    }

    /// True if sends are allowed at this reading.
    package mutating func read(_ now: ClockReading) -> Bool {
        if state == .trusted {
            if let last {
                let jump = (now.wall - last.wall) - (now.monotonic - last.monotonic)
                if abs(jump) > Self.jumpMax { state = .held(jump: jump) }
            } else if now.wall < latest - Self.jumpMax {
                // Forwards is how a runner that was switched off for long starts, backwards is not.
                state = .held(jump: now.wall - latest)
            }
        }
        last = now
        guard state == .trusted else { return false }
        latest = max(latest, now.wall)
        return true
    }

    /// Somebody has looked and trusts the wall clock as it is.
    package mutating func confirm() {
        state = .trusted
        // A clock that was set back would else hold again at the next start.
        if let last { latest = last.wall }
    }
}
