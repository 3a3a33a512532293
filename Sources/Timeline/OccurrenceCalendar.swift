internal import Algorithms
import CampaignPlan
package import CivilTime

/// The occurrences of all scheduled campaigns in a period `[from, to)`, worked out once for every zone that a recipient
/// can be in, quiet hours included.
package struct OccurrenceCalendar: Sendable {
    /// When an occurrence is: the same instant for everybody, or a wall time.
    package enum Nominal: Hashable, Sendable {
        case instant(Instant)
        case wall(CivilDateTime)
        /// The second time that the clocks show it.
        case again(CivilDateTime)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    package let from: Int64
    /// The first instant after the period.
    package let to: Int64

    /// By campaign.
    private var nominals: [[Nominal]]
    /// By campaign: where its timetables begin, one for each zone of recipients; -1: not scheduled.
    private var firstTimetable: [Int]
    private var timetables: [Timetable]
    /// Instants of all timetables, each ascending.
    private var instants: [Int64]

    /// The occurrences of one campaign for the recipients in one zone.
    struct Timetable: Sendable {
        /// Those whose planned instant is in the period.
        var occurrences: Range<Int>
        /// Where the instants begin: those planned, and those to which quiet hours move them.
        var planned: Int
        var moved: Int
    }

    package init(bound: BoundPlan, from: Int64, to: Int64) {
        self.from = from
        self.to = to
        nominals = []
        firstTimetable = []
        timetables = []
        instants = []
        for (campaign, plan) in bound.plan.campaigns.enumerated() {
            add(plan.schedule, isQuietable: bound.isQuietable(campaign), bound)
        }
    }

    package func occurrenceCount(campaign: Int) -> Int { nominals[campaign].count }

    package func nominal(campaign: Int, occurrence: Int) -> Nominal { nominals[campaign][occurrence] }

    package var campaignCount: Int { nominals.count }
}

extension OccurrenceCalendar {
    func timetable(campaign: Int, recipientZone: Int) -> Timetable {
        timetables[firstTimetable[campaign] + recipientZone]
    }

    /// An instant of a timetable whose instants begin at `start`.
    func instant(_ start: Int, _ occurrence: Int) -> Int64 { instants[start + occurrence] }

    /// The first occurrence of the range that is not before an instant.
    func firstOccurrence(in range: Range<Int>, of start: Int, notBefore instant: Int64) -> Int {
        range.partitioningIndex { instants[start + $0] >= instant }
    }

    private mutating func add(_ schedule: Schedule, isQuietable: Bool, _ bound: BoundPlan) {
        switch schedule {
        case .onceAtInstant(let instant):
            add([.instant(instant)], Array(bound.zones[..<bound.recipientZoneCount]), isQuietable, bound)
        case .once(let wall, let reference):
            add([.wall(wall)], occurrenceZones(reference, bound), isQuietable, bound)
        case .recurring(let rule, at: let time, from: let first, until: let last, let reference):
            let days = periodDays(first, last)
            let walls = days.filter(rule.contains).map { Nominal.wall(CivilDateTime(date: $0, time: time)) }
            add(walls, occurrenceZones(reference, bound), isQuietable, bound)
        case .cron(let expression, let reference):
            let walls = periodDays(nil, nil).filter(expression.contains).flatMap { date in
                expression.times.map { CivilDateTime(date: date, time: $0) }
            }
            let zones = occurrenceZones(reference, bound)
            if expression.followsElapsedTime, case .named = reference, let zone = zones.first {
                add(elapsed(walls, zone), zones, isQuietable, bound)
            } else {
                add(walls.map { .wall($0) }, zones, isQuietable, bound)
            }
        case .onEvent, .onEntry, .beforeDate, .onSequence, .onAnniversary:
            nominals.append([])
            firstTimetable.append(-1)
        }
    }

    /// The zone of the wall times, for recipients of each zone.
    private func occurrenceZones(_ reference: ZoneReference, _ bound: BoundPlan) -> [TimeZoneRules] {
        switch reference {
        case .recipient: return Array(bound.zones[..<bound.recipientZoneCount])
        case .named(let name):
            let zone = TimeZoneRules.named(name) ?? bound.zones[0]
            return Array(repeating: zone, count: bound.recipientZoneCount)
        }
    }

    /// Every time that the clocks of a zone show one of these, in the order of time.
    private func elapsed(_ walls: [CivilDateTime], _ zone: TimeZoneRules) -> [Nominal] {
        var found: [(instant: Instant, nominal: Nominal)] = []
        for wall in walls {
            for (place, instant) in zone.instants(showing: wall).enumerated() {
                found.append((instant, place == 0 ? .wall(wall) : .again(wall)))
            }
        }
        return found.sorted { $0.instant < $1.instant }.map(\.nominal)
    }

    /// All dates that the period can reach in any zone and that the schedule admits.
    private func periodDays(_ first: CivilDate?, _ last: CivilDate?) -> [CivilDate] {
        guard from < to else { return [] }
        // Two days cover every offset and the largest gap, a day that a zone skips.
        let earliest = TimeZoneRules.utc.day(at: Instant(milliseconds: from)).adding(days: -2)
        let latest = TimeZoneRules.utc.day(at: Instant(milliseconds: to)).adding(days: 2)
        let start = max(earliest, first ?? earliest).daysSinceEpoch
        let end = min(latest, last ?? latest).daysSinceEpoch
        return start <= end ? (start...end).map { CivilDate(daysSinceEpoch: $0) } : []
    }

    private mutating func add(
        _ candidates: [Nominal], _ zones: [TimeZoneRules], _ isQuietable: Bool, _ bound: BoundPlan
    ) {
        var planned: [TimeZoneRules: [Int64]] = [:]
        for zone in zones where planned[zone] == nil { planned[zone] = candidates.map { instant(of: $0, zone) } }
        let kept = candidates.indices.filter { index in
            planned.values.contains { $0[index] >= from && $0[index] < to }
        }
        nominals.append(kept.map { candidates[$0] })
        firstTimetable.append(timetables.count)
        var starts: [TimeZoneRules: Int] = [:]
        for (recipientZone, zone) in zones.enumerated() {
            let list = kept.map { planned[zone, default: []][$0] }
            let start = starts[zone] ?? append(list)
            starts[zone] = start
            let moved = isQuietable ? bound.moved(list, bound.zones[recipientZone]) : list
            let first = firstOccurrence(in: 0..<list.count, of: start, notBefore: from)
            let end = firstOccurrence(in: first..<list.count, of: start, notBefore: to)
            timetables.append(
                Timetable(occurrences: first..<end, planned: start, moved: moved == list ? start : append(moved)))
        }
    }

    private mutating func append(_ list: [Int64]) -> Int {
        instants += list
        return instants.count - list.count
    }

    private func instant(of nominal: Nominal, _ zone: TimeZoneRules) -> Int64 {
        switch nominal {
        case .instant(let instant): instant.milliseconds
        case .wall(let wall): zone.instant(of: wall).milliseconds
        case .again(let wall): (zone.instants(showing: wall).last ?? zone.instant(of: wall)).milliseconds
        }
    }
}

extension BoundPlan {
    /// Whether quiet hours can move or drop messages of the campaign.
    fileprivate func isQuietable(_ campaign: Int) -> Bool {
        quietClock != nil && channels[campaigns[campaign].channels].contains { $0.isQuietable }
    }

    fileprivate func moved(_ planned: [Int64], _ zone: TimeZoneRules) -> [Int64] {
        guard let quietClock else { return planned }
        return planned.map { quietClock.firstAllowed(from: $0, in: zone) }
    }
}
