internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

extension ConditionChecker {
    /// `same: PROPERTY`: a count of events that have the trigger's value.
    func checkSame(
        _ property: Located<String>, _ condition: EventConditionSyntax, _ selection: EventSelection,
        _ window: EventWindow, _ context: inout CheckContext
    ) -> CheckedCondition? {
        guard isExit else {
            context.report(
                Diagnostic(
                    .noEffect, "`same` has no meaning here", at: property.span,
                    label: "only inside an exit or the `if` of a step", help: ["remove it"]))
            return nil
        }
        guard isCount(condition, &context), let trigger = trigger(property, &context) else { return nil }
        let types = Set(selection.types + trigger.selection.types).sorted().compactMap { context.schema?.event($0) }
        guard findProper(property, types, &context) != nil else { return nil }
        let counted: CheckedCondition? =
            condition.isNever
            ? .not(.leaf(.events(selection, window, .countAtLeast(1))))
            : checkCount(condition.comparisons, selection, window, &context)
        return counted?.matching(property.value, trigger)
    }

    /// The events that trigger.
    private func trigger(_ property: Located<String>, _ context: inout CheckContext) -> TriggerMatch.Trigger? {
        switch schedule {
        case .onEvent(let selection, _): return .event(selection)
        case .beforeDate(let date, _): return .date(date)
        case .onSequence, .onAnniversary, .onEntry, .onceAtInstant, .once, .recurring, .cron:
            context.report(
                Diagnostic(
                    .noEffect, "`same` compares with nothing in this campaign", at: property.span,
                    label: "no event triggers it", help: ["remove it, or write `when: { event: NAME }`"]))
            return nil
        case nil: return nil
        }
    }

    private func isCount(_ condition: EventConditionSyntax, _ context: inout CheckContext) -> Bool {
        let others = [
            condition.measure.map { ($0.kind.value.rawValue, $0.kind.span) },
            condition.edge.map { ($0.kind.value.rawValue, $0.kind.span) }, condition.number.map { ("number", $0.span) },
        ]
        guard let (name, span) = others.compactMap({ $0 }).first else { return true }
        context.report(
            Diagnostic(
                .notInThisBuild, "`\(name)` beside `same` is not available in this build", at: span,
                label: "only counts are compared so", help: ["remove it, or use a newer version"]))
        return false
    }
}

extension CheckedCondition {
    /// A count of those that have the trigger's value.
    fileprivate func matching(_ property: String, _ trigger: TriggerMatch.Trigger) -> CheckedCondition {
        switch self {
        case .leaf(.events(let selection, let window, .countAtLeast(let count))):
            .leaf(
                .behaviour(
                    .matching(
                        TriggerMatch(
                            selection: selection, window: window, count: count, property: property, trigger: trigger))))
        case .not(let child): .not(child.matching(property, trigger))
        case .all(let children): .all(children.map { $0.matching(property, trigger) })
        case .any(let children): .any(children.map { $0.matching(property, trigger) })
        case .constant, .segment, .leaf, .movement, .population: self
        }
    }
}
