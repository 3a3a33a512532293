import Runner

/// Lets a runner write after another one has begun.
final class UnfencedStore: MemoryStore {
    override var isWriter: Bool { true }
}

/// Does not tell which campaigns are paused.
final class UnpausedStore: MemoryStore {
    override func campaigns() -> [CampaignRow] {
        super.campaigns().map { row in
            var row = row
            row.isPaused = false
            return row
        }
    }
}

/// Does not find what another runner left.
final class UnrecoveredStore: MemoryStore {
    override func messages(in state: MessageState, after id: Int64, limit: Int) -> [Message] { [] }
}

/// Does not know which occurrences there are.
final class RepeatingStore: MemoryStore {
    override func occurrence(campaign: String, nominal: String) -> Occurrence? { nil }
}

/// Does not know the last message's number.
final class RecountingStore: MemoryStore {
    override func lastIDs() -> (occurrence: Int64, message: Int64) { (super.lastIDs().occurrence, 0) }
}

/// Does not tell occurrences of a campaign apart.
final class NamelessStore: MemoryStore {
    override func occurrence(_ id: Int64) -> Occurrence? {
        super.occurrence(id).map { row in
            var row = row
            row.nominal = "now"
            return row
        }
    }
}

/// Loses commits in which everything is refused.
final class ForgetfulStore: MemoryStore {
    override func commit(_ changes: [Change]) throws {
        var states: Set<MessageState> = []
        for case .setMessage(let row) in changes { states.insert(row.state) }
        if states == [.suppressed] { return }
        try super.commit(changes)
    }
}
