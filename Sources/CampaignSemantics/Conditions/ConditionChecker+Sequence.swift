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
        if let written = condition.zone, !usesZone(condition, window, context) { reportIdle(written, &context) }
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
        if !isOfEvents(step.selection, selection, &context) { isWhole = false }
        if let first {
            let types = Set(first.types + selection.types).sorted().compactMap { context.schema?.event($0) }
            for name in step.same where find(name, types, &context) == nil { isWhole = false }
        }
        guard isWhole else { return nil }
        return SequencePattern.Step(
            selection: selection, same: Set(step.same.map(\.value)).sorted(), within: step.within?.value,
            ofFirstWithin: step.ofFirstWithin?.value)
    }

    /// Steps are rows of the data: derived events, whose worth changes after their time, and parts of the local time are
    /// not looked at.
    private func isOfEvents(
        _ syntax: EventSelectionSyntax, _ selection: EventSelection, _ context: inout CheckContext
    ) -> Bool {
        if let derived = selection.types.first(where: { context.schema?.derivedEvent($0) != nil }) {
            context.report(
                Diagnostic(
                    .notInThisBuild, "the derived event `\(derived)` is not available in a sequence in this build",
                    at: syntax.span, label: "made of several lines",
                    help: ["name the event that it is made of"]))
            return false
        }
        guard let local = syntax.tests.first(where: { LocalPart(rawValue: $0.property.value) != nil }) else {
            return true
        }
        context.report(
            Diagnostic(
                .notInThisBuild, "`\(local.property.value)` is not available in a sequence in this build",
                at: local.property.span, label: "a part of the local time", help: ["remove it"]))
        return false
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

    private func usesZone(_ condition: SequenceSyntax, _ window: EventWindow, _ context: CheckContext) -> Bool {
        if case .recent = window { return true }
        return condition.steps.contains { step in
            step.value.selection.tests.contains { test in
                context.schema?.events.contains { $0.property(test.property.value)?.type == .instant } ?? false
            }
        }
    }
}
