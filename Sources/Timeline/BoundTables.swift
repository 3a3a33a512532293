import CampaignPlan

/// The parts of a bound plan that evaluators look at all the time, in raw memory and in few bytes: indices come from the
/// binder and lie inside.
///
/// The pointers are valid for as long as the arena that they were made in.
struct BoundTables {
    let nodes: UnsafePointer<TableNode>
    let children: UnsafePointer<ConditionIndex>
    let counts: UnsafePointer<TableCount>
    let atoms: UnsafePointer<EventAtom>
    let tests: UnsafePointer<BoundTest>
    let campaigns: UnsafePointer<BoundCampaign>
    let triggers: UnsafePointer<TableTrigger>
    let channels: UnsafePointer<BoundChannel>
    let contents: UnsafePointer<Bool>

    init(_ bound: BoundPlan, _ arena: RawArena) {
        var tests: [BoundTest] = []
        nodes = arena.copy(bound.nodes.map { Self.node($0, bound, &tests) })
        children = arena.copy(bound.children)
        counts = arena.copy(bound.atoms.map { TableCount($0) ?? TableCount() })
        atoms = arena.copy(bound.atoms)
        self.tests = arena.copy(tests)
        campaigns = arena.copy(bound.campaigns)
        triggers = arena.copy(bound.campaigns.map(TableTrigger.init))
        channels = arena.copy(bound.channels)
        contents = arena.copy(bound.contents)
    }

    private static func node(_ node: BoundNode, _ bound: BoundPlan, _ tests: inout [BoundTest]) -> TableNode {
        switch node {
        case .constant(let holds): return TableNode(kind: holds ? .always : .never)
        case .not(let child): return TableNode(kind: .not, first: child)
        case .all(let children): return TableNode(kind: .all, first: children.lowerBound, end: children.upperBound)
        case .any(let children): return TableNode(kind: .any, first: children.lowerBound, end: children.upperBound)
        case .attribute(let slot, let test):
            tests.append(test)
            return TableNode(kind: .attribute, first: slot, end: tests.count - 1)
        case .attributeTime(let atom): return TableNode(kind: .attributeTime, first: atom)
        case .events(let atom), .eventsSinceTrigger(let atom):
            return TableNode(kind: TableCount(bound.atoms[atom]) == nil ? .events : .count, first: atom)
        case .intervals(let index): return TableNode(kind: .intervals, first: index)
        }
    }
}

/// A node in 24 bytes.
struct TableNode {
    enum Kind: UInt8 {
        case never
        case always
        /// `first`: the child.
        case not
        /// `first..<end`: of `BoundTables.children`.
        case all
        case any
        /// `first`: the slot; `end`: of `BoundTables.tests`.
        case attribute
        /// `first`: of `BoundPlan.attributeAtoms`.
        case attributeTime
        /// `first`: of `BoundTables.counts`.
        case count
        /// `first`: of `BoundTables.atoms`.
        case events
        /// `first`: of `BoundPlan.intervalNodes`.
        case intervals
    }

    var kind: Kind
    var first = 0
    var end = 0
}

/// An atom that counts events in a window of fixed length, by far the most usual one.
struct TableCount {
    var stream = 0
    /// One less than the events that must be visible.
    var back = 0
    /// An event at `t` is visible in `[t + start, t + end)`.
    var start: Int64 = 0
    var end: Int64 = 0

    init() {}

    /// Nil: the atom is of another kind.
    init?(_ atom: EventAtom) {
        guard case .countAtLeast(let count) = atom.measure, case .elapsed(let from, let to) = atom.window else {
            return nil
        }
        stream = atom.stream
        back = max(count, 1) - 1
        start = to
        end = from
    }
}

/// What of a campaign is looked at before anything is decided.
struct TableTrigger {
    enum Kind: UInt8 {
        case scheduled
        case event
        case entry
        case occasion
        /// A step of a journey, whatever triggers it.
        case step
    }

    var kind: Kind
    /// Of an event.
    var stream = 0
    var include: ConditionIndex
    /// What held before a trigger that counts; -1: nothing.
    var before: ConditionIndex = -1
    var evaluatesAtEntry: Bool
    var includesCurrent: Bool
    var occasion: BoundOccasion?
    /// Not of a scheduled campaign.
    var timing = BoundTiming(delay: 0, next: nil, zone: .recipient)

    init(_ campaign: BoundCampaign) {
        include = campaign.include
        before = campaign.beforeTrigger ?? -1
        (evaluatesAtEntry, includesCurrent) = (campaign.evaluatesAtEntry, campaign.includesCurrent)
        switch campaign.trigger {
        case .scheduled: kind = .scheduled
        case .event(let stream, let timing): (kind, self.stream, self.timing) = (.event, stream, timing)
        case .entry(let timing): (kind, self.timing) = (.entry, timing)
        case .occasion(let occasion, let timing):
            (kind, self.occasion, self.timing) = (.occasion, occasion, timing)
        }
        if campaign.step != nil { kind = .step }
    }
}
