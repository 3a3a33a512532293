import CivilTime
import Testing

@Suite struct CivilDateTests {
    @Test func everyDayFollowsTheOneBefore() throws {
        var year = 1
        var month = 1
        var day = 1
        var weekday = Weekday.monday
        var mistakes = 0
        for count in Int32(-719_162)...2_932_896 {
            let date = CivilDate(daysSinceEpoch: count)
            let parts = date.yearMonthDay
            if parts != (year, month, day) || CivilDate(year: year, month: month, day: day) != date
                || date.weekday != weekday
            {
                mistakes += 1
            }
            weekday = Weekday(rawValue: weekday.rawValue % 7 + 1) ?? .monday
            day += 1
            if day > CivilDate.daysInMonth(year: year, month: month) {
                day = 1
                month += 1
            }
            if month > 12 {
                month = 1
                year += 1
            }
        }
        #expect(mistakes == 0)
        #expect(year == 10_000)
    }

    @Test(arguments: [(2000, 29), (1900, 28), (2024, 29), (2026, 28), (2100, 28), (2400, 29), (4, 29), (1, 28)])
    func februaryHasItsLeapDay(year: Int, days: Int) {
        #expect(CivilDate.daysInMonth(year: year, month: 2) == days)
        #expect((CivilDate(year: year, month: 2, day: 29) != nil) == (days == 29))
    }

    @Test(arguments: [
        ("1970-01-01", 0, Weekday.thursday), ("1969-12-31", -1, .wednesday), ("2026-12-24", 20_811, .thursday),
        ("2000-03-01", 11_017, .wednesday), ("0001-01-01", -719_162, .monday), ("9999-12-31", 2_932_896, .friday),
    ])
    func knownDays(text: String, days: Int32, weekday: Weekday) throws {
        let date = try date(text)
        #expect(date.daysSinceEpoch == days)
        #expect(date.weekday == weekday)
        #expect(date.description == text)
        #expect(
            "\(date.year) \(date.month) \(date.day)"
                == text.split(separator: "-").compactMap { Int($0) }
                .map(String.init).joined(separator: " "))
    }

    @Test(arguments: [
        "", "2026-12-2", "2026-12-245", "2026-2-24", "26-12-24", "2026/12/24", "2026-13-01", "2026-00-10", "2026-01-00",
        "2026-02-29", "2026-04-31", "0000-01-01", "+2026-1-01", " 2026-12-24", "2026-12-24 ", "２０２６-12-24",
        "12026-01-01",
    ])
    func refusesWhatIsNoDate(text: String) {
        #expect(CivilDate(parsing: text) == nil)
    }

    @Test(arguments: [
        (0, 1, 1), (10_000, 1, 1), (2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (2026, 1, 32), (.max, .max, .max),
        (.min, .min, .min), (2026, .max, 1), (2026, 1, .min),
    ])
    func refusesPartsOutOfRange(year: Int, month: Int, day: Int) {
        #expect(CivilDate(year: year, month: month, day: day) == nil)
    }

    @Test(arguments: [
        ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-03-31", -1, "2026-02-28"),
        ("2026-12-24", 1, "2027-01-24"), ("2026-01-24", -1, "2025-12-24"), ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", -48, "2020-02-29"), ("2026-10-31", 13, "2027-11-30"), ("9999-11-30", 1, "9999-12-30"),
        ("9999-12-01", 1, "9999-12-31"), ("0001-01-31", -1, "0001-01-01"), ("2026-05-05", .max, "9999-12-31"),
        ("2026-05-05", .min, "0001-01-01"), ("2026-05-05", 0, "2026-05-05"),
    ])
    func monthsClamp(text: String, months: Int, expected: String) throws {
        #expect(try date(text).adding(months: months) == date(expected))
    }

    @Test(arguments: [
        ("2026-12-31", 1, "2027-01-01"), ("2024-03-01", -1, "2024-02-29"), ("9999-12-31", 1, "9999-12-31"),
        ("0001-01-01", -1, "0001-01-01"), ("2026-05-05", .max, "9999-12-31"), ("2026-05-05", .min, "0001-01-01"),
        ("2026-05-05", 5_000_000_000, "9999-12-31"), ("1969-12-31", .min, "0001-01-01"),
    ])
    func daysClamp(text: String, days: Int, expected: String) throws {
        #expect(try date(text).adding(days: days) == date(expected))
    }

    @Test func countsOutsideTheCalendarStopAtItsEnds() throws {
        #expect(try CivilDate(daysSinceEpoch: .min) == date("0001-01-01"))
        #expect(try CivilDate(daysSinceEpoch: .max) == date("9999-12-31"))
        #expect(CivilDate.daysInMonth(year: 2026, month: 0) == 0)
        #expect(CivilDate.daysInMonth(year: 2026, month: 13) == 0)
    }

    @Test func weekdaysHaveAbbreviations() {
        #expect(Weekday.allCases.map(\.abbreviation) == ["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
        for weekday in Weekday.allCases {
            #expect(Weekday(abbreviation: weekday.abbreviation) == weekday)
        }
        for text in ["", "Mon", "monday", "mo", "mon "] {
            #expect(Weekday(abbreviation: text) == nil)
        }
        #expect(Weekday.monday < .sunday)
    }
}
