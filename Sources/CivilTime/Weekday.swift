/// A day of the week, numbered as in ISO 8601: Monday is 1, Sunday 7.
package enum Weekday: Int, CaseIterable, Sendable, Comparable {
    case monday = 1
    case tuesday
    case wednesday
    case thursday
    case friday
    case saturday
    case sunday

    /// Nil unless the text is exactly one of `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`.
    package init?(abbreviation: some StringProtocol) {
        guard let match = Self.allCases.first(where: { abbreviation == $0.abbreviation }) else { return nil }
        self = match
    }

    /// `mon`.
    package var abbreviation: String {
        switch self {
        case .monday: "mon"
        case .tuesday: "tue"
        case .wednesday: "wed"
        case .thursday: "thu"
        case .friday: "fri"
        case .saturday: "sat"
        case .sunday: "sun"
        }
    }

    /// In the order of the week, from Monday.
    package static func < (a: Weekday, b: Weekday) -> Bool { a.rawValue < b.rawValue }
}
