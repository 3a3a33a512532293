import CivilTime
import Testing

/// The tables are what the laws say: worked out here from rules, lunar days and the days that somebody decided.
@Suite struct HolidayCalendarTests {
    @Test func outsideTheYearsNothingIsKnown() throws {
        for calendar in HolidayCalendar.allCases {
            #expect(calendar.years == 2020...2030)
            #expect(calendar.isWorkingDay(day(2019, 12, 31)) == nil)
            #expect(calendar.isWorkingDay(day(2031, 1, 2)) == nil)
            #expect(!calendar.knows(day(2031, 1, 1)) && calendar.knows(day(2030, 12, 31)))
        }
    }

    @Test func daysThatEverybodyRemembers() {
        // Chuseok 2025 with its substitute, between two other holidays.
        for number in 3...9 { #expect(HolidayCalendar.korea.isWorkingDay(day(2025, 10, number)) == false) }
        #expect(HolidayCalendar.korea.isWorkingDay(day(2025, 10, 10)) == true)
        #expect(HolidayCalendar.korea.isWorkingDay(day(2026, 5, 1)) == false)
        #expect(HolidayCalendar.korea.isWorkingDay(day(2025, 5, 1)) == true)
        #expect(HolidayCalendar.unitedStates.isWorkingDay(day(2026, 11, 26)) == false)
        #expect(HolidayCalendar.unitedStates.isWorkingDay(day(2026, 11, 27)) == true)
        #expect(HolidayCalendar.unitedStates.isWorkingDay(day(2026, 7, 3)) == false)
    }

    @Test(arguments: 2020...2030) func koreanLaw(year: Int) {
        let holidays = KoreanYear(year).holidays
        check(.korea, year, holidays)
    }

    @Test(arguments: 2020...2030) func unitedStatesLaw(year: Int) {
        check(.unitedStates, year, AmericanYear.holidays(around: year))
    }

    private func check(_ calendar: HolidayCalendar, _ year: Int, _ holidays: Set<CivilDate>) {
        var date = day(year, 1, 1)
        while date.year == year {
            let isWorking = date.weekday <= .friday && !holidays.contains(date)
            #expect(calendar.isWorkingDay(date) == isWorking, "\(date)")
            date = date.adding(days: 1)
        }
    }
}

private func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
    CivilDate(year: year, month: month, day: day) ?? CivilDate(daysSinceEpoch: 0)
}

private struct KoreanYear {
    let year: Int

    init(_ year: Int) { self.year = year }

    /// Seollal, Buddha's birthday, Chuseok.
    private static let lunar: [Int: [(Int, Int)]] = [
        2020: [(1, 25), (4, 30), (10, 1)], 2021: [(2, 12), (5, 19), (9, 21)], 2022: [(2, 1), (5, 8), (9, 10)],
        2023: [(1, 22), (5, 27), (9, 29)], 2024: [(2, 10), (5, 15), (9, 17)], 2025: [(1, 29), (5, 5), (10, 6)],
        2026: [(2, 17), (5, 24), (9, 25)], 2027: [(2, 7), (5, 13), (9, 15)], 2028: [(1, 27), (5, 2), (10, 3)],
        2029: [(2, 13), (5, 20), (9, 22)], 2030: [(2, 3), (5, 9), (9, 12)],
    ]

    /// Elections, and days off that the government declared.
    private static let decided: [Int: [(Int, Int)]] = [
        2020: [(4, 15), (8, 17)], 2022: [(3, 9), (6, 1)], 2023: [(10, 2)], 2024: [(4, 10), (10, 1)],
        2025: [(1, 27), (6, 3)], 2026: [(6, 3)], 2028: [(4, 12)], 2030: [(3, 27), (6, 12)],
    ]

    var holidays: Set<CivilDate> {
        let lunar = (Self.lunar[year] ?? []).map { day(year, $0.0, $0.1) }
        let feasts = [lunar[0], lunar[2]].flatMap { [$0.adding(days: -1), $0, $0.adding(days: 1)] }
        var national = [day(year, 3, 1), day(year, 8, 15), day(year, 10, 3), day(year, 10, 9)]
        var late = [lunar[1], day(year, 12, 25)]
        var other = [day(year, 1, 1), day(year, 6, 6)] + (Self.decided[year] ?? []).map { day(year, $0.0, $0.1) }
        var labor: [CivilDate] = []
        if year >= 2026 {
            national.append(day(year, 7, 17))
            labor.append(day(year, 5, 1))
        }
        if year < 2023 {
            other += late
            late = []
        }
        // The first substitute for a national day was that of 2021-08-15.
        let weak = national.filter { $0 < day(2021, 8, 15) }
        let strong = national.filter { $0 >= day(2021, 8, 15) } + late + labor + [day(year, 5, 5)]
        let all = feasts + weak + strong + other
        var taken = Set(all)
        for date in Set(all).sorted() {
            let isTwice = all.count { $0 == date } > 1 && date.weekday <= .friday
            let isMoved =
                strong.contains(date) && date.weekday > .friday || feasts.contains(date) && date.weekday == .sunday
            guard isTwice || isMoved else { continue }
            var next = date.adding(days: 1)
            while taken.contains(next) || next.weekday > .friday { next = next.adding(days: 1) }
            taken.insert(next)
        }
        return taken
    }
}

private enum AmericanYear {
    /// With those of the next year: the day off for its 1 January can be in this one.
    static func holidays(around year: Int) -> Set<CivilDate> {
        Set(
            [year, year + 1].flatMap { year -> [CivilDate] in
                var fixed = [day(year, 1, 1), day(year, 7, 4), day(year, 11, 11), day(year, 12, 25)]
                if year >= 2021 { fixed.append(day(year, 6, 19)) }
                let observed = fixed.map { date in
                    switch date.weekday {
                    case .saturday: date.adding(days: -1)
                    case .sunday: date.adding(days: 1)
                    case .monday, .tuesday, .wednesday, .thursday, .friday: date
                    }
                }
                return observed + [
                    nth(3, .monday, year, 1), nth(3, .monday, year, 2), nth(1, .monday, year, 6).adding(days: -7),
                    nth(1, .monday, year, 9), nth(2, .monday, year, 10), nth(4, .thursday, year, 11),
                ]
            })
    }

    private static func nth(_ number: Int, _ weekday: Weekday, _ year: Int, _ month: Int) -> CivilDate {
        let first = day(year, month, 1)
        let wait = (weekday.rawValue - first.weekday.rawValue + 7) % 7
        return first.adding(days: wait + 7 * (number - 1))
    }
}
