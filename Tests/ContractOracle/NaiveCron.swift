import CivilTime

/// A cron expression of numbers, read once more: five lists of numbers, ranges and steps.
struct NaiveCron {
    private let fields: [String]

    init(_ text: String) {
        fields = text.split(separator: " ").map(String.init)
    }

    /// Whether it follows the time that passes.
    var isHourly: Bool { fields[0].hasPrefix("*") || fields[1].hasPrefix("*") }

    func names(_ time: TimeOfDay) -> Bool { has(0, time.minute) && has(1, time.hour) }

    /// Where both days are restricted either is enough, but for the mistake `needsBoth`.
    func names(_ date: CivilDate, needsBoth: Bool) -> Bool {
        let isDay = has(2, date.day)
        let number = Weekday.allCases.firstIndex(of: date.weekday).map { $0 + 1 } ?? 0
        let isWeekday = has(4, number) || (number == 7 && has(4, 0))
        let isOpen = needsBoth || fields[2].hasPrefix("*") || fields[4].hasPrefix("*")
        return has(3, date.month) && (isOpen ? isDay && isWeekday : isDay || isWeekday)
    }

    private func has(_ field: Int, _ value: Int) -> Bool {
        fields[field].split(separator: ",").contains { element in
            let parts = element.split(separator: "/").map(String.init)
            let first = [0, 0, 1, 1, 0][field]
            let ends = parts[0] == "*" ? [first, 99] : parts[0].split(separator: "-").compactMap { Int($0) }
            let step = parts.count > 1 ? Int(parts[1]) ?? 1 : 1
            let last = ends[ends.count - 1]
            return value >= ends[0] && value <= last && (value - ends[0]) % step == 0
        }
    }
}
