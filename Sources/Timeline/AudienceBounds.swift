import CampaignPlan

/// What must be true of a customer for an audience to hold at any time at all, as bits: a cheap look that spares most
/// customers the evaluation of most audiences.
///
/// A fact is that the customer has an attribute's value, or so many events of a type. An audience has up to four
/// clauses; it is out of reach where none of a clause's facts is true. That it is within reach says nothing.
struct AudienceBounds {
    /// By place: the clauses of an audience.
    let clauses: UnsafePointer<Clauses>
    private let attributes: UnsafePointer<AttributeFact>
    private let attributeCount: Int
    private let events: UnsafePointer<EventFact>
    private let eventCount: Int

    struct Clauses {
        var a = AudienceBounds.always
        var b = AudienceBounds.always
        var c = AudienceBounds.always
        var d = AudienceBounds.always
    }

    struct AttributeFact {
        var slot: Int
        var test: BoundTest
        var bit: UInt64
    }

    /// At least so many events of a type, selected or not.
    struct EventFact {
        var slot: Int
        var count: Int
        var bit: UInt64
    }

    /// The bit of what is true of everybody.
    static let always: UInt64 = 1

    /// For these audiences, by place.
    init(_ bound: BoundPlan, _ audiences: [ConditionIndex], _ arena: RawArena) {
        var builder = AudienceBoundsBuilder(bound: bound)
        clauses = arena.copy(audiences.map { builder.clauses(of: $0) })
        (attributes, attributeCount) = (arena.copy(builder.attributes), builder.attributes.count)
        (events, eventCount) = (arena.copy(builder.events), builder.events.count)
    }

    /// The facts that are true of a customer.
    func facts(_ timeline: borrowing CustomerTimeline, _ tests: borrowing TestPool) -> UInt64 {
        var facts = Self.always
        for place in 0..<attributeCount {
            let fact = attributes + place
            if tests.holds(fact.pointee.test, timeline.attributes[fact.pointee.slot]) { facts |= fact.pointee.bit }
        }
        for place in 0..<eventCount {
            let fact = events + place
            facts |= timeline.rowCount(slot: fact.pointee.slot) >= fact.pointee.count ? fact.pointee.bit : 0
        }
        return facts
    }

    @inline(__always)
    func isWithinReach(_ place: Int, _ facts: UInt64) -> Bool {
        let clauses = clauses + place
        return clauses.pointee.a & facts != 0 && clauses.pointee.b & facts != 0 && clauses.pointee.c & facts != 0
            && clauses.pointee.d & facts != 0
    }
}

/// Finds clauses of audiences, as long as there are bits for their facts.
private struct AudienceBoundsBuilder {
    let bound: BoundPlan
    private(set) var attributes: [AudienceBounds.AttributeFact] = []
    private(set) var events: [AudienceBounds.EventFact] = []
    /// By node: its bit.
    private var attributeBits: [ConditionIndex: UInt64] = [:]
    private var eventBits: [EventKey: UInt64] = [:]
    private var used = 1

    private struct EventKey: Hashable {
        var slot: Int
        var count: Int
    }

    init(bound: BoundPlan) { self.bound = bound }

    mutating func clauses(of audience: ConditionIndex) -> AudienceBounds.Clauses {
        let found = disjunctions(audience)
        func clause(_ place: Int) -> UInt64 { place < found.count ? found[place] : AudienceBounds.always }
        return AudienceBounds.Clauses(a: clause(0), b: clause(1), c: clause(2), d: clause(3))
    }

    /// Each must have a true fact for the node to hold; none: nothing is known.
    private mutating func disjunctions(_ node: ConditionIndex) -> [UInt64] {
        switch bound.nodes[node] {
        case .constant(let holds): return holds ? [] : [0]
        case .not, .attributeTime, .intervals: return []
        case .all(let children): return children.flatMap { disjunctions(bound.children[$0]) }
        case .any(let children):
            var united: UInt64 = 0
            for index in children {
                // Of a child's clauses one must do.
                guard let clause = disjunctions(bound.children[index]).first else { return [] }
                united |= clause
            }
            return [united]
        case .attribute(let slot, let test):
            return bit(of: node, slot, test).map { [$0] } ?? []
        case .events(let atom), .eventsSinceTrigger(let atom): return bit(of: bound.atoms[atom]).map { [$0] } ?? []
        }
    }

    private mutating func bit(of node: ConditionIndex, _ slot: Int, _ test: BoundTest) -> UInt64? {
        if let known = attributeBits[node] { return known }
        guard let bit = nextBit() else { return nil }
        attributeBits[node] = bit
        attributes.append(AudienceBounds.AttributeFact(slot: slot, test: test, bit: bit))
        return bit
    }

    private mutating func bit(of atom: EventAtom) -> UInt64? {
        let stream = bound.streams[atom.stream]
        guard stream.sources.count == 1, !atom.holdsOverNothing else { return nil }
        var count = 1
        if case .countAtLeast(let least) = atom.measure { count = max(least, 1) }
        let key = EventKey(slot: bound.sources[stream.sources.lowerBound].slot, count: count)
        if let known = eventBits[key] { return known }
        guard let bit = nextBit() else { return nil }
        eventBits[key] = bit
        events.append(AudienceBounds.EventFact(slot: key.slot, count: count, bit: bit))
        return bit
    }

    private mutating func nextBit() -> UInt64? {
        guard used < UInt64.bitWidth else { return nil }
        defer { used += 1 }
        return 1 << UInt64(used)
    }
}
