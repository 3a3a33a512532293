package import CampaignPlan
internal import CivilTime
internal import Dataset
package import Timeline

/// One customer's year: what each condition was when, and what was decided.
package struct Explanation: Sendable {
    package struct Campaign: Sendable {
        package let plan: PlannedCampaign
        package let include: [Interval]
        package let exclude: [Interval]?
        package let decisions: [Decision]
    }

    /// Why a frequency cap refused a message.
    package struct Capping: Sendable {
        package let cap: FrequencyCap
        /// The messages that filled it, earliest first.
        package let counted: [SendHistory.Send]
    }

    package let customer: String
    package let period: SimulationPeriod
    package let campaigns: [Campaign]
    /// When each of the plan's conditions holds, by its index; only those that an include or exclude needs.
    package let conditions: [ConditionIndex: [Interval]]
    /// By the decision that was capped.
    package let cappings: [Decision: Capping]
}

/// Throws `SimulationError.unknownCustomer`. Where a campaign has a ceiling, everybody is counted, on so many threads.
package func explain(
    customer key: String, in source: BoundDataset, period: SimulationPeriod, threads: Int = 1
) throws -> Explanation {
    guard let customer = source.dataset.customer(named: key) else { throw SimulationError.unknownCustomer(key) }
    let source = source.comparing(
        from: saturatingDifference(period.from.milliseconds, 1), to: period.to.milliseconds, threads: threads)
    let plan = source.bound.plan
    let calendar = OccurrenceCalendar(
        bound: source.bound, from: period.from.milliseconds, to: period.to.milliseconds)
    var evaluator = Evaluator(source.bound)
    let loader = TimelineLoader(source, from: customer)
    _ = loader.find(customer)
    loader.load(into: &evaluator.timeline)
    evaluator.begin()
    var buffer = DecisionBuffer(calendar: calendar)
    evaluator.decide(calendar, into: &buffer)
    var cappings: [Decision: Explanation.Capping] = [:]
    var history = SendHistory()
    evaluator.applyCaps(calendar, to: &buffer, &history) { decision, cap, counted in
        var refused = decision
        refused.outcome = .refused(.capped)
        cappings[refused] = Explanation.Capping(cap: plan.workspace.frequencyCaps[cap], counted: counted)
    }
    let cuts = findCeilingCuts(source, period: period, threads: threads)
    let decisions = buffer.decisions.map { cuts.applied(to: $0, customer: customer, in: period) }
    var conditions: [ConditionIndex: [Interval]] = [:]
    for campaign in plan.campaigns {
        for root in [campaign.include, campaign.exclude].compactMap({ $0 }) {
            for condition in plan.parts(of: root) where conditions[condition] == nil {
                conditions[condition] = evaluator.intervals(of: condition)
            }
        }
    }
    let campaigns = plan.campaigns.enumerated().map { index, campaign in
        Explanation.Campaign(
            plan: campaign, include: conditions[campaign.include] ?? [],
            exclude: campaign.exclude.map { conditions[$0] ?? [] },
            decisions: decisions.filter { $0.campaign == index })
    }
    return Explanation(
        customer: key, period: period, campaigns: campaigns, conditions: conditions, cappings: cappings)
}

extension Plan {
    /// A condition and everything below it, each once however often it is shared.
    func parts(of root: ConditionIndex) -> [ConditionIndex] {
        var found: Set<ConditionIndex> = [root]
        var open = [root]
        while let condition = open.popLast() {
            open += conditions[condition].children.filter { found.insert($0).inserted }
        }
        return found.sorted()
    }
}
