import CampaignPlan

extension Evaluator {
    /// For a time after each border of a condition within the customer's existence. Existence begins inside or outside
    /// of it; what holds since ever has no beginning, and what holds for ever no end.
    mutating func moved(_ child: ConditionIndex, _ movement: Movement, within: Int64) -> IntervalArena.List {
        let list = list(of: child)
        let existsFrom = timeline.existsFrom
        arena.open()
        for index in 0..<list.count {
            let interval = arena[list, index]
            if interval.to <= existsFrom { continue }
            switch movement {
            case .entered:
                let start = max(interval.from, existsFrom)
                if start > .min { arena.append(start, saturatingSum(start, within)) }
            case .left:
                if interval.to < .max { arena.append(interval.to, saturatingSum(interval.to, within)) }
            }
        }
        return arena.close()
    }
}
