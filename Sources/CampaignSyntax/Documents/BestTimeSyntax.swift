package import CivilTime
internal import Diagnostics

/// `best_time: { event: site_visit, over: 90d, fallback: "12:30" }`.
package struct BestTimeSyntax: Sendable {
    package let selection: EventSelectionSyntax
    /// Milliseconds.
    package let over: Located<Int64>
    package let occurrences: Located<Int>?
    package let within: Located<ScheduleSyntax.Hours>?
    package let fallback: Located<TimeOfDay>
}

/// The keys of a best time.
enum BestTimeFields {
    static let event = Field(
        "event", EventSelectionSyntax.namesShape, required: true, doc: "The events whose hours count.",
        example: "site_visit")
    static let over = Field(
        "over", Shape<Int64>.duration, required: true, doc: "How far before the trigger they are looked for.",
        example: "90d")
    static let occurrences = Field(
        "occurrences", Shape<Int>.integer, doc: "With fewer such events the fallback is the time; default 5.",
        example: "5", default: "5")
    static let within = Field(
        "within",
        Shape<ScheduleSyntax.Hours>.pair(
            .timeOfDay, "`within` takes two times", help: "write `within: [\"09:00\", \"20:00\"]`"
        ) { from, to, _ in
            .init(from: from, to: to)
        }, doc: "Only hours that begin between these times, and only their events count; default the whole day.",
        example: "[\"09:00\", \"20:00\"]")
    static let fallback = Field(
        "fallback", Shape<TimeOfDay>.timeOfDay, required: true, doc: "The time for those with too few events.",
        example: "\"12:30\"")
    static let declaration = Declaration(
        "best time",
        doc: "The recipient's most frequent local hour, the earliest on ties, as it is known at the trigger.",
        [
            event.declaration, ConditionFields.where.declaration, over.declaration, occurrences.declaration,
            within.declaration, fallback.declaration,
        ])

    static let bestTime = Field(
        "best_time",
        Shape<BestTimeSyntax>.mapping(declaration) { record, decoder in
            let tests = EventSelectionSyntax.tests(record, &decoder)
            let names = record.value(event, &decoder)
            let over = record.value(over, &decoder)
            let occurrences = record.value(occurrences, &decoder)
            let hours = record.value(within, &decoder)
            let fallback = record.value(fallback, &decoder)
            guard let names, let over, let fallback, hours != nil || !record.has(within),
                occurrences != nil || !record.has(Self.occurrences)
            else { return nil }
            return BestTimeSyntax(
                selection: .init(names: names.value, tests: tests), over: over, occurrences: occurrences,
                within: hours, fallback: fallback)
        }, doc: "The hour at which each recipient is likely to look, by the recipient's clock unless `zone` is said.",
        example: "{ event: site_visit, over: 90d, fallback: \"12:30\" }")
}
