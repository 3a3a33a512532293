/// Everybody who takes part in a comparison, by one number: who would stand where, without putting all in order.
struct PopulationOrder: Sendable {
    private var entries: [PopulationEntry]

    var count: Int { entries.count }

    init(_ entries: [PopulationEntry]) { self.entries = entries }

    /// Those who stand at these places, which ascend, if all stood ascending by value, then customer; from 0 on.
    mutating func members(at places: [Int]) -> [PopulationEntry] {
        var start = 0
        for place in places where entries.indices.contains(place) {
            entries.moveMember(of: place, from: start) { $0.precedes($1) }
            // Whoever follows stands behind.
            start = place + 1
        }
        return places.compactMap { entries.indices.contains($0) ? entries[$0] : nil }
    }

    /// Who stands at a place if the greatest stood first, those of one value ascending by customer.
    mutating func greatest(at place: Int) -> PopulationEntry? {
        guard entries.indices.contains(place) else { return nil }
        entries.moveMember(of: place) { $0.value == $1.value ? $0.customer < $1.customer : $0.value > $1.value }
        return entries[place]
    }
}
