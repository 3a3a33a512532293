/// The public holidays of a country, for the years that are known.
///
/// Days off that a government declares at short notice are known from the edition on that follows them.
package enum HolidayCalendar: String, CaseIterable, Hashable, Sendable, BitwiseCopyable {
    case korea = "KR"
    case unitedStates = "US"

    /// The edition of all tables. What depends on holidays names it, so that other tables make it another plan.
    package static let dataVersion = "2026-11"

    /// The years of which all holidays are known.
    package var years: ClosedRange<Int> { table.years }

    /// Whether the year of a date is among those known.
    package func knows(_ date: CivilDate) -> Bool { years.contains(date.year) }

    /// Monday to Friday, without public holidays; nil outside the known years.
    package func isWorkingDay(_ date: CivilDate) -> Bool? {
        table.isHoliday(date).map { isHoliday in
            !isHoliday && date.weekday != .saturday && date.weekday != .sunday
        }
    }

    private var table: HolidayTable {
        switch self {
        case .korea: .korea
        case .unitedStates: .unitedStates
        }
    }
}
