import CivilTime

/// When each event of a stream becomes visible through a window and when it stops to be, in reusable memory.
///
/// Both ascend with the events, and no event stops before it starts: at every instant a window shows one run of events.
struct WindowBounds: ~Copyable, Sendable {
    private(set) var arrivals = RawList<Int64>()
    private(set) var expiries = RawList<Int64>()

    mutating func setEver(_ times: UnsafeBufferPointer<Int64>) {
        removeAll()
        for index in times.indices { append(times[index], .max) }
    }

    /// `t − from < s ≤ t − to`.
    mutating func setElapsed(_ times: UnsafeBufferPointer<Int64>, from: Int64, to: Int64) {
        removeAll()
        for index in times.indices {
            append(saturatingSum(times[index], to), saturatingSum(times[index], from))
        }
    }

    /// The local day of `s` in `[today − span, today)`.
    mutating func setPast(_ times: UnsafeBufferPointer<Int64>, _ days: LocalDays) {
        removeAll()
        var known: (day: CivilDate, arrival: Int64, expiry: Int64)?
        for index in times.indices {
            let day = days.day(at: times[index])
            if let known, known.day == day {
                append(max(times[index], known.arrival), known.expiry)
                continue
            }
            let arrival = days.end(of: day)
            let expiry = days.instantWhenBefore(reaches: day.adding(days: 1))
            known = (day, arrival, expiry)
            append(max(times[index], arrival), expiry)
        }
    }

    /// The local day of `s` in `(today − span, today]`.
    mutating func setRecent(_ times: UnsafeBufferPointer<Int64>, _ days: LocalDays) {
        removeAll()
        var known: (day: CivilDate, expiry: Int64)?
        for index in times.indices {
            let day = days.day(at: times[index])
            let expiry: Int64
            if let known, known.day == day {
                expiry = known.expiry
            } else {
                expiry = days.instantWhenBefore(reaches: day)
                known = (day, expiry)
            }
            append(times[index], expiry)
        }
    }

    /// `first ≤ s ≤ last`, and for ever from then on.
    mutating func setBetween(_ times: UnsafeBufferPointer<Int64>, first: Int64, last: Int64) {
        removeAll()
        for index in times.indices {
            let time = times[index]
            if time < first { append(time, time) } else { append(time <= last ? time : .max, .max) }
        }
    }

    private mutating func removeAll() {
        arrivals.removeAll()
        expiries.removeAll()
    }

    private mutating func append(_ arrival: Int64, _ expiry: Int64) {
        arrivals.append(arrival)
        expiries.append(max(arrival, expiry))
    }
}
