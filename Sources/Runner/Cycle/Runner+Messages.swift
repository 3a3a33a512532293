internal import CampaignPlan
internal import Channels

extension Runner {
    /// Hands an event to a message and does what its machine says, in one transaction. Returns the message as it is then.
    @discardableResult
    func handle(
        _ event: MessageEvent, _ message: Message, _ now: Int64, _ transaction: inout Transaction
    ) throws -> Message {
        var message = message
        let actions = try message.machine.handle(event)
        var mustLookUp = false
        for action in actions {
            switch action {
            // Done by whoever begins the attempt, in the same transaction.
            case .freeze, .attempt: break
            case .releaseCaps:
                reservations.release(message)
                message.counted = nil
            case .lookUp: mustLookUp = true
            case .fallBack: try fallBack(message, now, &transaction)
            case .close: try transaction.close(&message, in: store)
            }
        }
        if mustLookUp, let resolution = resolution(of: message, now) {
            return try handle(.resolved(resolution), message, now, &transaction)
        }
        transaction.add(.setMessage(message))
        return message
    }

    /// What may be done about an uncertain message without a person; asks the channel what became of it.
    func resolution(of message: Message, _ now: Int64) -> MessageEvent.Resolution? {
        guard let name = message.channel, let key = message.key, let channel = channels(name) else { return nil }
        return UncertainRule.resolution(
            record: channel.record(of: key), keyMemory: channel.keyMemory, firstAttempt: message.firstAttempt ?? now,
            now: now)
    }

    /// A child with the channels that are left, decided anew by the same deadline.
    private func fallBack(_ message: Message, _ now: Int64, _ transaction: inout Transaction) throws {
        guard let failed = message.channel else { return }
        let tried = message.failedChannels + [failed]
        guard let campaign = try campaign(of: message),
            campaign.channels.contains(where: { !tried.contains($0) })
        else { return }
        transaction.add(
            .addMessage(
                Message(
                    id: nextMessageID(), occurrence: message.occurrence, lane: message.lane, step: message.step,
                    recipient: message.recipient, fallback: message.fallback + 1, trigger: message.trigger,
                    planned: message.planned, machine: MessageMachine(state: .planned, due: now),
                    acceptsTrigger: message.acceptsTrigger, failedChannels: tried)))
        try transaction.update(message.occurrence, in: store) { $0.open += 1 }
    }
}
