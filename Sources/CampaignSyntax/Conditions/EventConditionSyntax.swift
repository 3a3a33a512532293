package import Diagnostics

/// `event: purchase` with a window and a measure, or `never: purchase`.
package struct EventConditionSyntax: Sendable {
    package let selection: EventSelectionSyntax
    package let window: WindowSyntax?
    package let measure: MeasureSyntax?
    package let comparisons: [ComparisonSyntax]
    package let edge: ValueEdgeSyntax?
    package let number: EventNumberSyntax?
    /// `never: …`: no such event.
    package let isNever: Bool
    /// The property that equals that of the trigger.
    package let same: Located<String>?
    /// The key of `since: ever`, inside an exit.
    package let sinceEver: Span?
    package let zone: Located<String>?
    /// No part of it was reported: what is missing was not written.
    package private(set) var isWhole = true
    package let span: Span
}

extension EventConditionSyntax {
    static func decode(_ node: YAMLNode, _ decoder: inout Decoder) -> EventConditionSyntax? {
        whole(&decoder) { decoder in
            guard let record = decoder.open(node, ConditionFields.eventForm) else { return nil }
            let tests = EventSelectionSyntax.tests(record, &decoder)
            let window = WindowSyntax.decode(record, ofEvents: true, &decoder)
            let measure = MeasureSyntax.decode(record, &decoder)
            let comparisons = ComparisonSyntax.decode(record, ConditionFields.ofMeasures, &decoder)
            let edge = ValueEdgeSyntax.decode(record, &decoder)
            let number = EventNumberSyntax.decode(record, &decoder)
            let since =
                record.value(ConditionFields.since, &decoder) == nil ? nil : record.keySpan(ConditionFields.since)
            let same = record.value(ConditionFields.same, &decoder)
            let zone = record.value(ConditionFields.zone, &decoder)
            return record.value(ConditionFields.event, &decoder).map {
                EventConditionSyntax(
                    selection: EventSelectionSyntax(names: $0.value, tests: tests), window: window, measure: measure,
                    comparisons: comparisons, edge: edge, number: number, isNever: false, same: same, sinceEver: since,
                    zone: zone, span: record.span)
            }
        }
    }

    static func decodeNever(_ node: YAMLNode, _ decoder: inout Decoder) -> EventConditionSyntax? {
        whole(&decoder) { decoder in
            guard let record = decoder.open(node, ConditionFields.neverForm) else { return nil }
            let tests = EventSelectionSyntax.tests(record, &decoder)
            let since =
                record.value(ConditionFields.since, &decoder) == nil ? nil : record.keySpan(ConditionFields.since)
            let same = record.value(ConditionFields.same, &decoder)
            return record.value(ConditionFields.never, &decoder).map {
                EventConditionSyntax(
                    selection: EventSelectionSyntax(names: $0.value, tests: tests), window: nil, measure: nil,
                    comparisons: [], edge: nil, number: nil, isNever: true, same: same, sinceEver: since,
                    zone: nil, span: record.span)
            }
        }
    }

    private static func whole(
        _ decoder: inout Decoder, _ decode: (inout Decoder) -> EventConditionSyntax?
    ) -> EventConditionSyntax? {
        var (condition, isWhole) = decoder.watching(decode)
        condition?.isWhole = isWhole
        return condition
    }
}
