import CivilTime
import Testing

/// Gaps, overlaps and odd days that are on record, zone by zone.
@Suite struct TimeZoneRulesTests {
    @Test func theDataIsThere() throws {
        #expect(TimeZoneRules.dataVersion == ExpectedOffsets.dataVersion)
        #expect(TimeZoneRules.allNames.count > 590)
        #expect(TimeZoneRules.allNames == TimeZoneRules.allNames.sorted())
        for name in TimeZoneRules.allNames {
            #expect(try zone(name).name == name)
        }
    }

    @Test(arguments: ["", "europe/london", "Europe/London ", "Europe", "Mars/Phobos", "KST", "\u{0}"])
    func refusesUnknownNames(name: String) {
        #expect(TimeZoneRules.named(name) == nil)
    }

    @Test func zonesAreEqualByName() throws {
        #expect(try zone("Asia/Seoul") == zone("Asia/Seoul"))
        #expect(try zone("Asia/Seoul") != zone("ROK"))
        #expect(try zone("Asia/Seoul").hashValue == zone("Asia/Seoul").hashValue)
        #expect(TimeZoneRules.named("UTC") == .utc)
        #expect(TimeZoneRules.utc.name == "UTC")
    }

    /// zone, wall time, the instant that it means, and what the clock shows there.
    @Test(arguments: [
        ("Europe/London", "2026-03-29T00:59:59", "2026-03-29T00:59:59Z", "2026-03-29T00:59:59"),
        ("Europe/London", "2026-03-29T01:00", "2026-03-29T01:00:00Z", "2026-03-29T02:00"),
        ("Europe/London", "2026-03-29T01:30", "2026-03-29T01:00:00Z", "2026-03-29T02:00"),
        ("Europe/London", "2026-03-29T02:00", "2026-03-29T01:00:00Z", "2026-03-29T02:00"),
        ("Europe/London", "2026-10-25T01:30", "2026-10-25T00:30:00Z", "2026-10-25T01:30"),
        ("Europe/London", "2026-10-25T02:00", "2026-10-25T02:00:00Z", "2026-10-25T02:00"),
        ("America/New_York", "2026-03-08T02:30", "2026-03-08T07:00:00Z", "2026-03-08T03:00"),
        ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30:00Z", "2026-11-01T01:30"),
        ("America/New_York", "2026-11-01T00:59:59.999", "2026-11-01T04:59:59.999Z", "2026-11-01T00:59:59.999"),
        ("America/New_York", "9998-07-01T12:00", "9998-07-01T16:00:00Z", "9998-07-01T12:00"),
        ("America/New_York", "0001-01-01T00:00", "0001-01-01T04:56:02Z", "0001-01-01T00:00"),
        ("Asia/Seoul", "2026-12-24T18:00", "2026-12-24T09:00:00Z", "2026-12-24T18:00"),
        ("Asia/Seoul", "1988-05-08T02:30", "1988-05-07T17:00:00Z", "1988-05-08T03:00"),
        ("Asia/Seoul", "1988-10-09T02:30", "1988-10-08T16:30:00Z", "1988-10-09T02:30"),
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30:00Z", "2026-10-04T02:30"),
        ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45:00Z", "2026-04-05T01:45"),
        ("America/St_Johns", "2010-03-14T00:30", "2010-03-14T03:31:00Z", "2010-03-14T01:01"),
        ("America/St_Johns", "2010-11-07T00:00", "2010-11-07T02:30:00Z", "2010-11-07T00:00"),
        ("America/St_Johns", "2010-11-07T00:00:30", "2010-11-07T02:30:30Z", "2010-11-07T00:00:30"),
        ("America/St_Johns", "2010-11-06T23:30", "2010-11-07T02:00:00Z", "2010-11-06T23:30"),
        ("Pacific/Apia", "2011-12-29T23:59", "2011-12-30T09:59:00Z", "2011-12-29T23:59"),
        ("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T10:00:00Z", "2011-12-31T00:00"),
        ("America/Havana", "2026-03-08T00:00", "2026-03-08T05:00:00Z", "2026-03-08T01:00"),
        ("America/Havana", "2026-11-01T00:30", "2026-11-01T04:30:00Z", "2026-11-01T00:30"),
        ("Europe/Dublin", "2026-03-29T01:30", "2026-03-29T01:00:00Z", "2026-03-29T02:00"),
        ("Antarctica/Troll", "2026-03-29T01:30", "2026-03-29T01:00:00Z", "2026-03-29T03:00"),
    ])
    func wallTimes(name: String, wall: String, means: String, shows: String) throws {
        let zone = try zone(name)
        let found = try instant(wall, zone)
        #expect(found.description == means)
        #expect(zone.local(at: found).description == shows)
    }

    @Test(arguments: [
        ("America/Havana", "2026-03-08", "2026-03-08T05:00:00Z"),
        ("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z"),
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"),
        ("Asia/Seoul", "2026-12-24", "2026-12-23T15:00:00Z"),
        ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"), ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"),
        ("America/St_Johns", "2010-11-07", "2010-11-07T02:30:00Z"),
    ])
    func daysStart(name: String, day: String, start: String) throws {
        #expect(try zone(name).startOfDay(date(day)).description == start)
    }

    @Test(arguments: [
        // Back from 00:01 to 23:01 of the day before: the day that had begun goes on.
        ("America/St_Johns", "2010-11-07T02:29:59.999Z", "2010-11-06"),
        ("America/St_Johns", "2010-11-07T02:30:00Z", "2010-11-07"),
        ("America/St_Johns", "2010-11-07T02:30:59.999Z", "2010-11-07"),
        ("America/St_Johns", "2010-11-07T02:31:00Z", "2010-11-07"),
        ("America/St_Johns", "2010-11-07T03:30:00Z", "2010-11-07"),
        // No 30 December.
        ("Pacific/Apia", "2011-12-30T09:59:59.999Z", "2011-12-29"),
        ("Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31"),
        // Back from 24:00 exactly: the next day has not begun.
        ("America/Sao_Paulo", "2018-02-18T02:00:00Z", "2018-02-17"),
        ("America/Sao_Paulo", "2018-02-18T03:00:00Z", "2018-02-18"),
        // No 21 August.
        ("Pacific/Kwajalein", "1993-08-21T11:59:59Z", "1993-08-20"),
        ("Pacific/Kwajalein", "1993-08-21T12:00:00Z", "1993-08-22"),
    ])
    func days(name: String, at: String, day: String) throws {
        #expect(try zone(name).day(at: instant(at)).description == day)
    }

    @Test func anHourBeforeMidnightMayBelongToTheNextDay() throws {
        let zone = try zone("America/St_Johns")
        let late = try instant("2010-11-07T02:45:00Z")
        #expect(zone.local(at: late).description == "2010-11-06T23:15")
        #expect(zone.day(at: late).description == "2010-11-07")
    }

    @Test func transitionsFollowEachOther() throws {
        let london = try zone("Europe/London")
        var found: [String] = []
        var at = try instant("2036-01-01T00:00Z")
        for _ in 0..<4 {
            at = try #require(london.nextTransition(after: at))
            found.append(at.description)
        }
        #expect(
            found == [
                "2036-03-30T01:00:00Z", "2036-10-26T01:00:00Z", "2037-03-29T01:00:00Z", "2037-10-25T01:00:00Z",
            ])
        #expect(try london.nextTransition(after: instant("9999-03-01T00:00Z"))?.description == "9999-03-28T01:00:00Z")
        #expect(try london.nextTransition(after: instant("9999-12-01T00:00Z")) == nil)
        #expect(london.nextTransition(after: .distantPast)?.description == "1847-12-01T00:01:15Z")
        #expect(london.nextTransition(after: .distantFuture) == nil)
        #expect(TimeZoneRules.utc.nextTransition(after: .distantPast) == nil)
        #expect(try zone("Asia/Seoul").nextTransition(after: instant("1988-10-08T17:00Z")) == nil)
    }

    @Test func everyInstantHasAnAnswer() throws {
        for name in TimeZoneRules.allNames {
            let zone = try zone(name)
            for milliseconds in [Int64.min, .min + 1, -1 << 60, 1 << 60, .max - 1, .max] {
                let instant = Instant(milliseconds: milliseconds)
                let edge = milliseconds < 0 ? "0001-01-01T00:00" : "9999-12-31T23:59:59.999"
                #expect(zone.local(at: instant).description == edge)
                #expect(zone.day(at: instant) == zone.local(at: instant).date)
                #expect(abs(zone.offsetSeconds(at: instant)) < 86_400)
            }
        }
    }
}
