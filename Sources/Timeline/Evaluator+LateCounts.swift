import CampaignPlan

extension Evaluator {
    /// `index`: of `BoundTables.counts`.
    mutating func lateCount(_ index: Int) -> IntervalArena.List {
        let atom = tables.counts[index]
        let window = BoundWindow.elapsed(from: atom.end, to: atom.start)
        return lateCountAtLeast(atom.back + 1, atom.stream, window) { $0.evaluateCount($0.tables.counts + index) }
    }

    /// `index`: of `BoundTables.atoms`.
    mutating func lateEvents(_ index: Int) -> IntervalArena.List {
        let atom = tables.atoms[index]
        guard case .countAtLeast(let count) = atom.measure else { return evaluateLate { $0.evaluateEvents(index) } }
        return lateCountAtLeast(count, atom.stream, atom.window) { $0.evaluateEvents(index) }
    }

    /// When at least so many events of a stream are seen, of a customer with late rows.
    ///
    /// What is counted depends on nothing but itself, so each event counts from when it is known and its window shows it
    /// until the window shows it no more, in one walk. Derived events, whose worth and time follow from all of their lines,
    /// are looked at stretch by stretch.
    mutating func lateCountAtLeast(
        _ count: Int, _ stream: Int, _ window: BoundWindow, otherwise evaluate: (inout Evaluator) -> IntervalArena.List
    ) -> IntervalArena.List {
        guard bound.streams[stream].items.isEmpty else { return evaluateLate(evaluate) }
        work.atomsEvaluated += 1
        let rows = streams.rows(stream, timeline)
        rows.times.withUnsafeBufferPointer { setBounds($0, window) }
        var changes: [(instant: Int64, by: Int)] = []
        for index in rows.times.indices {
            let (from, to) = (max(bounds.arrivals[index], rows.known[index]), bounds.expiries[index])
            if from >= to { continue }
            changes.append((from, 1))
            if to < .max { changes.append((to, -1)) }
        }
        changes.sort { $0.instant < $1.instant }
        arena.open()
        var seen = 0
        for (place, change) in changes.enumerated() {
            seen += change.by
            let end = place + 1 < changes.count ? changes[place + 1].instant : .max
            if seen >= max(count, 1) { arena.append(change.instant, end) }
        }
        return arena.close()
    }
}
