import CivilTime
import Testing

/// Damaged data gives fewer zones or other ones, and never a trap.
@Suite struct ZoneDatabaseTests {
    @Test func dataThatEndsEarly() {
        let whole = ZoneDatabase.embedded()
        #expect(ZoneDatabase([]) == nil)
        for length in Array(0..<2000) + [whole.count / 2, whole.count - 1] {
            guard let database = ZoneDatabase(Array(whole[..<length])) else { continue }
            for name in database.names { use(database.rules(named: name)) }
        }
        #expect(ZoneDatabase(whole)?.names == TimeZoneRules.allNames)
    }

    @Test(arguments: seeds)
    func damagedBytes(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let whole = ZoneDatabase.embedded()
        // The head ends before byte 20,000; damage there is mostly noticed at once, so most of it goes behind.
        try #require(whole.count > 100_000)
        var read = 0
        for round in 0..<60 {
            var damaged = whole
            let place = round % 3 == 0 ? 4..<20_000 : 20_000..<whole.count
            for _ in 0..<(round % 3 == 0 ? 2 : 2000) {
                damaged[Int.random(in: place, using: &random)] = .random(in: 0...255, using: &random)
            }
            guard let database = ZoneDatabase(damaged) else { continue }
            read += 1
            for name in database.names.shuffled(using: &random).prefix(100) { use(database.rules(named: name)) }
        }
        #expect(read >= 40)
    }

    private func use(_ zone: TimeZoneRules?) {
        guard let zone else { return }
        for milliseconds in [Int64.min, -1 << 45, 0, 1 << 41, 1 << 50, .max] {
            let instant = Instant(milliseconds: milliseconds)
            _ = zone.local(at: instant)
            _ = zone.startOfDay(zone.day(at: instant))
            _ = zone.nextTransition(after: instant)
        }
    }
}
