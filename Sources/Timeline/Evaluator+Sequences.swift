import CampaignPlan

// Without a trigger a window since the trigger shows all time so far.
extension Evaluator {
    /// When a sequence holds.
    mutating func sequenceHolds(_ index: Int) -> IntervalArena.List {
        let sequence = bound.sequences[index]
        if sequence.isPieced { return changingSequenceHolds(sequence) }
        match(sequence)
        arena.open()
        for match in matcher.matches {
            arena.append(match.from, min(match.to, end(of: match, sequence)))
        }
        return arena.close()
    }

    /// The same where what there is changes: in each state the runs that there are then.
    private mutating func changingSequenceHolds(_ sequence: BoundSequence) -> IntervalArena.List {
        var found: [Interval] = []
        forEachState(of: sequence, from: horizon, to: .max) { evaluator, from, to in
            for match in evaluator.matcher.matches {
                let end = min(match.to, evaluator.end(of: match, sequence))
                found.append(Interval(from: max(match.from, from), to: min(end, to)))
            }
        }
        arena.open()
        for interval in found { arena.append(interval.from, interval.to) }
        return arena.close()
    }

    /// Whether a sequence that began after the trigger holds.
    mutating func sequenceHolds(_ index: Int, since trigger: Int64, at instant: Int64) -> Bool {
        let sequence = bound.sequences[index]
        var holds = false
        forEachState(of: sequence, from: instant, to: saturatingSum(instant, 1)) { evaluator, _, _ in
            holds = evaluator.matcher.matches.contains { match in
                evaluator.matcher.starts[match.start] > trigger && match.from <= instant && instant < match.to
                    && instant < evaluator.end(of: match, sequence)
            }
        }
        return holds
    }

    /// The instants in `[from, to)` at which a run completes whose start is seen then: ascending, each once.
    mutating func completions(of index: Int, _ from: Int64, _ to: Int64) -> [Int64] {
        let sequence = bound.sequences[index]
        if isLate || sequence.isPieced { return changingCompletions(of: sequence, from, to) }
        match(sequence)
        let instants = from..<max(from, to)
        let found = matcher.matches.filter { match in
            instants.contains(match.from) && match.from >= timeline.existsFrom
                && match.from < min(match.to, end(of: match, sequence))
        }
        return Set(found.map(\.from)).sorted()
    }

    /// The same where events become known late or change: what completes is known as soon as all of its events are there
    /// as its steps want them, and fires if it was not known before.
    private mutating func changingCompletions(
        of sequence: BoundSequence, _ from: Int64, _ to: Int64
    ) -> [Int64] {
        guard from < to else { return [] }
        var found: Set<Int64> = []
        var before: Set<Int64> = []
        // What was known before the first instant matters too.
        let earlier = saturatingDifference(from, 1)
        forEachKnown(from: earlier, to: to) { evaluator, known, next in
            let (known, next) = (max(earlier, known), min(to, next))
            evaluator.forEachState(of: sequence, from: known, to: next) { evaluator, first, last in
                let (start, end) = (max(first, known), min(last, next))
                let matches = evaluator.matcher.matches
                for match in matches {
                    let instant = max(match.from, start)
                    if instant >= end || instant < max(from, evaluator.timeline.existsFrom) { continue }
                    if match.from < start, before.contains(match.from) { continue }
                    if instant < min(match.to, evaluator.end(of: match, sequence)) { found.insert(instant) }
                }
                before = Set(matches.map(\.from))
            }
        }
        return found.sorted()
    }

    /// The stretches of time in which nothing becomes known but what happens; of most customers all time is one.
    private mutating func forEachKnown(
        from: Int64, to: Int64, _ body: (inout Evaluator, _ from: Int64, _ to: Int64) -> Void
    ) {
        if isLate { forEachStretch(from: from, to: to, body) } else { body(&self, .min, .max) }
    }

    /// The stretches of time from that of `from` on that begin before `to`, between which something changes that may be
    /// part of a run; in `matcher` are the runs of what there is in each.
    private mutating func forEachState(
        of sequence: BoundSequence, from: Int64, to: Int64,
        _ body: (inout Evaluator, _ from: Int64, _ to: Int64) -> Void
    ) {
        guard sequence.isPieced else {
            match(sequence)
            body(&self, .min, .max)
            return
        }
        collect(sequence)
        let instants = matcher.sortPieces()
        var start = Int64.min
        for end in instants + [.max] {
            if end > from || end == .max {
                matcher.match(sequence, bound, from: start, to: end)
                body(&self, start, end)
            }
            if end >= to { return }
            start = end
        }
    }

    /// When a run's start is not seen any more, or is not the last one.
    private func end(of match: SequenceMatcher.Match, _ sequence: BoundSequence) -> Int64 {
        let start = matcher.starts[match.start]
        let seen: Int64
        switch sequence.window {
        case .elapsed(let from, _): seen = saturatingSum(start, from)
        case .recent(let span, let zone):
            let days = localDays(span, zone)
            seen = days.instantWhenBefore(reaches: days.day(at: start))
        // A plan has no sequence whose window ends before now.
        case .ever, .past, .between: seen = .max
        }
        guard sequence.startsLast, let next = matcher.start(after: match.start) else { return seen }
        return min(seen, next)
    }

    private mutating func match(_ sequence: BoundSequence) {
        collect(sequence)
        matcher.match(sequence, bound)
    }

    private mutating func collect(_ sequence: BoundSequence) {
        work.atomsEvaluated += 1
        matcher.begin()
        for (number, index) in sequence.steps.enumerated() {
            let step = bound.sequenceSteps[index]
            if let stream = step.stream {
                collect(stream, of: step, number: number, isPieced: sequence.isPieced)
                continue
            }
            for (place, source) in step.sources.enumerated() {
                collect(bound.sources[source], place: place, of: step, number: number, isPieced: sequence.isPieced)
            }
        }
    }

    private mutating func collect(_ stream: Int, of step: BoundSequenceStep, number: Int, isPieced: Bool) {
        let items = streams.items(stream, timeline, &work)
        for piece in items.pieces {
            add(
                time: items.times[piece.item], order: items.orders[piece.item], number, isPieced,
                from: piece.from, to: piece.to)
            let first = Int(piece.value)
            for place in first..<(first + step.places.count) { matcher.add(value: items.fieldValues[place]) }
        }
    }

    /// `place`: of the source among those of the step.
    private mutating func collect(
        _ source: BoundSource, place: Int, of step: BoundSequenceStep, number: Int, isPieced: Bool
    ) {
        let count = timeline.rowCount(slot: source.slot)
        work.eventsRead += count
        let times = timeline.columnStart(slot: source.slot, column: CustomerTimeline.timeColumn)
        let hasOrder = timeline.propertyColumn(slot: source.slot, property: 0) > CustomerTimeline.orderColumn
        let orders = timeline.columnStart(slot: source.slot, column: CustomerTimeline.orderColumn)
        for row in 0..<count where passes(source, row) {
            let time = timeline.columns[times + row]
            let order = hasOrder ? timeline.columns[orders + row] : Int64(row)
            add(time: time, order: order, number, isPieced, from: time, to: .max)
            for key in 0..<step.places.count {
                let property = bound.sequenceNumbers[step.columns + place * step.places.count + key]
                matcher.add(value: value(source.slot, property, row))
            }
        }
    }

    @inline(__always)
    private mutating func add(
        time: Int64, order: Int64, _ step: Int, _ isPieced: Bool, from: Int64, to: Int64
    ) {
        if isPieced {
            matcher.add(time: time, order: order, step: step, from: from, to: to)
        } else {
            matcher.add(time: time, order: order, step: step)
        }
    }

    func passes(_ source: BoundSource, _ row: Int) -> Bool {
        source.tests.allSatisfy { index in
            let test = bound.propertyTests[index]
            return bound.tests.holds(test.test, value(source.slot, test.property, row))
        }
    }

    func value(_ slot: Int, _ property: Int, _ row: Int) -> Int64 {
        let column = timeline.propertyColumn(slot: slot, property: property)
        return timeline.columns[timeline.columnStart(slot: slot, column: column) + row]
    }
}
