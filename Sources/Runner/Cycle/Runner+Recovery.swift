internal import CampaignPlan

extension Runner {
    /// Goes through messages that the runner before left in a state, some at a time; false when it is done.
    func recoverMessages(_ state: MessageState, _ now: Int64) throws -> Bool {
        let found = try store.messages(in: state, after: recoveredMessage, limit: settings.sendBatch)
        guard let last = found.last else {
            recoveredMessage = 0
            return false
        }
        recoveredMessage = last.id
        var transaction = Transaction()
        for message in found {
            if state == .uncertain {
                guard let resolution = resolution(of: message, now) else { continue }
                try handle(.resolved(resolution), message, now, &transaction)
            } else {
                try handle(.abandonedByRunner, message, now, &transaction)
            }
        }
        if !transaction.isEmpty { try commit(transaction.all, now) }
        return true
    }

    /// Scheduled occurrences that were interrupted for longer than they may be late wait for a person, unless the
    /// campaign itself says when its messages expire.
    func reviewOverslept(_ now: Int64) throws {
        guard downtime > settings.startDeadline else { return }
        var transaction = Transaction()
        for occurrence in try openOccurrences() where !occurrence.isTriggered {
            guard occurrence.state == .sealed || occurrence.state == .running, expires(occurrence) == nil,
                let due = try store.nextDue(lane: Lane.occurrence(occurrence.id)), due < now - settings.startDeadline
            else { continue }
            try transaction.update(occurrence.id, in: store) { try $0.handle(.overslept) }
            transaction.add(
                .addNote(
                    Note(
                        time: now,
                        text: "occurrence \(occurrence.id) was interrupted for \(downtime) ms: somebody has to look")))
        }
        if !transaction.isEmpty { try commit(transaction.all, now) }
    }

    func expires(_ occurrence: Occurrence) -> Int64? {
        plan.campaigns.first { $0.name == occurrence.campaign }?.expires
    }
}
