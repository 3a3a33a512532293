package import CampaignPlan

/// Evaluates one bound plan over one customer at a time; it owns its reusable memory, so there is one for each thread.
///
/// Load a customer into `timeline`, call `begin`, then ask. Every node of the condition graph is evaluated at most once
/// per customer and only when asked for.
package struct Evaluator: ~Copyable {
    package let bound: BoundPlan
    let tables: BoundTables
    /// Holds the memory of `tables`.
    private let memory: RawArena
    /// Owned, so that it can be filled in place; changes count from the next `begin`.
    package var timeline: CustomerTimeline

    var arena = IntervalArena()
    var streams: EventStreams
    var bounds = WindowBounds()
    var extremes = ExtremeAggregate()
    var distincts = DistinctAggregate()
    var matcher = SequenceMatcher()
    var recipientZone = 0
    /// Answers are right from this instant on, and those that look back from so much later; what held only before may be
    /// left out.
    let horizon: Int64
    /// Whether the customer is in the holdout, once it was asked; a hash is worth remembering.
    private var holdout: Bool?
    var work = WorkCounters()
    /// The triggers of the journey that was looked at last, for its other steps.
    var journey = JourneyEntries()
    /// Answers for a customer whose rows are too many to be copied; made when there is the first one.
    var streamed: StreamedCustomer?
    /// Whether the current customer is such a one.
    private(set) var isStreamed = false
    /// What the current customer's late rows need, if there are any; made when there is the first such customer.
    var late: LateRows?
    private(set) var isLate = false

    private var known: RawList<KnownList>
    private var generation = 0

    /// A node's list, known if it is of the current customer's generation.
    private struct KnownList: BitwiseCopyable {
        var list: IntervalArena.List
        var generation: Int
    }

    /// `horizon`: the first instant that will be asked about, in milliseconds since 1970; it saves what lies before it.
    package init(_ bound: BoundPlan, horizon: Int64 = .min) {
        self.bound = bound
        self.horizon = saturatingDifference(horizon, bound.lookback)
        memory = RawArena()
        tables = BoundTables(bound, memory)
        timeline = CustomerTimeline(layout: bound.layout)
        streams = EventStreams(bound, memory)
        known = RawList(repeating: KnownList(list: .empty, generation: -1), count: bound.nodes.count)
    }

    /// Starts on the customer that `timeline` holds now.
    package mutating func begin() {
        work.intervalsMade += arena.intervals.count - 1
        arena.removeAll()
        recipientZone = bound.recipientZone(of: timeline)
        streams.removeAll(recipientZone: recipientZone)
        generation += 1
        holdout = nil
        isStreamed = false
        journey.first = -1
        isLate = timeline.isLate || (timeline.isPart && isLate)
        if isLate { beginLate() }
    }

    /// Starts on a customer of whom `timeline` holds all but the rows: these stay where they lie in the tables, those of
    /// each slot in its range. Intervals of conditions cannot be asked for.
    package mutating func begin(streaming rows: [Range<Int>], of customer: Int, in tables: CustomerTables) {
        begin()
        isStreamed = true
        let customers = streamed ?? StreamedCustomer(bound, tables)
        customers.begin(customer, existsFrom: timeline.existsFrom, rows)
        streamed = customers
    }

    /// Takes another timeline of the same layout and starts on it. Loops over many customers fill `timeline` instead.
    package mutating func begin(_ timeline: consuming CustomerTimeline) {
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
        if isStreamed { return streamedHolds(condition, at: instant) }
        return instant >= timeline.existsFrom && nodeHolds(condition, at: instant)
    }

    /// Apart from the ordinary answer, whose loops would otherwise move the large value about.
    @inline(never)
    private mutating func streamedHolds(_ condition: ConditionIndex, at instant: Int64) -> Bool {
        streamed?.now.holds(condition, at: instant) ?? false
    }

    /// The same, asked for what comes of a decision, later than it.
    mutating func holdsLater(_ condition: ConditionIndex, at instant: Int64) -> Bool {
        if isStreamed { return streamedHoldsLater(condition, at: instant) }
        return holds(condition, at: instant)
    }

    @inline(never)
    private mutating func streamedHoldsLater(_ condition: ConditionIndex, at instant: Int64) -> Bool {
        streamed?.later.holds(condition, at: instant) ?? false
    }

    /// All work since the evaluator was made.
    package var counters: WorkCounters {
        var total = work
        total.intervalsMade += arena.intervals.count - 1
        if let streamed { total += streamed.work }
        return total
    }
}

// Its memory is its own, and it is not copyable.
extension Evaluator: @unchecked Sendable {}

extension Evaluator {
    /// When a node holds, without regard to the customer's existence.
    @inline(__always)
    mutating func list(of node: ConditionIndex) -> IntervalArena.List {
        let before = known[node]
        return before.generation == generation ? before.list : make(node)
    }

    @inline(never)
    private mutating func make(_ node: ConditionIndex) -> IntervalArena.List {
        let list = evaluate(node)
        known[node] = KnownList(list: list, generation: generation)
        return list
    }

    /// Whether a node holds at an instant, without regard to the customer's existence.
    mutating func nodeHolds(_ node: ConditionIndex, at instant: Int64) -> Bool {
        // Not in one expression: the arena would be read before the list is made.
        let list = list(of: node)
        return arena.covers(list, instant)
    }

    /// Whether a node held just before an instant, without regard to the customer's existence; negative: yes.
    @inline(__always)
    mutating func held(_ node: ConditionIndex, before instant: Int64) -> Bool {
        node < 0 || wasTrue(node, before: instant)
    }

    @inline(never)
    private mutating func wasTrue(_ node: ConditionIndex, before instant: Int64) -> Bool {
        if isStreamed { return streamed?.changes.held(node, before: instant) ?? false }
        return nodeHolds(node, at: saturatingDifference(instant, 1))
    }

    mutating func isInHoldout() -> Bool {
        if let holdout { return holdout }
        let isIn = bound.holdout?.contains(customerKey: timeline.key) ?? false
        holdout = isIn
        return isIn
    }

    private func holds(_ test: UnsafePointer<BoundTest>, slot: Int) -> Bool {
        bound.tests.holds(test.pointee, timeline.attributes[slot])
    }

    func zone(_ zone: BoundZone) -> Int {
        switch zone {
        case .fixed(let index): index
        case .recipient: recipientZone
        }
    }

    private mutating func evaluate(_ index: ConditionIndex) -> IntervalArena.List {
        let node = tables.nodes + index
        switch node.pointee.kind {
        case .never: return .empty
        case .always: return .always
        case .not:
            let list = list(of: node.pointee.first)
            return arena.complement(of: list)
        case .all:
            var result = IntervalArena.List.always
            var place = node.pointee.first
            while place < node.pointee.end, !result.isEmpty {
                let list = list(of: tables.children[place])
                result = arena.intersection(result, list)
                place &+= 1
            }
            return result
        case .any:
            var result = IntervalArena.List.empty
            var place = node.pointee.first
            while place < node.pointee.end, !arena.isAlways(result) {
                let list = list(of: tables.children[place])
                result = arena.union(result, list)
                place &+= 1
            }
            return result
        case .attribute:
            work.atomsEvaluated &+= 1
            return holds(tables.tests + node.pointee.end, slot: node.pointee.first) ? .always : .empty
        case .attributeTime: return evaluateAttribute(node.pointee.first)
        case .count:
            if isLate { return lateCount(node.pointee.first) }
            return evaluateCount(tables.counts + node.pointee.first)
        case .events:
            if isLate { return lateEvents(node.pointee.first) }
            return evaluateEvents(node.pointee.first)
        case .intervals:
            if isLate, bound.intervalNodes[node.pointee.first].looksAtRows {
                return evaluateLate { $0.evaluate(intervalNode: node.pointee.first) }
            }
            return evaluate(intervalNode: node.pointee.first)
        }
    }
}
