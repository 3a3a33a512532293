import Synchronization

/// What the clocks of a zone show, past and future, from the IANA time-zone database that is built in.
///
/// Every function is total: local times stop at the first and the last moment of the years 1 to 9999. Values are one
/// reference, equal when their names are.
package struct TimeZoneRules: Hashable, Sendable {
    private let table: ZoneTable

    init(table: ZoneTable) {
        self.table = table
    }

    /// The zone with exactly this IANA name, capitals included; names that are links keep the name asked for.
    package static func named(_ name: String) -> TimeZoneRules? {
        if let known = known.withLock({ $0[name] }) { return known }
        guard let rules = ZoneDatabase.shared.rules(named: name) else { return nil }
        known.withLock { $0[name] = rules }
        return rules
    }

    package static let utc = TimeZoneRules(table: ZoneTable(name: "UTC", fixedOffset: 0))

    /// The IANA release of the built-in data: `2026f`.
    package static var dataVersion: String { ZoneDatabase.shared.version }

    /// All names that `named` knows, links included, in ascending order.
    package static var allNames: [String] { ZoneDatabase.shared.names }

    package var name: String { table.name }

    /// Seconds east of UTC.
    package func offsetSeconds(at instant: Instant) -> Int {
        Int(table.offset(at: WallClock.floorDivide(instant.milliseconds, by: 1000)))
    }

    /// What the clocks show.
    package func local(at instant: Instant) -> CivilDateTime {
        // Far enough outside the calendar to stop at its ends in every zone, and far enough from overflow.
        let near = min(max(instant.milliseconds, WallClock.first * 2), WallClock.last * 2)
        let offset = table.offset(at: WallClock.floorDivide(near, by: 1000))
        return CivilDateTime(wallMilliseconds: WallClock.clamped(near + offset * 1000))
    }

    /// The first instant at which the clocks have reached this time.
    ///
    /// That is the first occurrence of a time that comes twice, and the first instant after the gap for one that is
    /// skipped.
    package func instant(of local: CivilDateTime) -> Instant {
        let wall = local.wallMilliseconds
        let seconds = WallClock.floorDivide(wall, by: 1000)
        let first = table.firstInstant(reaching: seconds)
        return Instant(milliseconds: first.seconds * 1000 + (first.isExact ? wall - seconds * 1000 : 0))
    }

    /// Every instant at which the clocks show this time: none where it is skipped, two where it comes twice.
    package func instants(showing local: CivilDateTime) -> [Instant] {
        let wall = local.wallMilliseconds
        // No zone is as much as a day from UTC.
        let end = wall + WallClock.millisecondsPerDay
        var start = Instant(milliseconds: wall - WallClock.millisecondsPerDay)
        var found: Set<Instant> = []
        while true {
            let candidate = Instant(milliseconds: wall - Int64(offsetSeconds(at: start)) * 1000)
            if self.local(at: candidate) == local { found.insert(candidate) }
            guard let next = nextTransition(after: start), next.milliseconds <= end else { break }
            start = next
        }
        return found.sorted()
    }

    /// 00:00 of that day, or the first instant after it when clocks skip 00:00.
    package func startOfDay(_ date: CivilDate) -> Instant {
        instant(of: CivilDateTime(date: date, time: .midnight))
    }

    /// The last day that has started: `startOfDay(day) <= instant < startOfDay(day.adding(days: 1))`.
    ///
    /// It never goes back to an earlier day when clocks do, and never is a day that the zone skipped.
    package func day(at instant: Instant) -> CivilDate {
        let wall = table.furthestWall(at: WallClock.floorDivide(instant.milliseconds, by: 1000))
        return CivilDate(daysSinceEpoch: Int32(clamping: WallClock.floorDivide(wall, by: WallClock.secondsPerDay)))
    }

    /// The first instant after this one at which the offset changes; nil when there is none up to the year 9999.
    package func nextTransition(after instant: Instant) -> Instant? {
        guard instant.milliseconds < WallClock.last,
            let seconds = table.nextTransition(after: WallClock.floorDivide(instant.milliseconds, by: 1000)),
            seconds <= WallClock.last / 1000
        else { return nil }
        return Instant(milliseconds: seconds * 1000)
    }

    package static func == (a: TimeZoneRules, b: TimeZoneRules) -> Bool {
        a.table === b.table || a.name == b.name
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(name)
    }

    private static let known = Mutex<[String: TimeZoneRules]>(["UTC": .utc])
}
