import CampaignPlan
import CivilTime

/// The hour at which a recipient is likely to look, with everything looked up.
struct BoundBestTime: Sendable {
    /// An index into `BoundPlan.streams`.
    var stream: Int
    /// Milliseconds.
    var over: Int64
    var occurrences: Int
    /// By hour: whether it is looked at.
    var isOpen: [Bool]
    /// The fallback's days and time.
    var fallback: NextSend
}

extension ConditionBinder {
    /// Returns its index in `BoundPlan.bestTimes`; -1: another kind of time.
    mutating func bindBestTime(_ next: NextTime?) -> Int {
        guard let next, case .best(let best) = next.time else { return -1 }
        let open = best.hours
        bound.bestTimes.append(
            BoundBestTime(
                stream: stream(of: best.selection), over: best.over, occurrences: best.occurrences,
                isOpen: (0..<24).map(open.contains), fallback: NextSend(next)))
        return bound.bestTimes.count - 1
    }
}

extension Evaluator {
    /// When a message is planned: at the first instant from `earliest` on with the best time, as it is known at the
    /// trigger.
    @inline(never)
    mutating func planned(_ index: Int, trigger: Int64, from earliest: Int64, zone: Int) -> Int64 {
        let best = bound.bestTimes[index]
        let rules = bound.zones[zone]
        var counts = [Int](repeating: 0, count: best.isOpen.count)
        for time in times(of: best, trigger) {
            let hour = rules.local(at: Instant(milliseconds: time)).time.hour
            if counts.indices.contains(hour), best.isOpen[hour] { counts[hour] += 1 }
        }
        guard let most = counts.max(), most > 0, counts.reduce(0, +) >= best.occurrences,
            let hour = counts.firstIndex(of: most), let time = TimeOfDay(hour: hour, minute: 0)
        else { return best.fallback.first(from: earliest, in: rules) }
        return NextSend(days: best.fallback.days, time: .at(time)).first(from: earliest, in: rules)
    }

    /// The times of the events that the window before a trigger shows.
    private mutating func times(of best: BoundBestTime, _ trigger: Int64) -> [Int64] {
        show(at: trigger)
        defer { showAll() }
        let after = saturatingDifference(trigger, best.over)
        if bound.streams[best.stream].isPieced {
            let items = streams.items(best.stream, timeline, &work)
            return items.pieces.filter { $0.from <= trigger && trigger < $0.to }.map { items.times[$0.item] }
                .filter { $0 > after && $0 <= trigger }
        }
        let stream = streams.select(best.stream, timeline, &work)
        let shown = firstIndex(after: after, in: stream)..<firstIndex(after: max(after, trigger), in: stream)
        let times = times(of: stream)
        return shown.map { times[$0] }
    }
}
