extension Runner {
    /// Why a request cannot be met.
    package struct RequestError: Error, Hashable {
        package let message: String
    }

    /// `campaign` nil: all. What is under way is finished; nothing new begins.
    package func setPaused(_ isPaused: Bool, campaign: String?, now: Int64) throws {
        if let campaign, campaigns[campaign] == nil { throw unknownCampaign(campaign) }
        var changes: [Change] = []
        for name in campaigns.keys.sorted() where campaign == nil || campaign == name {
            guard var row = campaigns[name], row.isPaused != isPaused else { continue }
            row.isPaused = isPaused
            campaigns[name] = row
            changes.append(.putCampaign(row))
            changes.append(.addNote(Note(time: now, text: "campaign `\(name)` was \(isPaused ? "paused" : "resumed")")))
        }
        if !isPaused, campaign == nil { downChannels = [] }
        if changes.isEmpty { return }
        try commit(changes, now)
        triggers = TriggerQueue()
        if isPaused { try releaseLeased(now) }
    }

    /// Cancels an occurrence: what has not begun is not sent.
    package func cancel(occurrence id: Int64, now: Int64) throws {
        var occurrence = try openOccurrence(id)
        try releaseLeased(now)
        occurrence = try openOccurrence(id)
        try occurrence.handle(.cancelled)
        try commit(
            [.setOccurrence(occurrence), .addNote(Note(time: now, text: "occurrence \(id) was cancelled"))], now)
    }

    /// Lets an occurrence go on that waits for somebody to look.
    package func release(occurrence id: Int64, now: Int64) throws {
        var occurrence = try openOccurrence(id)
        guard occurrence.state == .needsReview else {
            throw RequestError(message: "occurrence \(id) does not need a review: it is \(occurrence.state.label)")
        }
        try occurrence.handle(.released)
        try commit(
            [.setOccurrence(occurrence), .addNote(Note(time: now, text: "occurrence \(id) was released"))], now)
    }

    /// Says what became of an uncertain message.
    package func resolve(message id: Int64, _ resolution: MessageEvent.Resolution, now: Int64) throws {
        guard let message = try store.message(id) else {
            throw RequestError(message: "there is no message \(id)")
        }
        guard message.state == .uncertain else {
            throw RequestError(message: "message \(id) is not uncertain: it is \(message.state.label)")
        }
        var transaction = Transaction()
        try handle(.resolved(resolution), message, now, &transaction)
        transaction.add(.addNote(Note(time: now, text: "message \(id) was resolved: \(resolution.rawValue)")))
        try commit(transaction.all, now)
    }

    /// Gives back what was decided and not begun: before a stop, and before anything that could change the decision.
    package func releaseLeased(_ now: Int64) throws {
        guard !leased.isEmpty else { return }
        var transaction = Transaction()
        for message in leased { try handle(.abandonedByRunner, message, now, &transaction) }
        leased = []
        try commit(transaction.all, now)
    }

    private func openOccurrence(_ id: Int64) throws -> Occurrence {
        guard let occurrence = try store.occurrence(id) else {
            throw RequestError(message: "there is no occurrence \(id)")
        }
        guard !occurrence.state.isOver else {
            throw RequestError(message: "occurrence \(id) is over: it is \(occurrence.state.label)")
        }
        return occurrence
    }

    private func unknownCampaign(_ name: String) -> RequestError {
        RequestError(message: "there is no campaign `\(name)`")
    }
}
