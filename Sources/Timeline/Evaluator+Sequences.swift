import CampaignPlan

extension Evaluator {
    /// When a sequence holds; without a trigger a window since the trigger shows all time so far.
    mutating func sequenceHolds(_ index: Int) -> IntervalArena.List {
        let sequence = bound.sequences[index]
        match(sequence)
        arena.open()
        for match in matcher.matches {
            arena.append(match.from, min(match.to, end(of: match, sequence)))
        }
        return arena.close()
    }

    /// Whether a sequence that began after the trigger holds.
    mutating func sequenceHolds(_ index: Int, since trigger: Int64, at instant: Int64) -> Bool {
        let sequence = bound.sequences[index]
        match(sequence)
        return matcher.matches.contains { match in
            matcher.starts[match.start] > trigger && match.from <= instant && instant < match.to
                && instant < end(of: match, sequence)
        }
    }

    /// The instants in `[from, to)` at which a run completes whose start is seen then: ascending, each once.
    mutating func completions(of index: Int, _ from: Int64, _ to: Int64) -> [Int64] {
        let sequence = bound.sequences[index]
        match(sequence)
        let instants = from..<max(from, to)
        let found = matcher.matches.filter { match in
            instants.contains(match.from) && match.from >= timeline.existsFrom
                && match.from < min(match.to, end(of: match, sequence))
        }
        return Set(found.map(\.from)).sorted()
    }

    /// The same where events become known late: what completes is known as soon as all of its events are, and fires if it
    /// was not known before.
    mutating func lateCompletions(of index: Int, _ from: Int64, _ to: Int64) -> [Int64] {
        let sequence = bound.sequences[index]
        guard let late, from < to else { return [] }
        var found: Set<Int64> = []
        var before: Set<Int64> = []
        // What was known before the first stretch that counts matters too.
        let first = max(late.stretch(at: from) - 1, 0)
        forEachStretch(from: first == 0 ? .min : late.start(of: first), to: to) { evaluator, start, end in
            evaluator.match(sequence)
            let matches = evaluator.matcher.matches
            for match in matches {
                let instant = max(match.from, start)
                if instant >= end || instant < max(from, evaluator.timeline.existsFrom) || instant >= to { continue }
                if match.from < start, before.contains(match.from) { continue }
                if instant < min(match.to, evaluator.end(of: match, sequence)) { found.insert(instant) }
            }
            before = Set(matches.map(\.from))
        }
        return found.sorted()
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
        guard sequence.startsLast, match.start + 1 < matcher.starts.count else { return seen }
        return min(seen, matcher.starts[match.start + 1])
    }

    private mutating func match(_ sequence: BoundSequence) {
        work.atomsEvaluated += 1
        matcher.begin()
        for (number, index) in sequence.steps.enumerated() {
            let step = bound.sequenceSteps[index]
            for (place, source) in step.sources.enumerated() {
                collect(bound.sources[source], place: place, of: step, number: number)
            }
        }
        matcher.match(sequence, bound)
    }

    /// `place`: of the source among those of the step.
    private mutating func collect(_ source: BoundSource, place: Int, of step: BoundSequenceStep, number: Int) {
        let count = timeline.rowCount(slot: source.slot)
        work.eventsRead += count
        let times = timeline.columnStart(slot: source.slot, column: CustomerTimeline.timeColumn)
        let hasOrder = timeline.propertyColumn(slot: source.slot, property: 0) > CustomerTimeline.orderColumn
        let orders = timeline.columnStart(slot: source.slot, column: CustomerTimeline.orderColumn)
        for row in 0..<count where passes(source, row) {
            let order = hasOrder ? timeline.columns[orders + row] : Int64(row)
            matcher.add(time: timeline.columns[times + row], order: order, step: number)
            for key in 0..<step.places.count {
                let property = bound.sequenceNumbers[step.columns + place * step.places.count + key]
                matcher.add(value: value(source.slot, property, row))
            }
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
