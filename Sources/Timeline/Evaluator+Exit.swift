internal import Algorithms
package import CampaignPlan

extension Evaluator {
    /// Whether an exit condition holds at an instant for somebody with this trigger; windows since the trigger show
    /// `(trigger, instant]`.
    ///
    /// One instant is asked about, so what depends on the trigger is looked at there alone, and what does not is
    /// answered from its intervals.
    package mutating func exitHolds(_ condition: ConditionIndex, trigger: Int64, at instant: Int64) -> Bool {
        if isStreamed { return streamed?.now.holds(condition, trigger: trigger, at: instant) ?? false }
        return instant >= timeline.existsFrom && exitNodeHolds(condition, trigger, instant)
    }

    private mutating func exitNodeHolds(_ node: ConditionIndex, _ trigger: Int64, _ instant: Int64) -> Bool {
        guard bound.dependsOnTrigger[node] else { return nodeHolds(node, at: instant) }
        switch bound.nodes[node] {
        case .not(let child): return !exitNodeHolds(child, trigger, instant)
        case .all(let children):
            for index in children where !exitNodeHolds(bound.children[index], trigger, instant) { return false }
            return true
        case .any(let children):
            for index in children where exitNodeHolds(bound.children[index], trigger, instant) { return true }
            return false
        case .eventsSinceTrigger(let atom):
            show(at: instant)
            defer { showAll() }
            return eventsHold(atom, trigger, instant)
        case .intervals(let index):
            show(at: instant)
            defer { showAll() }
            return holds(intervalNode: index, trigger, instant)
        case .constant, .attribute, .attributeTime, .events: return nodeHolds(node, at: instant)
        }
    }

    private mutating func eventsHold(_ index: Int, _ trigger: Int64, _ instant: Int64) -> Bool {
        work.atomsEvaluated += 1
        let atom = tables.atoms[index]
        let stream = streams.select(atom.stream, timeline, &work)
        let first = firstIndex(after: trigger, in: stream)
        let range = first..<max(first, firstIndex(after: instant, in: stream))
        switch atom.measure {
        case .countAtLeast(let count): return range.count >= count
        case .aggregate(let aggregate, let test):
            let values = (range.lowerBound + stream.firstValue)..<(range.upperBound + stream.firstValue)
            return bound.tests.holds(test, measured(aggregate, values))
        }
    }

    private mutating func measured(_ aggregate: Aggregate, _ values: Range<Int>) -> ExactFraction {
        switch aggregate {
        case .sum, .average:
            var sums = SumAggregate(isAverage: aggregate == .average)
            for (index, place) in values.enumerated() { sums.add(streams.values[place], index: index) }
            return sums.value
        case .minimum, .maximum:
            extremes.reset(wantsLargest: aggregate == .maximum)
            for (index, place) in values.enumerated() { extremes.add(streams.values[place], index: index) }
            return extremes.value
        case .distinct:
            distincts.reset(streams.values, values)
            for (index, place) in values.enumerated() { distincts.add(streams.values[place], index: index) }
            return distincts.value
        }
    }

    /// The index of the first event that is later than the instant; the number of events if there is none.
    func firstIndex(after instant: Int64, in stream: EventStreams.Selected) -> Int {
        let times = times(of: stream)
        return (0..<stream.count).partitioningIndex { times[$0] > instant }
    }
}
