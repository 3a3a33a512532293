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

    /// Everything to commit.
    var all: [Change] { changes + order.compactMap { occurrences[$0].map { .setOccurrence($0) } } }
}
