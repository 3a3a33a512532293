internal import CampaignPlan
internal import Timeline

extension Runner {
    /// Works out triggers ahead, and inserts an occurrence with its message for those that have come.
    func fireTriggers(_ now: Int64) throws -> Bool {
        let triggered = plan.campaigns.indices.filter {
            plan.campaigns[$0].schedule.isTriggered && plan.campaigns[$0].isFirstStep
        }
        guard !triggered.isEmpty else { return try finishRecords(now) }
        if !changed.isEmpty, triggers.horizon > .min { refreshTriggers(triggered) }
        if triggers.horizon <= now { extendTriggers(triggered, now) }
        var transaction = Transaction()
        var count = 0
        var begun = BegunJourneys()
        while !triggers.isEmpty(until: now), count < settings.decisionBatch {
            for entry in triggers.take(until: now, limit: settings.decisionBatch - count) {
                if try fire(entry, now, &begun, &transaction) { count += 1 }
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

    /// Triggers at which journeys begin in one commit, before they are in the store.
    private struct BegunJourneys {
        struct Key: Hashable {
            var campaign: String
            var recipient: String
        }

        var triggers: [Key: Int64] = [:]
    }

    /// False where the occurrence is there already.
    private func fire(
        _ entry: TriggerQueue.Entry, _ now: Int64, _ begun: inout BegunJourneys, _ transaction: inout Transaction
    ) throws -> Bool {
        let campaign = plan.campaigns[entry.campaign]
        guard let row = campaigns[campaign.name] else { return false }
        let recipient = audience.key(of: entry.customer)
        let nominal = Nominal.text(trigger: entry.instant, customer: recipient)
        if try store.occurrence(campaign: campaign.name, nominal: nominal) != nil { return false }
        load(entry.customer)
        let steps = try planned(entry, row, now)
        guard let first = steps.map(\.planned).min(), let last = steps.map(\.planned).max() else { return false }
        let isMissed = steps.allSatisfy(\.isMissed)
        var occurrence = Occurrence(
            id: nextOccurrenceID(), campaign: campaign.name, nominal: nominal, isTriggered: true,
            plan: approved.digest, state: isMissed ? .missed : .sealed, planned: first...last)
        var messages: [Message] = []
        if !isMissed {
            let refusal = campaign.step == nil ? nil : try entryRefusal(entry, campaign, recipient, &begun)
            messages = steps.map { step in
                message(
                    of: occurrence.id, row, recipient, entry.instant, step, refusal, isJourney: campaign.step != nil)
            }
            occurrence.considered = messages.count
            occurrence.listed = messages.count
            occurrence.open = messages.count { !$0.state.isTerminal }
            if occurrence.open == 0 { try occurrence.handle(.emptied) }
        }
        transaction.add(.addOccurrence(occurrence))
        for message in messages { transaction.add(.addMessage(message)) }
        return true
    }

    /// A message that a trigger leads to: of a journey one for each step.
    private struct PlannedStep {
        var number: Int
        var planned: Int64
        /// It is too late for it.
        var isMissed: Bool
    }

    private func planned(_ entry: TriggerQueue.Entry, _ row: CampaignRow, _ now: Int64) throws -> [PlannedStep] {
        plan.steps(of: entry.campaign).compactMap { index in
            let campaign = plan.campaigns[index]
            guard let number = row.number(ofStep: campaign.step?.name),
                let planned = ask({ $0.planned(campaign: index, trigger: entry.instant) })
            else { return nil }
            return PlannedStep(
                number: number, planned: planned,
                isMissed: planned < now - (campaign.expires ?? settings.startDeadline))
        }
    }

    /// Why a journey does not begin; nil: it does.
    private func entryRefusal(
        _ entry: TriggerQueue.Entry, _ campaign: PlannedCampaign, _ recipient: String, _ begun: inout BegunJourneys
    ) throws -> Refusal? {
        let key = BegunJourneys.Key(campaign: campaign.name, recipient: recipient)
        // No occurrence has the number 0.
        let stored = try store.lastAccepted(campaign: campaign.name, recipient: recipient, except: 0)
        let accepted = [stored, begun.triggers[key]].compactMap { $0 }.max()
        let refusal = ask { $0.entryRefusal(campaign: entry.campaign, trigger: entry.instant, accepted: accepted) }
        if refusal == nil { begun.triggers[key] = entry.instant }
        return refusal
    }

    private func message(
        of occurrence: Int64, _ row: CampaignRow, _ recipient: String, _ trigger: Int64, _ step: PlannedStep,
        _ refusal: Refusal?, isJourney: Bool
    ) -> Message {
        var machine = MessageMachine(state: .planned, due: step.planned)
        if let refusal {
            machine = MessageMachine(state: .suppressed, due: trigger, reason: refusal.label)
        } else if step.isMissed {
            machine = MessageMachine(state: .expired, due: step.planned, reason: "missed")
        }
        return Message(
            id: nextMessageID(), occurrence: occurrence, lane: Lane.triggers(ofCampaign: row.id, step: step.number),
            step: step.number, recipient: recipient, trigger: trigger, planned: step.planned, machine: machine,
            acceptsTrigger: isJourney && refusal == nil)
    }
}
