package import Diagnostics

/// `event: purchase`, `event: [view, cart]` or `event: any`, with `where:`.
package struct EventSelectionSyntax: Sendable {
    package enum Names: Sendable {
        case any(Span)
        case listed([Located<String>], Span)
    }

    package let names: Names
    package let tests: [PropertyConditionSyntax]

    package var span: Span {
        switch names {
        case .any(let span), .listed(_, let span): span
        }
    }
}

/// `category: { is: X }` below `where:`.
package struct PropertyConditionSyntax: Sendable {
    package let property: Located<String>
    /// Nil where one of them was reported.
    package let comparisons: [ComparisonSyntax]?
    package let span: Span
}

extension EventSelectionSyntax {
    private static let listedNames = Shape<[Located<String>]>.oneOrMore(.identifier)

    static let namesShape = Shape<Names>(
        .oneOf([.scalar("identifier"), .list(.scalar("identifier")), .choice(["any"])])
    ) { node, decoder in
        if case .scalar(let scalar) = node, scalar.text == "any" { return .any(scalar.span) }
        guard let names = listedNames.decode(node, &decoder) else { return nil }
        guard !names.isEmpty else {
            decoder.report(
                Diagnostic(
                    .emptyList, "the list of events is empty", at: node.span, label: "no event can match",
                    help: ["name an event of the catalog, or write `any`"]))
            return nil
        }
        return .listed(names, node.span)
    }.referring(to: .event)

    /// The comparisons below `where:`.
    static func tests(_ record: Record, _ decoder: inout Decoder) -> [PropertyConditionSyntax] {
        record.value(ConditionFields.where, &decoder)?.value.map { entry in
            PropertyConditionSyntax(property: entry.name, comparisons: entry.value, span: entry.span)
        } ?? []
    }
}
