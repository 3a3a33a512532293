/// One message of a journey: the campaign's schedule says when it is planned, its channels and variants what is sent. All
/// steps of a journey have the same names and ranges of variants, and one key to draw them with.
package struct StepPlan: Hashable, Sendable {
    package var name: String
    /// Its place among the journey's steps, from 0.
    package var number: Int
    /// What has to hold at the send instant besides the audience; may look at the trigger.
    package var condition: ConditionIndex?
    /// Whether a newer trigger takes the place of the one that the journey runs for; the same for all steps.
    package var restarts: Bool

    package init(name: String, number: Int, condition: ConditionIndex? = nil, restarts: Bool = false) {
        self.name = name
        self.number = number
        self.condition = condition
        self.restarts = restarts
    }
}

extension PlannedCampaign {
    /// What people call the message: `welcome`, or of a journey `welcome/coupon`.
    package var title: String { step.map { "\(name)/\($0.name)" } ?? name }

    /// Whether it is the first of those that have its name: a campaign of one message, or the first step of a journey.
    package var isFirstStep: Bool { step.map { $0.number == 0 } ?? true }
}

extension Plan {
    /// How many campaigns people wrote: a journey is one.
    package var campaignCount: Int { campaigns.count(where: \.isFirstStep) }

    /// The steps of the journey that a campaign of the plan belongs to; the campaign alone where it is none.
    package func steps(of index: Int) -> Range<Int> {
        guard let step = campaigns[index].step else { return index..<(index + 1) }
        let first = index - step.number
        var end = index + 1
        while end < campaigns.count, campaigns[end].name == campaigns[index].name { end += 1 }
        return first..<end
    }
}
