internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

extension ConditionChecker {
    /// Stages are counts: of all events so far, and of those within the two thresholds. Exactly one holds at each
    /// instant.
    func checkLifecycle(_ condition: LifecycleSyntax, _ context: inout CheckContext) -> CheckedCondition? {
        let selection = checkSelection(condition.selection, zone: zone, &context)
        let stages = Set(condition.stages.map(\.value))
        guard stages.count < LifecycleStage.allCases.count else {
            context.report(
                Diagnostic(
                    .alwaysTrue, "these are all stages", at: condition.stagesSpan, label: "holds for everybody",
                    help: ["name fewer stages, or remove the condition"]))
            return nil
        }
        guard let selection, let thresholds = context.lifecycle else { return nil }
        let parts = LifecycleStage.allCases.filter(stages.contains).map { thresholds.condition($0, selection) }
        return parts.count == 1 ? parts.first : .any(parts)
    }
}

extension LifecycleThresholds {
    fileprivate func condition(_ stage: LifecycleStage, _ selection: EventSelection) -> CheckedCondition {
        func seen(_ window: EventWindow) -> CheckedCondition {
            .leaf(.events(selection, window, .countAtLeast(1)))
        }
        let isActive = seen(.elapsed(from: atRisk, to: 0))
        let isNotLapsed = seen(.elapsed(from: lapsed, to: 0))
        return switch stage {
        case .new: .not(seen(.ever))
        case .active: isActive
        case .atRisk: .all([isNotLapsed, .not(isActive)])
        case .lapsed: .all([seen(.ever), .not(isNotLapsed)])
        }
    }
}
