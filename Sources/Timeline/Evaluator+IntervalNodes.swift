import CampaignPlan

extension Evaluator {
    /// When a node holds, without regard to the customer's existence.
    mutating func evaluate(intervalNode index: Int) -> IntervalArena.List {
        switch bound.intervalNodes[index] {
        case .term(let term, let test):
            work.atomsEvaluated += 1
            return evaluate(term, test)
        case .numbered(let node):
            work.atomsEvaluated += 1
            return evaluate(node)
        case .compared(let node):
            work.atomsEvaluated += 1
            return evaluate(node)
        case .purchaseInterval(let node, let test):
            work.atomsEvaluated += 1
            return evaluate(node, test)
        case .overdue(let node, let by):
            work.atomsEvaluated += 1
            return evaluateOverdue(node, by: by)
        // Without a trigger nothing has its value.
        case .matching: return .empty
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
        case .term(let term, let test):
            let value = value(of: term, trigger: trigger, at: instant)
            return bound.tests.holds(test, value)
        case .numbered(let node): return holds(node, trigger: trigger, at: instant)
        case .compared(let node):
            let first = value(of: node.first, trigger: trigger, at: instant)
            return node.holds(first, value(of: node.second, trigger: trigger, at: instant))
        case .purchaseInterval(let node, let test):
            let list = evaluate(node, test)
            return arena.covers(list, instant)
        case .overdue(let node, let by):
            let list = evaluateOverdue(node, by: by)
            return arena.covers(list, instant)
        case .matching(let match):
            work.atomsEvaluated += 1
            return holds(match, trigger: trigger, at: instant)
        // They do not look at the trigger.
        case .movement, .anniversary, .population, .history, .historyTime: return false
        case .sequence(let sequence): return sequenceHolds(sequence, since: trigger, at: instant)
        }
    }
}
