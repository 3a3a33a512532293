import CampaignPlan

/// A condition of which an `Evaluator` makes the intervals from a copied timeline, and which no `InstantEvaluator` knows.
enum IntervalNode: Sendable {
    case movement(ConditionIndex, Movement, within: Int64)
}
