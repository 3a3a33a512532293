internal import Algorithms

/// Finds the runs of a sequence in one customer's events, in reusable storage: one walk through the events of all steps
/// in the order of time.
///
/// A later start is never worse: it leaves the windows later, and fits what is counted from the first step. So each event
/// of a step needs to know only the latest start from which a run reaches it. Where runs are compared with their first
/// event, those of equal values are walked apart, up to the last step that is compared; in each the latest event of a
/// step has the latest start, and one such event is remembered. Behind that step all runs are one, and a queue keeps those
/// starts that are still the latest within the time that the next step allows.
///
/// The walk costs the sorting of the events; a step between compared ones that is not compared itself costs as often as
/// there are different values.
struct SequenceMatcher {
    /// An event of a step, and where its values lie.
    struct Event {
        var time: Int64
        /// Among events of one time.
        var order: Int64
        var step: Int
        /// Where the values with which its step is compared begin in `values`.
        var firstValue: Int
    }

    /// A run that reached its last step.
    struct Match {
        /// When it completes; the condition may hold from here on.
        var from: Int64
        /// When it is undone; `Int64.max`: never.
        var to: Int64
        /// Its start, an index into `starts`.
        var start: Int
    }

    /// An event of a step from one instant to another.
    private struct Piece {
        var event: Event
        var from: Int64
        var to: Int64
    }

    private struct Reached {
        var time: Int64
        var start: Int
    }

    private(set) var matches: [Match] = []
    /// The times of the first step's events, in the order of time and input.
    private(set) var starts: [Int64] = []
    /// By start: its place among starts of one time.
    private var startOrders: [Int64] = []

    private var events: [Event] = []
    /// What is taken for events in certain stretches of time.
    private var pieces: [Piece] = []
    private var values: [Int64] = []
    private var groups: [[Int64]: Int] = [:]
    private var keys: [[Int64]] = []
    /// By group, then step: the latest event of the step that a run of the group reached. Start -1: none.
    private var reached: [Reached] = []
    /// By step: what runs of any group reached, starts descending.
    private var queues: [[Reached]] = []
    private var queueHeads: [Int] = []
    private var pending: [(group: Int, step: Int, start: Int)] = []
    private var ends: [(time: Int64, start: Int, group: Int)] = []
    /// By the values that the absence is compared with: its times, ascending.
    private var absences: [[Int64]: [Int64]] = [:]

    mutating func add(time: Int64, order: Int64, step: Int) {
        events.append(Event(time: time, order: order, step: step, firstValue: values.count))
    }

    /// An event that is one of the step's only from one instant to another, or has its values only then.
    mutating func add(time: Int64, order: Int64, step: Int, from: Int64, to: Int64) {
        let event = Event(time: time, order: order, step: step, firstValue: values.count)
        pieces.append(Piece(event: event, from: from, to: to))
    }

    /// Of the event that was added last.
    mutating func add(value: Int64) { values.append(value) }

    mutating func begin() {
        events.removeAll(keepingCapacity: true)
        pieces.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: true)
    }

    /// After all events were added.
    mutating func match(_ sequence: BoundSequence, _ bound: BoundPlan) {
        events.sort { ($0.time, $0.order) < ($1.time, $1.order) }
        matchEvents(sequence, bound)
    }

    /// After all pieces were added: the instants at which events change otherwise than that they happen, ascending, each
    /// once.
    mutating func sortPieces() -> [Int64] {
        pieces.sort { ($0.event.time, $0.event.order) < ($1.event.time, $1.event.order) }
        var instants: Set<Int64> = []
        for piece in pieces {
            if piece.from > piece.event.time { instants.insert(piece.from) }
            if piece.to < .max { instants.insert(piece.to) }
        }
        return instants.sorted()
    }

    /// The runs of what there is in a stretch of time in which no event changes; what else there ever is does not count.
    mutating func match(_ sequence: BoundSequence, _ bound: BoundPlan, from: Int64, to: Int64) {
        events.removeAll(keepingCapacity: true)
        for piece in pieces where piece.from < to && piece.to > from { events.append(piece.event) }
        matchEvents(sequence, bound)
    }

    private mutating func matchEvents(_ sequence: BoundSequence, _ bound: BoundPlan) {
        matches.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        startOrders.removeAll(keepingCapacity: true)
        groups.removeAll(keepingCapacity: true)
        keys.removeAll(keepingCapacity: true)
        reached.removeAll(keepingCapacity: true)
        pending.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        absences.removeAll(keepingCapacity: true)
        let stepCount = sequence.steps.count - (sequence.hasAbsence ? 1 : 0)
        queues = [[Reached]](repeating: [], count: stepCount)
        queueHeads = [Int](repeating: 0, count: stepCount)
        var first = 0
        while first < events.count {
            var end = first
            while end < events.count, events[end].time == events[first].time { end += 1 }
            for index in first..<end { take(events[index], sequence, bound, stepCount) }
            settle(events[first].time, sequence, stepCount)
            first = end
        }
        complete(sequence, bound)
    }

    private mutating func take(
        _ event: Event, _ sequence: BoundSequence, _ bound: BoundPlan, _ stepCount: Int
    ) {
        let step = bound.sequenceSteps[sequence.steps.lowerBound + event.step]
        let values = Array(self.values[event.firstValue..<(event.firstValue + step.places.count)])
        if event.step == 0 {
            let group = group(values, stepCount)
            starts.append(event.time)
            startOrders.append(event.order)
            pending.append((group, 0, starts.count - 1))
        } else if event.step == stepCount {
            absences[values, default: []].append(event.time)
        } else if event.step > sequence.lastKeyed {
            if let start = latestStart(before: event, step) { pending.append((-1, event.step, start)) }
        } else if values.count == sequence.keyCount {
            // A missing value equals nothing, though groups are told apart by it.
            guard !values.contains(CustomerTimeline.missing), let group = groups[values] else { return }
            reach(group, event, step, stepCount)
        } else {
            let places = bound.sequenceNumbers[step.places]
            for group in keys.indices {
                let isEqual = zip(places, values).allSatisfy { place, value in
                    value != CustomerTimeline.missing && keys[group][place] == value
                }
                if isEqual { reach(group, event, step, stepCount) }
            }
        }
    }

    /// The next start in the order of time and input. A derived event and its first line are at one place.
    func start(after index: Int) -> Int64? {
        var next = index + 1
        while next < starts.count, starts[next] == starts[index], startOrders[next] == startOrders[index] { next += 1 }
        return next < starts.count ? starts[next] : nil
    }

    private mutating func group(_ values: [Int64], _ stepCount: Int) -> Int {
        if let known = groups[values] { return known }
        groups[values] = keys.count
        keys.append(values)
        reached.append(contentsOf: repeatElement(Reached(time: 0, start: -1), count: stepCount))
        return keys.count - 1
    }

    /// Notes that a run of the group reaches the event, if one does.
    private mutating func reach(_ group: Int, _ event: Event, _ step: BoundSequenceStep, _ stepCount: Int) {
        let before = reached[group * stepCount + event.step - 1]
        guard before.start >= 0, isWithin(step.within, before.time, event.time),
            isWithin(step.ofFirstWithin, starts[before.start], event.time)
        else { return }
        pending.append((group, event.step, before.start))
    }

    /// The latest start of any group from which a run reaches the event.
    private mutating func latestStart(before event: Event, _ step: BoundSequenceStep) -> Int? {
        let before = event.step - 1
        while queueHeads[before] < queues[before].count,
            !isWithin(step.within, queues[before][queueHeads[before]].time, event.time)
        {
            queueHeads[before] += 1
        }
        guard queueHeads[before] < queues[before].count else { return nil }
        let start = queues[before][queueHeads[before]].start
        return isWithin(step.ofFirstWithin, starts[start], event.time) ? start : nil
    }

    private func isWithin(_ length: Int64?, _ from: Int64, _ to: Int64) -> Bool {
        length.map { to <= saturatingSum(from, $0) } ?? true
    }

    /// What the events of one time reached counts for later ones only.
    private mutating func settle(_ time: Int64, _ sequence: BoundSequence, _ stepCount: Int) {
        for (group, step, start) in pending {
            if group >= 0 {
                let place = group * stepCount + step
                let known = reached[place].start >= 0 && reached[place].time == time ? reached[place].start : -1
                reached[place] = Reached(time: time, start: max(known, start))
            }
            if step >= sequence.lastKeyed { enqueue(Reached(time: time, start: start), step) }
            if step == stepCount - 1 { ends.append((time, start, group)) }
        }
        pending.removeAll(keepingCapacity: true)
    }

    /// A later event with a later start beats those before it.
    private mutating func enqueue(_ new: Reached, _ step: Int) {
        while queues[step].count > queueHeads[step], let last = queues[step].last, last.start <= new.start {
            queues[step].removeLast()
        }
        // Of one time the latest start alone counts, and it comes first.
        queues[step].append(new)
    }

    private mutating func complete(_ sequence: BoundSequence, _ bound: BoundPlan) {
        guard sequence.hasAbsence else {
            matches = ends.map { Match(from: $0.time, to: .max, start: $0.start) }
            return
        }
        let absence = bound.sequenceSteps[sequence.steps.upperBound - 1]
        let places = bound.sequenceNumbers[absence.places]
        for end in ends {
            let values = end.group < 0 ? [] : places.map { keys[end.group][$0] }
            let next =
                values.contains(CustomerTimeline.missing)
                ? nil : absences[values].flatMap { firstTime(after: end.time, in: $0) }
            guard let within = absence.within else {
                matches.append(Match(from: end.time, to: next ?? .max, start: end.start))
                continue
            }
            let completed = saturatingSum(end.time, within)
            if let next, next <= completed { continue }
            matches.append(Match(from: completed, to: .max, start: end.start))
        }
    }

    private func firstTime(after instant: Int64, in times: [Int64]) -> Int64? {
        let place = times.partitioningIndex { $0 > instant }
        return place < times.count ? times[place] : nil
    }
}
