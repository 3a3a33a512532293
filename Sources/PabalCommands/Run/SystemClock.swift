internal import Foundation
internal import Runner

/// The machine's clocks.
enum SystemClock {
    /// The second one runs on while the machine sleeps, so that sleep is no jump.
    static func read() -> ClockReading {
        #if os(Linux)
            let steady = CLOCK_BOOTTIME
        #else
            let steady = CLOCK_MONOTONIC
        #endif
        return ClockReading(wall: milliseconds(CLOCK_REALTIME), monotonic: milliseconds(steady))
    }

    private static func milliseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}

/// What a run takes for the time.
enum RunClock {
    case system
    /// Stands still while there is work, and jumps to whatever comes next.
    case trial(now: Int64)

    var reading: ClockReading {
        switch self {
        case .system: SystemClock.read()
        case .trial(let now): ClockReading(wall: now, monotonic: now)
        }
    }

    /// Waits, at most for a fifth of a second, so that requests and signals are heard.
    mutating func wait(until next: Int64) {
        switch self {
        case .system:
            let left = next - reading.wall
            usleep(UInt32(clamping: max(1, min(left, 200)) * 1000))
        case .trial(let now): self = .trial(now: max(now, next))
        }
    }
}
