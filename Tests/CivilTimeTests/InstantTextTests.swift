import CivilTime
import Testing

@Suite struct InstantTextTests {
    @Test(arguments: [
        ("2026-12-24T18:00", "2026-12-24T18:00", nil), ("2026-12-24 18:00", "2026-12-24T18:00", nil),
        ("2026-12-24T18:00:30", "2026-12-24T18:00:30", nil), ("2026-12-24T18:00:00.5", "2026-12-24T18:00:00.500", nil),
        ("2026-12-24T18:00:00.123", "2026-12-24T18:00:00.123", nil),
        ("2026-12-24T18:00:00.123000", "2026-12-24T18:00:00.123", nil),
        ("2026-12-24T18:00:00.000000000Z", "2026-12-24T18:00", 0), ("2026-12-24T18:00Z", "2026-12-24T18:00", 0),
        ("2026-12-24T18:00+09:00", "2026-12-24T18:00", 32_400), ("2026-12-24T18:00-0530", "2026-12-24T18:00", -19_800),
        ("2026-12-24T18:00:01+09", "2026-12-24T18:00:01", 32_400), ("2026-12-24T18:00-00:00", "2026-12-24T18:00", 0),
        ("2026-12-24T18:00+23:59", "2026-12-24T18:00", 86_340),
    ])
    func reads(text: String, local: String, offset: Int?) throws {
        let read = try #require(InstantText(parsing: text))
        #expect(read.local.description == local)
        #expect(read.offsetSeconds == offset)

        let line = Array("a,\(text),b".utf8)
        let part = 2..<(line.count - 2)
        #expect(InstantText(bytes: line, range: part) == read)
        #expect(InstantText(utf8: line.span.extracting(part)) == read)
    }

    @Test(arguments: [
        "", "2026-12-24", "2026-12-24T", "2026-12-24T18", "2026-12-24T24:00", "2026-12-24T18:60", "2026-12-24T18:00:60",
        "2026-12-24T1:00", "2026-12-24t18:00", "2026-12-24T18:00z", "2026-12-24  18:00", "2026-12-24T18:00 Z",
        "2026-12-24T18:00:00.", "2026-12-24T18:00:00.Z", "2026-12-24T18:00:00.1234", "2026-12-24T18:00:00.0001",
        "2026-12-24T18:00.5", "2026-12-24T18:00:00,5", "2026-12-24T18:00+9", "2026-12-24T18:00+24:00",
        "2026-12-24T18:00+09:60", "2026-12-24T18:00+09:", "2026-12-24T18:00+090", "2026-12-24T18:00+09:000",
        "2026-12-24T18:00ZZ", "2026-02-30T18:00", "2026-12-24T18:00:0", "0000-12-24T18:00",
    ])
    func refuses(text: String) {
        #expect(InstantText(parsing: text) == nil)
    }

    @Test func rangesOutsideTheBytesAreRefused() {
        let bytes = Array("2026-12-24T18:00".utf8)
        #expect(InstantText(bytes: bytes, range: 0..<16) != nil)
        #expect(InstantText(bytes: bytes, range: 0..<17) == nil)
        #expect(InstantText(bytes: bytes, range: -1..<16) == nil)
        #expect(InstantText(bytes: bytes, range: 20..<30) == nil)
        #expect(InstantText(bytes: bytes, range: 16..<16) == nil)
    }

    @Test(arguments: [
        ("2026-12-24T18:00", "2026-12-24T09:00:00Z"), ("2026-12-24T18:00Z", "2026-12-24T18:00:00Z"),
        ("2026-12-24T18:00:00.250+01:00", "2026-12-24T17:00:00.250Z"), ("0001-01-01T00:00Z", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"),
        ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
        ("0001-01-01T00:00+14:00", "0001-01-01T00:00:00Z"), ("9999-12-31T23:59-12:00", "9999-12-31T23:59:59.999Z"),
    ])
    func meansAnInstant(text: String, printed: String) throws {
        #expect(try instant(text, zone("Asia/Seoul")).description == printed)
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59.999Z"), (5, "1970-01-01T00:00:00.005Z"),
            (.min, "0001-01-01T00:00:00Z"), (.max, "9999-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func instantsPrint(milliseconds: Int64, text: String) {
        #expect(Instant(milliseconds: milliseconds).description == text)
    }

    @Test(
        arguments: [
            ("00:00", 0, "00:00"), ("12:30", 45_000_000, "12:30"), ("12:30:15", 45_015_000, "12:30:15"),
            ("12:30:00", 45_000_000, "12:30"), ("23:59:59", 86_399_000, "23:59:59"),
        ] as [(String, Int32, String)])
    func timesOfDay(text: String, milliseconds: Int32, printed: String) throws {
        let time = try #require(TimeOfDay(parsing: text))
        #expect(time.milliseconds == milliseconds)
        #expect(time.description == printed)
        #expect(TimeOfDay(hour: time.hour, minute: time.minute, second: time.second, millisecond: 0) == time)
    }

    @Test(arguments: [
        "", "1:30", "12", "12:3", "12:300", "24:00", "12:60", "12:30:60", "12:30:", "12:30:15.5", "12:30 ", "-1:30",
    ])
    func refusesWhatIsNoTime(text: String) {
        #expect(TimeOfDay(parsing: text) == nil)
    }

    @Test func timesHaveNoPartOutOfRange() {
        #expect(TimeOfDay(hour: 23, minute: 59, second: 59, millisecond: 999)?.description == "23:59:59.999")
        #expect(TimeOfDay(hour: 24, minute: 0) == nil)
        #expect(TimeOfDay(hour: -1, minute: 0) == nil)
        #expect(TimeOfDay(hour: 0, minute: 60) == nil)
        #expect(TimeOfDay(hour: 0, minute: 0, second: 60) == nil)
        #expect(TimeOfDay(hour: 0, minute: 0, second: 0, millisecond: 1000) == nil)
        #expect(TimeOfDay(hour: .max, minute: .max, second: .max, millisecond: .max) == nil)
    }
}
