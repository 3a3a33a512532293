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
            base.segment(condition).with("segments/loyal.yaml", "segment: loyal\nwhere: { event: purchase, at_least: 3 }\n")
                .campaign("control_group: 10%", "exclude: { segment: loyal }"))
    }

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
