import CampaignPlan

/// What a term comes to from an instant on, up to the next step.
struct TermStep {
    var from: Int64
    var value: ExactFraction
}

extension Evaluator {
    /// What a term comes to over all time; the first step begins with time itself. Of a window since the trigger, as it
    /// shows all time so far.
    mutating func steps(of term: BoundTerm) -> [TermStep] {
        let items = streams.items(term.stream, timeline, &work)
        items.times.withUnsafeBufferPointer { setBounds($0, term.window) }
        var changes = PieceChanges(capacity: items.pieces.count)
        for (index, piece) in items.pieces.enumerated() {
            changes.add(
                index, from: max(piece.from, bounds.arrivals[piece.item]),
                to: min(piece.to, bounds.expiries[piece.item]))
        }
        changes.sort()
        var aggregate = PieceAggregate(term, items.pieces)
        var steps: [TermStep] = []
        changes.walk {
            aggregate.add($0.piece, $0.change)
        } then: { from, _ in
            steps.append(TermStep(from: from, value: aggregate.value))
        }
        return steps
    }

    /// What a term comes to at one instant for somebody with this trigger.
    mutating func value(of term: BoundTerm, trigger: Int64, at instant: Int64) -> ExactFraction {
        let items = streams.items(term.stream, timeline, &work)
        items.times.withUnsafeBufferPointer { setBounds($0, term.window) }
        var aggregate = PieceAggregate(term, items.pieces)
        for (index, piece) in items.pieces.enumerated() {
            guard max(piece.from, bounds.arrivals[piece.item]) <= instant,
                instant < min(piece.to, bounds.expiries[piece.item]),
                !term.sinceTrigger || items.times[piece.item] > trigger
            else { continue }
            aggregate.add(index, 1)
        }
        return aggregate.value
    }

    mutating func evaluate(_ term: BoundTerm, _ test: BoundAggregateTest) -> IntervalArena.List {
        let steps = steps(of: term)
        arena.open()
        for (index, step) in steps.enumerated() where bound.tests.holds(test, step.value) {
            arena.append(step.from, index + 1 < steps.count ? steps[index + 1].from : .max)
        }
        return arena.close()
    }

    mutating func evaluate(_ node: ComparedNode) -> IntervalArena.List {
        let first = steps(of: node.first)
        let second = steps(of: node.second)
        var (a, b) = (0, 0)
        var from = Int64.min
        arena.open()
        while true {
            let nextA = a + 1 < first.count ? first[a + 1].from : .max
            let nextB = b + 1 < second.count ? second[b + 1].from : .max
            let to = min(nextA, nextB)
            if node.holds(first[a].value, second[b].value) { arena.append(from, to) }
            if to == .max { break }
            if nextA == to { a += 1 }
            if nextB == to { b += 1 }
            from = to
        }
        return arena.close()
    }
}
