internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

extension ConditionChecker {
    /// Segments never look at a trigger, so neither does a movement between them, also inside an exit.
    func checkMovement(_ condition: MovementSyntax, _ context: inout CheckContext) -> CheckedCondition? {
        let within = condition.within
        let isTime = isWindow(within.value, 0, within.span, &context)
        switch condition.kind {
        case .entered(let segment):
            guard let segment = checkSegment(segment, &context), isTime else { return nil }
            return .movement(segment, .entered, within: within.value)
        case .left(let segment):
            guard let segment = checkSegment(segment, &context), isTime else { return nil }
            return .movement(segment, .left, within: within.value)
        case .moved(let from, let to):
            let before = checkSegment(from, &context)
            let after = checkSegment(to, &context)
            guard let before, let after, isTime else { return nil }
            guard from.value != to.value else {
                context.report(
                    Diagnostic(
                        .impossibleComparison, "nobody moves from a segment to itself", at: to.span,
                        label: "the same segment", related: [.init(from.span, "where the customer comes from")],
                        help: ["name another segment; for a return use `entered`"]))
                return nil
            }
            return .all([after, .not(before), .movement(before, .left, within: within.value)])
        }
    }
}
