/// A condition of which an `Evaluator` makes the intervals from a copied timeline, and which no `InstantEvaluator` knows.
enum IntervalNode: Sendable {}
