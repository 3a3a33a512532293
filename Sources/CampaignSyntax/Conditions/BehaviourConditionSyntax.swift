package import Diagnostics

/// A condition that begins with `measure`, `share`, `purchase_interval` or `overdue`.
package struct BehaviourConditionSyntax: Sendable {
    package enum Form: Sendable {
        /// The comparisons are with numbers; multiples are those with another measure.
        case measure(MeasuredEventsSyntax, [MultipleSyntax])
        case share(MeasuredEventsSyntax, ofAtLeast: Located<Int>?)
        case purchaseInterval(CycleSyntax)
        case overdue(CycleSyntax)
    }

    package let form: Form
    package let comparisons: [ComparisonSyntax]
    package let zone: Located<String>?
    /// No part of it was reported: what is missing was not written.
    package private(set) var isWhole = true
    /// The key that it begins with.
    package let head: Span
}

/// Events in a window, and what is measured of them; a count where nothing is.
package struct MeasuredEventsSyntax: Sendable {
    package let selection: EventSelectionSyntax
    package let window: WindowSyntax?
    package let measure: MeasureSyntax?
    /// The key of `since: ever`, inside an exit.
    package let sinceEver: Span?
    package let span: Span
}

/// `less_than: { times: 50%, measure: { … } }`.
package struct MultipleSyntax: Sendable {
    package let comparison: Comparison
    package let keySpan: Span
    /// In millionths; nil: once.
    package let times: Located<Int64>?
    package let measure: MeasuredEventsSyntax
}

/// `{ event: order, median: local_days, occurrences: 4 }`.
package struct CycleSyntax: Sendable {
    package enum Median: String, CaseIterable, Sendable {
        case localDays = "local_days"
        case elapsed
    }

    package let selection: EventSelectionSyntax
    package let median: Located<Median>
    package let occurrences: Located<Int>?
    /// In millionths; only of `overdue`.
    package let by: Located<Int64>?
    package let span: Span
}

extension BehaviourConditionSyntax {
    /// `head` is the name of one of the four forms.
    static func decode(_ head: String, _ node: YAMLNode, _ decoder: inout Decoder) -> BehaviourConditionSyntax? {
        var (condition, isWhole) = decoder.watching { decoder -> BehaviourConditionSyntax? in
            guard let form = forms[head], let record = decoder.open(node, form),
                let key = record.entry(head)?.key.span
            else { return nil }
            let comparisons = ComparisonSyntax.decode(
                record.without(MultipleSyntax.isMultiple), ConditionFields.ofMeasures, &decoder)
            let zone = record.value(ConditionFields.zone, &decoder)
            return decodeForm(head, record, &decoder).map {
                BehaviourConditionSyntax(form: $0, comparisons: comparisons, zone: zone, head: key)
            }
        }
        condition?.isWhole = isWhole
        return condition
    }

    private static let forms = [
        ConditionFields.measure.name: ConditionFields.measureForm,
        ConditionFields.share.name: ConditionFields.shareForm,
        ConditionFields.purchaseInterval.name: ConditionFields.purchaseIntervalForm,
        ConditionFields.overdue.name: ConditionFields.overdueForm,
    ]

    private static func decodeForm(_ head: String, _ record: Record, _ decoder: inout Decoder) -> Form? {
        switch head {
        case ConditionFields.measure.name:
            let multiples = MultipleSyntax.decode(record, &decoder)
            return record.value(ConditionFields.measure, &decoder).map { .measure($0.value, multiples) }
        case ConditionFields.share.name:
            return record.value(ConditionFields.share, &decoder).map {
                .share($0.value.events, ofAtLeast: $0.value.ofAtLeast)
            }
        case ConditionFields.purchaseInterval.name:
            return record.value(ConditionFields.purchaseInterval, &decoder).map { .purchaseInterval($0.value) }
        default: return record.value(ConditionFields.overdue, &decoder).map { .overdue($0.value) }
        }
    }
}

extension MeasuredEventsSyntax {
    static func decode(_ record: Record, _ decoder: inout Decoder) -> MeasuredEventsSyntax? {
        let tests = EventSelectionSyntax.tests(record, &decoder)
        let window = WindowSyntax.decode(record, ofEvents: true, &decoder)
        let measure = MeasureSyntax.decode(record, &decoder)
        let since = record.value(ConditionFields.since, &decoder) == nil ? nil : record.keySpan(ConditionFields.since)
        return record.value(ConditionFields.measuredEvent, &decoder).map {
            MeasuredEventsSyntax(
                selection: EventSelectionSyntax(names: $0.value, tests: tests), window: window, measure: measure,
                sinceEver: since, span: record.head)
        }
    }
}

extension MultipleSyntax {
    static let timesShape = Shape<Int64>.scalar(
        "factor", wanted: "a percentage such as `50%` or a number such as `1.5`"
    ) {
        text in
        text.hasSuffix("%")
            ? scaledInteger(String(text.dropLast()), scale: 4) : scaledInteger(text, scale: 6)
    }

    static func isMultiple(_ entry: YAMLEntry) -> Bool {
        guard Comparison(rawValue: entry.key.value) != nil, case .mapping = entry.value else { return false }
        return true
    }

    /// Those comparisons that are with another measure.
    static func decode(_ record: Record, _ decoder: inout Decoder) -> [MultipleSyntax] {
        record.entries.compactMap { entry in
            guard isMultiple(entry), let comparison = Comparison(rawValue: entry.key.value) else { return nil }
            return decoder.within(entry.key.value) { decoder in
                guard let inner = decoder.open(entry.value, ConditionFields.multiple) else { return nil }
                let times = inner.value(ConditionFields.times, &decoder)
                return inner.value(ConditionFields.measure, &decoder).map {
                    MultipleSyntax(
                        comparison: comparison, keySpan: entry.key.span, times: times, measure: $0.value)
                }
            }
        }
    }
}
