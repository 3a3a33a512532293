import CampaignPlan

// Contract 7, by looking at every start and at all events that a run from it can reach.
extension NaiveOracle {
    func completes(_ pattern: SequencePattern, at t: Int64, trigger: Int64?) -> Bool {
        let visible = customer.events.filter { $0.time <= t }
        let firsts = visible.enumerated().filter { selects($0.element, pattern.steps[0].selection) }
        // The latest, and of one time the last of the input.
        let last = firsts.max { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
        for (place, start) in firsts {
            guard sees(start.time, through: pattern.window, at: t, trigger: trigger) else { continue }
            if pattern.startsLast, place != last?.offset { continue }
            var reached = Set([start.time])
            for step in pattern.steps.dropFirst() {
                reached = Set(
                    visible.filter { event in
                        selects(event, step.selection) && isSame(event, start, step)
                            && isWithin(step.ofFirstWithin, start.time, event.time)
                            && reached.contains { before in
                                follows(event.time, before) && isWithin(step.within, before, event.time)
                            }
                    }.map(\.time))
            }
            if reached.contains(where: { isComplete(pattern, start, lastEvent: $0, at: t) }) { return true }
        }
        return false
    }

    private func isComplete(
        _ pattern: SequencePattern, _ start: NaiveEvent, lastEvent a: Int64, at t: Int64
    ) -> Bool {
        guard let absence = pattern.absence else { return true }
        let spoilers = customer.events.filter { event in
            event.time > a && selects(event, absence.selection) && isSame(event, start, absence)
        }
        guard let within = absence.within else {
            return mutation == .absenceIsNeverUndone || !spoilers.contains { $0.time <= t }
        }
        let end = Int128(a) + Int128(within)
        let isSpoilt = spoilers.contains {
            mutation == .absenceEndExcluded ? Int128($0.time) < end : Int128($0.time) <= end
        }
        return Int128(t) >= end && !isSpoilt
    }

    private func follows(_ time: Int64, _ before: Int64) -> Bool {
        mutation == .stepsMayMeet ? time >= before : time > before
    }

    private func isWithin(_ length: Int64?, _ from: Int64, _ to: Int64) -> Bool {
        guard let length else { return true }
        let age = Int128(to) - Int128(from)
        return mutation == .stepEndExcluded ? age < Int128(length) : age <= Int128(length)
    }

    private func isSame(_ event: NaiveEvent, _ start: NaiveEvent, _ step: SequencePattern.Step) -> Bool {
        if mutation == .sameIgnored { return true }
        return step.same.allSatisfy { name in
            event.property(name) != .missing && event.property(name) == start.property(name)
        }
    }
}
