package import Diagnostics

/// `sequence: [..]` with its own window.
package struct SequenceSyntax: Sendable {
    package struct Step: Sendable {
        package let selection: EventSelectionSyntax
        /// `absent:` instead of `event:`; the span of its key.
        package let absent: Span?
        package let same: [Located<String>]
        /// Milliseconds.
        package let within: Located<Int64>?
        package let ofFirstWithin: Located<Int64>?
        /// Of its first key.
        package let head: Span
    }

    package let steps: [Located<Step>]
    package let stepsSpan: Span
    package let window: WindowSyntax?
    package let startsLast: Bool
    /// The key of `since: ever`, inside an exit.
    package let sinceEver: Span?
    package let zone: Located<String>?
    /// No part of it was reported: what is missing was not written.
    package private(set) var isWhole = true
}

extension SequenceSyntax {
    static func decode(_ node: YAMLNode, _ decoder: inout Decoder) -> SequenceSyntax? {
        var (condition, isWhole) = decoder.watching { decoder in
            decoder.open(node, SequenceFields.declaration).flatMap { read($0, &decoder) }
        }
        condition?.isWhole = isWhole
        return condition
    }

    /// `when: { sequence: [..], within: 7d }`.
    static func decode(trigger record: Record, _ decoder: inout Decoder) -> SequenceSyntax? {
        var (condition, isWhole) = decoder.watching { read(record, &$0) }
        condition?.isWhole = isWhole
        return condition
    }

    private static func read(_ record: Record, _ decoder: inout Decoder) -> SequenceSyntax? {
        let window = WindowSyntax.decode(record, ofEvents: false, &decoder)
        let start = record.value(SequenceFields.start, &decoder)
        let since =
            record.value(ConditionFields.since, &decoder) == nil ? nil : record.keySpan(ConditionFields.since)
        let zone = record.value(ConditionFields.zone, &decoder)
        return record.value(SequenceFields.sequence, &decoder).map {
            SequenceSyntax(
                steps: $0.value, stepsSpan: $0.span, window: window, startsLast: start != nil, sinceEver: since,
                zone: zone)
        }
    }
}

/// The keys of a sequence.
package enum SequenceFields {
    static let sequence = Field(
        "sequence", Shape<[Located<SequenceSyntax.Step>]>.list(step),
        doc: "Ordered behaviour: one event per step, each later than the one before.",
        example: "[{ event: add_to_cart }, { absent: purchase, within: 24h }]")
    static let start = Field(
        "start", Shape<Bool>.choice([("last", true)]),
        doc: "Only runs that begin at the latest event of the first step; default any.", example: "last")

    package static let declaration = Declaration(
        "sequence condition", doc: "Ordered behaviour. Its own window says when it began.",
        [
            sequence.declaration, ConditionFields.within.declaration, ConditionFields.recent.declaration,
            start.declaration, ConditionFields.since.declaration, ConditionFields.zone.declaration,
        ])

    private static let event = Field(
        "event", EventSelectionSyntax.namesShape, doc: "The events of the step.", example: "product_view")
    private static let absent = Field(
        "absent", EventSelectionSyntax.namesShape,
        doc: "As the last step: no such event follows, within the time if there is one.", example: "purchase")
    private static let same = Field(
        "same", Shape<[Located<String>]>.oneOrMore(.identifier.referring(to: .property)),
        doc: "Properties whose value is that of the first step's event.", example: "session_id")
    private static let within = Field(
        "within", Shape<Int64>.duration, doc: "At most that long after the step before.", example: "30m")
    private static let ofFirstWithin = Field(
        "of_first_within", Shape<Int64>.duration, doc: "At most that long after the first step.", example: "1h")
    private static let stepDeclaration = Declaration(
        "sequence step", doc: "One step of a sequence.",
        [
            event.declaration, absent.declaration, ConditionFields.where.declaration, same.declaration,
            within.declaration, ofFirstWithin.declaration,
        ])

    private static let step = Shape<SequenceSyntax.Step>.mapping(stepDeclaration) { record, decoder in
        let tests = EventSelectionSyntax.tests(record, &decoder)
        decoder.reportExcluding(
            "the step is both an event and an absence", [record.keySpan(event), record.keySpan(absent)],
            help: "make two steps of them")
        if !record.has(event), !record.has(absent), record.isComplete {
            decoder.report(
                Diagnostic(
                    .missingKey, "the step names no event", at: record.head, label: "`event` or `absent` is required",
                    help: ["add `event: NAME`"]))
        }
        let names = record.value(event, &decoder)
        let missing = record.value(absent, &decoder)
        let same = record.value(same, &decoder)
        let within = record.value(within, &decoder)
        let ofFirstWithin = record.value(ofFirstWithin, &decoder)
        guard let selected = names ?? missing else { return nil }
        return SequenceSyntax.Step(
            selection: EventSelectionSyntax(names: selected.value, tests: tests),
            absent: names == nil ? record.keySpan(absent) : nil, same: same?.value ?? [], within: within,
            ofFirstWithin: ofFirstWithin, head: record.head)
    }
}
