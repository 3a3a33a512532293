internal import CivilTime
internal import Diagnostics

/// The keys of conditions. A condition's first key among `heads` says which form it has.
package enum ConditionFields {
    static let all = Field(
        "all", Shape.list(ConditionSyntax.shape), doc: "Every condition of the list holds.",
        example: "[{ segment: lapsed }, { attribute: country, is: KR }]")
    static let any = Field(
        "any", Shape.list(ConditionSyntax.shape), doc: "At least one condition of the list holds.",
        example: "[{ segment: lapsed }, { never: purchase }]")
    static let none = Field(
        "none", Shape.list(ConditionSyntax.shape), doc: "No condition of the list holds.",
        example: "[{ segment: complained-lately }]")
    static let not = Field(
        "not", ConditionSyntax.shape, doc: "The condition does not hold.", example: "{ segment: lapsed }")
    static let segment = Field(
        "segment", Shape<String>.name.referring(to: .segment), doc: "The condition of a segment.",
        example: "away-a-week")
    static let attribute = Field(
        "attribute", Shape<String>.identifier.referring(to: .attribute), doc: "A comparison of a customer attribute.",
        example: "country")
    static let event = Field(
        "event", EventSelectionSyntax.namesShape, doc: "Behaviour: events in a window, counted or measured.",
        example: "purchase")
    static let never = Field(
        "never", EventSelectionSyntax.namesShape, doc: "No such event so far.", example: "purchase")

    static let lifecycle = Field(
        "lifecycle", LifecycleSyntax.shape, doc: "The stage of the customer's life.",
        example: "{ event: purchase, is: at_risk }")
    static let anniversary = Field(
        "anniversary", AnniversarySyntax.shape, doc: "The n-th return of a date falls on the coming days.",
        example: "{ of: birthday, next: 7 days }")
    static let rank = Field(
        "rank", PopulationFields.rank, doc: "The customer's place among all.",
        example: "{ by: { event: purchase, sum: amount, within: 90d }, top: 10% }")
    static let rfm = Field(
        "rfm", PopulationFields.rfm, doc: "Recency, frequency and monetary groups.",
        example: """
            { recency: { event: purchase }, frequency: { event: purchase }, \
            monetary: { event: purchase, sum: amount }, is: champions }
            """)
    static let entered = Field(
        "entered", MovementSyntax.entered, doc: "Began to be in a segment.",
        example: "{ segment: lapsed, within: 14d }")
    static let left = Field(
        "left", MovementSyntax.left, doc: "Stopped being in a segment.", example: "{ segment: lapsed, within: 14d }")
    static let moved = Field(
        "moved", MovementSyntax.moved, doc: "Changed from one segment to another.",
        example: "{ from: active, to: lapsed, within: 14d }")

    static let zone = Field(
        "zone", Shape<String>.zone, doc: "What local days mean in this condition: a time zone, or `recipient`.",
        example: "Europe/London")
    static let `where` = Field(
        "where", Shape<[Named<[ComparisonSyntax]>]>.named(ComparisonSyntax.shape).keyed(by: .refers(.property)),
        doc: "Which events count: comparisons by property.", example: "{ category: { is: gifts } }")
    static let since = Field(
        "since", Shape<Bool>.choice([("ever", true)]),
        doc: "Inside an exit or the `if` of a step: all events so far, not only those since the trigger.",
        example: "ever")
    static let same = Field(
        "same", Shape<String>.identifier.referring(to: .property),
        doc: """
            Inside an exit or the `if` of a step: only events of which this property equals that of the triggering event. \
            A missing value equals nothing.
            """,
        example: "order_id")
    static let within = Field(
        "within", WindowSyntax.withinShape,
        doc: "Elapsed time before now: a duration, or from … to … ago.", example: "90d")
    static let past = Field(
        "past", Shape<CalendarSpan>.calendarSpan, doc: "Whole local days ending yesterday.", example: "30 days")
    static let recent = Field(
        "recent", Shape<CalendarSpan>.calendarSpan, doc: "Whole local days ending now, today included.",
        example: "30 days")
    static let next = Field(
        "next", WindowSyntax.nextShape,
        doc: "The instant or date lies ahead: within a duration, or within local days beginning today.",
        example: "7 days")

    static let between = Field(
        "between", WindowSyntax.betweenShape, doc: "These local days, both included.",
        example: "[2026-12-01, 2026-12-31]")
    static let edges: [Field<[Named<[ComparisonSyntax]>]>] = ValueEdgeSyntax.Kind.allCases.map { kind in
        Field(
            kind.rawValue,
            Shape<[Named<[ComparisonSyntax]>]>.named(ComparisonSyntax.shape).keyed(by: .refers(.property)),
            doc: "The \(kind.rawValue) value of a property, as it is compared.", example: "{ plan: { is: pro } }")
    }
    static let number = Field(
        "number", Shape<Int>.integer, doc: "The n-th such event so far; it lies in the window.", example: "2")
    static let ofFirstWithin = Field(
        "of_first_within", Shape<Int64>.duration, doc: "The n-th event came at most that long after the first.",
        example: "14d")
    static let after = Field(
        "after", EventNumberSyntax.afterShape, doc: "The n-th event came at most that long after an attribute.",
        example: "{ attribute: signed_up_at, within: 2d }")

    /// Forms that the language has and this build does not.
    static let laterForms: [FieldDeclaration] = [
        .later(
            "purchase_probability", doc: "The model's probability of an event.",
            example: "{ event: order, next: 30d, at_least: 60% }")
    ]

    /// The keys that say which form a condition has.
    package static let heads: [FieldDeclaration] =
        [
            all.declaration, any.declaration, none.declaration, not.declaration, segment.declaration,
            attribute.declaration, event.declaration, never.declaration, measure.declaration, share.declaration,
            purchaseInterval.declaration, overdue.declaration, lifecycle.declaration, entered.declaration,
            left.declaration, moved.declaration, SequenceFields.sequence.declaration, anniversary.declaration,
            rank.declaration, rfm.declaration,
        ] + laterForms

    static let head = Declaration("condition", doc: "Who is meant.", heads)

    static let measures: [Field<String>] = MeasureSyntax.Kind.allCases.map { kind in
        Field(
            kind.rawValue, Shape<String>.identifier.referring(to: .property),
            doc: kind == .distinct
                ? "How many different values a property has." : "The \(kind.rawValue) of a numeric property.",
            example: kind == .distinct ? "product" : "amount")
    }

    /// The keys of each form of condition.
    package static let forms: [Declaration] =
        [
            all.declaration, any.declaration, none.declaration, not.declaration, segment.declaration,
            lifecycle.declaration, entered.declaration, left.declaration, moved.declaration,
            anniversary.declaration, rank.declaration, rfm.declaration,
        ].map { singleForm($0) }
        + [attributeForm, eventForm, neverForm, measureForm, shareForm, purchaseIntervalForm, overdueForm]
        + [SequenceFields.declaration]

    /// The forms whose head is their only key, in the order of `heads`.
    static let singleForms = heads.map { singleForm($0) }

    /// A form whose head is its only key.
    static func singleForm(_ head: FieldDeclaration) -> Declaration {
        Declaration("`\(head.name)` condition", doc: head.doc, [head])
    }

    static let attributeForm = Declaration(
        "attribute condition", doc: "Compares an attribute of the customer.",
        [attribute.declaration] + comparisons(Comparison.allCases.filter { $0 != .exactly })
            + [within.declaration, past.declaration, recent.declaration, next.declaration, zone.declaration])

    static let eventForm = Declaration(
        "event condition", doc: "Counts or measures events in a window.",
        [event.declaration, `where`.declaration] + windows
            + measures.map(\.declaration) + comparisons(ofMeasures)
            + edges.map(\.declaration)
            + [
                number.declaration, ofFirstWithin.declaration, after.declaration, same.declaration, since.declaration,
                zone.declaration,
            ])

    static let neverForm = Declaration(
        "never condition", doc: "No such event so far.",
        [never.declaration, `where`.declaration, same.declaration, since.declaration])

    /// What a count or measure is compared by.
    static let ofMeasures: [Comparison] = [.atLeast, .atMost, .exactly, .moreThan, .lessThan, .missing]

    /// The windows of events.
    static let windows = [within.declaration, past.declaration, recent.declaration, between.declaration]

    static func comparisons(_ list: [Comparison]) -> [FieldDeclaration] {
        list.map { comparison in
            FieldDeclaration(
                name: comparison.rawValue, doc: comparison.doc, example: comparison.example, schema: comparison.schema,
                isRequired: false, availability: .available)
        }
    }
}
