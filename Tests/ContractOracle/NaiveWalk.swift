import CampaignPlan
import CivilTime

/// One person's decisions before caps and ceilings.
struct NaiveWalk {
    let simulation: NaiveSimulation
    let person: NaiveSimulation.Person
    let index: Int
    let oracle: NaiveOracle
    var plan: Plan { simulation.plan }
    var mutation: SimulationMutation? { simulation.mutation }

    init(simulation: NaiveSimulation, person: NaiveSimulation.Person, index: Int) {
        self.simulation = simulation
        self.person = person
        self.index = index
        oracle = NaiveOracle(
            plan: simulation.plan, customer: person.customer, mutation: simulation.mutation?.ofConditions)
    }

    /// In the order of triggers.
    func decisions(_ number: Int) -> [NaiveDecision] {
        let campaign = plan.campaigns[number]
        if let step = campaign.step { return decisions(of: step, campaign, number) }
        var lastAccepted: Int64?
        return triggers(campaign).enumerated().map { place, trigger in
            var decision = NaiveDecision(
                id: .init(person: index, campaign: number, number: place), trigger: trigger.instant,
                planned: trigger.planned, instant: sendInstant(campaign, trigger.planned),
                label: trigger.label ?? "", outcome: .pending)
            let isPending =
                mutation == .endIsInThePeriod ? decision.instant > simulation.to : decision.instant >= simulation.to
            if !isPending { decision.outcome = outcome(decision, campaign, &lastAccepted) }
            if trigger.label == nil {
                let counted = isPending ? decision.trigger : decision.instant
                decision.label = "\(simulation.zone.day(at: Instant(milliseconds: counted)))"
            }
            return decision
        }
    }

    /// Contract 16, in its order.
    private func outcome(
        _ decision: NaiveDecision, _ campaign: PlannedCampaign, _ lastAccepted: inout Int64?
    ) -> NaiveDecision.Outcome {
        let now = decision.instant
        let counted = campaign.evaluatesAtEntry && mutation != .entryIsEvaluatedAtTheSend ? decision.trigger : now
        if let refusal = refusal(campaign, decision.trigger, at: now, audienceAt: counted) { return .refused(refusal) }
        if let last = lastAccepted, refusesReEntry(campaign.reEntry, last, decision.trigger) {
            return .refused("re-entry")
        }
        if mutation != .reEntryCountsOnlySends { lastAccepted = decision.trigger }
        let outcome = delivery(decision, campaign)
        if case .send = outcome, mutation == .reEntryCountsOnlySends { lastAccepted = decision.trigger }
        return outcome
    }

    /// What contract 16 looks at before re-entry.
    func refusal(_ campaign: PlannedCampaign, _ trigger: Int64, at now: Int64, audienceAt counted: Int64) -> String? {
        guard oracle.holds(campaign.include, at: counted) else { return "not in audience" }
        if let exclude = campaign.exclude, oracle.holds(exclude, at: now) { return "excluded" }
        if let exit = campaign.exit, oracle.holds(exit, at: now, trigger: trigger) { return "exited" }
        return nil
    }

    /// What it looks at behind re-entry.
    func delivery(_ decision: NaiveDecision, _ campaign: PlannedCampaign) -> NaiveDecision.Outcome {
        let now = decision.instant
        guard let channel = channel(campaign, at: now) else { return .refused("unreachable") }
        if drops(campaign, channel, at: decision.planned) { return .refused("quiet hours") }
        if let expires = campaign.expires {
            let start = mutation == .expiresFromTheTrigger ? decision.trigger : decision.planned
            if mutation == .expiryIsTooLate ? now - start >= expires : now - start > expires {
                return .refused("expired")
            }
        }
        let holdout =
            isIn(plan.workspace.holdout)
            && (campaign.kind == .marketing || mutation == .holdoutGetsNoTransactional)
        let control = isIn(campaign.controlGroup)
        if mutation == .controlGroupBeforeHoldout, control { return .refused("control group") }
        if holdout { return .refused("holdout") }
        if control { return .refused("control group") }
        return .send(channel: channel, variant: variant(campaign))
    }

    func refusesReEntry(_ rule: ReEntry, _ last: Int64, _ trigger: Int64) -> Bool {
        switch rule {
        case .never: true
        case .always: false
        case .after(let length): mutation == .reEntryEndRefused ? trigger - last <= length : trigger - last < length
        }
    }

    /// Contract 15: the first channel with content, address and consent.
    private func channel(_ campaign: PlannedCampaign, at t: Int64) -> String? {
        let messages = campaign.variants[variant(campaign)].messages.map(\.channel)
        let order = mutation == .lastChannelFirst ? campaign.channels.reversed() : campaign.channels
        return order.first { name in
            guard messages.contains(name), let channel = plan.schema.channel(name) else { return false }
            if let address = channel.address, oracle.value(ofAttribute: address, at: t) == .missing { return false }
            guard campaign.kind == .marketing || mutation == .transactionalNeedsConsent else { return true }
            return channel.consent.map { isGiven($0, at: t) } ?? true
        }
    }

    private func isGiven(_ consent: String, at t: Int64) -> Bool {
        oracle.value(ofAttribute: consent, at: t) == .number(1)
    }

    private func variant(_ campaign: PlannedCampaign) -> Int {
        let bucket = naiveBucket(campaign.variantKey, person.key)
        let variants = campaign.variants.indices
        let order = mutation == .variantsBackwards ? Array(variants.reversed()) : Array(variants)
        let place = variants.first { campaign.variants[$0].buckets.contains(bucket) } ?? 0
        return order[place]
    }

    private func isIn(_ share: BucketShare?) -> Bool {
        guard let share else { return false }
        return naiveBucket(share.key, person.key) < share.partsPerMillion
    }

    // Quiet hours

    func sendInstant(_ campaign: PlannedCampaign, _ planned: Int64) -> Int64 {
        guard let channel = channel(campaign, at: planned), obeysQuietHours(campaign, channel, at: planned),
            let hours = plan.workspace.quietHours, hours.action == .nextAllowed || mutation == .droppedIsMoved
        else { return planned }
        return firstAllowed(hours, planned, campaign)
    }

    private func drops(_ campaign: PlannedCampaign, _ channel: String, at planned: Int64) -> Bool {
        guard let hours = plan.workspace.quietHours, hours.action == .drop, mutation != .droppedIsMoved else {
            return false
        }
        return obeysQuietHours(campaign, channel, at: planned) && isQuiet(hours, planned)
    }

    private func obeysQuietHours(_ campaign: PlannedCampaign, _ channel: String, at t: Int64) -> Bool {
        guard campaign.kind == .marketing, plan.workspace.quietHours?.channels.contains(channel) == true else {
            return false
        }
        let consent = plan.schema.channel(channel)?.nightConsent
        return mutation == .nightConsentIgnored || !(consent.map { isGiven($0, at: t) } ?? false)
    }

    private func isQuiet(_ hours: QuietHours, _ instant: Int64) -> Bool {
        let zone = mutation == .quietHoursOfTheWorkspace ? simulation.zone : oracle.recipientRules
        let time = zone.local(at: Instant(milliseconds: instant)).time.milliseconds
        let (from, until) = (hours.from.milliseconds, hours.until.milliseconds)
        if time == until, mutation == .quietHoursIncludeTheirEnd { return true }
        return from < until ? time >= from && time < until : time >= from || time < until
    }

    /// Looks at every quarter of an hour: quiet hours are written with such ends, and clocks are set at such times.
    private func firstAllowed(_ hours: QuietHours, _ planned: Int64, _ campaign: PlannedCampaign) -> Int64 {
        guard isQuiet(hours, planned) else { return planned }
        let next = mutation == .quietHoursForgetTheWindow ? nil : campaign.schedule.timing?.next
        return firstQuarter(after: planned) { !isQuiet(hours, $0) && isOpen(next, $0) }
    }

    /// `Int64.max` where there is none within two months: longer than any period here.
    func firstQuarter(after instant: Int64, where isFit: (Int64) -> Bool) -> Int64 {
        let quarter: Int64 = 15 * 60_000
        let start = instant - instant % quarter + quarter
        return stride(from: start, to: start + 62 * 86_400_000, by: Int(quarter)).first(where: isFit) ?? .max
    }
}
