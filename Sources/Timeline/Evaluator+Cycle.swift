import CampaignPlan
import CivilTime

/// The customer's cycle from an instant on, up to the next step.
private struct CycleStep {
    var from: Int64
    /// Of the gaps; missing below the occurrences.
    var median: ExactFraction
    /// The last event or day.
    var last: Int64
}

extension Evaluator {
    mutating func evaluate(_ node: CycleNode, _ test: BoundAggregateTest) -> IntervalArena.List {
        let steps = steps(of: node)
        arena.open()
        for (index, step) in steps.enumerated() where bound.tests.holds(test, step.median) {
            arena.append(step.from, index + 1 < steps.count ? steps[index + 1].from : .max)
        }
        return arena.close()
    }

    /// `by`: in millionths of the median.
    mutating func evaluateOverdue(_ node: CycleNode, by: Int64) -> IntervalArena.List {
        let steps = steps(of: node)
        arena.open()
        for (index, step) in steps.enumerated() where !step.median.isMissing {
            // More than the product of the median: one more than its whole part.
            let least = step.median.numerator * Int128(by) / (step.median.denominator * 1_000_000) + 1
            let place = Int64(clamping: Int128(step.last) + least)
            let from = node.zone.map { start(ofDay: place, bound.zones[zone($0)]) } ?? place
            arena.append(max(step.from, from), index + 1 < steps.count ? steps[index + 1].from : .max)
        }
        return arena.close()
    }

    /// `Int64.max` for a day that no calendar has.
    private func start(ofDay day: Int64, _ zone: TimeZoneRules) -> Int64 {
        let date = CivilDate(daysSinceEpoch: Int32(clamping: day))
        return Int64(date.daysSinceEpoch) == day ? zone.startOfDay(date).milliseconds : .max
    }

    private mutating func steps(of node: CycleNode) -> [CycleStep] {
        let items = streams.items(node.stream, timeline, &work)
        // An occurrence is an event, or a day; those of one day have one place.
        var places: [Int64] = []
        var ranks: [Int] = []
        for time in items.times {
            if let zone = node.zone {
                let day = Int64(bound.zones[self.zone(zone)].day(at: Instant(milliseconds: time)).daysSinceEpoch)
                if places.last != day { places.append(day) }
            } else {
                places.append(time)
            }
            ranks.append(places.count - 1)
        }
        var changes = PieceChanges(capacity: items.pieces.count)
        for (index, piece) in items.pieces.enumerated() { changes.add(index, from: piece.from, to: piece.to) }
        changes.sort()
        var gaps = GapHistory(places: places, items: items.times.count)
        changes.walk {
            gaps.change(ranks[items.pieces[$0.piece].item], $0.change)
        } then: { from, _ in
            gaps.mark(from)
        }
        return gaps.steps(occurrences: node.occurrences)
    }
}

/// The gaps between neighbours while occurrences come and go: first it is written down which gaps appear and vanish, so
/// that all of them can be ranked, then their median is followed.
private struct GapHistory {
    /// Ascending.
    private let places: [Int64]
    /// By rank: how many events are there.
    private var counts: [Int]
    private var present: RankCounter
    private var changes: [(gap: UInt64, change: Int)] = []
    private var marks: [(from: Int64, changes: Int, count: Int, last: Int64)] = []

    init(places: [Int64], items: Int) {
        self.places = places
        counts = [Int](repeating: 0, count: places.count)
        present = RankCounter(count: places.count)
    }

    mutating func change(_ rank: Int, _ change: Int) {
        let before = counts[rank]
        counts[rank] += change
        guard (before == 0) != (counts[rank] == 0) else { return }
        if change < 0 { present.add(rank, -1) }
        let below = present.count(below: rank)
        let previous = below > 0 ? present.rank(of: below - 1) : nil
        let next = below < present.total ? present.rank(of: below) : nil
        if let previous, let next { changes.append((gap(previous, next), -change)) }
        if let previous { changes.append((gap(previous, rank), change)) }
        if let next { changes.append((gap(rank, next), change)) }
        if change > 0 { present.add(rank, 1) }
    }

    private func gap(_ a: Int, _ b: Int) -> UInt64 { UInt64(bitPattern: places[b] &- places[a]) }

    mutating func mark(_ from: Int64) {
        let last = present.total > 0 ? places[present.rank(of: present.total - 1)] : 0
        marks.append((from, changes.count, present.total, last))
    }

    func steps(occurrences: Int) -> [CycleStep] {
        let gaps = Set(changes.map(\.gap)).sorted()
        let ranks = Dictionary(uniqueKeysWithValues: gaps.enumerated().map { ($0.element, $0.offset) })
        var counter = RankCounter(count: gaps.count)
        var done = 0
        return marks.map { mark in
            while done < mark.changes {
                if let rank = ranks[changes[done].gap] { counter.add(rank, changes[done].change) }
                done += 1
            }
            guard mark.count >= max(occurrences, 2) else {
                return CycleStep(from: mark.from, median: .missing, last: mark.last)
            }
            let middle = [(counter.total - 1) / 2, counter.total / 2].map { Int128(gaps[counter.rank(of: $0)]) }
            return CycleStep(
                from: mark.from, median: ExactFraction(numerator: middle[0] + middle[1], denominator: 2),
                last: mark.last)
        }
    }
}
