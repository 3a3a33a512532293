/// What a person asks of a runner, or of its store while none runs.
package enum Request: Hashable, Sendable, Codable {
    /// Nil: all campaigns. What is under way is finished; nothing new begins.
    case pause(campaign: String?)
    /// Nil: all campaigns, channels that were stopped, and a clock that jumped.
    case resume(campaign: String?)
    /// What has not begun is not sent.
    case cancel(occurrence: Int64)
    /// Lets an occurrence go on that waits for somebody to look.
    case release(occurrence: Int64)
    /// Says what became of an uncertain message.
    case resolve(message: Int64, MessageEvent.Resolution)
    case status
    /// Writes all rows of the ledger, a JSON object a line, to a file.
    case export(path: String)
    /// Looks whether everything in the ledger fits together.
    case check
}

/// Why a request cannot be met.
package struct RequestError: Error, Hashable {
    package let message: String

    package init(message: String) {
        self.message = message
    }
}

extension Request {
    /// What meeting it changes in the store. Throws `RequestError`.
    package func changes(in store: any RunnerStore, now: Int64) throws -> [Change] {
        switch self {
        case .pause(let campaign): return try Self.setPaused(true, campaign, store, now)
        case .resume(let campaign):
            let changes = try Self.setPaused(false, campaign, store, now)
            // Only a clock that went back holds a runner at its start. To write any other would hide from the next one
            // how long nobody worked.
            guard campaign == nil, let latest = try store.latestClock(), now < latest - ClockGuard.jumpMax else {
                return changes
            }
            return changes + [.setClock(now)]
        case .cancel(let id):
            return try Self.change(id, store, "cancelled", now) { occurrence in
                guard !occurrence.state.isOver else { throw over(occurrence) }
                try occurrence.handle(.cancelled)
            }
        case .release(let id):
            return try Self.change(id, store, "released", now) { occurrence in
                guard occurrence.state == .needsReview else {
                    throw RequestError(
                        message: "occurrence \(id) does not wait for a review: it is \(occurrence.state.label)")
                }
                try occurrence.handle(.released)
            }
        case .resolve(let id, let resolution): return try Self.resolve(id, resolution, store, now)
        case .status, .export, .check: return []
        }
    }

    private func over(_ occurrence: Occurrence) -> RequestError {
        RequestError(message: "occurrence \(occurrence.id) is over: it is \(occurrence.state.label)")
    }

    private static func setPaused(
        _ isPaused: Bool, _ campaign: String?, _ store: any RunnerStore, _ now: Int64
    ) throws -> [Change] {
        let rows = try store.campaigns().filter { campaign == nil || $0.name == campaign }
        if let campaign, rows.isEmpty { throw RequestError(message: "the ledger knows no campaign `\(campaign)`") }
        var changes: [Change] = []
        for var row in rows where row.isPaused != isPaused {
            row.isPaused = isPaused
            changes.append(.putCampaign(row))
            changes.append(
                .addNote(Note(time: now, text: "campaign `\(row.name)` was \(isPaused ? "paused" : "resumed")")))
        }
        return changes
    }

    private static func change(
        _ id: Int64, _ store: any RunnerStore, _ what: String, _ now: Int64, _ body: (inout Occurrence) throws -> Void
    ) throws -> [Change] {
        guard var occurrence = try store.occurrence(id) else {
            throw RequestError(message: "there is no occurrence \(id)")
        }
        try body(&occurrence)
        return [
            .setOccurrence(occurrence), .addNote(Note(time: now, text: "occurrence \(id) was \(what)")),
        ]
    }

    private static func resolve(
        _ id: Int64, _ resolution: MessageEvent.Resolution, _ store: any RunnerStore, _ now: Int64
    ) throws -> [Change] {
        guard var message = try store.message(id) else { throw RequestError(message: "there is no message \(id)") }
        guard message.state == .uncertain else {
            throw RequestError(message: "message \(id) is not uncertain: it is \(message.state.label)")
        }
        var transaction = Transaction()
        for action in try message.machine.handle(.resolved(resolution)) {
            switch action {
            case .releaseCaps: message.counted = nil
            case .close: try transaction.close(&message, in: store)
            case .freeze, .attempt, .lookUp, .fallBack: break
            }
        }
        transaction.add(.setMessage(message))
        transaction.add(.addNote(Note(time: now, text: "message \(id) was resolved: \(resolution.rawValue)")))
        return transaction.all
    }
}
