internal import CampaignPlan
internal import CivilTime
internal import Dataset
internal import Timeline

/// How decisions are counted: the result is the same but for the work.
package enum SimulationPath: Hashable, Sendable, CaseIterable {
    /// Scheduled campaigns at all instants at once, by masks.
    case masks
    /// One after another, as explanations list them.
    case decisions
}

/// Drives the engine over all customers of a data set. The result does not depend on `threads` and `shards`.
package func simulate(
    _ source: BoundDataset, period: SimulationPeriod, threads: Int, shards: Int = 128, path: SimulationPath = .masks
) -> SimulationResult {
    let first = Simulation(source, period, path, cuts: CeilingCuts(source.bound.plan))
    let counts = first.count(threads: threads, shards: shards)
    let cuts = CeilingCuts(source.bound.plan, counts)
    guard !cuts.isEmpty else { return first.result(counts) }
    let second = Simulation(source, period, path, cuts: cuts)
    var limited = second.count(threads: threads, shards: shards)
    limited.work += counts.work
    return second.result(limited)
}

/// Where ceilings stop campaigns in a period; it takes a count of everybody if a campaign has one.
func findCeilingCuts(_ source: BoundDataset, period: SimulationPeriod, threads: Int) -> CeilingCuts {
    let plan = source.bound.plan
    let none = CeilingCuts(plan)
    guard plan.campaigns.contains(where: { $0.maxRecipients != nil }) else { return none }
    return CeilingCuts(plan, Simulation(source, period, .masks, cuts: none).count(threads: threads, shards: 128))
}

struct Simulation: Sendable {
    let source: BoundDataset
    let calendar: OccurrenceCalendar
    let period: SimulationPeriod
    let bits: BitPlan
    let cuts: CeilingCuts

    /// Caps are a matter between campaigns and ceilings one between customers: both need listed decisions.
    init(_ source: BoundDataset, _ period: SimulationPeriod, _ path: SimulationPath, cuts: CeilingCuts) {
        self.source = source
        self.period = period
        self.cuts = cuts
        calendar = OccurrenceCalendar(
            bound: source.bound, from: period.from.milliseconds, to: period.to.milliseconds)
        bits = BitPlan(
            bound: source.bound, calendar: calendar, lastTime: source.dataset.lastTime?.milliseconds,
            isListing: path == .decisions || !source.bound.caps.isEmpty || !cuts.isEmpty)
    }

    func count(threads: Int, shards: Int) -> Tally {
        let plan = source.bound.plan
        return runShards(
            count: source.dataset.customerCount, threads: threads, shards: shards,
            make: { Tally(plan, bits, calendar, period) }, work: { simulate($0, into: &$1) },
            finish: { $0.drain(plan, period) }, merge: { $0.add($1) })
    }

    private func simulate(_ customers: Range<Int>, into tally: inout Tally) {
        var evaluator = Evaluator(source.bound)
        var loader = TimelineLoader(source, from: customers.lowerBound)
        var listing = Listing(campaigns: tally.campaigns.count)
        for customer in customers {
            loader.load(customer, into: &evaluator.timeline)
            evaluator.begin()
            tally.replay.replay(&evaluator)
            if !bits.listed.isEmpty { list(customer, &evaluator, &tally, &listing) }
            tally.countMessages(listed: listing.days, firstWeekday: period.firstDay.weekday)
            if tally.replay.isFull { tally.drain(source.bound.plan, period) }
        }
        tally.work += evaluator.counters
    }

    /// What is known of one customer while decisions are counted.
    private struct Listing {
        /// Of messages, by day of the period, ascending.
        var days: [Int] = []
        var isRecipient: [Bool]
        var history = SendHistory()

        init(campaigns: Int) {
            isRecipient = [Bool](repeating: false, count: campaigns)
        }
    }

    /// Counts the decisions of the campaigns that masks do not tell.
    private func list(_ customer: Int, _ evaluator: inout Evaluator, _ tally: inout Tally, _ listing: inout Listing) {
        tally.buffer.removeDecisions()
        evaluator.decide(bits.listed, calendar, into: &tally.buffer)
        evaluator.applyCaps(calendar, to: &tally.buffer, &listing.history)
        listing.days.removeAll(keepingCapacity: true)
        for decision in tally.buffer.decisions { count(decision, customer, &evaluator, &tally, &listing) }
        for index in bits.listed where listing.isRecipient[index] {
            tally.campaigns[index].recipients += 1
            listing.isRecipient[index] = false
        }
    }

    private func count(
        _ decision: Decision, _ customer: Int, _ evaluator: inout Evaluator, _ tally: inout Tally,
        _ listing: inout Listing
    ) {
        let plan = source.bound.plan.campaigns[decision.campaign]
        // A pending decision has no day of the period; it counts on the day of its trigger.
        let instant = decision.instant < calendar.to ? decision.instant : decision.trigger
        let occurrence = plan.schedule.isTriggered ? period.day(instant) : Int(decision.occurrence)
        switch cuts.applied(to: decision, customer: customer, in: period).outcome {
        case .refused(let refusal):
            tally.campaigns[decision.campaign].occurrences[occurrence].refused[refusal.rawValue] += 1
            if refusal.isEligible { countConversion(decision, plan, &evaluator, &tally) }
        case .pending: tally.campaigns[decision.campaign].occurrences[occurrence].pending += 1
        case .send(let channel, let variant):
            let day = period.day(decision.instant)
            listing.days.append(day)
            listing.isRecipient[decision.campaign] = true
            tally.campaigns[decision.campaign].occurrences[occurrence].sent += 1
            tally.campaigns[decision.campaign].sent[variant * plan.channels.count + channel] += 1
            tally.campaigns[decision.campaign].perDay[day] += 1
            tally.countFirst(decision, of: plan, customer: customer, day: day)
            countConversion(decision, plan, &evaluator, &tally)
        }
    }

    private func countConversion(
        _ decision: Decision, _ plan: PlannedCampaign, _ evaluator: inout Evaluator, _ tally: inout Tally
    ) {
        guard let goal = plan.goal, let last = source.dataset.lastTime?.milliseconds else { return }
        let (end, isBeyond) = decision.instant.addingReportingOverflow(goal.within)
        guard !isBeyond, end <= last else { return }
        tally.campaigns[decision.campaign].eligible += 1
        if evaluator.holds(goal.converted, at: end) { tally.campaigns[decision.campaign].converted += 1 }
    }

    func result(_ tally: Tally) -> SimulationResult {
        let plan = source.bound.plan
        let campaigns = plan.campaigns.indices.map { result(of: $0, tally) }
        return SimulationResult(
            workspace: plan.workspace.name, period: period, customers: source.dataset.customerCount,
            contacted: tally.contacted, messages: tally.messages,
            cost: plan.workspace.costs.isEmpty ? nil : campaigns.reduce(0) { saturatingSum($0, $1.cost) },
            currency: plan.workspace.currency, campaigns: campaigns, fatigue: tally.fatigue, work: tally.work)
    }

    private func result(of index: Int, _ tally: Tally) -> CampaignResult {
        let plan = source.bound.plan
        let campaign = plan.campaigns[index]
        let counts = tally.campaigns[index]
        let occurrences = self.occurrences(of: index, tally)
        let sent = campaign.variants.indices.map { variant in
            Array(counts.sent[variant * campaign.channels.count..<(variant + 1) * campaign.channels.count])
        }
        let prices = campaign.channels.map { name in
            plan.workspace.costs.first { $0.channel == name }?.amount ?? 0
        }
        let cost = sent.reduce(Int64(0)) { total, row in
            zip(row, prices).reduce(total) { saturatingSum($0, saturatingProduct(Int64($1.0), $1.1)) }
        }
        return CampaignResult(
            name: campaign.name, isTriggered: campaign.schedule.isTriggered, channels: campaign.channels,
            variants: campaign.variants.map(\.name), considered: occurrences.reduce(0) { $0 + $1.considered },
            refused: Refusal.allCases.indices.map { refusal in
                occurrences.reduce(0) { $0 + $1.refused[refusal] }
            }, pending: occurrences.reduce(0) { $0 + $1.pending }, sent: sent, recipients: counts.recipients,
            cost: cost, eligible: counts.eligible, converted: counts.converted, perDay: counts.perDay,
            occurrences: occurrences)
    }

    private func occurrences(of index: Int, _ tally: Tally) -> [OccurrenceResult] {
        let counts = tally.campaigns[index].occurrences
        guard !source.bound.plan.campaigns[index].schedule.isTriggered else {
            return counts.indices.filter { counts[$0].total > 0 }.map { day in
                OccurrenceResult(
                    label: "\(period.date(day))", considered: counts[day].total, refused: counts[day].refused,
                    pending: counts[day].pending, sent: counts[day].sent)
            }
        }
        let considered = tally.buffer.considered(campaign: index)
        return counts.indices.map { occurrence in
            var refused = counts[occurrence].refused
            // Whoever is not in the audience of a scheduled campaign is counted, not listed.
            refused[Refusal.notInAudience.rawValue] += considered[occurrence] - counts[occurrence].total
            return OccurrenceResult(
                label: calendar.nominal(campaign: index, occurrence: occurrence).label,
                considered: considered[occurrence], refused: refused, pending: counts[occurrence].pending,
                sent: counts[occurrence].sent)
        }
    }
}

/// Prices and counts are not negative; a sum beyond all money stays there.
private func saturatingSum(_ a: Int64, _ b: Int64) -> Int64 {
    let (sum, isBeyond) = a.addingReportingOverflow(b)
    return isBeyond ? .max : sum
}

private func saturatingProduct(_ a: Int64, _ b: Int64) -> Int64 {
    let (product, isBeyond) = a.multipliedReportingOverflow(by: b)
    return isBeyond ? .max : product
}

extension Refusal {
    /// The customer passed every filter before the draw of groups: the arms of the experiment and whoever is capped.
    var isEligible: Bool {
        switch self {
        case .notInAudience, .excluded, .exited, .reEntry, .unreachable, .quietHours, .expired: false
        case .holdout, .controlGroup, .capped, .ceiling: true
        }
    }
}

extension OccurrenceCalendar.Nominal {
    package var label: String {
        switch self {
        case .instant(let instant): "\(instant)"
        case .wall(let wall): "\(wall)"
        }
    }
}
