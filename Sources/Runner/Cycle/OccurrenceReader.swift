/// Occurrences as the store has them: what was read is kept until something is written, since steps ask for the same
/// ones again and again.
struct OccurrenceReader {
    private var open: [Occurrence]?
    private var byID: [Int64: Occurrence] = [:]

    mutating func open(_ store: any RunnerStore) throws -> [Occurrence] {
        if let open { return open }
        let found = try store.openOccurrences()
        open = found
        return found
    }

    mutating func occurrence(_ id: Int64, _ store: any RunnerStore) throws -> Occurrence? {
        if let known = byID[id] { return known }
        let found = try store.occurrence(id)
        byID[id] = found
        return found
    }
}
