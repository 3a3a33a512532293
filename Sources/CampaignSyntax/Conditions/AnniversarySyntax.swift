package import CivilTime
package import Diagnostics

/// `anniversary: { of: birthday, next: 7 days }`.
package struct AnniversarySyntax: Sendable {
    package enum Origin: Sendable {
        case attribute(Located<String>)
        /// `of: { first: order }`.
        case first(EventSelectionSyntax)
    }

    package let origin: Origin
    package let next: Located<CalendarSpan>
    package let year: Located<Int>?
    package let zone: Located<String>?
    package let span: Span
}

extension AnniversarySyntax {
    static let shape = Shape<AnniversarySyntax>.mapping(AnniversaryFields.declaration) { record, decoder in
        let origin = record.value(AnniversaryFields.of, &decoder)
        let next = record.value(AnniversaryFields.next, &decoder)
        let year = record.value(AnniversaryFields.year, &decoder)
        let zone = record.value(ConditionFields.zone, &decoder)
        guard year != nil || !record.has(AnniversaryFields.year), zone != nil || !record.has(ConditionFields.zone),
            let origin, let next
        else { return nil }
        return AnniversarySyntax(origin: origin.value, next: next, year: year, zone: zone, span: record.span)
    }
}

/// The keys of `anniversary`.
enum AnniversaryFields {
    static let of = Field(
        "of",
        Shape<AnniversarySyntax.Origin>(.oneOf([.scalar("identifier"), .mapping { firstDeclaration }])) {
            node, decoder in
            guard case .mapping = node else {
                return Shape<String>.identifier.decode(node, &decoder).map { .attribute(Located($0, node.span)) }
            }
            guard let record = decoder.open(node, firstDeclaration) else { return nil }
            let tests = EventSelectionSyntax.tests(record, &decoder)
            return record.value(first, &decoder).map {
                .first(EventSelectionSyntax(names: $0.value, tests: tests))
            }
        }.referring(to: .attribute), required: true,
        doc: "A date or instant of the customer, or the first of some events.", example: "birthday")
    static let first = Field(
        "first", EventSelectionSyntax.namesShape, required: true, doc: "The events of which the first counts.",
        example: "purchase")
    static let firstDeclaration = Declaration(
        "first event", doc: "The first of these events.", [first.declaration, ConditionFields.where.declaration])
    static let next = Field(
        "next", Shape<CalendarSpan>.calendarSpan, required: true,
        doc: "The local days on one of which the date returns; today is the first.", example: "7 days")
    static let year = Field(
        "year", Shape<Int>.integer, doc: "Only this return: 1 is one year later; default any of the first 200.",
        example: "1")
    static let declaration = Declaration(
        "anniversary condition",
        doc: "A date of the customer returns on the coming days; 29 February returns on the 28th in other years.",
        [of.declaration, next.declaration, year.declaration, ConditionFields.zone.declaration])
}
