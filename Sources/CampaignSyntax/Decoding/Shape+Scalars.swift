package import CivilTime
internal import Diagnostics

extension Shape {
    /// A single value read by `parse`; `wanted` describes it with an example.
    static func scalar(
        _ kind: String, wanted: String, parse: @escaping @Sendable (String) -> Value?
    ) -> Shape<Value> {
        Shape(.scalar(kind)) { node, decoder in
            guard case .scalar(let scalar) = node else {
                decoder.reportWrongShape(node, wanted: wanted)
                return nil
            }
            guard !(scalar.isPlain && scalar.text.isEmpty), let value = parse(scalar.text) else {
                decoder.reportMalformed(scalar, wanted: wanted)
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
            decoder.report(
                Diagnostic(
                    .unknownChoice, "`\(scalar.text)` is not a value of `\(decoder.key)`", at: scalar.span,
                    label: "not known here",
                    help: [
                        nearestName(to: scalar.text, among: names).map { "write `\($0)`" }
                            ?? "the values are \(listed(names))"
                    ]))
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
    package static let name = Shape.scalar("name", wanted: "a name of lower-case words joined by `-`, such as `weekly-digest`") {
        isName($0) ? $0 : nil
    }

    /// A name of the data: letters, digits, `_`, `-`, `.`, beginning with a letter or `_`.
    package static let identifier = Shape.scalar(
        "identifier", wanted: "a name of letters, digits, `_`, `-` and `.`, such as `signed_up_at`"
    ) { isIdentifier($0) ? $0 : nil }

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
    package static let duration = Shape.scalar("duration", wanted: "a duration such as `30m`, `24h`, `7d` or `2w`") {
        ElapsedTime.milliseconds(parsing: $0)
    }
}

extension Shape where Value == CalendarSpan {
    package static let calendarSpan = Shape.scalar(
        "calendar span", wanted: "a number of local days such as `30 days` or `1 month`"
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

/// Lower-case ASCII words and digits joined by single hyphens.
package func isName(_ text: String) -> Bool {
    !text.isEmpty && text.count <= 100
        && text.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { word in
            !word.isEmpty && word.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
        }
}

package func isIdentifier(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 200 else { return false }
    let isLetter = { (byte: UInt8) in
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || byte == 0x5F || byte >= 0x80
    }
    return isLetter(first)
        && text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E }
}

/// `0.5%` is 5,000; nil for anything but a percentage from 0% to 100% with at most four decimals.
package func partsPerMillion(_ text: String) -> Int? {
    guard text.hasSuffix("%") else { return nil }
    guard let scaled = scaledInteger(String(text.dropLast()), scale: 4), (0...1_000_000).contains(scaled) else {
        return nil
    }
    return Int(scaled)
}

/// A plain decimal such as `-12.50` as value × 10^scale; nil where it is malformed, has more decimals, or is too large.
package func scaledInteger(_ text: String, scale: Int) -> Int64? {
    var digits = Substring(text)
    let isNegative = digits.hasPrefix("-")
    if isNegative { digits = digits.dropFirst() }
    let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, !whole.isEmpty else { return nil }
    var fraction = parts.count > 1 ? parts[1] : ""
    if parts.count > 1 && fraction.isEmpty { return nil }
    while fraction.count > scale, fraction.hasSuffix("0") { fraction = fraction.dropLast() }
    guard fraction.count <= scale, (whole + fraction).utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let padded = String(whole) + fraction + String(repeating: "0", count: scale - fraction.count)
    return Int64(isNegative ? "-" + padded : padded)
}
