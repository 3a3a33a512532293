package import CivilTime
internal import Diagnostics

extension Shape {
    /// A single value read by `parse`; `wanted` describes it with an example, `correct` knows what a text that cannot be
    /// read was probably meant to be.
    static func scalar(
        _ kind: String, wanted: String, correct: @escaping @Sendable (String) -> String? = { _ in nil },
        parse: @escaping @Sendable (String) -> Value?
    ) -> Shape<Value> {
        Shape(.scalar(kind)) { node, decoder in
            guard case .scalar(let scalar) = node else {
                decoder.reportWrongShape(node, wanted: wanted)
                return nil
            }
            guard !(scalar.isPlain && scalar.text.isEmpty), let value = parse(scalar.text) else {
                decoder.reportMalformed(scalar, wanted: wanted, correction: correct(scalar.text))
                return nil
            }
            return value
        }
    }

    /// One of a closed set of words.
    static func choice(_ cases: [(String, Value)]) -> Shape<Value> {
        let names = cases.map(\.0)
        return Shape(.choice(names)) { node, decoder in
            guard case .scalar(let scalar) = node else {
                decoder.reportWrongShape(node, wanted: "one of \(listed(names))")
                return nil
            }
            if let found = cases.first(where: { $0.0 == scalar.text }) { return found.1 }
            guard !scalar.text.isEmpty else {
                decoder.reportMalformed(scalar, wanted: "one of \(listed(names))")
                return nil
            }
            let (near, isCertain) = meant(by: scalar.text, among: names)
            decoder.report(
                Diagnostic(
                    .unknownChoice, "`\(scalar.text)` is not a value of `\(decoder.key)`", at: scalar.span,
                    label: "not known here",
                    help: [near.map { "write `\($0)`" } ?? "the values are \(listed(names))"]
                ).fixed(scalar.span, near, isSafe: isCertain))
            return nil
        }
    }

    static func choice() -> Shape<Value> where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
        choice(Value.allCases.map { ($0.rawValue, $0) })
    }
}

extension Shape where Value == String {
    /// Any text but the empty one, in NFC.
    package static let text = Shape.scalar("text", wanted: "a text") { $0.isEmpty ? nil : normalized($0) }

    /// Any text, also an empty one in quotes, in NFC.
    package static let literal = Shape(.scalar("value")) { node, decoder in
        guard case .scalar(let scalar) = node else {
            decoder.reportWrongShape(node, wanted: "a single value")
            return nil
        }
        guard !(scalar.isPlain && scalar.text.isEmpty) else {
            decoder.reportMalformed(scalar, wanted: "a value")
            return nil
        }
        return normalized(scalar.text)
    }

    /// Lower-case ASCII words joined by `-`: `weekly-digest`.
    package static let name = Shape.scalar(
        "name", wanted: "a name of lower-case words joined by `-`, such as `weekly-digest`"
    ) {
        isName($0) ? $0 : nil
    }

    /// A name of the data: letters, digits, `_`, `-`, `.`, beginning with a letter or `_`.
    package static let identifier = Shape.scalar(
        "identifier",
        wanted: "a name of letters, digits, `_`, `-` and `.` that begins with a letter, such as `signed_up_at`"
    ) { isIdentifier($0) ? normalized($0) : nil }

    /// An ISO 4217 code.
    package static let currency = Shape.scalar("currency", wanted: "a currency's code of three letters such as `KRW`") {
        isCode($0, length: 3) ? $0 : nil
    }

    /// An ISO 3166-1 code.
    package static let country = Shape.scalar("country", wanted: "a country's code of two letters such as `KR`") {
        isCode($0, length: 2) ? $0 : nil
    }

    /// An IANA zone name; the check for existence comes with the others.
    package static let zone = Shape.scalar("zone", wanted: "a time zone such as `Asia/Seoul`") { $0 }
}

extension Shape where Value == Int {
    package static let integer = Shape.scalar("integer", wanted: "a whole number such as `50`") { text in
        text.hasPrefix("+") ? nil : Int(text)
    }

    /// Parts per million, 0…1,000,000.
    package static let ratio = Shape.scalar("ratio", wanted: "a percentage such as `10%` or `0.5%`") {
        partsPerMillion($0)
    }
}

extension Shape where Value == Bool {
    package static let boolean = Shape.choice([("true", true), ("false", false)])
}

extension Shape where Value == Int64 {
    /// Milliseconds.
    package static let duration = Shape.scalar(
        "duration", wanted: "a duration such as `30m`, `24h`, `7d` or `2w`",
        correct: { text in
            guard let span = CalendarSpan(parsing: text) else { return nil }
            switch span.unit {
            case .day: return "\(span.count)d"
            case .week: return "\(span.count)w"
            case .month, .year: return nil
            }
        }
    ) { ElapsedTime.milliseconds(parsing: $0) }
}

extension Shape where Value == CalendarSpan {
    package static let calendarSpan = Shape.scalar(
        "calendar span", wanted: "a number of local days such as `30 days` or `1 month`",
        correct: { text in
            guard let length = ElapsedTime.milliseconds(parsing: text), length % 86_400_000 == 0 else { return nil }
            return CalendarSpan(count: Int(length / 86_400_000), unit: .day)?.description
        }
    ) { CalendarSpan(parsing: $0) }
}

extension Shape where Value == TimeOfDay {
    package static let timeOfDay = Shape.scalar("time", wanted: "a time such as `12:30`") { TimeOfDay(parsing: $0) }
}

extension Shape where Value == CivilDate {
    package static let date = Shape.scalar("date", wanted: "a date such as `2026-12-24`") { CivilDate(parsing: $0) }
}

extension Shape where Value == InstantText {
    package static let instant = Shape.scalar(
        "instant", wanted: "a time such as `2026-12-24T18:00`, with `Z` or an offset if it is not local"
    ) { InstantText(parsing: $0) }
}

/// `mon` for `monday`, else the nearest, and whether hardly another one can be meant.
private func meant(by text: String, among names: [String]) -> (name: String?, isCertain: Bool) {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    let written = text.lowercased()
    let day = days.first { $0 == written || $0 + "s" == written || written.utf8.count > 2 && $0.hasPrefix(written) }
    if let day, let name = names.first(where: { $0 == day.prefix(3) }) { return (name, true) }
    let near = nearestName(to: text, among: names)
    return (near, near.map { isCertain($0, for: text, among: names) } ?? false)
}
