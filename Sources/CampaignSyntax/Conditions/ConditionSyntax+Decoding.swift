internal import Diagnostics

extension ConditionSyntax {
    /// A condition of any form; never nil, an unreadable one is `.invalid`.
    package static let shape = Shape<ConditionSyntax>(.condition) { node, decoder in
        decode(node, &decoder)
    }

    private static func decode(_ node: YAMLNode, _ decoder: inout Decoder) -> ConditionSyntax {
        guard case .mapping(let entries, let span) = node else {
            reportNoMapping(node, &decoder)
            return .invalid(node.span)
        }
        var heads = entries.indices.lazy.filter { ConditionFields.head.place(of: entries[$0]) != nil }.makeIterator()
        guard let first = heads.next(), let form = ConditionFields.head.place(of: entries[first]) else {
            reportNoForm(entries, span, &decoder)
            return .invalid(span)
        }
        let head = entries[first]
        if let second = heads.next().map({ entries[$0] }) {
            decoder.report(
                Diagnostic(
                    .conditionForm, "`\(head.key.value)` and `\(second.key.value)` stand in one condition",
                    at: second.key.span, label: "begins a second condition",
                    related: [.init(head.key.span, "the first one")],
                    help: ["put both in a list: `all: [{ \(head.key.value): … }, { \(second.key.value): … }]`"]))
            return .invalid(span)
        }
        switch ConditionFields.heads[form].availability {
        case .available: return decodeForm(head, form, node, &decoder) ?? .invalid(span)
        case .later:
            decoder.reportUnavailable(head.key, ConditionFields.heads[form])
            return .invalid(span)
        }
    }

    /// `form`: the place of the head among `ConditionFields.heads`.
    private static func decodeForm(
        _ head: YAMLEntry, _ form: Int, _ node: YAMLNode, _ decoder: inout Decoder
    ) -> ConditionSyntax? {
        // The commonest first.
        switch head.key.value {
        case ConditionFields.event.name:
            return EventConditionSyntax.decode(node, &decoder).map { .event($0) }
        case ConditionFields.segment.name:
            return single(ConditionFields.segment, form, node, &decoder).map { .segment($0) }
        case ConditionFields.all.name:
            return combination(ConditionFields.all, form, node, &decoder).map { .all($0, head.key.span) }
        case ConditionFields.any.name:
            return combination(ConditionFields.any, form, node, &decoder).map { .any($0, head.key.span) }
        case ConditionFields.none.name:
            return combination(ConditionFields.none, form, node, &decoder).map { .none($0, head.key.span) }
        case ConditionFields.not.name:
            return single(ConditionFields.not, form, node, &decoder).map { .not($0.value, head.key.span) }
        case ConditionFields.attribute.name:
            return AttributeConditionSyntax.decode(node, &decoder).map { .attribute($0) }
        case ConditionFields.measure.name, ConditionFields.share.name, ConditionFields.purchaseInterval.name,
            ConditionFields.overdue.name:
            return BehaviourConditionSyntax.decode(head.key.value, node, &decoder).map { .behaviour($0) }
        case ConditionFields.lifecycle.name:
            return single(ConditionFields.lifecycle, form, node, &decoder).map { .lifecycle($0.value) }
        case SequenceFields.sequence.name:
            return SequenceSyntax.decode(node, &decoder).map { .sequence($0) }
        case ConditionFields.anniversary.name:
            return single(ConditionFields.anniversary, form, node, &decoder).map { .anniversary($0.value) }
        case ConditionFields.rank.name:
            return single(ConditionFields.rank, form, node, &decoder).map { .population($0.value) }
        case ConditionFields.rfm.name:
            return single(ConditionFields.rfm, form, node, &decoder).map { .population($0.value) }
        case ConditionFields.entered.name:
            return single(ConditionFields.entered, form, node, &decoder).map { .movement($0.value) }
        case ConditionFields.left.name:
            return single(ConditionFields.left, form, node, &decoder).map { .movement($0.value) }
        case ConditionFields.moved.name:
            return single(ConditionFields.moved, form, node, &decoder).map { .movement($0.value) }
        default:
            return EventConditionSyntax.decodeNever(node, &decoder).map { .event($0) }
        }
    }

    private static func combination(
        _ field: Field<[Located<ConditionSyntax>]>, _ form: Int, _ node: YAMLNode, _ decoder: inout Decoder
    ) -> [ConditionSyntax]? {
        single(field, form, node, &decoder)?.value.map(\.value)
    }

    private static func single<Value>(
        _ field: Field<Value>, _ form: Int, _ node: YAMLNode, _ decoder: inout Decoder
    ) -> Located<Value>? {
        decoder.open(node, ConditionFields.singleForms[form])?.value(field, &decoder)
    }

    private static func reportNoMapping(_ node: YAMLNode, _ decoder: inout Decoder) {
        switch node {
        case .scalar(let scalar) where !scalar.text.isEmpty:
            let proposal =
                isName(scalar.text) ? "write `{ segment: \(scalar.text) }`" : "write a condition in `{` and `}`"
            decoder.report(
                Diagnostic(
                    .conditionForm, "`\(scalar.text)` is not a condition", at: scalar.span, label: "a single value",
                    help: [proposal]))
        case .sequence(let children, let span):
            decoder.report(
                Diagnostic(
                    .conditionForm, "a list is not a condition", at: children.first?.span ?? span,
                    label: "it does not say whether all or any of these must hold",
                    help: ["write `all:` or `any:` before the list"]))
        case .scalar, .mapping, .invalid:
            decoder.reportWrongShape(node, wanted: "a condition")
        }
    }

    private static func reportNoForm(_ entries: [YAMLEntry], _ span: Span, _ decoder: inout Decoder) {
        guard let first = entries.first else {
            decoder.report(
                Diagnostic(
                    .conditionForm, "the condition is empty", at: span, label: "says nothing about anybody",
                    help: ["write a condition such as `{ segment: NAME }`, or leave the key out"]))
            return
        }
        let names = ConditionFields.heads.map(\.name)
        let near = entries.lazy.compactMap { entry in
            nearestName(to: entry.key.value, among: names).map { (entry.key, $0) }
        }.first
        decoder.report(
            Diagnostic(
                .conditionForm, "`\((near?.0 ?? first.key).value)` does not begin a condition",
                at: (near?.0 ?? first.key).span, label: "not a form of condition",
                help: [near.map { "write `\($0.1)`" } ?? proposal(for: first)]
            ).fixed(
                (near?.0 ?? first.key).span, near?.1,
                isSafe: near.map { isCertain($0.1, for: $0.0.value, among: names) } ?? false))
    }

    private static func proposal(for entry: YAMLEntry) -> String {
        if case .scalar(let scalar) = entry.value, isIdentifier(entry.key.value), !scalar.text.isEmpty {
            return "to compare an attribute write `{ attribute: \(entry.key.value), is: \(scalar.text) }`"
        }
        return "a condition has one of the keys \(listed(ConditionFields.heads.map(\.name).prefix(8)))"
    }
}
