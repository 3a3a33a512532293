import CampaignPlan

/// The decisions of one campaign about one customer, trigger after trigger.
struct DecisionWalk {
    let index: Int
    let campaign: BoundCampaign
    private(set) var route: DeliveryRoute
    private var lastAccepted: Int64?

    init(_ index: Int, _ campaign: BoundCampaign, _ route: DeliveryRoute, lastAccepted: Int64? = nil) {
        self.index = index
        self.campaign = campaign
        self.route = route
        self.lastAccepted = lastAccepted
    }

    /// What is decided at a send instant inside the audience: the first refusal that applies, or a send. Triggers come
    /// in ascending order; one that got as far as reachability is accepted, whatever refuses it then.
    mutating func outcome(
        in evaluator: inout Evaluator, trigger: Int64, planned: Int64, instant: Int64, isQuiet: Bool
    ) -> Decision.Outcome {
        if let exclude = campaign.exclude, evaluator.holds(exclude, at: instant) { return .refused(.excluded) }
        if let exit = campaign.exit, evaluator.exitHolds(exit, trigger: trigger, at: instant) {
            return .refused(.exited)
        }
        if refusesReEntry(trigger) { return .refused(.reEntry) }
        lastAccepted = trigger
        guard let channel = route.channel else { return .refused(.unreachable) }
        if isQuiet, evaluator.bound.dropsQuiet { return .refused(.quietHours) }
        if let expires = campaign.expires, instant > saturatingSum(planned, expires) { return .refused(.expired) }
        if campaign.isMarketing, evaluator.isInHoldout() { return .refused(.holdout) }
        if isInControlGroup(&evaluator) { return .refused(.controlGroup) }
        return .send(channel: channel, variant: variant(&evaluator))
    }

    func decision(
        _ occurrence: Int, _ trigger: Int64, _ planned: Int64, _ instant: Int64, _ outcome: Decision.Outcome
    ) -> Decision {
        Decision(
            campaign: index, occurrence: Int32(clamping: occurrence), trigger: trigger, planned: planned,
            instant: instant, outcome: outcome)
    }

    private func refusesReEntry(_ trigger: Int64) -> Bool {
        guard let lastAccepted else { return false }
        switch campaign.reEntry {
        case .never: return true
        case .always: return false
        case .after(let length): return trigger < saturatingSum(lastAccepted, length)
        }
    }

    private mutating func isInControlGroup(_ evaluator: inout Evaluator) -> Bool {
        if let known = route.isInControlGroup { return known }
        let isIn = campaign.controlGroup?.contains(customerKey: evaluator.timeline.key) ?? false
        route.isInControlGroup = isIn
        return isIn
    }

    private mutating func variant(_ evaluator: inout Evaluator) -> Int {
        if let known = route.variant { return known }
        let variant = evaluator.variant(campaign)
        route.variant = variant
        return variant
    }
}
