import CivilTime
import Testing

/// What must hold at any instant of any zone, most of all around transitions.
@Suite struct ZonePropertyTests {
    @Test(arguments: seeds)
    func atRandomInstants(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let name = try #require(TimeZoneRules.allNames.randomElement(using: &random))
            let zone = try zone(name)
            // From 1800 to 2600, where the data ends and the rules go on.
            var instant = Instant(milliseconds: .random(in: -5_364_662_400_000...19_880_899_200_000, using: &random))
            if Bool.random(using: &random), let transition = zone.nextTransition(after: instant) {
                instant.milliseconds = transition.milliseconds + .random(in: -90_000_000...90_000_000, using: &random)
            }
            let failure = try firstFailure(zone, instant, Int64.random(in: 0...172_800_000, using: &random))
            guard failure == nil else {
                Issue.record("seed \(seed): \(name) at \(instant): \(failure ?? "")")
                return
            }
        }
    }

    @Test func aroundEveryTransition() throws {
        for name in TimeZoneRules.allNames {
            let zone = try zone(name)
            var at = Instant.distantPast
            let end = try instant("2040-01-01T00:00Z")
            while let transition = zone.nextTransition(after: at), transition < end {
                for step in [-86_400_000, -3_600_000, -1000, -1, 0, 1, 1000, 60_000, 3_600_000, 86_400_000] as [Int64] {
                    let instant = Instant(milliseconds: transition.milliseconds + step)
                    if let failure = try firstFailure(zone, instant, 1000) {
                        Issue.record("\(name) at \(instant): \(failure)")
                        return
                    }
                }
                at = transition
            }
        }
    }

    private func firstFailure(_ zone: TimeZoneRules, _ instant: Instant, _ step: Int64) throws -> String? {
        let day = zone.day(at: instant)
        guard zone.startOfDay(day) <= instant, instant < zone.startOfDay(day.adding(days: 1)) else {
            return "the day \(day) does not hold it"
        }
        guard zone.day(at: zone.startOfDay(day)) == day else { return "the start of \(day) is on another day" }
        guard zone.day(at: Instant(milliseconds: instant.milliseconds + step)) >= day else { return "days go back" }

        let local = zone.local(at: instant)
        let again = zone.instant(of: local)
        guard again <= instant, zone.local(at: again) == local else { return "\(local) means \(again)" }
        let wall = instant.milliseconds + Int64(zone.offsetSeconds(at: instant)) * 1000
        guard TimeZoneRules.utc.local(at: Instant(milliseconds: wall)) == local else {
            return "offset and local differ"
        }

        // A wall time some way ahead: nothing shows it or a later one before the instant that it means.
        let ahead = TimeZoneRules.utc.local(at: Instant(milliseconds: wall + step))
        let means = zone.instant(of: ahead)
        guard zone.local(at: means) >= ahead,
            zone.local(at: Instant(milliseconds: means.milliseconds - 1)) < ahead
        else { return "\(ahead) means \(means)" }

        if let next = zone.nextTransition(after: instant) {
            let before = Instant(milliseconds: next.milliseconds - 1)
            guard next > instant, zone.offsetSeconds(at: before) == zone.offsetSeconds(at: instant),
                zone.offsetSeconds(at: next) != zone.offsetSeconds(at: before)
            else { return "the next transition is not \(next)" }
        }
        return nil
    }
}
