internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

/// Checks the steps of a journey.
struct JourneyRules {
    /// Of what looks at the trigger.
    let conditions: ConditionChecker

    /// Nil after a report; empty for a campaign of one message. When a step is planned comes from the schedule.
    func check(_ document: CampaignDocument, _ context: inout CheckContext) -> [CheckedStep]? {
        guard document.keys["steps"] != nil else {
            return checkRestart(document, &context) ? [] : nil
        }
        let isAlone = refuseMessage(document, &context)
        guard let steps = document.steps else { return nil }
        guard let first = steps.value.first?.value else {
            context.report(
                Diagnostic(
                    .emptyList, "the journey has no steps", at: steps.span, label: "nothing to send",
                    help: ["add a step such as `{ name: hello, after: 0d, … }`, or write `variants` instead"]))
            return nil
        }
        checkNames(steps.value, &context)
        checkOrder(steps.value, &context)
        let isRestarted = checkRestart(document, &context)
        let base = VariantRules().check(channels: first.channels, variants: first.variants, &context)
        var checked = [step(first, base, &context)]
        for other in steps.value.dropFirst() {
            var message: (channels: [String], variants: [CheckedVariant])?
            if let variants = first.variants {
                message = self.message(of: other.value, base?.variants, variants, &context)
            }
            checked.append(step(other.value, message, &context))
        }
        guard isAlone, isRestarted else { return nil }
        return checked.allSatisfy { $0 != nil } ? checked.compactMap { $0 } : nil
    }

    private func step(
        _ step: StepSyntax, _ message: (channels: [String], variants: [CheckedVariant])?, _ context: inout CheckContext
    ) -> CheckedStep? {
        let condition = step.condition.map { conditions.check($0.value, &context) }
        if case .some(.none) = condition { return nil }
        guard let message, step.isWhole else { return nil }
        return CheckedStep(
            name: step.name.value, timing: SendTiming(delay: 0, next: nil), condition: condition ?? nil,
            expires: step.expires?.value, channels: message.channels, variants: message.variants)
    }

    /// A later step has the variants of the first one, in its order. `base` is nil where those were reported.
    private func message(
        of step: StepSyntax, _ base: [CheckedVariant]?, _ first: Located<[Named<VariantSyntax>]>,
        _ context: inout CheckContext
    ) -> (channels: [String], variants: [CheckedVariant])? {
        let shares = Dictionary((base ?? []).map { ($0.name, $0.share) }, uniquingKeysWith: { first, _ in first })
        let isShared = step.variants.map { checkShared($0, first, base.map { _ in shares }, step, &context) } ?? false
        let message = VariantRules().check(
            channels: step.channels, variants: step.variants, shares: shares, &context)
        guard let base, let message, isShared else { return nil }
        let variants = base.compactMap { wanted in message.variants.first { $0.name == wanted.name } }
        return variants.count == base.count ? (message.channels, variants) : nil
    }

    private func checkShared(
        _ variants: Located<[Named<VariantSyntax>]>, _ first: Located<[Named<VariantSyntax>]>,
        _ shares: [String: Int]?, _ step: StepSyntax, _ context: inout CheckContext
    ) -> Bool {
        var isShared = true
        for variant in variants.value {
            guard let own = first.value.first(where: { $0.name.value == variant.name.value }) else {
                context.report(
                    Diagnostic(
                        .variantsOfSteps, "the first step has no variant `\(variant.name.value)`",
                        at: variant.name.span,
                        label: "nobody is drawn for it", related: [.init(first.span, "the variants of the journey")],
                        help: ["use the names of the first step: whoever gets one variant gets it in all steps"]))
                isShared = false
                continue
            }
            guard let share = variant.value?.share, let meant = shares?[variant.name.value], share.value != meant
            else { continue }
            context.report(
                Diagnostic(
                    .variantsOfSteps, "the variant `\(variant.name.value)` has another share than in the first step",
                    at: share.span, label: "the steps of a journey share their variants",
                    related: [.init(own.value?.share?.span ?? own.name.span, "in the first step")],
                    help: ["remove `share`: that of the first step counts"]))
            isShared = false
        }
        for own in first.value where !variants.value.contains(where: { $0.name.value == own.name.value }) {
            context.report(
                Diagnostic(
                    .variantsOfSteps, "the step `\(step.name.value)` has no variant `\(own.name.value)`",
                    at: variants.span, label: "whoever got it in the first step gets nothing here",
                    related: [.init(own.name.span, "in the first step")],
                    help: ["add the variant: the steps of a journey share their variants"]))
            isShared = false
        }
        return isShared
    }

    private func checkNames(_ steps: [Located<StepSyntax>], _ context: inout CheckContext) {
        var seen: [String: Span] = [:]
        for step in steps.map(\.value) {
            if let first = seen[step.name.value] {
                context.report(
                    Diagnostic(
                        .nameTaken, "two steps are called `\(step.name.value)`", at: step.name.span,
                        label: "the second one", related: [.init(first, "the first one")],
                        help: ["give one of them another name"]))
            } else {
                seen[step.name.value] = step.name.span
            }
        }
    }

    /// A reader takes the steps to follow each other.
    private func checkOrder(_ steps: [Located<StepSyntax>], _ context: inout CheckContext) {
        for (earlier, later) in zip(steps.map(\.value), steps.dropFirst().map(\.value)) {
            guard earlier.isWhole, later.isWhole, (later.after?.value ?? 0) < (earlier.after?.value ?? 0) else {
                continue
            }
            context.report(
                Diagnostic(
                    .stepOrder, "the step `\(later.name.value)` comes before the one above it",
                    at: later.after?.span ?? later.name.span,
                    label: "counted from the trigger, not from the step before",
                    related: earlier.after.map { [.init($0.span, "the step above")] } ?? [],
                    help: ["put the steps in the order of `after`"]))
        }
    }

    /// False after a report.
    private func checkRestart(_ document: CampaignDocument, _ context: inout CheckContext) -> Bool {
        guard let restart = document.restart, restart.value else { return true }
        let label: String
        if document.keys["steps"] == nil {
            label = "it has one message, not a journey"
        } else if let steps = document.steps?.value.map(\.value), !steps.isEmpty,
            steps.allSatisfy({ $0.isWhole && ($0.after?.value ?? 0) == 0 && $0.send == nil })
        {
            label = "all steps are planned at the trigger"
        } else {
            return true
        }
        context.report(
            Diagnostic(
                .noEffect, "`restart` has no effect in this campaign", at: document.keys["restart"] ?? restart.span,
                label: label, help: ["remove it"]))
        return false
    }

    /// What a step says for itself does not stand beside the steps. False after a report.
    private func refuseMessage(_ document: CampaignDocument, _ context: inout CheckContext) -> Bool {
        var isAlone = true
        for key in ["channels", "variants"] {
            guard let span = document.keys[key], let steps = document.keys["steps"] else { continue }
            context.report(
                Diagnostic(
                    .excludingKeys, "`\(key)` stands beside `steps`", at: span, label: "each step has its own",
                    related: [.init(steps, "the steps")], help: ["move it into the steps"]))
            isAlone = false
        }
        return isAlone
    }
}
