import CampaignPlan

/// The decisions of one campaign about one customer, trigger after trigger.
struct DecisionWalk {
    let index: Int
    /// In the evaluator's tables.
    let campaign: UnsafePointer<BoundCampaign>
    private let include: IntervalArena.List
    /// The first interval of the audience that ends after the last instant asked about.
    private var position = 0
    private var route: DeliveryRoute?
    private var lastAccepted: Int64?
    private var failed: Set<Int> = []

    init(_ index: Int, _ include: IntervalArena.List, _ evaluator: inout Evaluator) {
        self.index = index
        self.include = include
        campaign = evaluator.tables.campaigns + index
    }

    /// A walk that begins in the middle: behind a trigger that was accepted, without the channels that failed.
    init(
        _ index: Int, _ evaluator: inout Evaluator, lastAccepted: Int64?, without failed: Set<Int>
    ) {
        let include = evaluator.list(of: evaluator.tables.campaigns[index].include)
        self.init(index, include, &evaluator)
        self.lastAccepted = lastAccepted
        self.failed = failed
        if !failed.isEmpty, !reachVaries { route = evaluator.route(campaign, without: failed) }
    }

    /// Whether the audience holds at an instant; most instants come in ascending order.
    @inline(__always)
    mutating func isInside(_ instant: Int64, _ evaluator: inout Evaluator) -> Bool {
        if evaluator.isStreamed { return evaluator.holds(campaign.pointee.include, at: instant) }
        while position > 0, evaluator.arena[include, position &- 1].to > instant { position &-= 1 }
        while position < include.count, evaluator.arena[include, position].to <= instant { position &+= 1 }
        return position < include.count && evaluator.arena[include, position].from <= instant
    }

    /// Whether the channel is looked for anew at each instant.
    var reachVaries: Bool { campaign.pointee.reachVaries }

    /// Whether quiet hours can delay or drop messages to this customer, at some instant at least.
    mutating func isQuietable(_ evaluator: inout Evaluator) -> Bool {
        guard campaign.pointee.isQuietable else { return false }
        return reachVaries || delivery(&evaluator).isQuietable
    }

    /// Whether they can delay or drop a message planned for an instant.
    mutating func isQuietable(at planned: Int64, _ evaluator: inout Evaluator) -> Bool {
        guard reachVaries else { return isQuietable(&evaluator) }
        guard campaign.pointee.isQuietable else { return false }
        return evaluator.route(campaign, without: failed, at: planned).isQuietable
    }

    /// What is decided at a send instant inside the audience: the first refusal that applies, or a send. Triggers come
    /// in ascending order; one that got as far as reachability is accepted, whatever refuses it then.
    mutating func outcome(
        in evaluator: inout Evaluator, trigger: Int64, planned: Int64, instant: Int64, isQuiet: Bool
    ) -> Decision.Outcome {
        if let refusal = refusal(in: &evaluator, trigger: trigger, instant: instant) { return .refused(refusal) }
        if refusesReEntry(trigger) { return .refused(.reEntry) }
        lastAccepted = trigger
        return delivered(in: &evaluator, planned: planned, instant: instant, isQuiet: isQuiet)
    }

    /// What is looked at between the audience and re-entry.
    @inline(__always)
    func refusal(in evaluator: inout Evaluator, trigger: Int64, instant: Int64) -> Refusal? {
        if let exclude = campaign.pointee.exclude, evaluator.holds(exclude, at: instant) { return .excluded }
        if let exit = campaign.pointee.exit, evaluator.exitHolds(exit, trigger: trigger, at: instant) { return .exited }
        return nil
    }

    /// What is decided once the trigger is accepted.
    @inline(__always)
    mutating func delivered(
        in evaluator: inout Evaluator, planned: Int64, instant: Int64, isQuiet: Bool
    ) -> Decision.Outcome {
        if reachVaries {
            let known = route
            route = evaluator.route(campaign, without: failed, at: instant)
            route?.isInControlGroup = known?.isInControlGroup
        }
        guard let channel = delivery(&evaluator).channel else { return .refused(.unreachable) }
        if isQuiet, evaluator.bound.dropsQuiet { return .refused(.quietHours) }
        if let expires = campaign.pointee.expires, instant > saturatingSum(planned, expires) {
            return .refused(.expired)
        }
        if campaign.pointee.isMarketing, evaluator.isInHoldout() { return .refused(.holdout) }
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
        return campaign.pointee.reEntry.refuses(trigger, after: lastAccepted)
    }

    /// How the customer is reached, worked out when first asked for.
    private mutating func delivery(_ evaluator: inout Evaluator) -> DeliveryRoute {
        if let route { return route }
        let made = evaluator.route(campaign)
        route = made
        return made
    }

    private mutating func isInControlGroup(_ evaluator: inout Evaluator) -> Bool {
        if let known = route?.isInControlGroup { return known }
        let isIn = campaign.pointee.controlGroup?.contains(customerKey: evaluator.timeline.key) ?? false
        route?.isInControlGroup = isIn
        return isIn
    }

    private mutating func variant(_ evaluator: inout Evaluator) -> Int {
        if let known = route?.variant { return known }
        let variant = evaluator.variant(campaign)
        route?.variant = variant
        return variant
    }
}

extension ReEntry {
    /// Whether a trigger comes too early after one that was accepted.
    @inline(__always)
    func refuses(_ trigger: Int64, after accepted: Int64) -> Bool {
        switch self {
        case .never: true
        case .always: false
        case .after(let length): trigger < saturatingSum(accepted, length)
        }
    }
}
