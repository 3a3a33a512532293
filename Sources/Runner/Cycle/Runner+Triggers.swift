internal import CampaignPlan
internal import Timeline

extension Runner {
    /// Works out triggers ahead, and inserts an occurrence with its message for those that have come.
    func fireTriggers(_ now: Int64) throws -> Bool {
        let triggered = plan.campaigns.indices.filter { plan.campaigns[$0].schedule.isTriggered }
        guard !triggered.isEmpty else { return try finishRecords(now) }
        if !changed.isEmpty, triggers.horizon > .min { refreshTriggers(triggered) }
        if triggers.horizon <= now { extendTriggers(triggered, now) }
        var transaction = Transaction()
        var count = 0
        while !triggers.isEmpty(until: now), count < settings.decisionBatch {
            for entry in triggers.take(until: now, limit: settings.decisionBatch - count) {
                if try fire(entry, now, &transaction) { count += 1 }
            }
        }
        guard !transaction.isEmpty else { return try finishRecords(now) }
        if triggers.isEmpty(until: now) { advanceCursors(triggered, now, &transaction) }
        try commit(transaction.all, now)
        return true
    }

    /// Lines of the inbox have fired when no trigger that they may have caused waits to be inserted.
    private func finishRecords(_ now: Int64) throws -> Bool {
        guard records.fired < records.taken else { return false }
        records.fired = records.taken
        try commit([.setFiredRecords(records.fired)], now)
        return true
    }

    private func advanceCursors(_ triggered: [Int], _ now: Int64, _ transaction: inout Transaction) {
        for index in triggered {
            guard var row = campaigns[plan.campaigns[index].name], !row.isPaused, row.cursor <= now else { continue }
            row.cursor = now + 1
            campaigns[row.name] = row
            transaction.add(.putCampaign(row))
        }
    }

    /// From where each campaign stands, or from the horizon that was worked out before.
    private func extendTriggers(_ triggered: [Int], _ now: Int64) {
        let horizon = now + settings.triggerHorizon
        var found: [TriggerQueue.Entry] = []
        for customer in 0..<audience.customerCount {
            load(customer)
            for index in triggered {
                let cursor = campaigns[plan.campaigns[index].name]?.cursor ?? now
                // Nobody is left here but at the first time, when nothing is in the queue yet.
                let start = changed[customer].map { min(cursor, $0) } ?? cursor
                collect(index, customer, from: max(triggers.horizon, start), to: horizon, &found)
            }
        }
        triggers.extend(to: horizon, with: found)
        changed = [:]
    }

    private func refreshTriggers(_ triggered: [Int]) {
        var found: [TriggerQueue.Entry] = []
        for customer in changed.keys.sorted() {
            load(customer)
            for index in triggered {
                let cursor = campaigns[plan.campaigns[index].name]?.cursor ?? .max
                let start = min(cursor, changed[customer] ?? .max)
                collect(index, customer, from: start, to: triggers.horizon, &found)
            }
        }
        triggers.replace(customers: Set(changed.keys), with: found)
        changed = [:]
    }

    /// Never before the campaign went live.
    private func collect(
        _ campaign: Int, _ customer: Int, from: Int64, to: Int64, _ found: inout [TriggerQueue.Entry]
    ) {
        guard let row = campaigns[plan.campaigns[campaign].name], !row.isPaused else { return }
        let start = max(from, row.since)
        guard start < to else { return }
        for instant in ask({ $0.triggers(campaign: campaign, from: start, to: to, live: row.since) }) {
            found.append(TriggerQueue.Entry(instant: instant, campaign: campaign, customer: customer))
        }
    }

    /// False where the occurrence is there already.
    private func fire(_ entry: TriggerQueue.Entry, _ now: Int64, _ transaction: inout Transaction) throws -> Bool {
        let campaign = plan.campaigns[entry.campaign]
        guard let row = campaigns[campaign.name] else { return false }
        let recipient = audience.key(of: entry.customer)
        let nominal = Nominal.text(trigger: entry.instant, customer: recipient)
        if try store.occurrence(campaign: campaign.name, nominal: nominal) != nil { return false }
        load(entry.customer)
        let found = ask { $0.planned(campaign: entry.campaign, trigger: entry.instant) }
        guard let planned = found else { return false }
        let isMissed = planned < now - (campaign.expires ?? settings.startDeadline)
        var occurrence = Occurrence(
            id: nextOccurrenceID(), campaign: campaign.name, nominal: nominal, isTriggered: true,
            plan: approved.digest, state: isMissed ? .missed : .sealed, planned: planned...planned)
        if !isMissed {
            occurrence.considered = 1
            occurrence.listed = 1
            occurrence.open = 1
        }
        transaction.add(.addOccurrence(occurrence))
        if isMissed { return true }
        transaction.add(
            .addMessage(
                Message(
                    id: nextMessageID(), occurrence: occurrence.id, lane: Lane.triggers(ofCampaign: row.id),
                    recipient: recipient, trigger: entry.instant, planned: planned,
                    machine: MessageMachine(state: .planned, due: planned))))
        return true
    }
}
