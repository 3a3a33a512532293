import Diagnostics

// Conditions about a customer's life and about the borders of segments.
extension FindingCase {
    private static let base = SampleFiles.whole

    private static func segment(_ code: Code, _ name: String, _ condition: String) -> FindingCase {
        FindingCase(code, name, base.segment(condition))
    }

    /// Beside another segment, which the condition can name.
    private static func movement(_ code: Code, _ name: String, _ condition: String) -> FindingCase {
        FindingCase(
            code, name,
            base.segment(condition).with(
                "segments/loyal.yaml", "segment: loyal\nwhere: { event: purchase, at_least: 3 }\n"
            )
            .campaign("control_group: 10%", "exclude: { segment: loyal }"))
    }

    private static let rfm =
        "recency: { event: purchase }, frequency: { event: purchase }, monetary: { event: purchase, sum: amount }"

    static let sequences: [FindingCase] = [
        segment(.sequenceSteps, "begins-with-an-absence", "{ sequence: [{ absent: purchase, within: 1d }] }"),
        segment(
            .sequenceSteps, "absence-in-the-middle",
            "{ sequence: [{ event: purchase }, { absent: refund }, { event: purchase }] }"),
        segment(.sequenceSteps, "one-step", "{ sequence: [{ event: purchase }] }"),
        segment(
            .sequenceSteps, "window",
            "{ sequence: [{ event: purchase }, { event: refund }], within: { from: 30d, to: 1d } }"),
        segment(.emptyList, "sequence", "{ sequence: [] }"),
        segment(.noEffect, "first-step", "{ sequence: [{ event: purchase, within: 1d }, { event: refund }] }"),
        segment(
            .noEffect, "of-first-in-an-absence",
            "{ sequence: [{ event: purchase }, { absent: refund, of_first_within: 1d }] }"),
        segment(
            .noEffect, "since-in-a-sequence",
            "{ sequence: [{ event: purchase }, { event: refund }], since: ever }"),
        segment(
            .noEffect, "zone-of-a-sequence",
            "{ sequence: [{ event: purchase }, { absent: refund }], within: 7d, zone: America/New_York }"),
        segment(
            .propertyNotShared, "same", "{ sequence: [{ event: purchase }, { event: refund, same: product }] }"),
        segment(
            .unknownProperty, "same-hour", "{ sequence: [{ event: purchase }, { event: refund, same: local_hour }] }"),
        segment(.missingKey, "step", "{ sequence: [{ event: purchase }, { within: 1d }] }"),
        segment(
            .excludingKeys, "step", "{ sequence: [{ event: purchase }, { event: refund, absent: purchase }] }"),
        segment(
            .impossibleComparison, "step-within", "{ sequence: [{ event: purchase }, { event: refund, within: 0d }] }"),
    ]

    static let populations: [FindingCase] = [
        segment(.comparisonType, "anniversary", "{ anniversary: { of: country, next: 7 days } }"),
        segment(.impossibleComparison, "anniversary-year", "{ anniversary: { of: birthday, next: 7 days, year: 0 } }"),
        segment(.missingKey, "anniversary-next", "{ anniversary: { of: { first: purchase } } }"),
        segment(.missingKey, "rank", "{ rank: { by: { event: purchase, within: 90d } } }"),
        segment(.missingKey, "percentile", "{ rank: { by: { event: purchase }, percentile: {} } }"),
        segment(.impossibleComparison, "top-of-nobody", "{ rank: { by: { event: purchase }, top: 0% } }"),
        segment(
            .excludingKeys, "rank", "{ rank: { by: { event: purchase }, top: 10%, percentile: { at_least: 90 } } }"),
        segment(.malformedValue, "percentile", "{ rank: { by: { event: purchase }, percentile: { at_least: 900 } } }"),
        segment(.notANumber, "rank", "{ rank: { by: { event: purchase, sum: product }, top: 10% } }"),
        segment(
            .noEffect, "zone-of-a-rank",
            "{ rank: { by: { event: purchase, sum: amount, within: 30d, zone: America/New_York }, top: 10% } }"),
        segment(.missingKey, "rfm", "{ rfm: { \(rfm) } }"),
        segment(.excludingKeys, "rfm", "{ rfm: { \(rfm), is: champions, r: { at_least: 4 } } }"),
        segment(.unknownChoice, "rfm", "{ rfm: { \(rfm), is: champion } }"),
        segment(.impossibleComparison, "rfm-group", "{ rfm: { \(rfm), r: { at_least: 6 } } }"),
        segment(.impossibleComparison, "rfm-groups", "{ rfm: { \(rfm), groups: 1, r: { is: 1 } } }"),
        segment(.comparisonType, "rfm-group", "{ rfm: { \(rfm), r: { in: [4, 5] } } }"),
        segment(.noEffect, "rfm-name-among-three", "{ rfm: { \(rfm), groups: 3, is: champions } }"),
        segment(
            .noEffect, "recency-measure",
            "{ rfm: { \(rfm.replacing("recency: { event: purchase", with: "recency: { event: purchase, sum: amount")), is: champions } }"
        ),
        FindingCase(
            .impossibleComparison, "rfm-name",
            base.settings("  holdout: 5%", "  holdout: 5%\n  rfm: { best: { r: { is: 6 } } }")),
    ]

    private static func history(_ code: Code, _ name: String, _ attribute: String, _ history: String) -> FindingCase {
        FindingCase(code, name, base.catalog("\(attribute) }", "\(attribute), history: { \(history) } }"))
    }

    static let histories: [FindingCase] = [
        history(
            .unknownEvent, "of-a-history", "birthday:    { type: date, optional: true", "event: moved, property: day"),
        history(
            .unknownProperty, "of-a-history", "birthday:    { type: date, optional: true",
            "event: purchase, property: paid"),
        history(
            .catalogDeclaration, "history-type", "birthday:    { type: date, optional: true",
            "event: purchase, property: paid_at"),
        history(
            .catalogDeclaration, "zone-history", "zone:        { type: zone, optional: true",
            "event: purchase, property: product"),
        history(.missingKey, "history-property", "is_member:   { type: boolean", "event: purchase"),
    ]

    static let lives: [FindingCase] = [
        segment(.missingKey, "lifecycle-event", "{ lifecycle: { is: at_risk } }"),
        segment(.missingKey, "lifecycle-stage", "{ lifecycle: { event: purchase } }"),
        segment(.unknownChoice, "lifecycle-stage", "{ lifecycle: { event: purchase, is: at-risk } }"),
        segment(.excludingKeys, "lifecycle-stages", "{ lifecycle: { event: purchase, is: new, in: [active] } }"),
        segment(.emptyList, "lifecycle-stages", "{ lifecycle: { event: purchase, in: [] } }"),
        segment(
            .alwaysTrue, "lifecycle-stages", "{ lifecycle: { event: purchase, in: [new, active, at_risk, lapsed] } }"),
        segment(.unknownEvent, "of-a-lifecycle", "{ lifecycle: { event: purchse, is: active } }"),
        FindingCase(
            .impossibleStages, "lapsed-first",
            base.settings("  holdout: 5%", "  holdout: 5%\n  lifecycle: { at_risk: 90d, lapsed: 60d }")),
        FindingCase(
            .impossibleStages, "long-at-risk",
            base.settings("  holdout: 5%", "  holdout: 5%\n  lifecycle: { at_risk: 400d }")),
        FindingCase(
            .impossibleStages, "no-time",
            base.settings("  holdout: 5%", "  holdout: 5%\n  lifecycle: { at_risk: 0d, lapsed: 60d }")),
        movement(.missingKey, "movement-within", "{ entered: { segment: loyal } }"),
        movement(.unknownSegment, "entered", "{ entered: { segment: loyl, within: 14d } }"),
        movement(.impossibleComparison, "movement-within", "{ left: { segment: loyal, within: 0d } }"),
        movement(.impossibleComparison, "moved-nowhere", "{ moved: { from: loyal, to: loyal, within: 14d } }"),
        movement(.segmentCycle, "movement", "{ left: { segment: lapsed, within: 14d } }"),
    ]
}
