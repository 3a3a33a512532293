package import CampaignPlan
package import Channels
internal import CivilTime
internal import Timeline

/// Executes an approved plan, one step at a time.
///
/// Time, the store, the data and the channels are given, so that the same code runs over a disk and the system's clock,
/// and in a world whose every moment follows from a seed. A step commits what it decides before it acts on it; whatever
/// ends the process between two steps, or within one, the next runner goes on from the store.
package final class Runner {
    package let store: any RunnerStore
    let audience: any Audience
    let gate: any PlanGate
    let channels: (String) -> (any DeliveryChannel)?
    package let settings: RunnerSettings

    package private(set) var approved: ApprovedPlan
    private(set) var evaluator: Evaluator
    private(set) var caps: FrequencyCaps
    package private(set) var clock: ClockGuard
    var campaigns: [String: CampaignRow] = [:]
    private var lastOccurrence: Int64
    private var lastMessage: Int64

    var schedule: ScheduleQueue
    /// Starts that had passed before the plan was run were looked for.
    var hasMissedPassed = false
    var triggers = TriggerQueue()
    /// Customers with new data whose triggers are to be worked out again, and since when.
    var changed: [Int: Int64] = [:]
    /// The last line of the inbox in memory, and the last that has fired.
    var records: (taken: Int64, fired: Int64) = (0, 0)
    /// Decided and not begun.
    var leased: [Message] = []
    /// Occurrences that were held against their ceiling, and those beyond it.
    var counted: Set<Int64> = []
    var breached: Set<Int64> = []
    /// Channels whose provider refuses us, until somebody resumes, and why.
    package internal(set) var downChannels: [String: String] = [:]
    var reservations: Reservations
    private var reader = OccurrenceReader()
    /// When populations are to be compared again.
    var nextComparison = Int64.min
    private var recovery: Recovery
    /// The last message that was recovered in the state at hand.
    var recoveredMessage: Int64 = 0
    private var isHoldNoted = false
    /// The clock in the store.
    private var storedClock: Int64

    enum Recovery: Hashable {
        case messages(MessageState)
        case occurrences
        case done
    }

    package enum Step: Hashable, Sendable {
        case worked
        /// Nothing to do before this instant, unless data or requests come.
        case idle(until: Int64)
        /// The wall clock jumped by so many milliseconds: nothing is sent until somebody confirms it.
        case held(jump: Int64)
    }

    /// Reads where the runner before left off. `channels` gives the way out for a channel's name.
    package init(
        store: any RunnerStore, audience: any Audience, plan: ApprovedPlan, gate: any PlanGate,
        settings: RunnerSettings, now: Int64, channels: @escaping (String) -> (any DeliveryChannel)?
    ) throws {
        self.store = store
        self.audience = audience
        self.gate = gate
        self.settings = settings
        self.channels = channels
        approved = plan
        let latest = try store.latestClock()
        clock = ClockGuard(latest: latest ?? now)
        storedClock = latest ?? .min
        downtime = max(0, now - (latest ?? now))
        (lastOccurrence, lastMessage) = try store.lastIDs()
        recovery = .messages(.leased)
        for row in try store.campaigns() { campaigns[row.name] = row }
        let bound = try audience.bind(plan.plan)
        evaluator = Evaluator(bound)
        reservations = Reservations(plan.plan)
        caps = FrequencyCaps(plan.plan)
        schedule = ScheduleQueue(bound, from: now, to: now)
        try loadRecords()
        try enter(plan, now: now)
    }

    /// How long no runner acted on the clock before this one, in milliseconds.
    let downtime: Int64

    /// Does one piece of work. Throws `StoreError` and `GateRefusal`, after which the runner is to be thrown away.
    package func step(at reading: ClockReading) throws -> Step {
        guard clock.read(reading) else { return try hold(reading.wall) }
        isHoldNoted = false
        let now = reading.wall
        let limits = try gate.limits(at: now)
        if try recover(now) { return .worked }
        if comparePopulations(now) { return .worked }
        if try fireTriggers(now) { return .worked }
        if try openOccurrences(now) { return .worked }
        if try listOccurrence(now) { return .worked }
        if try sendLeased(now, limits) { return .worked }
        if try decide(now, limits) { return .worked }
        try keepClock(now)
        return .idle(until: try nextInstant(now))
    }

    /// Puts another approved plan in the place of the one that runs.
    package func replace(with plan: ApprovedPlan, now: Int64) throws {
        if plan.digest == approved.digest { return }
        try releaseLeased(now)
        try enter(plan, now: now)
        approved = plan
        evaluator = Evaluator(try audience.bind(plan.plan))
        nextComparison = .min
        caps = FrequencyCaps(plan.plan)
        reservations = Reservations(plan.plan)
        schedule = ScheduleQueue(bound, from: now, to: now)
        triggers = TriggerQueue()
        hasMissedPassed = false
        counted = []
    }

    package func confirmClock(now: Int64) throws {
        guard clock.state != .trusted else { return }
        clock.confirm()
        storedClock = now
        try write([.addNote(Note(time: now, text: "the clock was confirmed")), .setClock(now)])
    }

    var bound: BoundPlan { evaluator.bound }
    var plan: Plan { approved.plan }

    /// The campaign or step of the plan that a message is of.
    func campaign(of message: Message) throws -> PlannedCampaign? {
        guard let name = try occurrence(message.occurrence)?.campaign, let row = campaigns[name] else { return nil }
        return plan.campaigns.first { $0.name == name && row.number(ofStep: $0.step?.name) == message.step }
    }

    func nextOccurrenceID() -> Int64 {
        lastOccurrence += 1
        return lastOccurrence
    }

    func nextMessageID() -> Int64 {
        lastMessage += 1
        return lastMessage
    }

    /// Commits, and the clock with it.
    func commit(_ changes: [Change], _ now: Int64) throws {
        try write(changes + [.setClock(max(clock.latest, storedClock))])
        storedClock = max(clock.latest, storedClock)
    }

    func write(_ changes: [Change]) throws {
        reader = OccurrenceReader()
        try store.commit(changes)
    }

    func openOccurrences() throws -> [Occurrence] { try reader.open(store) }

    func occurrence(_ id: Int64) throws -> Occurrence? { try reader.occurrence(id, store) }

    /// Loads a customer; false where the data has none of this key.
    func load(_ key: String) -> Int? {
        guard let customer = audience.customer(named: key) else { return nil }
        load(customer)
        return customer
    }

    func load(_ customer: Int) {
        audience.load(customer, into: &evaluator.timeline)
        evaluator.begin()
    }

    func ask<Answer>(_ body: (inout Evaluator) -> Answer) -> Answer { body(&evaluator) }

    /// Looks up the plan's names again, after texts came that nobody had before.
    func bindAgain() throws {
        var bound = try audience.bind(plan)
        bound.takeCuts(from: self.bound)
        bind(bound)
    }

    func bind(_ bound: BoundPlan) { evaluator = Evaluator(bound) }

    /// Writes down a plan that is run from now on, and its campaigns that no plan before had.
    private func enter(_ new: ApprovedPlan, now: Int64) throws {
        var changes: [Change] = []
        if try store.plan()?.digest != new.digest {
            changes.append(
                .putPlan(
                    PlanRow(
                        digest: new.digest, bytes: new.plan.canonicalBytes, accepted: now,
                        zoneData: TimeZoneRules.dataVersion)))
        }
        var nextID = campaigns.values.map(\.id).max() ?? 0
        for (index, campaign) in new.plan.campaigns.enumerated() where campaign.isFirstStep {
            let steps = new.plan.campaigns[new.plan.steps(of: index)].map { $0.step?.name }
            let known = campaigns[campaign.name]
            if known == nil { nextID += 1 }
            var row =
                known
                ?? CampaignRow(
                    id: nextID, name: campaign.name, since: now, cursor: now, steps: steps.compactMap { $0 })
            row.add(steps)
            guard row != known else { continue }
            campaigns[campaign.name] = row
            changes.append(.putCampaign(row))
        }
        if !changes.isEmpty { try commit(changes, now) }
    }

    private func hold(_ now: Int64) throws -> Step {
        guard case .held(let jump) = clock.state else { return .idle(until: now) }
        if !isHoldNoted {
            // Decisions were made for a time that may never have been.
            isHoldNoted = true
            try write([.addNote(Note(time: now, text: "the clock jumped by \(jump) ms: sends are held"))])
        }
        return .held(jump: jump)
    }

    private func keepClock(_ now: Int64) throws {
        guard now - storedClock >= settings.clockAge else { return }
        var changes: [Change] = []
        for name in campaigns.keys.sorted() {
            guard var row = campaigns[name], row.cursor <= now, !row.isPaused,
                plan.campaigns.contains(where: { $0.name == name })
            else { continue }
            row.cursor = now
            campaigns[name] = row
            changes.append(.putCampaign(row))
        }
        try commit(changes, now)
    }

    /// When something is to be done next.
    private func nextInstant(_ now: Int64) throws -> Int64 {
        let scheduled = schedule.next(after: now)
        // Nobody has looked ahead where every campaign is paused or triggered.
        var next = min(scheduled > now ? scheduled : now + settings.scheduleHorizon, triggers.next ?? .max)
        if plan.campaigns.contains(where: \.schedule.isTriggered) { next = min(next, triggers.horizon) }
        if bound.comparesCustomers { next = min(next, nextComparison) }
        for lane in try lanes() {
            if let due = try store.nextDue(lane: lane.id) { next = min(next, due) }
        }
        return max(next, now)
    }

    private func recover(_ now: Int64) throws -> Bool {
        switch recovery {
        case .messages(let state):
            if try recoverMessages(state, now) { return true }
            recovery =
                switch state {
                case .leased: .messages(.sending)
                case .sending: .messages(.uncertain)
                case .planned, .deferred, .ready, .retryWait, .uncertain, .suppressed, .accepted, .rejected, .abandoned,
                    .delivered, .bounced, .complained, .expired, .cancelled:
                    .occurrences
                }
            return true
        case .occurrences:
            try reviewOverslept(now)
            recovery = .done
            return true
        case .done: return false
        }
    }
}

/// A plan whose approval was checked, and its digest.
package struct ApprovedPlan: Hashable, Sendable {
    package let plan: Plan
    /// 64 lower-case hexadecimal digits.
    package let digest: String

    package init(_ plan: Plan, digest: String) {
        self.plan = plan
        self.digest = digest
    }
}
