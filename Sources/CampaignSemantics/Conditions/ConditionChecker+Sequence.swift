internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

extension ConditionChecker {
    func checkSequence(_ condition: SequenceSyntax, _ context: inout CheckContext) -> CheckedCondition? {
        let zone = zone(condition.zone, &context)
        let isOrdered = checkOrder(condition, &context)
        let first = condition.steps.first.flatMap { checkSelection($0.value.selection, zone: zone, &context) }
        var steps: [SequencePattern.Step] = []
        for (place, step) in condition.steps.enumerated() {
            let selection = place == 0 ? first : checkSelection(step.value.selection, zone: zone, &context)
            guard let selection, let checked = checkStep(step.value, selection, first, &context) else { continue }
            steps.append(checked)
        }
        let window = zone.flatMap { checkWindow(condition, $0, &context) }
        guard let window, isOrdered, condition.isWhole, steps.count == condition.steps.count else { return nil }
        if let written = condition.zone, !usesZone(condition, steps, window, context) { reportIdle(written, &context) }
        let absence = condition.steps.last?.value.absent == nil ? nil : steps.popLast()
        return .leaf(
            .sequence(
                SequencePattern(
                    steps: steps, absence: absence, window: window, startsLast: condition.startsLast)))
    }

    /// Whether the steps can follow each other.
    private func checkOrder(_ condition: SequenceSyntax, _ context: inout CheckContext) -> Bool {
        guard let first = condition.steps.first?.value else {
            context.report(
                Diagnostic(
                    .emptyList, "the sequence has no steps", at: condition.stepsSpan, label: "an empty list",
                    help: ["write steps such as `{ event: NAME }`"]))
            return false
        }
        if let absent = first.absent {
            context.report(
                Diagnostic(
                    .sequenceSteps, "the sequence begins with an absence", at: absent, label: "absent after what?",
                    help: ["begin with an `event`; for people who never did it write `never`"]))
            return false
        }
        if let early = condition.steps.dropLast().dropFirst().first(where: { $0.value.absent != nil }) {
            context.report(
                Diagnostic(
                    .sequenceSteps, "an absence in the middle of a sequence", at: early.value.absent ?? early.span,
                    label: "only the last step can be one", help: ["make it the last step, or remove it"]))
            return false
        }
        guard condition.steps.count > 1 else {
            context.report(
                Diagnostic(
                    .sequenceSteps, "a sequence of one step", at: first.head, label: "nothing follows",
                    help: ["add a step, or write an `event` condition"]))
            return false
        }
        let idle = [first.same.first?.span, first.within?.span, first.ofFirstWithin?.span].compactMap { $0 }
        if let idle = idle.min(by: { $0.lower < $1.lower }) {
            context.report(
                Diagnostic(
                    .noEffect, "the first step has none before it", at: idle, label: "nothing to relate to",
                    help: ["move it to a later step; when the sequence began is said beside `sequence`"]))
            return false
        }
        if let last = condition.steps.last?.value, last.absent != nil, let late = last.ofFirstWithin {
            context.report(
                Diagnostic(
                    .noEffect, "`of_first_within` has no meaning in an absence", at: late.span,
                    label: "an absence lasts from the step before", help: ["write `within`"]))
            return false
        }
        return true
    }

    private func checkStep(
        _ step: SequenceSyntax.Step, _ selection: EventSelection, _ first: EventSelection?,
        _ context: inout CheckContext
    ) -> SequencePattern.Step? {
        var isWhole = true
        for length in [step.within, step.ofFirstWithin].compactMap({ $0 }) {
            if !isWindow(length.value, 0, length.span, &context) { isWhole = false }
        }
        if let first {
            let types = Set(first.types + selection.types).sorted().compactMap { context.schema?.event($0) }
            for name in step.same where findProper(name, types, &context) == nil { isWhole = false }
        }
        guard isWhole else { return nil }
        return SequencePattern.Step(
            selection: selection, same: Set(step.same.map(\.value)).sorted(), within: step.within?.value,
            ofFirstWithin: step.ofFirstWithin?.value)
    }

    /// The window of any condition on events, if a sequence can begin in it.
    private func checkWindow(
        _ condition: SequenceSyntax, _ zone: ZoneReference, _ context: inout CheckContext
    ) -> EventWindow? {
        guard let window = checkWindow(condition.window, condition.sinceEver, zone, &context) else { return nil }
        if SequencePattern.canStart(in: window) { return window }
        if let written = condition.window {
            context.report(
                Diagnostic(
                    .sequenceSteps, "the window of a sequence ends now", at: written.span, label: "ends earlier",
                    help: ["write a duration such as `within: 30d`"]))
        }
        return nil
    }

    private func usesZone(
        _ condition: SequenceSyntax, _ steps: [SequencePattern.Step], _ window: EventWindow, _ context: CheckContext
    ) -> Bool {
        if case .recent = window { return true }
        return zip(condition.steps, steps).contains { looksAtClock($0.value.selection, $1.selection, context) }
    }
}
