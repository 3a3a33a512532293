import CampaignPlan
import CivilTime
import Dataset
import Experiments
import Runner

/// What must hold after every step, whatever fails. Holds the world against the plan and not against the runner's code.
struct Invariants {
    private let world: RunnerWorld
    private let plan: Plan
    private var states: [Int64: MessageState] = [:]
    private var occurrenceStates: [Int64: OccurrenceState] = [:]
    private var cursors: [Int64: Int64] = [:]
    private var attempts: [Int64: Int] = [:]
    private var seen = 0
    /// Sends by recipient, with their instants by the wall clock.
    private var sends: [String: [(instant: Int64, campaign: String, channel: String)]] = [:]

    init(_ world: RunnerWorld) {
        self.world = world
        plan = world.shop.plan
    }

    mutating func check() throws {
        let image = world.disk.image
        var open: [Int64: Int] = [:]
        var listed: [Int64: Int] = [:]
        for row in image.messages.values {
            if !row.state.isTerminal { open[row.occurrence, default: 0] += 1 }
            if row.fallback == 0 { listed[row.occurrence, default: 0] += 1 }
            try checkMonotone(row)
        }
        for row in image.occurrences.values {
            guard row.open == open[row.id] ?? 0, row.listed == listed[row.id] ?? 0 else {
                throw History.Broken("conservation: occurrence \(row.id) counts \(row.open) open of \(row.listed)")
            }
            guard row.considered == row.listed + row.outside else {
                throw History.Broken("conservation: occurrence \(row.id) considered \(row.considered)")
            }
            if row.state == .complete, row.open > 0 {
                throw History.Broken("conservation: complete with open messages")
            }
            try checkMonotone(row)
        }
        for row in image.campaigns.values {
            guard row.cursor >= cursors[row.id] ?? .min else { throw History.Broken("monotone: a cursor went back") }
            cursors[row.id] = row.cursor
        }
        try checkEffects()
    }

    /// After the last step without faults.
    mutating func checkEnd() throws {
        try check()
        let image = world.disk.image
        for row in image.messages.values where row.state == .accepted {
            guard let key = row.key, world.provider.effects[key] != nil else {
                throw History.Broken("ledger: message \(row.id) is accepted and was never sent")
            }
        }
        for row in image.messages.values where row.state == .sending || row.state == .leased || row.state == .uncertain
        {
            throw History.Broken("ledger: message \(row.id) is still \(row.state.label)")
        }
        let known = Set(image.messages.values.compactMap(\.key))
        guard world.provider.effects.keys.allSatisfy(known.contains) else {
            throw History.Broken("ledger: an effect that the ledger does not know")
        }
    }

    private mutating func checkMonotone(_ row: Message) throws {
        if let before = states[row.id], before.isTerminal, before != row.state {
            throw History.Broken("monotone: message \(row.id) went from \(before.label) to \(row.state.label)")
        }
        guard row.machine.attempts >= attempts[row.id] ?? 0 else {
            throw History.Broken("monotone: message \(row.id) forgot an attempt")
        }
        states[row.id] = row.state
        attempts[row.id] = row.machine.attempts
    }

    private mutating func checkMonotone(_ row: Occurrence) throws {
        if let before = occurrenceStates[row.id], before.isOver, before != row.state {
            throw History.Broken("monotone: occurrence \(row.id) went from \(before.label) to \(row.state.label)")
        }
        occurrenceStates[row.id] = row.state
    }

    private mutating func checkEffects() throws {
        let provider = world.provider
        for (key, bodies) in provider.effects where bodies.count > 1 {
            throw History.Broken("one effect: \(bodies.count) different messages under \(key)")
        }
        for key in provider.order[seen...] { try checkSend(key) }
        seen = provider.order.count
    }

    private mutating func checkSend(_ key: String) throws {
        let rows = world.disk.image.messages.values.filter { $0.key == key }
        guard rows.count == 1, let row = rows.first, let channel = row.channel else {
            throw History.Broken("one effect: \(rows.count) messages have the key \(key)")
        }
        guard let occurrence = world.disk.image.occurrences[row.occurrence],
            let campaign = plan.campaigns.first(where: { $0.name == occurrence.campaign })
        else { throw History.Broken("ledger: a send of no campaign") }
        let others = world.disk.image.messages.values.filter {
            $0.occurrence == row.occurrence && $0.recipient == row.recipient && $0.id != row.id && $0.state == .accepted
        }
        guard others.isEmpty else { throw History.Broken("one effect: \(row.recipient) got an occurrence twice") }
        try checkPeople(row, campaign)
        try checkQuietHours(row, campaign, channel)
        try checkCaps(row, campaign, channel)
    }

    private func checkPeople(_ row: Message, _ campaign: PlannedCampaign) throws {
        let key = Array(row.recipient.utf8)
        for share in [plan.workspace.holdout, campaign.controlGroup].compactMap({ $0 }) {
            let words = AssignmentKeyWords(k0: share.key.k0, k1: share.key.k1)
            if assignmentBucket(key: words, customerKey: key) < share.partsPerMillion {
                throw History.Broken("holdout: \(row.recipient) got \(campaign.name)")
            }
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
        if isQuiet { throw History.Broken("quiet hours: \(row.recipient) got \(campaign.name) at \(time)") }
    }

    private mutating func checkCaps(_ row: Message, _ campaign: PlannedCampaign, _ channel: String) throws {
        guard campaign.kind == .marketing, let key = row.key, !world.provider.lied.contains(key) else { return }
        let own = sends[row.recipient, default: []]
        for cap in plan.workspace.frequencyCaps where cap.channel == nil || cap.channel == channel {
            let count = own.count { send in
                send.instant > world.now - cap.per && send.instant <= world.now
                    && (cap.channel == nil || cap.channel == send.channel)
            }
            if count >= cap.atMost { throw History.Broken("caps: \(row.recipient) got \(count + 1) messages") }
        }
        sends[row.recipient, default: []].append((world.now, campaign.name, channel))
    }
}
