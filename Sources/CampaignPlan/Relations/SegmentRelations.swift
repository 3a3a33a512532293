/// How the segments of a workspace relate, as far as that can be proven within a bounded effort.
package struct SegmentRelations {
    /// Of one segment; names ascending.
    package struct Relations: Hashable {
        /// Segments of the same customers.
        package var equal: [String] = []
        /// Segments that everybody of this one is in; without those that follow from others.
        package var inside: [String] = []
        /// Segments that nobody of this one is in; without those inside others that are named.
        package var apart: [String] = []

        package var isEmpty: Bool { equal.isEmpty && inside.isEmpty && apart.isEmpty }
    }

    private let names: [String]
    /// Both ways; pairs of which nothing is known are missing.
    private var relations: [[Int: ConditionRelation]]

    /// The most pairs of which a proof is tried; others count as unrelated.
    private static let pairsMax = 20_000

    /// Conditions that hold for nobody or for everybody relate to nothing.
    package init(_ segments: [(name: String, condition: ConditionIndex)], in graph: ConditionGraph) {
        names = segments.map(\.name)
        relations = segments.map { _ in [:] }
        let isMeaningful = segments.map { !graph.isImpossible($0.condition) && !graph.isCertain($0.condition) }
        // Without a subject in common there is nothing to prove.
        var members: [Int: [Int]] = [:]
        var asked = ConditionSubjects()
        var pairs = 0
        for (place, segment) in segments.enumerated() where isMeaningful[place] {
            let subjects = asked.of(segment.condition, in: graph).numbers
            for other in Set(subjects.flatMap { members[$0] ?? [] }).sorted() where pairs < Self.pairsMax {
                pairs += 1
                guard let relation = graph.relation(segment.condition, segments[other].condition) else { continue }
                relations[place][other] = relation
                relations[other][place] = relation.reversed
            }
            for subject in subjects { members[subject, default: []].append(place) }
        }
    }

    package subscript(_ segment: Int) -> Relations {
        guard relations.indices.contains(segment) else { return Relations() }
        let own = relations[segment]
        func all(_ wanted: ConditionRelation) -> [Int] { own.filter { $0.value == wanted }.keys.sorted() }
        func names(_ places: [Int]) -> [String] { places.map { self.names[$0] }.sorted() }
        /// Without those inside or around another of them, and of equal ones all but the first.
        func reduced(_ places: [Int], without wanted: ConditionRelation) -> [Int] {
            places.filter { place in
                !places.contains { other in
                    relations[place][other] == wanted || relations[place][other] == .equal && other < place
                }
            }
        }
        return Relations(
            equal: names(all(.equal)), inside: names(reduced(all(.inside), without: .around)),
            apart: names(reduced(all(.disjoint), without: .inside)))
    }
}
