package import CampaignPlan

/// Evaluates one bound plan over one customer at a time; a value with reusable storage, one for each thread.
///
/// Load a customer into `timeline`, call `begin`, then ask. Every node of the condition graph is evaluated at most once
/// per customer and only when asked for.
package struct Evaluator {
    package let bound: BoundPlan
    /// Owned, so that it can be filled in place; changes count from the next `begin`.
    package var timeline: CustomerTimeline

    var arena = IntervalArena()
    var streams: EventStreams
    var bounds = WindowBounds()
    var extremes = ExtremeAggregate()
    var distincts = DistinctAggregate()
    var recipientZone = 0
    /// Whether the customer is in the holdout, once it was asked; a hash is worth remembering.
    private var holdout: Bool?
    var work = WorkCounters()

    private var known: [IntervalArena.List]
    private var knownGeneration: [Int]
    private var generation = 0

    package init(_ bound: BoundPlan) {
        self.bound = bound
        timeline = CustomerTimeline(layout: bound.layout)
        streams = EventStreams(streamCount: bound.streams.count)
        known = [IntervalArena.List](repeating: .empty, count: bound.nodes.count)
        knownGeneration = [Int](repeating: -1, count: bound.nodes.count)
    }

    /// Starts on the customer that `timeline` holds now.
    package mutating func begin() {
        work.intervalsMade += arena.intervals.count - 1
        arena.removeAll()
        streams.removeAll()
        generation += 1
        recipientZone = bound.recipientZone(of: timeline)
        holdout = nil
    }

    /// Takes another timeline of the same layout and starts on it.
    package mutating func begin(_ timeline: CustomerTimeline) {
        self.timeline = timeline
        begin()
    }

    /// When a condition holds: disjoint, ascending, non-adjacent, clipped to the customer's existence. Without a trigger
    /// a window since the trigger shows all time so far.
    package mutating func intervals(of condition: ConditionIndex) -> [Interval] {
        let whole = list(of: condition)
        let list = arena.clipped(whole, from: timeline.existsFrom)
        return arena.array(list)
    }

    package mutating func holds(_ condition: ConditionIndex, at instant: Int64) -> Bool {
        instant >= timeline.existsFrom && nodeHolds(condition, at: instant)
    }

    /// All work since the evaluator was made.
    package var counters: WorkCounters {
        var total = work
        total.intervalsMade += arena.intervals.count - 1
        return total
    }
}

extension Evaluator {
    /// When a node holds, without regard to the customer's existence.
    mutating func list(of node: ConditionIndex) -> IntervalArena.List {
        if knownGeneration[node] == generation { return known[node] }
        let list = evaluate(node)
        known[node] = list
        knownGeneration[node] = generation
        return list
    }

    /// Whether a node holds at an instant, without regard to the customer's existence.
    mutating func nodeHolds(_ node: ConditionIndex, at instant: Int64) -> Bool {
        // Not in one expression: the arena would be read before the list is made.
        let list = list(of: node)
        return arena.covers(list, instant)
    }

    mutating func isInHoldout() -> Bool {
        if let holdout { return holdout }
        let isIn = bound.holdout?.contains(customerKey: timeline.key) ?? false
        holdout = isIn
        return isIn
    }

    func zone(_ zone: BoundZone) -> Int {
        switch zone {
        case .fixed(let index): index
        case .recipient: recipientZone
        }
    }

    private mutating func evaluate(_ node: ConditionIndex) -> IntervalArena.List {
        switch bound.nodes[node] {
        case .constant(let holds): return holds ? .always : .empty
        case .not(let child):
            let list = list(of: child)
            return arena.complement(of: list)
        case .all(let children):
            var result = IntervalArena.List.always
            for index in children where !result.isEmpty {
                let list = list(of: bound.children[index])
                result = arena.intersection(result, list)
            }
            return result
        case .any(let children):
            var result = IntervalArena.List.empty
            for index in children where !arena.isAlways(result) {
                let list = list(of: bound.children[index])
                result = arena.union(result, list)
            }
            return result
        case .attribute(let slot, let test):
            work.atomsEvaluated += 1
            return bound.tests.holds(test, timeline.attributes[slot]) ? .always : .empty
        case .attributeTime(let atom): return evaluateAttribute(atom)
        case .events(let atom), .eventsSinceTrigger(let atom): return evaluateEvents(atom)
        }
    }
}
