import CampaignPlan

extension Evaluator {
    /// When a node holds, without regard to the customer's existence.
    mutating func evaluate(intervalNode index: Int) -> IntervalArena.List {
        switch bound.intervalNodes[index] {
        case .movement(let child, let movement, let within): return moved(child, movement, within: within)
        }
    }

    /// Whether a node that depends on the trigger holds at an instant for somebody with this trigger.
    mutating func holds(intervalNode index: Int, _ trigger: Int64, _ instant: Int64) -> Bool {
        switch bound.intervalNodes[index] {
        // Its child does not look at the trigger.
        case .movement: return false
        }
    }
}
