package import Diagnostics

/// A stage of a customer's life, by how long ago the last event was.
package enum LifecycleStage: String, CaseIterable, Sendable {
    /// No such event yet.
    case new
    case active
    case atRisk = "at_risk"
    case lapsed
}

/// `lifecycle: { event: order, is: at_risk }`.
package struct LifecycleSyntax: Sendable {
    package let selection: EventSelectionSyntax
    /// At least one, in the order written.
    package let stages: [Located<LifecycleStage>]
    /// Of the stages as a whole.
    package let stagesSpan: Span
}

extension LifecycleSyntax {
    static let shape = Shape<LifecycleSyntax>.mapping(LifecycleFields.declaration) { record, decoder in
        let tests = EventSelectionSyntax.tests(record, &decoder)
        let names = record.value(LifecycleFields.event, &decoder)
        decoder.reportExcluding(
            "the condition names its stages twice",
            [record.keySpan(LifecycleFields.is), record.keySpan(LifecycleFields.isIn)])
        let one = record.value(LifecycleFields.is, &decoder).map { [$0] }
        let several = record.value(LifecycleFields.isIn, &decoder)
        if !record.has(LifecycleFields.is), !record.has(LifecycleFields.isIn), record.isComplete {
            decoder.report(
                Diagnostic(
                    .missingKey, "the lifecycle condition names no stage", at: record.head,
                    label: "`is` or `in` is required", help: ["add `is: at_risk`"]))
        }
        if let several, several.value.isEmpty {
            decoder.report(
                Diagnostic(
                    .emptyList, "the list of stages is empty", at: several.span, label: "holds for nobody",
                    help: ["name at least one stage"]))
            return nil
        }
        guard let names, let stages = one ?? several?.value, let first = stages.first else { return nil }
        return LifecycleSyntax(
            selection: EventSelectionSyntax(names: names.value, tests: tests), stages: stages,
            stagesSpan: several?.span ?? first.span)
    }
}

/// The keys of `lifecycle`.
enum LifecycleFields {
    static let event = Field(
        "event", EventSelectionSyntax.namesShape, required: true, doc: "The events that keep a customer active.",
        example: "purchase")
    static let `is` = Field(
        "is", Shape<LifecycleStage>.choice(), doc: "The stage that the customer is in.", example: "at_risk")
    static let isIn = Field(
        "in", Shape<[Located<LifecycleStage>]>.list(.choice()), doc: "One of these stages.",
        example: "[at_risk, lapsed]")
    static let declaration = Declaration(
        "lifecycle condition",
        doc: """
            The stage of the customer's life: new before the first event, active for a time after the last one, then \
            at_risk, then lapsed; the times are those of `policy: lifecycle:`.
            """,
        [event.declaration, ConditionFields.where.declaration, `is`.declaration, isIn.declaration])
}
