internal import CampaignPlan
internal import Timeline

extension Runner {
    /// T2: decides messages that are due, in the order in which campaigns are served, and leases those to be sent.
    func decide(_ now: Int64, _ limits: SendLimits) throws -> Bool {
        let due = try dueMessages(now)
        guard !due.isEmpty else { return false }
        var transaction = Transaction()
        var batch = DecisionBatch()
        for (message, lane) in due {
            guard var occurrence = try occurrence(message.occurrence) else {
                throw StoreError.damaged("no occurrence \(message.occurrence)")
            }
            if try !isCeilingKnown(occurrence, lane, limits, now, &transaction, isFirst: batch.decided == 0) { break }
            occurrence.isStopped = occurrence.isStopped || breached.contains(occurrence.id)
            batch.decided += 1
            if occurrence.state == .sealed {
                try transaction.update(occurrence.id, in: store) { occurrence in
                    if occurrence.state == .sealed { try occurrence.handle(.started) }
                }
            }
            try decide(message, lane, occurrence, now, limits, &batch, &transaction)
        }
        try commit(transaction.all, now)
        leased = batch.leased
        return true
    }

    /// By due instant, then by the order in which campaigns meet, then as listed; a part of each lane is enough to know
    /// the first ones of all.
    private func dueMessages(_ now: Int64) throws -> [(Message, OpenLane)] {
        var found: [(message: Message, lane: OpenLane)] = []
        for lane in try lanes() {
            guard let due = try store.nextDue(lane: lane.id), due <= now else { continue }
            found += try store.waiting(lane: lane.id, until: now, limit: settings.decisionBatch).map { ($0, lane) }
        }
        found.sort {
            ($0.message.machine.due, $0.lane.rank, $0.message.trigger, $0.message.id)
                < ($1.message.machine.due, $1.lane.rank, $1.message.trigger, $1.message.id)
        }
        return Array(found.prefix(settings.decisionBatch))
    }

    /// What messages decided in one commit must know of each other before it is in the store.
    struct DecisionBatch {
        var decided = 0
        var leased: [Message] = []
        var sends: [String: [SendHistory.Send]] = [:]
        var accepted: [Accepted: Int64] = [:]

        struct Accepted: Hashable {
            /// An index into the plan's campaigns.
            var campaign: Int
            var recipient: String
        }
    }

    private func decide(
        _ message: Message, _ lane: OpenLane, _ occurrence: Occurrence, _ now: Int64, _ limits: SendLimits,
        _ batch: inout DecisionBatch, _ transaction: inout Transaction
    ) throws {
        let campaign = plan.campaigns[lane.campaign]
        if occurrence.isTriggered, !message.wasAttempted, campaign.expires == nil,
            now - message.machine.due > settings.startDeadline
        {
            try handle(.lateness(reason: "missed"), message, now, &transaction)
            return
        }
        guard load(message.recipient) != nil else {
            try refuse(.notInAudience, message, now, &transaction)
            return
        }
        let answer = try answer(message, lane, campaign, now, batch)
        switch answer {
        case .wait(let until): try handle(.deferred(until: until), message, now, &transaction)
        case .refused(let refusal):
            var message = message
            if refusal.acceptsTrigger { accept(&message, lane, &batch) }
            try refuse(refusal, message, now, &transaction)
        case .send(let channel, let variant):
            var message = message
            accept(&message, lane, &batch)
            try send(
                message, campaign, campaign.channels[channel], campaign.variants[variant].name, lane, occurrence, now,
                limits, &batch, &transaction)
        }
    }

    private func answer(
        _ message: Message, _ lane: OpenLane, _ campaign: PlannedCampaign, _ now: Int64, _ batch: DecisionBatch
    ) throws -> LiveAnswer {
        var lastAccepted: Int64?
        if let step = campaign.step {
            // Whether it began was decided at the trigger; a newer one may have taken its place.
            if step.restarts {
                lastAccepted = try store.lastAccepted(
                    campaign: campaign.name, recipient: message.recipient, except: message.occurrence)
            }
        } else if campaign.reEntry != .always {
            let key = DecisionBatch.Accepted(campaign: lane.campaign, recipient: message.recipient)
            let stored = try store.lastAccepted(
                campaign: campaign.name, recipient: message.recipient, except: message.occurrence)
            lastAccepted = [stored, batch.accepted[key]].compactMap { $0 }.max()
        }
        let failed = message.failedChannels.compactMap { campaign.channels.firstIndex(of: $0) }
        let question = LiveQuestion(
            campaign: lane.campaign, trigger: message.trigger, planned: message.planned, now: now,
            lastAccepted: lastAccepted, failedChannels: Set(failed))
        return ask { $0.answer(question) }
    }

    private func accept(_ message: inout Message, _ lane: OpenLane, _ batch: inout DecisionBatch) {
        message.acceptsTrigger = true
        let key = DecisionBatch.Accepted(campaign: lane.campaign, recipient: message.recipient)
        batch.accepted[key] = max(batch.accepted[key] ?? .min, message.trigger)
    }

    private func refuse(
        _ refusal: Refusal, _ message: Message, _ now: Int64, _ transaction: inout Transaction
    ) throws {
        let event: MessageEvent =
            refusal == .expired ? .lateness(reason: refusal.label) : .refused(reason: refusal.label)
        try handle(event, message, now, &transaction)
    }

    private func send(
        _ message: Message, _ campaign: PlannedCampaign, _ channel: String, _ variant: String, _ lane: OpenLane,
        _ occurrence: Occurrence, _ now: Int64, _ limits: SendLimits, _ batch: inout DecisionBatch,
        _ transaction: inout Transaction
    ) throws {
        var message = message
        if message.key != nil, message.channel != channel {
            // What was attempted once is attempted on the same way or not at all.
            try refuse(.unreachable, message, now, &transaction)
            return
        }
        guard limits.channels.contains(channel) else {
            try handle(.refused(reason: "channel not approved"), message, now, &transaction)
            return
        }
        if downChannels[channel] != nil {
            try handle(.deferred(until: now + settings.outcomes.backOff), message, now, &transaction)
            return
        }
        if let number = capChannel(campaign, channel) {
            if try isCapped(message.recipient, channel: number, now, batch.sends[message.recipient] ?? []) {
                try refuse(.capped, message, now, &transaction)
                return
            }
            batch.sends[message.recipient, default: []].append(
                SendHistory.Send(instant: now, channel: number, campaign: lane.campaign))
        }
        // Ceilings give no caps back: those over one count as reserved.
        message.counted = now
        message.channel = channel
        message.variant = message.variant ?? variant
        if try isOverCeiling(occurrence, lane, limits, now) {
            try refuse(.ceiling, message, now, &transaction)
            return
        }
        if let reason = try reservations.breach(of: limits, plan, digest: approved.digest, channel, at: now, store) {
            message.counted = nil
            try handle(.refused(reason: reason), message, now, &transaction)
            return
        }
        reservations.reserve(message)
        let lease = Lease(epoch: store.epoch, until: now + Lease.length)
        batch.leased.append(try handle(.leased(lease), message, now, &transaction))
    }

    /// The number of a channel on which caps count this campaign's messages; nil: they do not.
    func capChannel(_ campaign: PlannedCampaign, _ channel: String) -> Int? {
        campaign.kind == .marketing ? caps.channel(named: channel) : nil
    }

    /// `pending`: sends to the recipient that are not in the store yet.
    func isCapped(_ recipient: String, channel: Int, _ now: Int64, _ pending: [SendHistory.Send]) throws -> Bool {
        guard !caps.isEmpty else { return false }
        var history = SendHistory()
        let longest = plan.workspace.frequencyCaps.map(\.per).max() ?? 0
        for sent in try store.countedSends(recipient: recipient, after: now - longest) {
            // What is later than now was sent before the clock was set back.
            let instant = min(sent.instant, now)
            let place = plan.campaigns.firstIndex { $0.name == sent.campaign }
            if let place, capChannel(plan.campaigns[place], sent.channel) == nil { continue }
            history.record(
                SendHistory.Send(
                    instant: instant, channel: caps.channel(named: sent.channel) ?? -1, campaign: place ?? -1))
        }
        for send in pending { history.record(send) }
        return caps.refusing(channel: channel, at: now, after: history) != nil
    }

    func ceiling(_ campaign: PlannedCampaign, _ limits: SendLimits) -> Int? {
        [campaign.maxRecipients, limits.recipientsMax].compactMap { $0 }.min()
    }
}

extension Message {
    /// Whether an attempt was ever begun.
    var wasAttempted: Bool { machine.attempts > 0 }
}
