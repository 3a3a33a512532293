import CivilTime

/// What the clocks of recipients say about the send instant of a trigger.
protocol TriggerClock {
    /// The first send instant from `instant` on of a campaign that waits for one, for recipients in `zone`.
    func next(campaign: Int, _ next: NextSend, from instant: Int64, zone: Int) -> Int64

    /// Whether `instant` is quiet for recipients in `zone`, and the first instant from there on that is not.
    func quiet(at instant: Int64, zone: Int) -> QuietMoment
}

struct QuietMoment: Equatable {
    var isQuiet: Bool
    var allowed: Int64
}

/// The clock by zone rules, right at every instant.
struct ZoneClock: TriggerClock {
    private let zones: [TimeZoneRules]
    private let quietClock: QuietClock?

    init(_ bound: BoundPlan) {
        zones = bound.zones
        quietClock = bound.quietClock
    }

    func next(campaign: Int, _ next: NextSend, from instant: Int64, zone: Int) -> Int64 {
        next.first(from: instant, in: zones[zone])
    }

    func quiet(at instant: Int64, zone: Int) -> QuietMoment {
        guard let quietClock, quietClock.isQuiet(at: instant, in: zones[zone]) else {
            return QuietMoment(isQuiet: false, allowed: instant)
        }
        return QuietMoment(isQuiet: true, allowed: quietClock.firstAllowed(from: instant, in: zones[zone]))
    }
}
