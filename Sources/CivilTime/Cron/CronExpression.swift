/// Wall times as the five fields of cron: minute, hour, day of the month, month, day of the week.
///
/// As in Vixie's cron a field that begins with `*` leaves its day open: where both days are restricted either of them is
/// enough, else both must fit. One whose minute or hour begins with `*` follows the time that passes: it fires in both
/// repeated hours and not for times that a zone skips. The others name wall times.
package struct CronExpression: Hashable, Sendable {
    /// One space between the fields, numbers for names; parsing it gives an equal expression.
    package let text: String
    /// Whether the minute or the hour begins with `*`.
    package let followsElapsedTime: Bool

    private let minutes: UInt64
    private let hours: UInt64
    private let days: UInt64
    private let months: UInt64
    /// Bit 0 is Sunday.
    private let weekdays: UInt64
    /// Whether a date must fit both days.
    private let needsBothDays: Bool

    /// Nil with the number of fields, or the first field that is wrong and what is.
    package static func parse(_ text: String) -> Result<CronExpression, CronProblem> {
        do throws(CronProblem) {
            return .success(try CronExpression(parsing: text))
        } catch {
            return .failure(error)
        }
    }

    /// Throws what is wrong with the first field that is wrong.
    package init(parsing text: String) throws(CronProblem) {
        let parts = CronText.fields(of: text)
        if let first = parts.first, first.text.hasPrefix("@") {
            throw CronProblem(first.range, "a short form", help: "write its five fields: `@daily` is `0 0 * * *`")
        }
        guard parts.count == CronField.Kind.allCases.count else {
            throw CronProblem(
                0..<text.utf8.count, parts.count == 1 ? "1 field" : "\(parts.count) fields",
                help: "write five fields: minute, hour, day of the month, month, day of the week")
        }
        var fields: [CronField] = []
        for (kind, part) in zip(CronField.Kind.allCases, parts) {
            fields.append(try CronField(kind, part.text, at: part.range.lowerBound))
        }
        self.text = fields.map(\.text).joined(separator: " ")
        (minutes, hours, days) = (fields[0].values, fields[1].values, fields[2].values)
        (months, weekdays) = (fields[3].values, fields[4].values)
        needsBothDays = fields[2].isOpen || fields[4].isOpen
        followsElapsedTime = fields[0].isOpen || fields[1].isOpen
        guard fires else {
            throw CronProblem(
                parts[2].range.lowerBound..<parts[3].range.upperBound, "a day that none of these months has",
                help: "write a day that one of the months has", neverFires: true)
        }
    }

    package func contains(_ date: CivilDate) -> Bool {
        let (_, month, day) = date.yearMonthDay
        guard months & 1 << UInt64(month) != 0 else { return false }
        let fitsDay = days & 1 << UInt64(day) != 0
        // Sunday is 0 here and 7 there.
        let fitsWeekday = weekdays & 1 << UInt64(date.weekday.rawValue % 7) != 0
        return needsBothDays ? fitsDay && fitsWeekday : fitsDay || fitsWeekday
    }

    /// Ascending.
    package var times: [TimeOfDay] {
        (0..<24).filter { hours & 1 << UInt64($0) != 0 }.flatMap { hour in
            (0..<60).filter { minutes & 1 << UInt64($0) != 0 }.compactMap { TimeOfDay(hour: hour, minute: $0) }
        }
    }

    /// Whether some date fits. Every date falls on every day of the week sooner or later.
    private var fires: Bool {
        guard needsBothDays else { return true }
        return (1...12).contains { month in
            let longest = month == 2 ? 29 : CivilDate.daysInMonth(year: 2001, month: month)
            return months & 1 << UInt64(month) != 0 && (1...longest).contains { days & 1 << UInt64($0) != 0 }
        }
    }
}

/// What is wrong with a cron expression, and where.
package struct CronProblem: Error, Hashable, Sendable {
    /// Bytes of the text.
    package let range: Range<Int>
    /// What stands there: `hour 24`.
    package let found: String
    /// A way out, as a request.
    package let help: String
    /// Every part can be read, but no date fits.
    package let neverFires: Bool

    init(_ range: Range<Int>, _ found: String, help: String, neverFires: Bool = false) {
        self.range = range
        self.found = found
        self.help = help
        self.neverFires = neverFires
    }
}
