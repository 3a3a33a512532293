internal import CampaignPlan
internal import CampaignSyntax
internal import CivilTime
internal import Diagnostics

/// Checks at which times of the day messages go out.
struct SendTimeRules {
    /// With fewer events the hour in which most of them fell says little.
    static let occurrences = 5

    /// Nil after a report.
    func check(_ time: ScheduleSyntax.SendTime, _ context: inout CheckContext) -> SendTime? {
        switch time {
        case .at(let time): return .at(time.value)
        case .window(let hours): return check(hours.value, &context).map { .within($0) }
        case .best(let best): return check(best.value, &context).map { .best($0) }
        }
    }

    private func check(_ hours: ScheduleSyntax.Hours, _ context: inout CheckContext) -> WallHours? {
        let (from, to) = (hours.from, hours.to)
        guard from.value != to.value else {
            context.report(
                Diagnostic(
                    .neverFires, "the send window is over when it begins", at: to.span, label: "the same time",
                    related: [.init(from.span, "the first time")],
                    help: ["write a later time, or an earlier one for hours over midnight"]))
            return nil
        }
        return WallHours(from: from.value, until: to.value)
    }

    private func check(_ best: BestTimeSyntax, _ context: inout CheckContext) -> BestTime? {
        let checker = ConditionChecker(zone: context.zone.map { .named($0) })
        let selection = checker.checkSelection(best.selection, zone: checker.zone, &context)
        let isWindow = checker.isWindow(best.over.value, 0, best.over.span, &context)
        if let occurrences = best.occurrences, occurrences.value < 1 {
            context.report(
                Diagnostic(
                    .impossibleComparison, "fewer events than none", at: occurrences.span, label: "none tells no hour",
                    help: ["write a number from 1 on"]))
            return nil
        }
        var within: WallHours?
        if let written = best.within {
            within = check(written.value, &context)
            guard within != nil else { return nil }
        }
        guard let selection, isWindow else { return nil }
        let checked = BestTime(
            selection: selection, over: best.over.value, occurrences: best.occurrences?.value ?? Self.occurrences,
            within: within, fallback: best.fallback.value)
        if let written = best.within, checked.hours.isEmpty {
            context.report(
                Diagnostic(
                    .noEffect, "`best_time` has no effect in this schedule", at: written.span,
                    label: "no hour begins between these times",
                    related: [.init(best.fallback.span, "always this time")],
                    help: ["write hours with a full hour in them, or `at` instead of `best_time`"]))
            return nil
        }
        return checked
    }
}
