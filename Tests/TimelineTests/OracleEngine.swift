import CampaignPlan
import ContractOracle
import Timeline

/// The engine under test, fed with the customers of the oracle.
struct OracleEngine: ~Copyable {
    private var evaluator: Evaluator
    private let bound: BoundPlan
    private var columns: PlacedColumns
    private var instants: InstantEvaluator
    /// Single instants are asked of copies where events became known late.
    private var isLate = false

    init(_ plan: Plan) {
        bound = bind(plan, vocabulary: RandomVocabulary())
        evaluator = Evaluator(bound)
        columns = PlacedColumns(evaluator.timeline)
        instants = InstantEvaluator(bound, columns.tables)
    }

    /// Forgets the customer before.
    mutating func load(_ customer: NaiveCustomer) {
        evaluator.timeline.load(customer, key: [])
        evaluator.begin()
        isLate = customer.events.contains { $0.visibleFrom > $0.time }
        columns = PlacedColumns(evaluator.timeline)
        instants = InstantEvaluator(bound, columns.tables)
        columns.begin(&instants, existsFrom: customer.existsFrom)
    }

    mutating func intervals(of condition: ConditionIndex) -> [OracleInterval] {
        evaluator.intervals(of: condition).map { OracleInterval(from: $0.from, to: $0.to) }
    }

    mutating func holds(_ condition: ConditionIndex, at instant: Int64) -> Bool {
        evaluator.holds(condition, at: instant)
    }

    mutating func exitHolds(_ condition: ConditionIndex, trigger: Int64, at instant: Int64) -> Bool {
        evaluator.exitHolds(condition, trigger: trigger, at: instant)
    }

    /// When the only campaign is triggered.
    mutating func triggers(from: Int64, to: Int64) -> [Int64] {
        evaluator.triggers(campaign: 0, from: from, to: to, live: .min)
    }

    /// What an evaluator of single instants says, straight from the columns.
    mutating func holdsAlone(_ condition: ConditionIndex, at instant: Int64) -> Bool {
        bound.needsIntervals[condition] || isLate
            ? holds(condition, at: instant) : instants.holds(condition, at: instant)
    }

    mutating func exitHoldsAlone(_ condition: ConditionIndex, trigger: Int64, at instant: Int64) -> Bool {
        bound.needsIntervals[condition] || isLate
            ? exitHolds(condition, trigger: trigger, at: instant)
            : instants.holds(condition, trigger: trigger, at: instant)
    }
}

extension CustomerTimeline {
    /// Forgets the customer before.
    mutating func load(_ customer: NaiveCustomer, key: [UInt8]) {
        reset(existsFrom: customer.existsFrom, key: key)
        for (slot, name) in layout.attributes.enumerated() {
            setAttribute(slot: slot, code(of: customer.attribute(name), in: RandomVocabulary.texts(of: name)))
        }
        for (slot, events) in layout.events.enumerated() {
            let rows = customer.events.enumerated()
                .filter { $0.element.type == events.event }
                .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            load(
                slot: slot, times: rows.map(\.element.time), order: rows.map { Int64($0.offset) },
                properties: events.properties.map { name in
                    rows.map { code(of: $0.element.property(name), in: RandomVocabulary.texts(of: name)) }
                })
            setRecorded(slot: slot, rows.map { $0.element.recorded ?? CustomerTimeline.missing })
        }
    }

    private func code(of value: NaiveValue, in texts: [String]) -> Int64 {
        switch value {
        case .missing: CustomerTimeline.missing
        case .text(let text): texts.firstIndex(of: text).map(Int64.init) ?? CustomerTimeline.missing
        case .number(let number): number
        }
    }
}

/// `[from, to)` as the engine reports it.
struct OracleInterval: Hashable {
    let from: Int64
    let to: Int64

    func contains(_ instant: Int64) -> Bool { from <= instant && instant < to }
}
