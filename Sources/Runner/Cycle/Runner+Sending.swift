internal import CampaignPlan
internal import Channels

extension Runner {
    /// T3 and T4: begins attempts, durably, hands them to their channels, and writes down what came of them.
    func sendLeased(_ now: Int64, _ limits: SendLimits) throws -> Bool {
        guard !leased.isEmpty else { return false }
        let batch = Array(leased.prefix(settings.sendBatch))
        leased.removeFirst(batch.count)
        var transaction = Transaction()
        var begun: [Message] = []
        for message in batch {
            // Somebody who was stalled decides again: what was true may not be true any more.
            guard let lease = message.machine.lease, lease.isHeld(by: store.epoch, at: now),
                limits.channels.contains(message.channel ?? "")
            else {
                try handle(.abandonedByRunner, message, now, &transaction)
                continue
            }
            if let ready = try freeze(message, now) {
                let message = try handle(.started, ready, now, &transaction)
                transaction.add(
                    .addAttempt(Attempt(message: message.id, number: message.machine.attempts, started: now)))
                begun.append(message)
            } else {
                try handle(.abandonedByRunner, message, now, &transaction)
            }
        }
        try commit(transaction.all, now)
        if begun.isEmpty { return true }
        let outcomes = deliver(begun)
        try write(outcomes, of: begun, now)
        return true
    }

    /// With what is sent, fixed at the first attempt. Nil where the plan that has replaced its own knows no such message.
    private func freeze(_ message: Message, _ now: Int64) throws -> Message? {
        var message = message
        message.firstAttempt = message.firstAttempt ?? now
        if message.body != nil { return message }
        guard let occurrence = try occurrence(message.occurrence), let channel = message.channel,
            let campaign = try campaign(of: message),
            let variant = campaign.variants.first(where: { $0.name == message.variant }),
            let customer = audience.customer(named: message.recipient)
        else { return nil }
        let address = plan.schema.channel(channel)?.address
        let frozen = FrozenMessage(
            message, occurrence, step: campaign.step?.name, digest: approved.digest, channel: channel, variant: variant,
            address: address.flatMap { audience.text(ofAttribute: $0, customer: customer) }, now: now,
            settings: settings)
        message.key = frozen.key
        message.body = frozen.body
        message.digest = frozen.digest
        return message
    }

    /// Channel by channel, in the order of the messages.
    private func deliver(_ messages: [Message]) -> [DeliveryOutcome] {
        var outcomes = [DeliveryOutcome](
            repeating: .retry(reason: "there is no such channel", after: nil), count: messages.count)
        for name in Set(messages.compactMap(\.channel)).sorted() {
            guard let channel = channels(name) else { continue }
            let places = messages.indices.filter { messages[$0].channel == name }
            let deliveries = places.map { place in
                Delivery(
                    key: messages[place].key ?? "", channel: name, attempt: messages[place].machine.attempts,
                    body: messages[place].body ?? [])
            }
            for (place, outcome) in zip(places, channel.deliver(deliveries)) { outcomes[place] = outcome }
        }
        return outcomes
    }

    private func write(_ outcomes: [DeliveryOutcome], of messages: [Message], _ now: Int64) throws {
        var transaction = Transaction()
        for (message, outcome) in zip(messages, outcomes) {
            let number = message.machine.attempts
            transaction.add(
                .setAttempt(
                    Attempt(message: message.id, number: number, started: now, ended: now, outcome: outcome.words)))
            let verdict = settings.outcomes.verdict(outcome, attempt: number, key: message.key ?? "", now: now)
            try handle(.ended(verdict), message, now, &transaction)
            if case .channelDown(let reason) = outcome, let channel = message.channel, downChannels[channel] == nil {
                downChannels[channel] = reason
                transaction.add(.addNote(Note(time: now, text: "channel `\(channel)` is stopped: \(reason)")))
            }
        }
        try commit(transaction.all, now)
    }
}

extension DeliveryOutcome {
    /// For the ledger.
    fileprivate var words: String {
        switch self {
        case .accepted(let reference): reference.map { "accepted: \($0)" } ?? "accepted"
        case .retry(let reason, _): "not taken: \(reason)"
        case .rejected(let reason): "rejected: \(reason)"
        case .uncertain(let reason): "uncertain: \(reason)"
        case .channelDown(let reason): "refused: \(reason)"
        }
    }
}
