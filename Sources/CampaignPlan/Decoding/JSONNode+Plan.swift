internal import CivilTime

// The values that several parts of a plan are made of.
extension JSONNode {
    /// 100 years, the longest that can be written in a workspace.
    private static let longest: Int64 = 36_525 * 86_400_000

    /// Milliseconds of a length of time.
    func duration(from least: Int64 = 0) throws(JSONProblem) -> Int64 { try integer(in: least...Self.longest) }

    /// One of the raw values of an enumeration.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ type: Choice.Type
    ) throws(JSONProblem) -> Choice where Choice.RawValue == String {
        guard let choice = Choice(rawValue: try string()) else {
            throw problem("one of \(Choice.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")) is needed here")
        }
        return choice
    }

    /// Strings of which each comes once, in the order of their bytes.
    func ascendingStrings() throws(JSONProblem) -> [String] {
        let strings = try strings()
        try ascending(strings)
        return strings
    }

    /// Throws unless the names of this list's elements ascend by their bytes.
    func ascending(_ names: [String]) throws(JSONProblem) {
        for (last, name) in zip(names, names.dropFirst()) where !last.utf8.lexicographicallyPrecedes(name.utf8) {
            throw problem("`\(name)` does not come after `\(last)`")
        }
    }

    func timeOfDay() throws(JSONProblem) -> TimeOfDay {
        guard let time = TimeOfDay(parsing: try string()) else {
            throw problem("a time such as `12:30` is needed here")
        }
        return time
    }

    func date() throws(JSONProblem) -> CivilDate {
        guard let date = CivilDate(parsing: try string()) else {
            throw problem("a date such as `2026-12-24` is needed here")
        }
        return date
    }

    func wallTime() throws(JSONProblem) -> CivilDateTime {
        guard let text = InstantText(parsing: try string()), text.offsetSeconds == nil else {
            throw problem("a wall time such as `2026-12-24T18:00` is needed here")
        }
        return text.local
    }

    func weekdays() throws(JSONProblem) -> [Weekday] {
        let days = try list { node throws(JSONProblem) in
            guard let day = Weekday(abbreviation: try node.string()) else {
                throw node.problem("a day such as `mon` is needed here")
            }
            return day
        }
        guard !days.isEmpty, zip(days, days.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw problem("at least one day is needed here, each once and in the order of the week")
        }
        return days
    }

    func calendarSpan() throws(JSONProblem) -> CalendarSpan {
        guard let span = CalendarSpan(parsing: try string()) else {
            throw problem("a span such as `3 days` is needed here")
        }
        return span
    }

    /// The name of a zone that this build has rules for.
    func zoneName() throws(JSONProblem) -> String {
        let name = try string()
        guard TimeZoneRules.named(name) != nil else { throw problem("the time zone `\(name)` is unknown") }
        return name
    }

    func zoneReference() throws(JSONProblem) -> ZoneReference {
        try string() == ZoneReference.recipient.name ? .recipient : .named(zoneName())
    }

    func assignmentKey() throws(JSONProblem) -> AssignmentKey {
        guard let key = AssignmentKey(hexadecimal: try string()) else {
            throw problem("32 lower-case hexadecimal digits are needed here")
        }
        return key
    }

    func bucketShare() throws(JSONProblem) -> BucketShare {
        try members { members throws(JSONProblem) in
            BucketShare(
                partsPerMillion: try members.required("ppm").integer(in: 0...1_000_000),
                key: try members.required("key").assignmentKey())
        }
    }
}

extension AssignmentKey {
    /// Nil unless the text is what `hexadecimal` writes.
    package init?(hexadecimal text: String) {
        let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == 32, text.utf8.count == 32, text == text.lowercased() else { return nil }
        let bytes = stride(from: 0, to: 32, by: 2).map { UInt64(digits[$0] << 4 | digits[$0 + 1]) }
        k0 = bytes[0..<8].reversed().reduce(0) { $0 << 8 | $1 }
        k1 = bytes[8..<16].reversed().reduce(0) { $0 << 8 | $1 }
    }
}
