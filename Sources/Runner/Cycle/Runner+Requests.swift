extension Runner {
    /// Meets a request. Throws `RequestError` where it cannot be met, and goes on then.
    package func perform(_ request: Request, now: Int64) throws {
        try releaseLeased(now)
        let changes = try request.changes(in: store, now: now)
        if !changes.isEmpty { try write(changes) }
        switch request {
        case .pause: try reload()
        case .resume(let campaign):
            if campaign == nil {
                downChannels = [:]
                try confirmClock(now: now)
            }
            try reload()
        case .resolve: reservations = Reservations(plan)
        case .cancel, .release, .status, .export, .check: break
        }
    }

    /// Gives back what was decided and not begun: before a stop, and before anything that could change the decision.
    package func releaseLeased(_ now: Int64) throws {
        guard !leased.isEmpty else { return }
        var transaction = Transaction()
        for message in leased { try handle(.abandonedByRunner, message, now, &transaction) }
        leased = []
        try commit(transaction.all, now)
    }

    private func reload() throws {
        for row in try store.campaigns() { campaigns[row.name] = row }
        triggers = TriggerQueue()
    }
}
