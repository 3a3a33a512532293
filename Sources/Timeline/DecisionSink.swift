/// Takes the decisions of a walk, campaign after campaign, each in runs that ascend by instant.
protocol DecisionSink {
    /// The customer existed at these occurrences of a scheduled campaign. Decisions follow only for those inside the
    /// audience; the others are known from this.
    mutating func consider(campaign: Int, _ occurrences: Range<Int>)

    /// What follows may be earlier than what was taken before.
    mutating func endRun()

    mutating func take(_ decision: Decision, _ evaluator: inout Evaluator)
}
