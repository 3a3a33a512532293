import CampaignPlan
import CivilTime
import ContractOracle
import TestSupport

/// A random plan with what is needed to make customers for it: everything follows from the seed.
struct RandomPlan {
    let plan: Plan
    /// Conditions of segments.
    let roots: [ConditionIndex]
    /// An exit condition, in which windows may start at the trigger.
    let exit: ConditionIndex
    private let ground: RandomGround
    private var random: SeededGenerator

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        ground = RandomGround(zonesMax: 2, recipients: 50, using: &random)
        var graph = ground.conditions
        roots = (0..<random.number(1...3)).map { _ in
            graph.grow(depth: random.number(0...4), insideExit: false, using: &random)
        }
        exit = graph.grow(depth: random.number(0...3), insideExit: true, using: &random)
        plan = Self.plan(
            schema: ground.schema, zone: random.pick(RandomCatalog.zoneNames), conditions: graph.conditions,
            roots: roots,
            exit: exit)
        self.random = random
    }

    /// Another customer at each call.
    mutating func customer() -> NaiveCustomer { ground.customer(of: plan, using: &random) }

    /// Another part of the customers' time at each call, mostly all of it.
    mutating func period() -> (from: Int64, to: Int64) {
        let all = (Int64.min / 2, Int64.max / 2)
        if random.chance(percent: 50) { return all }
        let from = random.number(RandomMoments.usual)
        return (from, random.chance(percent: 50) ? all.1 : from + random.number(0...400 * 86_400_000))
    }

    /// The plan that asks for these conditions: segments for the roots and a campaign for the exit.
    static func plan(
        schema: DataSchema, zone: String, conditions: [Condition], roots: [ConditionIndex], exit: ConditionIndex?
    ) -> Plan {
        let trigger = EventSelection(types: ["ping"], tests: [])
        let campaigns = [exit].compactMap { exit in
            PlannedCampaign(
                name: "campaign", description: nil, owner: nil, kind: .transactional, priority: 0, goal: nil,
                include: roots.first ?? 0, exclude: nil, controlGroup: nil,
                schedule: .onEvent(trigger, SendTiming(delay: 0, next: nil)), expires: nil, reEntry: .always,
                exit: exit,
                channels: [], salt: "campaign", variantKey: AssignmentKey(k0: 0, k1: 0),
                variants: [VariantPlan(name: "only", buckets: 0..<1_000_000, messages: [])])
        }
        return Plan(
            compilerVersion: "0", zoneDataVersion: TimeZoneRules.dataVersion,
            workspace: WorkspacePlan(
                name: "random", zone: zone, currency: nil, jurisdictions: [], holdout: nil, quietHours: nil),
            schema: schema, files: [], conditions: conditions,
            segments: roots.enumerated().map { SegmentPlan(name: "segment-\($0.offset)", condition: $0.element) },
            campaigns: campaigns)
    }
}
