/// A span that a calendar measures: as many days, weeks, months or years, whatever their length in hours.
package struct CalendarSpan: Hashable, Sendable {
    package enum Unit: String, CaseIterable, Sendable {
        case day
        case week
        case month
        case year

        /// 100 years in this unit.
        var largestCount: Int {
            switch self {
            case .day: 36_525
            case .week: 36_525 / 7
            case .month: 1200
            case .year: 100
            }
        }
    }

    package let count: Int
    package let unit: Unit

    /// Nil unless the count is at least 1 and the span at most 100 years.
    package init?(count: Int, unit: Unit) {
        guard count >= 1, count <= unit.largestCount else { return nil }
        self.count = count
        self.unit = unit
    }

    /// The date plus this span; months and years end on the last day of a month that is too short.
    package func after(_ date: CivilDate) -> CivilDate {
        moved(date, by: count)
    }

    /// The date minus this span; a month before the 31st is the last day of the month before when that is shorter.
    package func before(_ date: CivilDate) -> CivilDate {
        moved(date, by: -count)
    }

    private func moved(_ date: CivilDate, by count: Int) -> CivilDate {
        switch unit {
        case .day: date.adding(days: count)
        case .week: date.adding(days: count * 7)
        case .month: date.adding(months: count)
        case .year: date.adding(months: count * 12)
        }
    }
}

extension CalendarSpan: CustomStringConvertible {
    /// Nil unless the text is a count, one space and a unit, singular or plural: `3 days`, `1 month`.
    package init?(parsing text: some StringProtocol) {
        let bytes = Array(text.utf8)
        var reader = ByteReader()
        guard let count = reader.count(in: bytes.span), reader.take(" ", in: bytes.span) else { return nil }
        let word = bytes[reader.position...]
        for unit in Unit.allCases
        where word.elementsEqual(unit.rawValue.utf8) || word.elementsEqual("\(unit.rawValue)s".utf8) {
            self.init(count: count, unit: unit)
            return
        }
        return nil
    }

    /// `1 day`, `3 days`.
    package var description: String {
        count == 1 ? "1 \(unit.rawValue)" : "\(count) \(unit.rawValue)s"
    }
}
