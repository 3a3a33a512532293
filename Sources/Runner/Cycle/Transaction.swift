/// Changes on their way to one commit.
struct Transaction {
    private(set) var changes: [Change] = []
    private var occurrences: [Int64: Occurrence] = [:]
    private var order: [Int64] = []

    var isEmpty: Bool { changes.isEmpty && order.isEmpty }

    mutating func add(_ change: Change) { changes.append(change) }

    /// Changes an occurrence, which is read from the store the first time and written once at the end.
    mutating func update(
        _ id: Int64, in store: any RunnerStore, _ body: (inout Occurrence) throws -> Void
    ) throws {
        if occurrences[id] == nil {
            guard let found = try store.occurrence(id) else { throw StoreError.damaged("no occurrence \(id)") }
            occurrences[id] = found
            order.append(id)
        }
        if var occurrence = occurrences[id] {
            try body(&occurrence)
            occurrences[id] = occurrence
        }
    }

    /// Counts a message as over, and its occurrence as complete with the last one.
    mutating func close(_ message: inout Message, in store: any RunnerStore) throws {
        message.body = nil
        try update(message.occurrence, in: store) { occurrence in
            occurrence.open -= 1
            guard occurrence.open == 0 else { return }
            switch occurrence.state {
            // Of a list that is not sealed yet, nothing says that it is empty.
            case .due, .materialising, .cancelled: break
            case .sealed, .running, .complete, .needsReview, .missed: try occurrence.handle(.emptied)
            }
        }
    }

    /// Everything to commit.
    var all: [Change] { changes + order.compactMap { occurrences[$0].map { .setOccurrence($0) } } }
}
