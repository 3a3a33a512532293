internal import CampaignPlan
internal import CivilTime
internal import Dataset
internal import Timeline

/// How decisions are counted: the result is the same but for the work.
package enum SimulationPath: Hashable, Sendable, CaseIterable {
    /// Scheduled campaigns at all instants at once, by masks; the others while they are walked, in no order.
    case masks
    /// One after another, as explanations list them.
    case decisions
}

/// Customers with more events than this are read where they lie: what a thread holds of one customer stays within some
/// hundred bytes for each of so many rows.
package let rowsCopiedMax = 1 << 17

/// Drives the engine over all customers of a data set. The result does not depend on `threads` and `shards`, nor but for
/// the work on `path` and `rowsMax`, above which a customer's rows are not copied.
package func simulate(
    _ source: BoundDataset, period: SimulationPeriod, threads: Int, shards: Int = 128, path: SimulationPath = .masks,
    rowsMax: Int = rowsCopiedMax
) -> SimulationResult {
    // Somebody who is inside at the period's beginning is told from somebody who enters there.
    let source = source.comparing(
        from: saturatingDifference(period.from.milliseconds, 1), to: period.to.milliseconds, threads: threads)
    let first = Simulation(source, period, path, rowsMax: rowsMax, cuts: CeilingCuts(source.bound.plan))
    let counts = first.count(threads: threads, shards: shards)
    let cuts = CeilingCuts(source.bound.plan, counts)
    guard !cuts.isEmpty else { return first.result(counts) }
    let second = Simulation(source, period, path, rowsMax: rowsMax, cuts: cuts)
    var limited = second.count(threads: threads, shards: shards)
    limited.work += counts.work
    return second.result(limited)
}

/// Where ceilings stop campaigns in a period; it takes a count of everybody if a campaign has one.
func findCeilingCuts(_ source: BoundDataset, period: SimulationPeriod, threads: Int) -> CeilingCuts {
    let plan = source.bound.plan
    let none = CeilingCuts(plan)
    guard plan.campaigns.contains(where: { $0.maxRecipients != nil }) else { return none }
    let simulation = Simulation(source, period, .masks, rowsMax: rowsCopiedMax, cuts: none)
    return CeilingCuts(plan, simulation.count(threads: threads, shards: 128))
}

struct Simulation: Sendable {
    let source: BoundDataset
    let calendar: OccurrenceCalendar
    let period: SimulationPeriod
    let bits: BitPlan
    let isListing: Bool
    let rowsMax: Int
    let cuts: CeilingCuts
    private let tables: CustomerTables

    init(
        _ source: BoundDataset, _ period: SimulationPeriod, _ path: SimulationPath, rowsMax: Int, cuts: CeilingCuts
    ) {
        self.source = source
        self.period = period
        self.rowsMax = source.bound.campaignsNeedIntervals ? Int.max : rowsMax
        self.cuts = cuts
        tables = source.tables
        calendar = OccurrenceCalendar(
            bound: source.bound, from: period.from.milliseconds, to: period.to.milliseconds)
        let last = source.dataset.lastTime?.milliseconds
        let masked = BitPlan(bound: source.bound, calendar: calendar, lastTime: last, stopped: cuts.stopped)
        // Caps are a matter between campaigns and ceilings of triggered campaigns one between customers: both need listed
        // decisions, unless masks tell them all.
        isListing =
            path == .decisions || !masked.servesCaps
            || masked.listed.contains { source.bound.plan.campaigns[$0].maxRecipients != nil }
        bits =
            isListing ? BitPlan(bound: source.bound, calendar: calendar, lastTime: last, isListing: true) : masked
    }

    func count(threads: Int, shards: Int) -> Tally {
        runShards(
            count: source.dataset.customerCount, threads: threads, shards: shards,
            make: { Tally(source, bits, calendar, period) }, work: { simulate($0, into: &$1) },
            finish: { $0.finish(period) }, merge: { $0.add($1) })
    }

    private func simulate(_ customers: Range<Int>, into tally: inout Tally) {
        // A set that holds from the period's beginning on is told from one that begins there.
        let horizon = isListing ? Int64.min : saturatingDifference(calendar.from, 1)
        var evaluator = Evaluator(source.bound, horizon: horizon)
        let loader = TimelineLoader(source, from: customers.lowerBound)
        var history = SendHistory()
        for customer in customers {
            let rows = loader.find(customer)
            if loader.isLate {
                loader.load(into: &evaluator.timeline)
                evaluator.begin()
                list(customer, &evaluator, &tally, &history)
                tally.takeCounted(period)
                continue
            }
            if rows > rowsMax {
                loader.loadAttributes(into: &evaluator.timeline)
                evaluator.begin(streaming: loader.ownRows, of: customer, in: tables)
                stream(customer, &evaluator, &tally, &history)
                tally.takeCounted(period)
                continue
            }
            if tally.replay.readsInPlace {
                loader.loadAttributes(into: &evaluator.timeline)
            } else {
                loader.load(into: &evaluator.timeline)
            }
            evaluator.begin()
            if isListing {
                list(customer, &evaluator, &tally, &history)
            } else {
                evaluator.count(into: tally.counter)
            }
            tally.take(&evaluator, rows: loader.rows.span, of: loader.place, period)
        }
        tally.work += evaluator.counters
    }

    /// Lists the decisions of all campaigns in order, then counts them.
    private func list(
        _ customer: Int, _ evaluator: inout Evaluator, _ tally: inout Tally, _ history: inout SendHistory
    ) {
        tally.counter.beginCustomer()
        tally.buffer.removeDecisions()
        evaluator.decide(calendar, into: &tally.buffer)
        countListed(customer, &evaluator, &tally, &history)
    }

    /// Counts what is decided about a customer whose rows are not copied. Only messages are listed, and only where caps
    /// or ceilings look at their order.
    private func stream(
        _ customer: Int, _ evaluator: inout Evaluator, _ tally: inout Tally, _ history: inout SendHistory
    ) {
        guard isListing || !source.bound.caps.isEmpty || !cuts.isEmpty else {
            evaluator.countStreamed(into: tally.counter)
            return
        }
        tally.buffer.removeDecisions()
        evaluator.countStreamed(into: tally.counter, listingMessagesIn: &tally.buffer)
        countListed(customer, &evaluator, &tally, &history)
    }

    private func countListed(
        _ customer: Int, _ evaluator: inout Evaluator, _ tally: inout Tally, _ history: inout SendHistory
    ) {
        evaluator.applyCaps(calendar, to: &tally.buffer, &history)
        for decision in tally.buffer.decisions {
            let limited = cuts.applied(to: decision, customer: customer, in: period)
            tally.counter.take(limited, &evaluator)
            guard case .send = limited.outcome else { continue }
            tally.countFirst(
                decision, of: source.bound.plan.campaigns[decision.campaign], customer: customer,
                day: period.day(decision.instant))
        }
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
            name: campaign.name, step: campaign.step?.name, isTriggered: campaign.schedule.isTriggered,
            channels: campaign.channels,
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

func saturatingDifference(_ a: Int64, _ b: Int64) -> Int64 {
    let (difference, isBeyond) = a.subtractingReportingOverflow(b)
    return isBeyond ? .min : difference
}

private func saturatingProduct(_ a: Int64, _ b: Int64) -> Int64 {
    let (product, isBeyond) = a.multipliedReportingOverflow(by: b)
    return isBeyond ? .max : product
}

extension OccurrenceCalendar.Nominal {
    package var label: String {
        switch self {
        case .instant(let instant): "\(instant)"
        case .wall(let wall): "\(wall)"
        case .again(let wall): "\(wall) again"
        }
    }
}
