import CampaignPlan
import CivilTime

/// The instants at which a condition may begin to hold or cease to, ascending: whenever an event enters a window or
/// leaves it. Nothing is listed; each step asks every window for its next event.
struct ChangeInstants {
    /// Events of one slot, each moved by an offset.
    private struct Edge {
        let slot: Int
        let offset: Int64
        /// The first row that was not passed.
        var row: Int
    }

    private var edges: [Edge] = []
    /// Local midnights and what attributes say, ascending.
    private var others: [Int64] = []
    private var next = 0

    /// Of instants in `from..<to`.
    init(of condition: ConditionIndex, from: Int64, to: Int64, _ evaluator: inout InstantEvaluator) {
        var others: Set<Int64> = [evaluator.existsFrom]
        var open = [condition]
        var seen: Set<ConditionIndex> = [condition]
        while let node = open.popLast() {
            switch evaluator.bound.nodes[node] {
            // Of customers whose rows are not copied nobody asks for such a condition.
            case .constant, .attribute, .intervals: break
            case .not(let child): if seen.insert(child).inserted { open.append(child) }
            case .all(let children), .any(let children):
                open += evaluator.bound.children[children].filter { seen.insert($0).inserted }
            case .attributeTime(let atom):
                let visible = evaluator.attributeVisibility(evaluator.bound.attributeAtoms[atom])
                if let visible { others.formUnion([visible.from, visible.to]) }
            case .events(let atom), .eventsSinceTrigger(let atom):
                add(evaluator.bound.atoms[atom], from, to, &others, &evaluator)
            }
        }
        self.others = others.filter { $0 >= from && $0 < to }.sorted()
    }

    private mutating func add(
        _ atom: EventAtom, _ from: Int64, _ to: Int64, _ others: inout Set<Int64>, _ evaluator: inout InstantEvaluator
    ) {
        let offsets: [Int64]
        switch atom.window {
        case .ever: offsets = [0]
        case .elapsed(let from, let to): offsets = [to, from]
        case .past(_, let zone):
            offsets = []
            others.formUnion(midnights(from, to, evaluator.bound.zones[evaluator.zone(zone)]))
        case .recent(_, let zone):
            offsets = [0]
            others.formUnion(midnights(from, to, evaluator.bound.zones[evaluator.zone(zone)]))
        }
        for source in evaluator.bound.streams[atom.stream].sources {
            let slot = evaluator.bound.sources[source].slot
            for offset in offsets where !edges.contains(where: { $0.slot == slot && $0.offset == offset }) {
                edges.append(Edge(slot: slot, offset: offset, row: evaluator.rows[slot].lowerBound))
            }
        }
    }

    private func midnights(_ from: Int64, _ to: Int64, _ zone: TimeZoneRules) -> [Int64] {
        var day = zone.day(at: Instant(milliseconds: from))
        let last = zone.day(at: Instant(milliseconds: to))
        var starts: [Int64] = []
        while day <= last {
            starts.append(zone.startOfDay(day).milliseconds)
            day = day.adding(days: 1)
        }
        return starts
    }

    /// The first that is later than the instant; `Int64.max` if there is none. Instants are asked for in ascending order.
    mutating func first(after instant: Int64, _ evaluator: InstantEvaluator) -> Int64 {
        while next < others.count, others[next] <= instant { next += 1 }
        var first = next < others.count ? others[next] : Int64.max
        for index in edges.indices {
            let rows = evaluator.rows[edges[index].slot]
            let times = evaluator.tables.events[edges[index].slot].times
            let row = times.firstRow(
                after: saturatingDifference(instant, edges[index].offset), in: edges[index].row..<rows.upperBound,
                near: edges[index].row)
            edges[index].row = row
            if row < rows.upperBound { first = min(first, saturatingSum(times.value(row), edges[index].offset)) }
        }
        return first
    }
}
