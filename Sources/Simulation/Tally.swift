internal import CampaignPlan
internal import CivilTime
internal import Dataset
internal import Timeline

/// Counts of decisions over any set of customers. Adding tallies is associative and commutative.
struct Tally: Sendable {
    struct Campaign: Sendable {
        var sent: [Int]
        var recipients = 0
        var eligible = 0
        var converted = 0
        var perDay: [Int]
        var occurrences: [Occurrence]
    }

    struct Occurrence: Sendable {
        var refused = [Int](repeating: 0, count: Refusal.allCases.count)
        var pending = 0
        var sent = 0

        var total: Int { refused.reduce(0, +) + pending + sent }

        mutating func add(_ other: Occurrence) {
            for index in refused.indices { refused[index] += other.refused[index] }
            pending += other.pending
            sent += other.sent
        }
    }

    var campaigns: [Campaign]
    var contacted = 0
    var messages = 0
    var fatigue = Fatigue()
    var work = WorkCounters()
    var buffer: DecisionBuffer
    /// By campaign, by day of the period: of triggered campaigns with a ceiling.
    var firstSends: [[Int: FirstSends]]
    /// What it counted is not part of the tally before it is drained.
    let replay: BitReplay
    let counter: DecisionCounter
    private let dayLoads: DayLoads
    /// By campaign; kept here, because handing a plan on counts its references, for every customer.
    private let channelCounts: [Int]
    /// Caps let no customer have more.
    private let mostPerDay: Int
    private let mostPerWeek: Int

    init(_ source: BoundDataset, _ bits: BitPlan, _ calendar: OccurrenceCalendar, _ period: SimulationPeriod) {
        let plan = source.bound.plan
        counter = DecisionCounter(
            source.bound, bits.listed, calendar, zone: period.zone,
            lastTime: source.dataset.lastTime?.milliseconds)
        replay = BitReplay(bits, tables: bits.listed.isEmpty ? source.tables : nil, day: period.day)
        dayLoads = DayLoads(dayCount: period.dayCount, daysBefore: period.firstDay.weekday.rawValue - 1)
        let longest = period.longest
        mostPerDay = bits.mostMessages(within: longest.day)
        mostPerWeek = bits.mostMessages(within: longest.week)
        buffer = DecisionBuffer(calendar: calendar)
        channelCounts = plan.campaigns.map(\.channels.count)
        firstSends = plan.campaigns.map { _ in [:] }
        campaigns = plan.campaigns.enumerated().map { index, campaign in
            let occurrences =
                campaign.schedule.isTriggered ? period.dayCount : calendar.occurrenceCount(campaign: index)
            return Campaign(
                sent: [Int](repeating: 0, count: campaign.variants.count * campaign.channels.count),
                perDay: [Int](repeating: 0, count: period.dayCount),
                occurrences: [Occurrence](repeating: Occurrence(), count: occurrences))
        }
    }

    mutating func add(_ other: Tally) {
        for index in campaigns.indices { campaigns[index].add(other.campaigns[index]) }
        contacted += other.contacted
        messages += other.messages
        fatigue.add(other.fatigue)
        work += other.work
        buffer.addConsidered(of: other.buffer)
        for index in firstSends.indices {
            firstSends[index].merge(other.firstSends[index]) { own, other in
                var own = own
                own.add(other)
                return own
            }
        }
    }
}

extension Tally.Campaign {
    fileprivate mutating func add(_ other: Self) {
        for index in sent.indices { sent[index] += other.sent[index] }
        recipients += other.recipients
        eligible += other.eligible
        converted += other.converted
        for index in perDay.indices { perDay[index] += other.perDay[index] }
        for index in occurrences.indices { occurrences[index].add(other.occurrences[index]) }
    }
}

extension Tally {
    /// Counts what the replay and the counter have counted since the last time.
    private mutating func drain(_ period: SimulationPeriod) {
        var (campaigns, messages) = (campaigns, messages)
        let channelCounts = channelCounts
        replay.drain(into: &buffer) { count in
            campaigns[count.campaign].add(count, channels: channelCounts[count.campaign], period)
            if case .send = count.outcome { messages += count.customers }
        }
        for index in campaigns.indices {
            campaigns[index].recipients += replay.recipients[index]
            replay.recipients[index] = 0
        }
        counter.drain(into: &buffer) { campaigns[$0].add($1) }
        self.campaigns = campaigns
        self.messages = messages
        work += replay.takeWork()
    }

    /// Remembers a message that a ceiling may be counted by.
    mutating func countFirst(_ decision: Decision, of plan: PlannedCampaign, customer: Int, day: Int) {
        guard plan.schedule.isTriggered, let ceiling = plan.maxRecipients else { return }
        firstSends[decision.campaign][day, default: FirstSends(ceiling: ceiling)].add(
            TriggeredSend(instant: decision.instant, customer: customer, occurrence: decision.occurrence))
    }

    /// Takes the customer whom the evaluator has begun, after the counter; `rows` as for the replay.
    mutating func take(
        _ evaluator: inout Evaluator, rows: Span<Range<Int>>, of place: Int, _ period: SimulationPeriod
    ) {
        let days = counter.messageDays
        messages += days.count
        if let block = replay.take(&evaluator, rows: rows, of: place, listed: days) { finish(block, period) }
    }

    /// Takes a customer all of whose decisions are counted by the counter.
    mutating func takeCounted(_ period: SimulationPeriod) {
        let days = counter.messageDays
        messages += days.count
        countMessages(days.count)
        fatigue.add(dayLoads.peaks(of: days))
    }

    private mutating func countMessages(_ count: Int) {
        if count > 0 { contacted += 1 }
        fatigue.customers[Fatigue.classes.firstIndex { count <= $0 } ?? Fatigue.classes.count] += 1
        fatigue.mostPerPeriod = max(fatigue.mostPerPeriod, count)
    }

    /// Counts what no full block has counted so far; after the last customer.
    mutating func finish(_ period: SimulationPeriod) {
        for block in replay.openBlocks { finish(block, period) }
        drain(period)
    }

    private mutating func finish(_ block: Int, _ period: SimulationPeriod) {
        replay.finish(block) { countMessages($0) }
        if replay.isFull { drain(period) }
    }

    private mutating func countMessages(_ customer: BitCustomer) {
        let load = customer.messageLoad()
        countMessages(load.messages)
        // The exact numbers only where they can be the greatest so far.
        guard
            min(load.messages, load.perDayAtMost, mostPerDay) > fatigue.mostPerDay
                || min(load.messages, load.perWeekAtMost, mostPerWeek) > fatigue.mostPerWeek
        else { return }
        fatigue.add(dayLoads.peaks(of: customer))
    }
}

extension Tally.Campaign {
    fileprivate mutating func add(_ counts: DecisionCounts) {
        for index in sent.indices { sent[index] += counts.sent[index] }
        recipients += counts.recipients
        eligible += counts.eligible
        converted += counts.converted
        for index in perDay.indices { perDay[index] += counts.perDay[index] }
        for index in occurrences.indices {
            let occurrence = counts.occurrences[index]
            occurrences[index].add(
                Tally.Occurrence(refused: occurrence.refused, pending: occurrence.pending, sent: occurrence.sent))
        }
    }

    fileprivate mutating func add(_ count: BitCount, channels: Int, _ period: SimulationPeriod) {
        let customers = count.customers
        switch count.outcome {
        case .refused(let refusal):
            occurrences[count.occurrence].refused[refusal.rawValue] += customers
            if refusal.isEligible, count.isMeasured { eligible += customers }
        case .pending: occurrences[count.occurrence].pending += customers
        case .send(let channel, let variant):
            occurrences[count.occurrence].sent += customers
            sent[variant * channels + channel] += customers
            perDay[period.day(count.instant)] += customers
            if count.isMeasured { eligible += customers }
        case .converted: converted += customers
        }
    }
}

extension Fatigue {
    /// The peaks of one customer.
    fileprivate mutating func add(_ peaks: DayLoads.Peaks) {
        mostPerDay = max(mostPerDay, peaks.perDay)
        mostPerWeek = max(mostPerWeek, peaks.perWeek)
    }

    fileprivate mutating func add(_ other: Fatigue) {
        for index in customers.indices { customers[index] += other.customers[index] }
        mostPerDay = max(mostPerDay, other.mostPerDay)
        mostPerWeek = max(mostPerWeek, other.mostPerWeek)
        mostPerPeriod = max(mostPerPeriod, other.mostPerPeriod)
    }
}
