import CampaignPlan
import CivilTime
import Dataset
import Experiments
import Runner

/// Holds a world against its plan, and not against the runner's code, after every step. Only rows that were written since
/// the last look are looked at; `checkEnd` looks at all.
struct Invariants {
    private let world: RunnerWorld
    private let plan: Plan
    private var rows: [Int64: Seen] = [:]
    private var occurrenceStates: [Int64: OccurrenceState] = [:]
    private var cursors: [Int64: Int64] = [:]
    /// Of an occurrence.
    private var open: [Int64: Int] = [:]
    private var listed: [Int64: Int] = [:]
    /// Ids of messages by key.
    private var owners: [String: Set<Int64>] = [:]
    private var seen = 0
    /// By recipient.
    private var sends: [String: [Send]] = [:]
    /// People whom an occurrence reached, without those of whom the provider lied.
    private var reached: [Int64: Set<String>] = [:]
    /// By `CUSTOMER ATTRIBUTE`, as the inbox said last.
    private var consents: [String: Bool] = [:]
    private var readRecords = 0

    /// What a message was when it was looked at last.
    private struct Seen {
        var state: MessageState
        var attempts: Int
        var occurrence: Int64
        var isListed: Bool
        var key: String?
    }

    private struct Send {
        var instant: Int64
        var campaign: String
        var channel: String
        var trigger: Int64
    }

    init(_ world: RunnerWorld) {
        self.world = world
        plan = world.shop.plan
    }

    mutating func check() throws {
        let written = world.disk.takeWritten()
        var touched = written.occurrences
        for id in written.messages.sorted() { touched.insert(try checkMessage(id)) }
        for id in touched.sorted() { try checkOccurrence(id) }
        for id in written.campaigns.sorted() { try checkCursor(id) }
        try checkEffects()
    }

    /// After the last step without faults.
    mutating func checkEnd() throws {
        try check()
        let image = world.disk.image
        guard rows.count == image.messages.count else {
            throw Broken(.messagesStay, "\(image.messages.count) of \(rows.count) messages")
        }
        for row in image.messages.values.sorted(by: { $0.id < $1.id }) {
            switch row.state {
            case .accepted:
                guard let key = row.key, world.provider.effects[key] != nil else {
                    throw Broken(.acceptedIsSent, "message \(row.id)")
                }
            case .sending, .leased, .uncertain:
                throw Broken(.nothingIsInDoubt, "message \(row.id) is still \(row.state.label)")
            case .planned, .deferred, .ready, .retryWait, .suppressed, .rejected, .abandoned, .delivered, .bounced,
                .complained, .expired, .cancelled:
                break
            }
        }
        for key in world.provider.effects.keys.sorted() where owners[key]?.count != 1 {
            throw Broken(.effectsAreKnown, "the ledger has \(owners[key]?.count ?? 0) messages for \(key)")
        }
    }

    /// Gives the message's occurrence.
    private mutating func checkMessage(_ id: Int64) throws -> Int64 {
        guard let row = world.disk.image.messages[id] else { throw Broken(.messagesStay, "message \(id) is gone") }
        if let before = rows[id] {
            if before.state.isTerminal, before.state != row.state {
                throw Broken(
                    .messagesGoForwards, "message \(id) went from \(before.state.label) to \(row.state.label)")
            }
            guard row.machine.attempts >= before.attempts else { throw Broken(.attemptsAreKept, "message \(id)") }
            count(before, by: -1, id)
        }
        let now = Seen(
            state: row.state, attempts: row.machine.attempts, occurrence: row.occurrence, isListed: row.fallback == 0,
            key: row.key)
        count(now, by: 1, id)
        rows[id] = now
        return row.occurrence
    }

    private mutating func count(_ row: Seen, by change: Int, _ id: Int64) {
        if !row.state.isTerminal { open[row.occurrence, default: 0] += change }
        if row.isListed { listed[row.occurrence, default: 0] += change }
        guard let key = row.key else { return }
        if change > 0 { owners[key, default: []].insert(id) } else { owners[key]?.remove(id) }
    }

    private mutating func checkOccurrence(_ id: Int64) throws {
        guard let row = world.disk.image.occurrences[id] else {
            throw Broken(.messagesStay, "occurrence \(id) is gone")
        }
        guard row.open == open[id] ?? 0, row.listed == listed[id] ?? 0 else {
            throw Broken(.messagesAreCounted, "occurrence \(id) counts \(row.open) open of \(row.listed)")
        }
        guard row.considered == row.listed + row.outside else {
            throw Broken(
                .peopleAreCounted, "occurrence \(id): \(row.considered) are \(row.listed) and \(row.outside)")
        }
        if row.state == .complete, row.open > 0 {
            throw Broken(.completeIsEmpty, "occurrence \(id) has \(row.open)")
        }
        if let before = occurrenceStates[id], before.isOver, before != row.state {
            throw Broken(.occurrencesGoForwards, "occurrence \(id) went from \(before.label) to \(row.state.label)")
        }
        occurrenceStates[id] = row.state
    }

    private mutating func checkCursor(_ id: Int64) throws {
        guard let row = world.disk.image.campaigns[id] else { return }
        if let before = cursors[id], row.cursor < before {
            throw Broken(.cursorsGoForwards, "\(row.name) went from \(before) to \(row.cursor)")
        }
        cursors[id] = row.cursor
    }

    private mutating func checkEffects() throws {
        let provider = world.provider
        for key in provider.changedKeys {
            let count = provider.effects[key]?.count ?? 0
            if count > 1 { throw Broken(.oneBody, "\(count) different messages under \(key)") }
        }
        provider.changedKeys = []
        readConsents()
        for key in provider.order[seen...] { try checkSend(key) }
        seen = provider.order.count
    }

    private mutating func checkSend(_ key: String) throws {
        let image = world.disk.image
        guard let ids = owners[key], ids.count == 1, let id = ids.first, let row = image.messages[id],
            let channel = row.channel
        else { throw Broken(.effectsAreKnown, "the ledger has \(owners[key]?.count ?? 0) messages for \(key)") }
        guard let occurrence = image.occurrences[row.occurrence],
            let campaign = plan.campaigns.first(where: {
                $0.name == occurrence.campaign && ($0.step?.number ?? 0) == row.step
            })
        else { throw Broken(.sendsHaveCampaigns, "message \(id)") }
        try checkOnce(row, occurrence)
        try checkHeld(occurrence)
        try checkPeople(row, campaign)
        try checkConsent(row, campaign, channel)
        try checkQuietHours(row, campaign, channel)
        if let expires = campaign.expires, world.now > row.planned + expires {
            throw Broken(.expiry, "\(row.recipient) got \(campaign.name) \(world.now - row.planned) ms after its time")
        }
        try checkHistory(row, campaign, channel)
        try checkCeiling(row, campaign)
    }

    /// A provider that lied made the runner try again, or go another way.
    private func isLie(_ row: Message) -> Bool { row.key.map { world.provider.lied.contains($0) } ?? true }

    private func checkOnce(_ row: Message, _ occurrence: Occurrence) throws {
        let others = world.disk.image.messages.values.filter { other in
            other.occurrence == row.occurrence && other.recipient == row.recipient && other.id != row.id
                && other.step == row.step
                && !isLie(other) && other.key.map { world.provider.effects[$0] != nil } == true
        }
        if !others.isEmpty { throw Broken(.oneEffect, "\(row.recipient) got \(occurrence.nominal) twice") }
    }

    private func checkHeld(_ occurrence: Occurrence) throws {
        let steps = plan.campaigns.count { $0.name == occurrence.campaign }
        let everybody = occurrence.isTriggered ? steps : world.shop.dataset.customerCount
        guard occurrence.considered == everybody else {
            throw Broken(.sealedFirst, "occurrence \(occurrence.id) sent after \(occurrence.considered) people")
        }
        if world.disk.image.campaigns.values.contains(where: { $0.name == occurrence.campaign && $0.isPaused }) {
            throw Broken(.pausedIsQuiet, "occurrence \(occurrence.id) of \(occurrence.campaign)")
        }
    }

    private func checkPeople(_ row: Message, _ campaign: PlannedCampaign) throws {
        let shares = [
            (Invariant.holdout, plan.workspace.holdout), (Invariant.controlGroup, campaign.controlGroup),
        ]
        for (invariant, share) in shares {
            guard let share else { continue }
            let words = AssignmentKeyWords(k0: share.key.k0, k1: share.key.k1)
            if assignmentBucket(key: words, customerKey: Array(row.recipient.utf8)) < share.partsPerMillion {
                throw Broken(invariant, "\(row.recipient) got \(campaign.name)")
            }
        }
    }

    private mutating func readConsents() {
        let records = world.disk.image.records
        for record in records[min(readRecords, records.count)...] where record.event == nil {
            for (name, value) in record.values { consents["\(record.customer) \(name)"] = value == "true" }
        }
        readRecords = records.count
    }

    private func checkConsent(_ row: Message, _ campaign: PlannedCampaign, _ channel: String) throws {
        guard campaign.kind == .marketing, let name = plan.schema.channel(channel)?.consent else { return }
        guard let customer = world.shop.dataset.customer(named: row.recipient) else { return }
        let imported = try world.shop.dataset.attribute(name)[customer] == 1
        if !(consents["\(row.recipient) \(name)"] ?? imported) {
            throw Broken(.consent, "\(row.recipient) got \(campaign.name) on \(channel)")
        }
    }

    private func checkQuietHours(_ row: Message, _ campaign: PlannedCampaign, _ channel: String) throws {
        guard let quiet = plan.workspace.quietHours, quiet.channels.contains(channel), campaign.kind == .marketing,
            let customer = world.shop.dataset.customer(named: row.recipient)
        else { return }
        let zone = world.shop.zone(of: customer) ?? TimeZoneRules.named(plan.workspace.zone) ?? .utc
        let time = zone.local(at: Instant(milliseconds: world.now)).time
        let isQuiet =
            quiet.from < quiet.until
            ? time >= quiet.from && time < quiet.until : time >= quiet.from || time < quiet.until
        if isQuiet { throw Broken(.quietHours, "\(row.recipient) got \(campaign.name) at \(time)") }
    }

    private mutating func checkHistory(_ row: Message, _ campaign: PlannedCampaign, _ channel: String) throws {
        if isLie(row) { return }
        let own = sends[row.recipient, default: []]
        if case .after(let length) = campaign.reEntry,
            own.contains(where: { send in
                send.campaign == campaign.name && send.trigger != row.trigger
                    && abs(send.trigger - row.trigger) < length
            })
        {
            throw Broken(.reEntry, "\(row.recipient) got \(campaign.name)")
        }
        let caps = campaign.kind == .marketing ? plan.workspace.frequencyCaps : []
        for cap in caps where cap.channel == nil || cap.channel == channel {
            // Those that are later than now were sent before the clock was set back.
            let count = own.count { send in
                send.instant > world.now - cap.per && (cap.channel == nil || cap.channel == send.channel)
            }
            if count >= cap.atMost { throw Broken(.caps, "\(row.recipient) got \(count + 1) messages") }
        }
        let send = Send(instant: world.now, campaign: campaign.name, channel: channel, trigger: row.trigger)
        sends[row.recipient, default: []].append(send)
    }

    private mutating func checkCeiling(_ row: Message, _ campaign: PlannedCampaign) throws {
        guard let ceiling = campaign.maxRecipients, !campaign.schedule.isTriggered, !isLie(row) else { return }
        reached[row.occurrence, default: []].insert(row.recipient)
        let count = reached[row.occurrence]?.count ?? 0
        if count > ceiling { throw Broken(.ceiling, "occurrence \(row.occurrence) reached \(count) people") }
    }
}
