internal import Diagnostics

extension ConditionFields {
    static let measuredEvent = Field(
        "event", EventSelectionSyntax.namesShape, required: true, doc: "The events that are measured.",
        example: "purchase")

    static let measure = Field(
        "measure", Shape<MeasuredEventsSyntax>.mapping(measuredEvents) { MeasuredEventsSyntax.decode($0, &$1) },
        doc: "A measure compared with a number or another measure.", example: "{ event: order, sum: amount }")
    private static let measuredEvents = Declaration(
        "measure", doc: "What is measured of which events; their number where nothing else is.",
        [measuredEvent.declaration, `where`.declaration] + windows + measures.map(\.declaration) + [since.declaration])

    static let times = Field(
        "times", MultipleSyntax.timesShape,
        doc: "What the other measure is multiplied by: a percentage or a decimal, also a negative one; default 1.",
        example: "50%", default: "1")
    static let multiple = Declaration(
        "multiple of a measure", doc: "A multiple of another measure.",
        [
            times.declaration,
            FieldDeclaration(
                name: measure.name, doc: "The other measure.", example: measure.declaration.example,
                schema: measure.declaration.schema, isRequired: true, availability: .available),
        ])
    static let measureForm = Declaration(
        "measure condition", doc: "Compares a measure with a number or a multiple of another measure.",
        [measure.declaration]
            + comparisons(ofMeasures).map { field in
                FieldDeclaration(
                    name: field.name, doc: field.doc, example: field.example,
                    schema: field.name == Comparison.missing.rawValue
                        ? field.schema : .oneOf([field.schema, .mapping { multiple }]),
                    isRequired: false, availability: .available)
            } + [zone.declaration])

    struct Share: Sendable {
        let events: MeasuredEventsSyntax
        let ofAtLeast: Located<Int>?
    }
    static let share = Field(
        "share",
        Shape<Share>.mapping(sharedEvents) { record, decoder in
            let least = record.value(ofAtLeast, &decoder)
            return MeasuredEventsSyntax.decode(record, &decoder).map { Share(events: $0, ofAtLeast: least) }
        }, doc: "The part of the events that match.",
        example: "{ event: order, where: { local_weekday: { in: [sat, sun] } }, of_at_least: 5 }")
    private static let ofAtLeast = Field(
        "of_at_least", Shape<Int>.integer, doc: "Of fewer events there is no share; default 1.", example: "5",
        default: "1")
    private static let sharedEvents = Declaration(
        "share", doc: "Of which events, and which of them match.",
        [measuredEvent.declaration, `where`.declaration] + windows + [ofAtLeast.declaration, since.declaration])
    static let shareForm = Declaration(
        "share condition", doc: "Compares the part of the events that match with a percentage.",
        [share.declaration] + comparisons(ofMeasures) + [zone.declaration])

    static let purchaseInterval = Field(
        "purchase_interval",
        Shape<CycleSyntax>.mapping(intervalCycle) { CycleSyntax.decode($0, &$1) },
        doc: "The median of the gaps between events: the customer's own cycle.",
        example: "{ event: order, median: local_days, occurrences: 4 }")
    static let overdue = Field(
        "overdue", Shape<CycleSyntax>.mapping(overdueCycle) { CycleSyntax.decode($0, &$1) },
        doc: "More than so many of the customer's own cycles have passed since the last event.",
        example: "{ event: order, median: local_days, occurrences: 4, by: 2 }")
    static let median = Field(
        "median", Shape<CycleSyntax.Median>.choice(), required: true,
        doc: "Between different local days with events, or in elapsed time between events.", example: "local_days")
    static let occurrences = Field(
        "occurrences", Shape<Int>.integer, doc: "So many days or events it takes at least; default 2.", example: "4",
        default: "2")
    static let by = Field(
        "by",
        Shape<Int64>.scalar("factor", wanted: "a number such as `2` or `1.5`") { scaledInteger($0, scale: 6) },
        required: true, doc: "How many medians.", example: "2")
    private static let cycleFields = [
        measuredEvent.declaration, `where`.declaration, median.declaration, occurrences.declaration,
    ]
    private static let intervalCycle = Declaration("cycle", doc: "The cycle of which events.", cycleFields)
    private static let overdueCycle = Declaration(
        "overdue cycle", doc: "The cycle of which events, and how many of it.", cycleFields + [by.declaration])
    static let purchaseIntervalForm = Declaration(
        "purchase interval condition", doc: "Compares the customer's own cycle with days or a duration.",
        [purchaseInterval.declaration] + comparisons(ofMeasures) + [zone.declaration])
    static let overdueForm = Declaration(
        "overdue condition", doc: "The customer's own cycle has passed without an event.",
        [overdue.declaration, zone.declaration])
}

extension CycleSyntax {
    static func decode(_ record: Record, _ decoder: inout Decoder) -> CycleSyntax? {
        let tests = EventSelectionSyntax.tests(record, &decoder)
        let occurrences = record.value(ConditionFields.occurrences, &decoder)
        let by = record.value(ConditionFields.by, &decoder)
        let median = record.value(ConditionFields.median, &decoder)
        guard let names = record.value(ConditionFields.measuredEvent, &decoder), let median else { return nil }
        return CycleSyntax(
            selection: EventSelectionSyntax(names: names.value, tests: tests), median: median,
            occurrences: occurrences, by: by, span: record.head)
    }
}
