package import Diagnostics

/// `attribute: country` with comparisons, or with a window relative to now.
package struct AttributeConditionSyntax: Sendable {
    package let name: Located<String>
    package let comparisons: [ComparisonSyntax]
    package let window: WindowSyntax?
    package let zone: Located<String>?
    /// No part of it was reported: what is missing was not written.
    package private(set) var isWhole = true
    package let span: Span
}

extension AttributeConditionSyntax {
    static func decode(_ node: YAMLNode, _ decoder: inout Decoder) -> AttributeConditionSyntax? {
        var (condition, isWhole) = decoder.watching { decoder -> AttributeConditionSyntax? in
            guard let record = decoder.open(node, ConditionFields.attributeForm) else { return nil }
            let comparisons = ComparisonSyntax.decode(record, Comparison.allCases, &decoder)
            let window = WindowSyntax.decode(record, ofEvents: false, &decoder)
            let zone = record.value(ConditionFields.zone, &decoder)
            return record.value(ConditionFields.attribute, &decoder).map {
                AttributeConditionSyntax(
                    name: $0, comparisons: comparisons, window: window, zone: zone, span: record.span)
            }
        }
        condition?.isWhole = isWhole
        return condition
    }
}
