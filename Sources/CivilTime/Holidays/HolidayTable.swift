/// Public holidays by year, as month × 100 + day; those on weekends included.
struct HolidayTable: Sendable {
    let years: ClosedRange<Int>
    private let days: Set<CivilDate>

    /// `rows` has an entry for every year of the range.
    init(_ years: ClosedRange<Int>, _ rows: [Int: [Int]]) {
        self.years = years
        days = Set(
            rows.flatMap { year, days in
                days.compactMap { CivilDate(year: year, month: $0 / 100, day: $0 % 100) }
            })
    }

    /// Nil outside the years of the table.
    func isHoliday(_ date: CivilDate) -> Bool? {
        years.contains(date.year) ? days.contains(date) : nil
    }
}
