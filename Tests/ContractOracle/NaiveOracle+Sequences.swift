package import CampaignPlan

// Contract 7, by looking at every start and at all events that a run from it can reach.
extension NaiveOracle {
    /// A run from its first event to the time of its last one.
    private struct Run {
        let start: NaiveItem
        let end: Int64
    }

    func completes(_ pattern: SequencePattern, at t: Int64, trigger: Int64?) -> Bool {
        let visible = visibleParts(pattern, at: t)
        return starts(of: pattern, visible, at: t, trigger: trigger).contains { start in
            runs(of: pattern, from: start, visible).contains { completion(of: $0, pattern, visible, at: t) != nil }
        }
    }

    /// When a campaign that waits for a sequence fires: at completions that nobody knew a millisecond before.
    package func completions(of pattern: SequencePattern, fromAnyStart: Bool = false) -> [Int64] {
        let times = customer.moments
        let ends = times.compactMap { time in
            Int64(exactly: Int128(time) + Int128(pattern.absence?.within ?? 0))
        }
        return Set(times + ends).filter { t in
            let before = max(t, .min + 1) - 1
            // Nothing is known before time itself.
            let (now, earlier) = (visibleParts(pattern, at: t), before == t ? [] : visibleParts(pattern, at: before))
            let known = Set(
                firsts(of: pattern, earlier).flatMap { runs(of: pattern, from: $0, earlier) }.compactMap {
                    completion(of: $0, pattern, earlier, at: before, includingUndone: true)
                })
            let starts =
                fromAnyStart ? firsts(of: pattern, now) : starts(of: pattern, now, at: t, trigger: nil)
            return starts.flatMap { runs(of: pattern, from: $0, now) }.contains { run in
                completion(of: run, pattern, now, at: t).map { !known.contains($0) } ?? false
            }
        }.sorted()
    }

    private func visibleParts(_ pattern: SequencePattern, at t: Int64) -> [NaiveItem] {
        items(Set(pattern.parts.flatMap(\.selection.types)).sorted(), at: t)
    }

    private func firsts(of pattern: SequencePattern, _ visible: [NaiveItem]) -> [NaiveItem] {
        visible.filter { selects($0, pattern.steps[0].selection) }
    }

    /// The first events that the window shows.
    private func starts(
        of pattern: SequencePattern, _ visible: [NaiveItem], at t: Int64, trigger: Int64?
    ) -> [NaiveItem] {
        let firsts = firsts(of: pattern, visible)
        // The latest, and of one time the last of the input.
        let last = firsts.max { ($0.time, $0.place) < ($1.time, $1.place) }
        return firsts.filter { start in
            sees(start.time, through: pattern.window, at: t, trigger: trigger)
                && (!pattern.startsLast || start.place == last?.place)
        }
    }

    private func runs(of pattern: SequencePattern, from start: NaiveItem, _ visible: [NaiveItem]) -> [Run] {
        var reached = Set([start.time])
        for step in pattern.steps.dropFirst() where !reached.isEmpty {
            reached = Set(
                visible.filter { event in
                    selects(event, step.selection) && isSame(event, start, step)
                        && isWithin(step.ofFirstWithin, start.time, event.time)
                        && reached.contains { before in
                            follows(event.time, before) && isWithin(step.within, before, event.time)
                        }
                }.map(\.time))
        }
        return reached.map { Run(start: start, end: $0) }
    }

    /// When a run completed; nil: not by `t`, or it is undone.
    private func completion(
        of run: Run, _ pattern: SequencePattern, _ visible: [NaiveItem], at t: Int64, includingUndone: Bool = false
    ) -> Int64? {
        guard let absence = pattern.absence else { return run.end }
        let spoilers = visible.filter { event in
            event.time > run.end && selects(event, absence.selection) && isSame(event, run.start, absence)
        }
        guard let within = absence.within else {
            let isUndone = mutation != .absenceIsNeverUndone && !spoilers.isEmpty
            return isUndone && !includingUndone ? nil : run.end
        }
        let end = Int128(run.end) + Int128(within)
        let isSpoilt = spoilers.contains {
            mutation == .absenceEndExcluded ? Int128($0.time) < end : Int128($0.time) <= end
        }
        return Int128(t) >= end && !isSpoilt ? Int64(end) : nil
    }

    private func follows(_ time: Int64, _ before: Int64) -> Bool {
        mutation == .stepsMayMeet ? time >= before : time > before
    }

    private func isWithin(_ length: Int64?, _ from: Int64, _ to: Int64) -> Bool {
        guard let length else { return true }
        let age = Int128(to) - Int128(from)
        return mutation == .stepEndExcluded ? age < Int128(length) : age <= Int128(length)
    }

    private func isSame(_ event: NaiveItem, _ start: NaiveItem, _ step: SequencePattern.Step) -> Bool {
        if mutation == .sameIgnored { return true }
        return step.same.allSatisfy { name in
            event.property(name) != .missing && event.property(name) == start.property(name)
        }
    }
}
