internal import CampaignPlan
internal import CampaignSyntax
internal import CivilTime
internal import Diagnostics

/// Reads literals as the type of what they are compared with.
struct LiteralReader {
    let type: ValueType
    /// The only texts that the catalog allows.
    let values: [String]?
    /// Where an instant without an offset is read; nil: the recipient's zone, which is no one zone.
    let zone: TimeZoneRules?
    /// What the literal is compared with, where that is no value of the data: `a count`.
    var subject: String?
    /// Decimals that averages may have beyond the property's.
    var extraScale = 0
    var form = Form.value

    /// How a number is written.
    enum Form {
        case value
        /// `mon`; stored as 1 to 7.
        case weekday
        /// 0 to 23.
        case hour
        /// `50%`; stored in millionths.
        case percentage
        /// `21` or `21 days`.
        case days
        /// `14d`; stored in milliseconds.
        case duration
    }

    /// A literal as the closed range of stored numbers that it means: a date compared with an instant is a local day.
    func range(_ literal: Located<String>, _ context: inout CheckContext) -> ClosedRange<Int64>? {
        switch form {
        case .value: break
        case .weekday:
            return single(literal, "a day such as `mon`", &context) { text in
                Weekday(abbreviation: text).map { Int64($0.rawValue) }
            }
        case .hour:
            return single(literal, "an hour from `0` to `23`", &context) { text in
                scaledInteger(text, scale: 0).flatMap { (0...23).contains($0) ? $0 : nil }
            }
        case .percentage:
            return single(literal, "a percentage such as `50%`", &context) { text in
                partsPerMillion(text).map { Int64($0) }
            }
        case .days:
            return single(literal, "a number of days such as `21`", &context) { text in
                let number = text.hasSuffix(" days") ? String(text.dropLast(5)) : text
                return scaledInteger(number, scale: extraScale)
            }
        case .duration:
            return single(literal, "a duration such as `14d`", &context) { ElapsedTime.milliseconds(parsing: $0) }
        }
        switch type {
        case .integer: return single(literal, scale: extraScale, "a whole number such as `3`", &context)
        case .decimal(let scale):
            return single(
                literal, scale: scale + extraScale,
                scale == 0 ? "a whole number such as `3`" : "a number of at most \(scale) decimals such as `12.5`",
                &context)
        case .boolean, .consent:
            guard let value = ["false": Int64(0), "true": Int64(1)][literal.value] else {
                reportType(literal, "`true` or `false`", &context)
                return nil
            }
            return value...value
        case .date:
            guard let date = CivilDate(parsing: literal.value) else {
                reportType(literal, "a date such as `2026-12-24`", &context)
                return nil
            }
            let days = Int64(date.daysSinceEpoch)
            return days...days
        case .instant: return instants(literal, &context)
        case .text, .zone, .email, .phone: return nil
        }
    }

    /// A text literal; nil after a report.
    func text(_ literal: Located<String>, mustBeListed: Bool, _ context: inout CheckContext) -> String? {
        guard mustBeListed, let values, !values.contains(literal.value) else { return literal.value }
        let near = nearestName(to: literal.value, among: values)
        context.report(
            Diagnostic(
                .impossibleComparison, "`\(literal.value)` is not a value that the catalog allows", at: literal.span,
                label: "can never be equal",
                help: [near.map { "write `\($0)`" } ?? "the values are \(listed(values))"]))
        return nil
    }

    private func single(
        _ literal: Located<String>, _ wanted: String, _ context: inout CheckContext, read: (String) -> Int64?
    ) -> ClosedRange<Int64>? {
        guard let value = read(literal.value) else {
            reportType(literal, wanted, &context)
            return nil
        }
        return value...value
    }

    private func single(
        _ literal: Located<String>, scale: Int, _ wanted: String, _ context: inout CheckContext
    ) -> ClosedRange<Int64>? {
        guard let value = scaledInteger(literal.value, scale: scale) else {
            reportType(literal, wanted, &context)
            return nil
        }
        return value...value
    }

    private func instants(_ literal: Located<String>, _ context: inout CheckContext) -> ClosedRange<Int64>? {
        if let date = CivilDate(parsing: literal.value) {
            guard let zone else {
                reportRecipient(literal, &context)
                return nil
            }
            let start = zone.startOfDay(date).milliseconds
            return start...max(start, zone.startOfDay(date.adding(days: 1)).milliseconds - 1)
        }
        guard let text = InstantText(parsing: literal.value) else {
            reportType(literal, "a time such as `2026-12-24T18:00` or a date", &context)
            return nil
        }
        guard zone != nil || text.offsetSeconds != nil else {
            reportRecipient(literal, &context)
            return nil
        }
        let instant = text.instant(in: zone ?? .utc).milliseconds
        return instant...instant
    }

    private func reportRecipient(_ literal: Located<String>, _ context: inout CheckContext) {
        context.report(
            Diagnostic(
                .literalType, "`\(literal.value)` is a different instant for every recipient", at: literal.span,
                label: "has no offset",
                help: ["write an instant with an offset such as `2026-12-24T00:00Z`, or name a zone in the condition"]))
    }

    private func reportType(_ literal: Located<String>, _ wanted: String, _ context: inout CheckContext) {
        context.report(
            Diagnostic(
                .literalType, "`\(literal.value)` is not \(wanted)", at: literal.span,
                label: "compared with \(subject ?? "a value of type \(type.name)")", help: ["write \(wanted)"]))
    }
}
