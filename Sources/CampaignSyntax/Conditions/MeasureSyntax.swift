internal import Diagnostics

/// What is measured over events: `sum: amount`.
package struct MeasureSyntax: Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case sum, average, minimum, maximum, distinct
    }

    package let kind: Located<Kind>
    package let property: Located<String>
}

extension MeasureSyntax {
    static func decode(_ record: Record, _ decoder: inout Decoder) -> MeasureSyntax? {
        let present = zip(Kind.allCases, ConditionFields.measures).filter { record.has($0.1) }
        decoder.reportExcluding(
            "the condition measures two things", present.map { record.keySpan($0.1) },
            help: "write two conditions under `all`")
        guard let (kind, field) = present.first, let span = record.keySpan(field) else { return nil }
        return record.value(field, &decoder).map { MeasureSyntax(kind: Located(kind, span), property: $0) }
    }
}
