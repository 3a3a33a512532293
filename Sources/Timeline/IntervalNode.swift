import CampaignPlan

/// A condition of which an `Evaluator` makes the intervals from a copied timeline, and which no `InstantEvaluator` knows.
enum IntervalNode: Sendable {
    case movement(ConditionIndex, Movement, within: Int64)
    /// An index into `BoundPlan.sequences`.
    case sequence(Int)
    case anniversary(BoundAnniversary)
    case history(BoundHistoryTest)
    /// An index into `BoundPlan.attributeAtoms`.
    case historyTime(Int, BoundHistory)
    /// An index into `BoundPlan.populationTests`.
    case population(test: Int)
}
