internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

extension ConditionChecker {
    /// `number: 2` with what it must be near to.
    func checkNumber(
        _ syntax: EventNumberSyntax, _ selection: EventSelection, _ window: EventWindow, _ zone: ZoneReference,
        _ context: inout CheckContext
    ) -> CheckedCondition? {
        guard let number = syntax.number else {
            context.report(
                Diagnostic(
                    .missingKey, "nothing says which event is meant", at: syntax.span, label: "`number` is missing",
                    help: ["add `number: 2`"]))
            return nil
        }
        guard (1..<Int(Self.countsEnd)).contains(number.value) else {
            context.report(
                Diagnostic(
                    .impossibleComparison, "there is no event number \(number.value)", at: number.span,
                    label: number.value < 1 ? "the first is number 1" : "larger than any count",
                    help: ["write a number from 1 on"]))
            return nil
        }
        if let first = syntax.ofFirstWithin, number.value == 1 {
            context.report(
                Diagnostic(
                    .noEffect, "`of_first_within` has no effect on the first event", at: first.span,
                    label: "the first is never later than itself", help: ["remove it, or write a greater `number`"]))
            return nil
        }
        var after: AfterAttribute?
        if let written = syntax.after {
            guard let checked = checkAfter(written.value, zone, &context) else { return nil }
            after = checked
        }
        if after == nil, syntax.ofFirstWithin == nil, window == .ever {
            return .leaf(.events(selection, .ever, .countAtLeast(number.value)))
        }
        let event = EventNumber(number: number.value, ofFirstWithin: syntax.ofFirstWithin?.value, after: after)
        return .leaf(.behaviour(.numbered(selection, window, event)))
    }

    private func checkAfter(
        _ after: EventNumberSyntax.After, _ zone: ZoneReference, _ context: inout CheckContext
    ) -> AfterAttribute? {
        guard let schema = context.schema, let attribute = find(after.attribute, schema, &context) else { return nil }
        guard attribute.type == .instant || attribute.type == .date else {
            context.report(
                Diagnostic(
                    .comparisonType, "`after` needs an instant or a date", at: after.attribute.span,
                    label: "`\(attribute.name)` is of type \(attribute.type.name)",
                    help: ["name an attribute of type instant or date"]))
            return nil
        }
        return AfterAttribute(attribute: attribute.name, within: after.within.value, zone: zone)
    }

    /// `latest: { plan: { is: pro } }`.
    func checkEdge(
        _ syntax: ValueEdgeSyntax, _ selection: EventSelection, _ window: EventWindow, _ zone: ZoneReference,
        _ context: inout CheckContext
    ) -> CheckedCondition? {
        guard let schema = context.schema, let comparisons = syntax.test.comparisons else { return nil }
        let types = selection.types.compactMap { schema.event($0) }
        guard var property = findProper(syntax.test.property, types, &context) else { return nil }
        // Over no events there is no value.
        property.isOptional = true
        guard let tests = checker(of: property, types, zone, context).check(comparisons, &context) else { return nil }
        let edge: ValueEdge = syntax.kind.value == .first ? .first : .latest
        let parts = tests.map { test in
            CheckedCondition.leaf(.events(selection, window, .edge(edge, property: property.name, test)))
        }
        return parts.count == 1 ? parts.first : .all(parts)
    }
}
