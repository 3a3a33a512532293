import CivilTime

extension Evaluator {
    /// When an instant or date attribute is where its window wants it: one interval at most.
    mutating func evaluateAttribute(_ index: Int) -> IntervalArena.List {
        work.atomsEvaluated += 1
        let atom = bound.attributeAtoms[index]
        let value = timeline.attributes[atom.slot]
        guard value != CustomerTimeline.missing else { return .empty }
        var time = value
        if atom.isDate {
            let date = CivilDate(daysSinceEpoch: Int32(clamping: value))
            time = bound.zones[zone(atom.zone)].startOfDay(date).milliseconds
        }
        let interval = visibility(of: time, atom)
        arena.open()
        arena.append(interval.from, interval.to)
        return arena.close()
    }

    private func visibility(of time: Int64, _ atom: AttributeAtom) -> Interval {
        switch atom.window {
        case .elapsed(let from, let to):
            return Interval(from: saturatingSum(time, to), to: saturatingSum(time, from))
        case .past(let span):
            let days = localDays(span, atom.zone)
            let day = days.day(at: time)
            let expiry = days.instantWhenBefore(reaches: day.adding(days: 1))
            return Interval(from: max(time, days.end(of: day)), to: expiry)
        case .recent(let span):
            let days = localDays(span, atom.zone)
            return Interval(from: time, to: days.instantWhenBefore(reaches: days.day(at: time)))
        case .nextElapsed(let length):
            return Interval(from: saturatingDifference(time, length), to: time)
        case .nextDays(let span):
            let days = localDays(span, atom.zone)
            let day = days.day(at: time)
            let from = days.instantWhenAfter(reaches: day.adding(days: 1))
            return Interval(from: from, to: atom.isDate ? days.end(of: day) : time)
        }
    }
}
