/// Takes the decisions of a walk, campaign after campaign, each in ascending order of its triggers.
protocol DecisionSink {
    /// The customer existed at these occurrences of a scheduled campaign. Decisions follow only for those inside the
    /// audience; the others are known from this.
    mutating func consider(campaign: Int, _ occurrences: Range<Int>)

    mutating func take(_ decision: Decision, _ evaluator: inout Evaluator)
}
