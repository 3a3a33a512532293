import CivilTime

extension Evaluator {
    /// When an instant or date attribute is where its window wants it: one interval at most.
    mutating func evaluateAttribute(_ index: Int) -> IntervalArena.List {
        work.atomsEvaluated += 1
        let atom = bound.attributeAtoms[index]
        guard
            let interval = atom.visibility(of: timeline.attributes[atom.slot], in: bound.zones[zone(atom.zone)])
        else { return .empty }
        arena.open()
        arena.append(interval.from, interval.to)
        return arena.close()
    }
}

extension AttributeAtom {
    /// When the value is where the window wants it; nil for a missing one.
    func visibility(of value: Int64, in zone: TimeZoneRules) -> Interval? {
        guard value != CustomerTimeline.missing else { return nil }
        guard isDate else { return visibility(ofInstant: value, zone) }
        return visibility(
            ofInstant: zone.startOfDay(CivilDate(daysSinceEpoch: Int32(clamping: value))).milliseconds, zone)
    }

    private func visibility(ofInstant time: Int64, _ zone: TimeZoneRules) -> Interval {
        switch window {
        case .elapsed(let from, let to):
            return Interval(from: saturatingSum(time, to), to: saturatingSum(time, from))
        case .past(let span):
            let days = LocalDays(zone: zone, span: span)
            let day = days.day(at: time)
            let expiry = days.instantWhenBefore(reaches: day.adding(days: 1))
            return Interval(from: max(time, days.end(of: day)), to: expiry)
        case .recent(let span):
            let days = LocalDays(zone: zone, span: span)
            return Interval(from: time, to: days.instantWhenBefore(reaches: days.day(at: time)))
        case .nextElapsed(let length):
            return Interval(from: saturatingDifference(time, length), to: time)
        case .nextDays(let span):
            let days = LocalDays(zone: zone, span: span)
            let day = days.day(at: time)
            let from = days.instantWhenAfter(reaches: day.adding(days: 1))
            return Interval(from: from, to: isDate ? days.end(of: day) : time)
        }
    }
}
