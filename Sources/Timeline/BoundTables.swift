import CampaignPlan

/// The parts of a bound plan that evaluators look at all the time, in raw memory: indices come from the binder and lie
/// inside.
///
/// The pointers are valid for as long as the arena that they were made in.
struct BoundTables {
    let nodes: UnsafePointer<BoundNode>
    let children: UnsafePointer<ConditionIndex>
    let atoms: UnsafePointer<EventAtom>
    let campaigns: UnsafePointer<BoundCampaign>
    let channels: UnsafePointer<BoundChannel>
    let contents: UnsafePointer<Bool>

    init(_ bound: BoundPlan, _ arena: RawArena) {
        nodes = arena.copy(bound.nodes)
        children = arena.copy(bound.children)
        atoms = arena.copy(bound.atoms)
        campaigns = arena.copy(bound.campaigns)
        channels = arena.copy(bound.channels)
        contents = arena.copy(bound.contents)
    }
}
