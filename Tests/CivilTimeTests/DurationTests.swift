import CivilTime
import Testing

@Suite struct DurationTests {
    @Test(arguments: [
        ("1 day", 1, CalendarSpan.Unit.day, "1 day"), ("3 days", 3, .day, "3 days"), ("2 weeks", 2, .week, "2 weeks"),
        ("1 month", 1, .month, "1 month"), ("1 months", 1, .month, "1 month"), ("100 years", 100, .year, "100 years"),
        ("36525 days", 36_525, .day, "36525 days"), ("5217 weeks", 5217, .week, "5217 weeks"),
        ("1200 months", 1200, .month, "1200 months"), ("2 day", 2, .day, "2 days"),
    ])
    func spansHaveACountAndAUnit(text: String, count: Int, unit: CalendarSpan.Unit, printed: String) throws {
        let span = try #require(CalendarSpan(parsing: text))
        #expect(span.count == count)
        #expect(span.unit == unit)
        #expect(span.description == printed)
    }

    @Test(arguments: [
        "", "days", "3", "3days", "3  days", "3 days ", " 3 days", "0 days", "-1 day", "+1 day", "03 days", "1.5 days",
        "3 Days", "3 dayss", "3 hours", "36526 days", "5218 weeks", "1201 months", "101 years",
        "9999999999999999999 days",
    ])
    func refusesWhatIsNoSpan(text: String) {
        #expect(CalendarSpan(parsing: text) == nil)
    }

    @Test(arguments: [
        ("1 month", "2026-01-31", "2026-02-28", "2025-12-31"), ("1 month", "2026-03-31", "2026-04-30", "2026-02-28"),
        ("1 year", "2024-02-29", "2025-02-28", "2023-02-28"), ("2 weeks", "2026-12-24", "2027-01-07", "2026-12-10"),
        ("3 days", "2026-02-27", "2026-03-02", "2026-02-24"), ("4 years", "2024-02-29", "2028-02-29", "2020-02-29"),
    ])
    func spansMoveDates(span: String, day: String, after: String, before: String) throws {
        let span = try #require(CalendarSpan(parsing: span))
        #expect(try span.after(date(day)) == date(after))
        #expect(try span.before(date(day)) == date(before))
    }

    @Test(arguments: [
        ("0s", 0, "0s"), ("45s", 45_000, "45s"), ("30m", 1_800_000, "30m"), ("24h", 86_400_000, "1d"),
        ("7d", 604_800_000, "7d"), ("2w", 1_209_600_000, "14d"), ("90d", 7_776_000_000, "90d"),
        ("90m", 5_400_000, "90m"), ("60m", 3_600_000, "1h"), ("36525d", 3_155_760_000_000, "36525d"),
        ("876600h", 3_155_760_000_000, "36525d"),
    ])
    func elapsedTimesHaveOneUnit(text: String, milliseconds: Int64, printed: String) {
        #expect(ElapsedTime.milliseconds(parsing: text) == milliseconds)
        #expect(ElapsedTime.text(milliseconds: milliseconds) == printed)
        #expect(ElapsedTime.milliseconds(parsing: printed) == milliseconds)
    }

    @Test(arguments: [
        "", "5", "s", "5 s", "5ms", "1.5h", "-1d", "+1d", "05m", "00s", "5S", "5y", "1h30m", "36526d", "876601h",
        "5218w",
        "3155760001s", "999999999999999999999d", "999999999999w", "٣d",
    ])
    func refusesWhatIsNoElapsedTime(text: String) {
        #expect(ElapsedTime.milliseconds(parsing: text) == nil)
    }

    @Test(
        arguments: [
            (5, "5ms"), (1001, "1001ms"), (-86_400_000, "-1d"), (.min, "-9223372036854775808ms"),
            (.max, "9223372036854775807ms"),
        ] as [(Int64, String)])
    func printsAnyMilliseconds(milliseconds: Int64, text: String) {
        #expect(ElapsedTime.text(milliseconds: milliseconds) == text)
    }
}
