/// A day of the proleptic Gregorian calendar, from 0001-01-01 to 9999-12-31, in no zone.
///
/// Arithmetic that would leave these years stops at the first or the last day.
package struct CivilDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    package let daysSinceEpoch: Int32

    /// Days before the first or after the last day become that day.
    package init(daysSinceEpoch: Int32) {
        self.daysSinceEpoch = min(max(daysSinceEpoch, Self.firstDay), Self.lastDay)
    }

    /// Nil unless there is such a day in the years 1 to 9999.
    package init?(year: Int, month: Int, day: Int) {
        guard Self.years.contains(year), (1...12).contains(month),
            day >= 1, day <= Self.daysInMonth(year: year, month: month)
        else { return nil }
        self.init(validYear: year, month: month, day: day)
    }

    package var year: Int { yearMonthDay.year }
    /// 1 to 12.
    package var month: Int { yearMonthDay.month }
    /// 1 to 31.
    package var day: Int { yearMonthDay.day }

    package var weekday: Weekday {
        // 0001-01-01 was a Monday.
        let sinceMonday = Int(daysSinceEpoch - Self.firstDay) % 7
        return Weekday(rawValue: sinceMonday + 1) ?? .monday
    }

    package func adding(days: Int) -> CivilDate {
        let (sum, overflow) = Int(daysSinceEpoch).addingReportingOverflow(days)
        if overflow { return days < 0 ? .first : .last }
        return CivilDate(daysSinceEpoch: Int32(clamping: sum))
    }

    /// The same day of another month, or the last day of that month when it is shorter.
    package func adding(months: Int) -> CivilDate {
        let (year, month, day) = yearMonthDay
        let (total, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
        if overflow { return months < 0 ? .first : .last }
        if total < Self.years.lowerBound * 12 { return .first }
        if total >= (Self.years.upperBound + 1) * 12 { return .last }
        let newYear = total / 12
        let newMonth = total % 12 + 1
        let lastDay = Self.daysInMonth(year: newYear, month: newMonth)
        return CivilDate(validYear: newYear, month: newMonth, day: min(day, lastDay))
    }

    /// 28 to 31; 0 when the month is not in 1 to 12.
    package static func daysInMonth(year: Int, month: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: isLeap(year) ? 29 : 28
        case 1...12: 31
        default: 0
        }
    }

    package static func < (a: CivilDate, b: CivilDate) -> Bool { a.daysSinceEpoch < b.daysSinceEpoch }

    static let years = 1...9999
    /// 0001-01-01, in days since 1970-01-01.
    static let firstDay: Int32 = -719_162
    /// 9999-12-31.
    static let lastDay: Int32 = 2_932_896
    private static var first: CivilDate { CivilDate(daysSinceEpoch: firstDay) }
    private static var last: CivilDate { CivilDate(daysSinceEpoch: lastDay) }

    private static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }
}

extension CivilDate {
    // Both directions count years from March, so that the leap day is the last of its year, in eras of 400 years, which
    // all have 146,097 days. Day 0 of the count is 0000-03-01, 719,468 days before 1970-01-01.

    private init(validYear year: Int, month: Int, day: Int) {
        let marchYear = month > 2 ? year : year - 1
        let era = marchYear / 400
        let yearOfEra = marchYear % 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(daysSinceEpoch: Int32(clamping: era * 146_097 + dayOfEra - 719_468))
    }

    /// All three parts at once, for the price of one.
    package var yearMonthDay: (year: Int, month: Int, day: Int) {
        let count = Int(daysSinceEpoch) + 719_468
        let era = count / 146_097
        let dayOfEra = count % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}

extension CivilDate: CustomStringConvertible {
    /// Nil unless the text is exactly `YYYY-MM-DD` and names a day.
    package init?(parsing text: some StringProtocol) {
        let bytes = Array(text.utf8)
        var reader = ByteReader()
        guard let date = reader.date(in: bytes.span), reader.isAtEnd(of: bytes.span) else { return nil }
        self = date
    }

    /// `2026-12-24`.
    package var description: String {
        let (year, month, day) = yearMonthDay
        return "\(Padded.text(year, 4))-\(Padded.text(month, 2))-\(Padded.text(day, 2))"
    }
}
