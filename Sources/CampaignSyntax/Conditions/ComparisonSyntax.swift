package import Diagnostics

/// `at_least: 3`: a comparison with its literals as written.
package struct ComparisonSyntax: Sendable {
    package enum Operand: Sendable {
        case one(Located<String>)
        case list([Located<String>], Span)
    }

    package let comparison: Comparison
    package let keySpan: Span
    package let operand: Operand

    package var operandSpan: Span {
        switch operand {
        case .one(let value): value.span
        case .list(_, let span): span
        }
    }
}

extension ComparisonSyntax {
    /// The mapping below a property: `{ is: X }`.
    static let shape = Shape<[ComparisonSyntax]>(.mapping { declaration }) { node, decoder in
        if case .scalar(let scalar) = node, !scalar.text.isEmpty {
            let written = inBrackets(scalar.text).map { "{ is: \($0) }" }
            decoder.report(
                Diagnostic(
                    .wrongShape, "`\(decoder.key)` takes a comparison", at: scalar.span,
                    label: "this is a single value",
                    help: ["write `\(written ?? "{ is: X }")`"]
                ).fixed(scalar.span, written, isSafe: true))
            return nil
        }
        guard let record = decoder.open(node, declaration) else { return nil }
        if record.isEmpty {
            decoder.report(
                Diagnostic(
                    .emptyList, "the comparison is empty", at: node.span, label: "compares with nothing",
                    help: ["write a comparison such as `{ is: X }`"]))
            return nil
        }
        let (comparisons, isWhole) = decoder.watching { decode(record, Comparison.allCases, &$0) }
        return record.isComplete && isWhole ? comparisons : nil
    }

    private static let declaration = Declaration(
        "comparison", doc: "What a value is compared with.",
        ConditionFields.comparisons(Comparison.allCases.filter { $0 != .exactly }))

    private static func comparison(_ entry: YAMLEntry) -> Comparison? {
        every.place(of: entry).map { Comparison.allCases[$0] }
    }

    private static let every = Declaration(
        "comparison", doc: "What a value is compared with.", ConditionFields.comparisons(Comparison.allCases))

    /// All of these comparisons in a mapping, in the order written.
    static func decode(
        _ record: Record, _ list: [Comparison], _ decoder: inout Decoder
    ) -> [ComparisonSyntax] {
        record.entries.compactMap { entry in
            guard let comparison = comparison(entry), list.contains(comparison) else { return nil }
            return decoder.within(entry.key.value) { decoder in
                operand(comparison, entry.value, &decoder).map {
                    ComparisonSyntax(comparison: comparison, keySpan: entry.key.span, operand: $0)
                }
            }
        }
    }

    private static let twoValues = Shape<Operand>.pair(
        .literal, "`between` takes two values", help: "write `between: [from, to]`; both are included"
    ) { .list([$0, $1], $2) }

    private static let listedValues = Shape<[Located<String>]>.list(.literal)

    private static func operand(
        _ comparison: Comparison, _ node: YAMLNode, _ decoder: inout Decoder
    ) -> Operand? {
        switch comparison.operandKind {
        case .one:
            return Shape<String>.literal.decode(node, &decoder).map { .one(Located($0, node.span)) }
        case .flag:
            return Shape<Bool>.boolean.decode(node, &decoder).map { .one(Located($0 ? "true" : "false", node.span)) }
        case .pair:
            return twoValues.decode(node, &decoder)
        case .list:
            guard let values = listedValues.decode(node, &decoder) else { return nil }
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
