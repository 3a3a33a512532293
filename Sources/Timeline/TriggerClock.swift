import CivilTime

/// What the clocks of recipients say about the send instant of a trigger.
protocol TriggerClock {
    /// The first send instant from `instant` on of a campaign that waits for one, for recipients in `zone`.
    func next(campaign: Int, _ next: NextSend, from instant: Int64, zone: Int) -> Int64

    /// Whether `instant` is quiet for recipients in `zone`, and the first instant from there on that is not.
    func quiet(at instant: Int64, zone: Int) -> QuietMoment
}

extension TriggerClock {
    /// The first instant from `instant` on that neither quiet hours nor the window refuse; `Int64.max` if there is none
    /// within a year or so.
    @inline(__always)
    func allowed(
        campaign: Int, from instant: Int64, _ next: NextSend?, _ sendZone: Int, recipientZone: Int
    ) -> Int64 {
        guard let next, next.isWindow else { return quiet(at: instant, zone: recipientZone).allowed }
        return allowed(campaign: campaign, from: instant, within: next, sendZone, recipientZone)
    }

    @inline(never)
    private func allowed(
        campaign: Int, from instant: Int64, within next: NextSend, _ sendZone: Int, _ recipientZone: Int
    ) -> Int64 {
        var now = instant
        // Each turn waits for the end of a quiet stretch, of which there is hardly more than one a day.
        for _ in 0..<400 {
            now = quiet(at: now, zone: recipientZone).allowed
            let open = self.next(campaign: campaign, next, from: now, zone: sendZone)
            if open == now || open == .max { return open }
            now = open
        }
        return .max
    }
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
