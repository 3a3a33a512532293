import CampaignPlan

extension Evaluator {
    /// When a node holds, without regard to the customer's existence.
    mutating func evaluate(intervalNode index: Int) -> IntervalArena.List {
        switch bound.intervalNodes[index] {}
    }

    /// Whether a node that depends on the trigger holds at an instant for somebody with this trigger.
    mutating func holds(intervalNode index: Int, _ trigger: Int64, _ instant: Int64) -> Bool {
        switch bound.intervalNodes[index] {}
    }
}
