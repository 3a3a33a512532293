package import CivilTime

extension DayRule {
    package func contains(_ date: CivilDate) -> Bool {
        switch self {
        case .weekdays(let days): days.contains(date.weekday)
        case .workingDays(let holidays): holidays.isWorkingDay(date) ?? false
        case .monthDay(let day): date.day == min(day, CivilDate.daysInMonth(year: date.year, month: date.month))
        }
    }
}
