import CampaignPlan

extension Evaluator {
    /// When a node holds, without regard to the customer's existence.
    mutating func evaluate(intervalNode index: Int) -> IntervalArena.List {
        switch bound.intervalNodes[index] {
        case .movement(let child, let movement, let within): return moved(child, movement, within: within)
        case .sequence(let sequence): return sequenceHolds(sequence)
        case .anniversary(let anniversary): return returns(anniversary)
        case .history(let test): return historyHolds(test)
        case .historyTime(let atom, let history): return historyVisible(bound.attributeAtoms[atom], history)
        case .population(let test): return populationHolds(test)
        }
    }

    /// Whether a node that depends on the trigger holds at an instant for somebody with this trigger.
    mutating func holds(intervalNode index: Int, _ trigger: Int64, _ instant: Int64) -> Bool {
        switch bound.intervalNodes[index] {
        // They do not look at the trigger.
        case .movement, .anniversary, .population, .history, .historyTime: return false
        case .sequence(let sequence): return sequenceHolds(sequence, since: trigger, at: instant)
        }
    }
}
