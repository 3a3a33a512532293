package import CampaignPlan

/// Answers whether conditions hold at single instants, straight from the columns; one for each thread.
///
/// Where an `Evaluator` makes a condition's intervals over all time, this one looks at the one instant and at no more
/// conditions than the answer takes. It copies no rows and lists no intervals, so that a customer with millions of
/// events takes no more memory than any other, but for the different values in a window that asks for the number, the
/// least or the greatest of them.
///
/// Instants that ascend cost one pass over the rows together: each atom goes on from the window that it looked at
/// last. Any order gives the same answers.
package struct InstantEvaluator: Sendable {
    let bound: BoundPlan
    let tables: CustomerTables
    private var customer = 0
    private(set) var existsFrom = Int64.min
    /// By event slot.
    private(set) var rows: [Range<Int>]
    var atoms: [AtomWindow]
    /// Counts customers; what an atom remembers is only good for the one it saw.
    private(set) var generation = 0
    private var recipientZone: Int?
    private(set) var work = WorkCounters()

    /// `tables` must follow the plan's layout.
    package init(_ bound: BoundPlan, _ tables: CustomerTables) {
        precondition(
            tables.attributes.count == bound.layout.attributes.count
                && tables.events.map(\.properties.count) == bound.layout.events.map(\.properties.count),
            "tables of another layout")
        self.bound = bound
        self.tables = tables
        rows = [Range<Int>](repeating: 0..<0, count: tables.events.count)
        atoms = bound.atoms.map { AtomWindow($0, sources: bound.streams[$0.stream].sources.count) }
    }

    /// Starts on a customer, who has no rows yet.
    package mutating func begin(_ customer: Int, existsFrom: Int64) {
        precondition(tables.attributes.allSatisfy { $0.count > customer }, "no such customer")
        self.customer = customer
        self.existsFrom = existsFrom
        for slot in rows.indices { rows[slot] = 0..<0 }
        generation += 1
        recipientZone = nil
    }

    /// The customer's rows of a slot.
    package mutating func setRows(_ rows: Range<Int>, slot: Int) {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= tables.events[slot].times.count, "no such rows")
        self.rows[slot] = rows
    }

    /// The condition is none that needs intervals.
    package mutating func holds(_ condition: ConditionIndex, at instant: Int64) -> Bool {
        instant >= existsFrom && nodeHolds(condition, instant, since: nil)
    }

    /// Whether it held a millisecond before, without regard to the customer's existence.
    mutating func held(_ condition: ConditionIndex, before instant: Int64) -> Bool {
        nodeHolds(condition, saturatingDifference(instant, 1), since: nil)
    }

    /// The same for somebody with this trigger; windows since the trigger show `(trigger, instant]`.
    package mutating func holds(_ condition: ConditionIndex, trigger: Int64, at instant: Int64) -> Bool {
        instant >= existsFrom && nodeHolds(condition, instant, since: trigger)
    }
}

extension InstantEvaluator {
    /// No trigger: windows since the trigger show all time so far.
    private mutating func nodeHolds(_ node: ConditionIndex, _ instant: Int64, since trigger: Int64?) -> Bool {
        switch bound.nodes[node] {
        case .constant(let holds): return holds
        case .not(let child): return !nodeHolds(child, instant, since: trigger)
        case .all(let children):
            for index in children where !nodeHolds(bound.children[index], instant, since: trigger) { return false }
            return true
        case .any(let children):
            for index in children where nodeHolds(bound.children[index], instant, since: trigger) { return true }
            return false
        case .attribute(let slot, let test):
            work.atomsEvaluated += 1
            return bound.tests.holds(test, attribute(slot))
        case .attributeTime(let atom):
            guard let visible = attributeVisibility(bound.attributeAtoms[atom]) else { return false }
            return visible.from <= instant && instant < visible.to
        case .events(let atom):
            work.atomsEvaluated += 1
            return eventsHold(atom, instant, since: nil)
        case .eventsSinceTrigger(let atom):
            work.atomsEvaluated += 1
            return eventsHold(atom, instant, since: trigger)
        case .intervals:
            preconditionFailure("a condition that only intervals answer")
        }
    }

    private func attribute(_ slot: Int) -> Int64 { tables.attributes[slot].value(customer) }

    mutating func attributeVisibility(_ atom: AttributeAtom) -> Interval? {
        atom.visibility(of: attribute(atom.slot), in: bound.zones[zone(atom.zone)])
    }

    mutating func zone(_ zone: BoundZone) -> Int {
        switch zone {
        case .fixed(let index): return index
        case .recipient:
            if let recipientZone { return recipientZone }
            let found = bound.zoneSlot.map { bound.recipientZone(code: attribute($0)) } ?? 0
            recipientZone = found
            return found
        }
    }
}
