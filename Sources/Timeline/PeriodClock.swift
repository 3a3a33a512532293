import CivilTime

/// The same answers for instants of one period `[from, to)`, looked up. An instant at `to` or later is answered by one
/// at `to` or later, not by the right one: such a send is pending, whenever it is.
struct PeriodClock: TriggerClock {
    private let to: Int64
    private let zoneCount: Int
    /// Campaign after campaign, by zone: an index of `tables`; -1: none.
    private let nextPlaces: UnsafePointer<Int32>
    /// By zone: an index of `tables`; -1: never quiet.
    private let quietPlaces: UnsafePointer<Int32>
    private let tables: UnsafePointer<InstantIndex>

    /// For the campaigns given by index.
    init(_ bound: BoundPlan, _ campaigns: [Int], from: Int64, to: Int64, _ arena: RawArena) {
        self.to = to
        zoneCount = bound.zones.count
        var builder = PeriodTables(bound: bound, from: from, to: to, arena: arena)
        var nextPlaces = [Int32](repeating: -1, count: bound.campaigns.count * bound.zones.count)
        for index in campaigns {
            guard let timing = bound.campaigns[index].trigger.timing, let next = timing.next else { continue }
            let zones =
                switch timing.zone {
                case .fixed(let zone): [zone]
                case .recipient: Array(0..<bound.recipientZoneCount)
                }
            for zone in zones { nextPlaces[index * bound.zones.count + zone] = builder.sends(next, zone: zone) }
        }
        self.nextPlaces = arena.copy(nextPlaces)
        let quiets = (0..<bound.recipientZoneCount).map { zone in
            bound.quietClock.map { builder.quietStretches($0, zone: zone) } ?? -1
        }
        quietPlaces = arena.copy(quiets)
        tables = arena.copy(builder.tables)
    }

    @inline(__always)
    func next(campaign: Int, _ next: NextSend, from instant: Int64, zone: Int) -> Int64 {
        if instant >= to { return instant }
        let table = tables + Int(nextPlaces[campaign &* zoneCount &+ zone])
        if next.isWindow {
            let changes = table.pointee.countUntil(instant)
            // It is closed from the first change on.
            return changes & 1 == 1 ? table.pointee.instants[changes] : instant
        }
        return table.pointee.instants[table.pointee.countBefore(instant)]
    }

    @inline(__always)
    func quiet(at instant: Int64, zone: Int) -> QuietMoment {
        let place = Int(quietPlaces[zone])
        guard place >= 0, instant < to else { return QuietMoment(isQuiet: false, allowed: instant) }
        let table = tables + place
        let changes = table.pointee.countUntil(instant)
        // Quiet begins with the first change.
        guard changes & 1 == 1 else { return QuietMoment(isQuiet: false, allowed: instant) }
        return QuietMoment(isQuiet: true, allowed: table.pointee.instants[changes])
    }
}

extension BoundTrigger {
    /// Nil: scheduled.
    var timing: BoundTiming? {
        switch self {
        case .scheduled: nil
        case .event(_, let timing), .entry(let timing), .occasion(_, let timing): timing
        }
    }
}

/// Makes the tables of a period; equal ones are one.
private struct PeriodTables {
    let bound: BoundPlan
    let from: Int64
    let to: Int64
    let arena: RawArena
    private(set) var tables: [InstantIndex] = []
    private var known: [Key: Int32] = [:]

    private struct Key: Hashable {
        var next: NextSend?
        var zone: TimeZoneRules
    }

    init(bound: BoundPlan, from: Int64, to: Int64, arena: RawArena) {
        (self.bound, self.from, self.to, self.arena) = (bound, from, to, arena)
    }

    /// All send instants of the period, and the first one after it.
    mutating func sends(_ next: NextSend, zone: Int) -> Int32 {
        let rules = bound.zones[zone]
        return table(Key(next: next, zone: rules)) { from, to in
            if next.isWindow {
                return stretches(from, to) { next.first(from: $0, isOpen: !$1, in: rules) }
            }
            var instants: [Int64] = []
            var instant = next.first(from: from, in: rules)
            while instant < .max {
                instants.append(instant)
                if instant >= to { break }
                instant = next.first(from: instant + 1, in: rules)
            }
            return instants
        }
    }

    /// Beginnings and ends of the quiet stretches of the period in turns, and the end of the last one.
    mutating func quietStretches(_ clock: QuietClock, zone: Int) -> Int32 {
        let rules = bound.zones[zone]
        return table(Key(next: nil, zone: rules)) { from, to in
            stretches(from, to) {
                $1 ? clock.firstQuiet(from: $0, in: rules) : clock.firstAllowed(from: $0, in: rules)
            }
        }
    }

    private mutating func table(_ key: Key, _ instants: (Int64, Int64) -> [Int64]) -> Int32 {
        if let place = known[key] { return place }
        tables.append(InstantIndex(InstantGrid(instants(from, to)), arena))
        known[key] = Int32(tables.count - 1)
        return Int32(tables.count - 1)
    }
}

/// Of what is closed at times: `first` gives the first instant from one on at which it is, or is not.
private func stretches(_ from: Int64, _ to: Int64, _ first: (Int64, Bool) -> Int64) -> [Int64] {
    var changes: [Int64] = []
    var instant = from
    while instant < to {
        let start = first(instant, true)
        guard start < to else { break }
        instant = first(start, false)
        changes.append(start)
        // Behind the last instant of a table is `Int64.max`, so that a stretch without end has one.
        if instant < .max { changes.append(instant) }
    }
    return changes
}
