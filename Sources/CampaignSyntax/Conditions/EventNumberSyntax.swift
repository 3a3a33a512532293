package import Diagnostics

/// `number: 2` with what it must be near to.
package struct EventNumberSyntax: Sendable {
    package struct After: Sendable {
        package let attribute: Located<String>
        package let within: Located<Int64>
    }

    /// Nil where only what belongs to it is written.
    package let number: Located<Int>?
    package let ofFirstWithin: Located<Int64>?
    package let after: Located<After>?
    /// The first key that is written of these.
    package let span: Span
}

extension EventNumberSyntax {
    static let afterShape = Shape<After>.mapping(afterDeclaration) { record, decoder in
        guard let name = record.value(afterAttribute, &decoder), let within = record.value(afterWithin, &decoder) else {
            return nil
        }
        return After(attribute: name, within: within)
    }

    private static let afterAttribute = Field(
        "attribute", Shape<String>.identifier.referring(to: .attribute), required: true,
        doc: "An instant or a date of the customer.",
        example: "signed_up_at")
    private static let afterWithin = Field(
        "within", Shape<Int64>.duration, required: true, doc: "How long after it at most.", example: "2d")
    private static let afterDeclaration = Declaration(
        "start", doc: "What an event comes after.", [afterAttribute.declaration, afterWithin.declaration])

    /// Nil where none of its keys is written.
    static func decode(_ record: Record, _ decoder: inout Decoder) -> EventNumberSyntax? {
        let number = record.value(ConditionFields.number, &decoder)
        let ofFirst = record.value(ConditionFields.ofFirstWithin, &decoder)
        let after = record.value(ConditionFields.after, &decoder)
        let span =
            record.keySpan(ConditionFields.number) ?? record.keySpan(ConditionFields.ofFirstWithin)
            ?? record.keySpan(ConditionFields.after)
        return span.map { EventNumberSyntax(number: number, ofFirstWithin: ofFirst, after: after, span: $0) }
    }
}
