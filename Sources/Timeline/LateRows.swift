internal import Algorithms

/// A customer of whom some events became known only after they happened: at an instant everything is as if nothing else
/// had happened than what was known by then.
///
/// Between two instants at which something became known, what is known does not change but by what happens. So a node that
/// looks at events is evaluated once for each such stretch of time, over a timeline of the rows that are known in it, and
/// its answer there is that of the whole. Few customers have late events, and only they are looked at like this.
final class LateRows {
    /// All rows, in the order of their own times.
    fileprivate var whole: CustomerTimeline
    /// The instants at which late rows became known, ascending, each once.
    fileprivate(set) var instants: [Int64] = []
    /// How many of `instants` have passed in the timeline that is looked at now.
    fileprivate var shown = 0

    init(layout: TimelineLayout) { whole = CustomerTimeline(layout: layout) }

    /// The stretch of time around an instant: how many of `instants` have passed by then.
    func stretch(at instant: Int64) -> Int {
        instants.partitioningIndex { $0 > instant }
    }

    /// When a stretch begins; it ends where the next one begins.
    func start(of stretch: Int) -> Int64 { stretch == 0 ? .min : instants[stretch - 1] }
    func end(of stretch: Int) -> Int64 { stretch < instants.count ? instants[stretch] : .max }
}

extension Evaluator {
    /// Takes over the timeline of a customer with late rows; everything is known at first.
    mutating func beginLate() {
        let rows = late ?? LateRows(layout: timeline.layout)
        late = rows
        // A part of what was taken over before is no new customer.
        if !timeline.isPart { swap(&rows.whole, &timeline) }
        rows.instants = rows.whole.recordingInstants
        rows.shown = -1
        show(rows.instants.count, rows)
    }

    /// Looks at what is known in a stretch of time.
    private mutating func show(_ stretch: Int, _ rows: LateRows) {
        if rows.shown == stretch { return }
        rows.shown = stretch
        timeline.take(rows.whole, knownBy: rows.start(of: stretch))
        streams.removeAll(recipientZone: recipientZone)
    }

    /// Looks at what is known at an instant; to be followed by `showAll`.
    mutating func show(at instant: Int64) {
        guard isLate, let late else { return }
        show(late.stretch(at: instant), late)
    }

    mutating func showAll() {
        guard isLate, let late else { return }
        show(late.instants.count, late)
    }

    /// Whether a stream without items selects any row of the current customer, known or not, of one with late rows.
    func everSelects(_ stream: Int) -> Bool {
        guard isLate, let late else { return false }
        return !streams.rows(stream, late.whole).times.isEmpty
    }

    /// Collects what `body` says of each stretch of time, from that of `from` on to that before `to`, and of each alone:
    /// it gets the stretch's beginning and end.
    mutating func forEachStretch(
        from: Int64, to: Int64, _ body: (inout Evaluator, _ from: Int64, _ to: Int64) -> Void
    ) {
        guard let late else { return }
        for stretch in late.stretch(at: from)...max(late.stretch(at: from), late.stretch(at: to)) {
            show(stretch, late)
            body(&self, late.start(of: stretch), late.end(of: stretch))
        }
        showAll()
    }

    /// When a node that looks at events holds.
    mutating func evaluateLate(_ evaluate: (inout Evaluator) -> IntervalArena.List) -> IntervalArena.List {
        var found: [Interval] = []
        forEachStretch(from: horizon, to: .max) { evaluator, from, to in
            let list = evaluate(&evaluator)
            for interval in evaluator.arena.array(list) where interval.from < to && interval.to > from {
                found.append(Interval(from: max(interval.from, from), to: min(interval.to, to)))
            }
        }
        arena.open()
        for interval in found { arena.append(interval.from, interval.to) }
        return arena.close()
    }

    /// The instants in `[from, to)` of which `instants` knows those that lie in a stretch by what is known in it.
    mutating func lateTriggers(
        _ from: Int64, _ to: Int64, _ instants: (inout Evaluator, _ from: Int64, _ to: Int64) -> [Int64]
    ) -> [Int64] {
        guard from < to else { return [] }
        var found: [Int64] = []
        forEachStretch(from: from, to: to) { evaluator, start, end in
            let (first, last) = (max(from, start), min(to, end))
            if first < last { found += instants(&evaluator, first, last) }
        }
        return found
    }
}
