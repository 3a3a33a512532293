internal import CivilTime
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
        let heads = entries.filter { entry in ConditionFields.heads.contains { $0.name == entry.key.value } }
        guard let head = heads.first else {
            reportNoForm(entries, span, &decoder)
            return .invalid(span)
        }
        if let second = heads.dropFirst().first {
            decoder.report(
                Diagnostic(
                    .conditionForm, "`\(head.key.value)` and `\(second.key.value)` stand in one condition",
                    at: second.key.span, label: "begins a second condition",
                    related: [.init(head.key.span, "the first one")],
                    help: ["put both in a list: `all: [{ \(head.key.value): … }, { \(second.key.value): … }]`"]))
            return .invalid(span)
        }
        if let later = ConditionFields.laterForms.first(where: { $0.name == head.key.value }) {
            decoder.reportUnavailable(head.key, later)
            return .invalid(span)
        }
        return decodeForm(head, node, &decoder) ?? .invalid(span)
    }

    private static func decodeForm(
        _ head: YAMLEntry, _ node: YAMLNode, _ decoder: inout Decoder
    ) -> ConditionSyntax? {
        switch head.key.value {
        case ConditionFields.all.name:
            return combination(ConditionFields.all, node, &decoder).map { .all($0, head.key.span) }
        case ConditionFields.any.name:
            return combination(ConditionFields.any, node, &decoder).map { .any($0, head.key.span) }
        case ConditionFields.none.name:
            return combination(ConditionFields.none, node, &decoder).map { .none($0, head.key.span) }
        case ConditionFields.not.name:
            return single(ConditionFields.not, node, &decoder).map { .not($0.value, head.key.span) }
        case ConditionFields.segment.name:
            return single(ConditionFields.segment, node, &decoder).map { .segment($0) }
        case ConditionFields.attribute.name:
            return AttributeConditionSyntax.decode(node, &decoder).map { .attribute($0) }
        case ConditionFields.event.name:
            return EventConditionSyntax.decode(node, &decoder).map { .event($0) }
        default:
            return EventConditionSyntax.decodeNever(node, &decoder).map { .event($0) }
        }
    }

    private static func combination(
        _ field: Field<[Located<ConditionSyntax>]>, _ node: YAMLNode, _ decoder: inout Decoder
    ) -> [ConditionSyntax]? {
        single(field, node, &decoder)?.value.map(\.value)
    }

    private static func single<Value>(
        _ field: Field<Value>, _ node: YAMLNode, _ decoder: inout Decoder
    ) -> Located<Value>? {
        let declaration = Declaration("\(field.name) condition", doc: field.declaration.doc, [field.declaration])
        return decoder.open(node, declaration)?.value(field, &decoder)
    }

    private static func reportNoMapping(_ node: YAMLNode, _ decoder: inout Decoder) {
        switch node {
        case .scalar(let scalar) where !scalar.text.isEmpty:
            let proposal = isName(scalar.text) ? "write `{ segment: \(scalar.text) }`" : "write a condition in `{` and `}`"
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
                help: [near.map { "write `\($0.1)`" } ?? "a condition has one of the keys \(listed(names.prefix(8)))"]))
    }
}

extension AttributeConditionSyntax {
    static func decode(_ node: YAMLNode, _ decoder: inout Decoder) -> AttributeConditionSyntax? {
        guard let record = decoder.open(node, ConditionFields.attributeForm),
            let name = record.value(ConditionFields.attribute, &decoder)
        else { return nil }
        return AttributeConditionSyntax(
            name: name, comparisons: ComparisonSyntax.decode(record, &decoder),
            window: WindowSyntax.decode(record, &decoder), zone: record.value(ConditionFields.zone, &decoder),
            span: record.span)
    }
}

extension EventConditionSyntax {
    static func decode(_ node: YAMLNode, _ decoder: inout Decoder) -> EventConditionSyntax? {
        guard let record = decoder.open(node, ConditionFields.eventForm),
            let names = record.value(ConditionFields.event, &decoder)
        else { return nil }
        return EventConditionSyntax(
            selection: EventSelectionSyntax(names: names.value, tests: tests(record, &decoder)),
            window: WindowSyntax.decode(record, &decoder), measure: MeasureSyntax.decode(record, &decoder),
            comparisons: ComparisonSyntax.decode(record, &decoder), isNever: false,
            sinceEver: record.value(ConditionFields.since, &decoder)?.span,
            zone: record.value(ConditionFields.zone, &decoder), span: record.span)
    }

    static func decodeNever(_ node: YAMLNode, _ decoder: inout Decoder) -> EventConditionSyntax? {
        guard let record = decoder.open(node, ConditionFields.neverForm),
            let names = record.value(ConditionFields.never, &decoder)
        else { return nil }
        return EventConditionSyntax(
            selection: EventSelectionSyntax(names: names.value, tests: tests(record, &decoder)), window: nil,
            measure: nil, comparisons: [], isNever: true,
            sinceEver: record.value(ConditionFields.since, &decoder)?.span, zone: nil, span: record.span)
    }

    static func tests(_ record: Record, _ decoder: inout Decoder) -> [PropertyConditionSyntax] {
        record.value(ConditionFields.where, &decoder)?.value.map { entry in
            PropertyConditionSyntax(property: entry.name, comparisons: entry.value, span: entry.span)
        } ?? []
    }
}

extension EventSelectionSyntax {
    static let namesShape = Shape<Names>(
        .oneOf([.scalar("identifier"), .list(.scalar("identifier")), .choice(["any"])])
    ) { node, decoder in
        if case .scalar(let scalar) = node, scalar.text == "any" { return .any(scalar.span) }
        guard let names = Shape<[Located<String>]>.oneOrMore(.identifier).decode(node, &decoder) else { return nil }
        guard !names.isEmpty else {
            decoder.report(
                Diagnostic(
                    .emptyList, "the list of events is empty", at: node.span, label: "no event can match",
                    help: ["name an event of the catalog, or write `any`"]))
            return nil
        }
        return .listed(names, node.span)
    }
}

extension ComparisonSyntax {
    /// The mapping below a property: `{ is: X }`.
    static let shape = Shape<[ComparisonSyntax]>(
        .mapping {
            Declaration(
                "comparison", doc: "What a value is compared with.",
                ConditionFields.comparisons(Comparison.allCases.filter { $0 != .exactly }))
        }
    ) { node, decoder in
        let declaration = Declaration(
            "comparison", doc: "What a value is compared with.",
            ConditionFields.comparisons(Comparison.allCases.filter { $0 != .exactly }))
        if case .scalar(let scalar) = node, !scalar.text.isEmpty {
            decoder.report(
                Diagnostic(
                    .wrongShape, "`\(decoder.key)` takes a comparison", at: scalar.span, label: "this is a single value",
                    help: ["write `{ is: \(scalar.text) }`"]))
            return nil
        }
        guard let record = decoder.open(node, declaration) else { return nil }
        let comparisons = decode(record, &decoder)
        if comparisons.isEmpty, record.entries.isEmpty {
            decoder.report(
                Diagnostic(
                    .emptyList, "the comparison is empty", at: node.span, label: "compares with nothing",
                    help: ["write a comparison such as `{ is: X }`"]))
            return nil
        }
        return comparisons
    }

    /// All comparisons of a mapping, in the order written.
    static func decode(_ record: Record, _ decoder: inout Decoder) -> [ComparisonSyntax] {
        record.entries.compactMap { entry in
            guard let comparison = Comparison(rawValue: entry.key.value) else { return nil }
            return decoder.within(entry.key.value) { decoder in
                operand(comparison, entry.value, &decoder).map {
                    ComparisonSyntax(comparison: comparison, keySpan: entry.key.span, operand: $0)
                }
            }
        }
    }

    private static func operand(
        _ comparison: Comparison, _ node: YAMLNode, _ decoder: inout Decoder
    ) -> Operand? {
        switch comparison.operandKind {
        case .one:
            return Shape<String>.literal.decode(node, &decoder).map { .one(Located($0, node.span)) }
        case .flag:
            return Shape<Bool>.boolean.decode(node, &decoder).map { .one(Located($0 ? "true" : "false", node.span)) }
        case .list, .pair:
            guard let values = Shape<[Located<String>]>.list(.literal).decode(node, &decoder) else { return nil }
            if case .sequence(let children, _) = node, children.count != values.count { return nil }
            if comparison.operandKind == .pair, values.count != 2 {
                decoder.report(
                    Diagnostic(
                        .wrongShape, "`between` takes two values", at: node.span,
                        label: "\(values.count) values", help: ["write `between: [from, to]`; both are included"]))
                return nil
            }
            guard !values.isEmpty else {
                decoder.report(
                    Diagnostic(
                        .emptyList, "the list of `\(comparison.rawValue)` is empty", at: node.span,
                        label: "nothing to compare with", help: ["name at least one value"]))
                return nil
            }
            return .list(values, node.span)
        }
    }
}

extension WindowSyntax {
    static let withinShape = Shape<WindowSyntax>(.oneOf([.scalar("duration"), .mapping { rangeDeclaration }])) {
        node, decoder in
        if case .mapping = node {
            guard let record = decoder.open(node, rangeDeclaration), let from = record.value(rangeFrom, &decoder),
                let to = record.value(rangeTo, &decoder)
            else { return nil }
            return .within(from: from, to: to, record.span)
        }
        guard let length = Shape<Int64>.duration.decode(node, &decoder) else { return nil }
        return .within(from: Located(length, node.span), to: Located(0, node.span), node.span)
    }

    static let nextShape = Shape<WindowSyntax>(.oneOf([.scalar("duration"), .scalar("calendar span")])) {
        node, decoder in
        if case .scalar(let scalar) = node {
            if let length = ElapsedTime.milliseconds(parsing: scalar.text) {
                return .nextElapsed(Located(length, node.span))
            }
            if let days = CalendarSpan(parsing: scalar.text) { return .nextDays(Located(days, node.span)) }
            decoder.reportMalformed(scalar, wanted: "a duration such as `24h` or local days such as `7 days`")
            return nil
        }
        decoder.reportWrongShape(node, wanted: "a duration such as `24h` or local days such as `7 days`")
        return nil
    }

    private static let rangeFrom = Field(
        "from", Shape<Int64>.duration, required: true, doc: "How long ago the window begins.", example: "180d")
    private static let rangeTo = Field(
        "to", Shape<Int64>.duration, required: true, doc: "How long ago the window ends.", example: "90d")
    private static let rangeDeclaration = Declaration(
        "window", doc: "From one age to another.", [rangeFrom.declaration, rangeTo.declaration])

    /// The window of a condition; two of them are reported.
    static func decode(_ record: Record, _ decoder: inout Decoder) -> WindowSyntax? {
        let candidates = [
            record.keySpan(ConditionFields.within), record.keySpan(ConditionFields.past),
            record.keySpan(ConditionFields.recent), record.keySpan(ConditionFields.next),
        ].compactMap { $0 }
        if candidates.count > 1 {
            decoder.report(
                Diagnostic(
                    .excludingKeys, "the condition has two windows", at: candidates[1], label: "the second one",
                    related: [.init(candidates[0], "the first one")], help: ["keep one of them"]))
        }
        if let within = record.value(ConditionFields.within, &decoder) { return within.value }
        if let past = record.value(ConditionFields.past, &decoder) { return .past(past) }
        if let recent = record.value(ConditionFields.recent, &decoder) { return .recent(recent) }
        return record.value(ConditionFields.next, &decoder)?.value
    }
}

extension MeasureSyntax {
    static func decode(_ record: Record, _ decoder: inout Decoder) -> MeasureSyntax? {
        let present = zip(Kind.allCases, ConditionFields.measures).filter { record.has($0.1) }
        if present.count > 1, let first = record.keySpan(present[0].1), let second = record.keySpan(present[1].1) {
            decoder.report(
                Diagnostic(
                    .excludingKeys, "the condition measures two things", at: second, label: "the second one",
                    related: [.init(first, "the first one")], help: ["write two conditions under `all`"]))
        }
        guard let (kind, field) = present.first, let span = record.keySpan(field) else { return nil }
        return record.value(field, &decoder).map { MeasureSyntax(kind: Located(kind, span), property: $0) }
    }
}
