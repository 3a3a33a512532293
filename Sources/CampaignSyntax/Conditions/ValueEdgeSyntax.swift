internal import Diagnostics

/// `latest: { plan: { is: pro } }`: the first or latest value of one property.
package struct ValueEdgeSyntax: Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case first, latest
    }

    package let kind: Located<Kind>
    package let test: PropertyConditionSyntax
}

extension ValueEdgeSyntax {
    static func decode(_ record: Record, _ decoder: inout Decoder) -> ValueEdgeSyntax? {
        let present = zip(Kind.allCases, ConditionFields.edges).filter { record.has($0.1) }
        decoder.reportExcluding(
            "the condition looks at the first and the latest value", present.map { record.keySpan($0.1) },
            help: "write two conditions under `all`")
        guard let (kind, field) = present.first, let span = record.keySpan(field),
            let tests = record.value(field, &decoder)
        else { return nil }
        guard let test = tests.value.first, tests.value.count == 1 else {
            decoder.report(
                Diagnostic(
                    .wrongShape, "`\(kind.rawValue)` takes one property", at: tests.span,
                    label: "\(tests.value.count) properties",
                    help: ["name one property, such as `{ plan: { is: pro } }`"]))
            return nil
        }
        return ValueEdgeSyntax(
            kind: Located(kind, span),
            test: PropertyConditionSyntax(property: test.name, comparisons: test.value, span: test.span))
    }
}
