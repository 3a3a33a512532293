import CampaignPlan
import ContractOracle

extension OraclePair {
    /// A smaller pair on which engine and oracle still disagree, found by leaving things out while they do.
    func shrunk(_ first: OracleDisagreement) -> (pair: OraclePair, disagreement: OracleDisagreement) {
        var best = (pair: self, disagreement: first)
        var attempts = 0
        var isShrinking = true
        while isShrinking {
            isShrinking = false
            for candidate in best.pair.smaller(best.disagreement) {
                attempts += 1
                guard attempts < 20_000 else { return best }
                var engine = OracleEngine(candidate.plan)
                if let disagreement = candidate.disagreement(with: &engine) {
                    best = (candidate, disagreement)
                    isShrinking = true
                    break
                }
            }
        }
        return best
    }

    private func smaller(_ disagreement: OracleDisagreement) -> [OraclePair] {
        var candidates: [OraclePair] = []
        switch disagreement {
        case .shape(let root, _, _), .interval(let root, _, _), .instant(let root, _), .alone(let root, _):
            if roots.count > 1 || exit != nil { candidates.append(rebuilt(roots: [root], exit: nil)) }
        case .exit(let exit, _, _):
            if !roots.isEmpty { candidates.append(rebuilt(roots: [], exit: exit)) }
        }
        candidates += fewerEvents
        for (index, condition) in plan.conditions.enumerated() {
            for replacement in simpler(condition) {
                candidates.append(rebuilt(roots: roots, exit: exit, replacing: [index: replacement]))
            }
        }
        candidates += fewerValues
        return candidates
    }

    private var fewerEvents: [OraclePair] {
        let count = customer.events.count
        var pieces: [Range<Int>] = []
        var length = count
        while length > 0 {
            pieces += stride(from: 0, to: count, by: length).map { $0..<min($0 + length, count) }
            length /= 2
        }
        return pieces.map { piece in
            var smaller = self
            smaller.customer.events.removeSubrange(piece)
            return smaller
        }
    }

    private var fewerValues: [OraclePair] {
        let named = customer.attributes.keys.sorted().filter { $0 != plan.schema.customer.since }
        let withoutAttribute = named.map { name in
            var smaller = self
            smaller.customer.attributes[name] = nil
            return smaller
        }
        let withoutProperty = customer.events.enumerated().flatMap { index, event in
            event.properties.keys.sorted().map { name in
                var smaller = self
                smaller.customer.events[index].properties[name] = nil
                return smaller
            }
        }
        let withoutRecording = customer.events.indices.filter { customer.events[$0].recorded != nil }.map { index in
            var smaller = self
            smaller.customer.events[index].recorded = nil
            return smaller
        }
        return withoutAttribute + withoutProperty + withoutRecording
    }

    /// Conditions over the same children, or a child itself, that are smaller.
    private func simpler(_ condition: Condition) -> [Replacement] {
        switch condition {
        case .constant:
            return []
        case .not(let child):
            return [.child(child)]
        case .all(let children):
            return children.map(Replacement.child)
                + (children.count > 2 ? children.indices.map { .condition(.all(children.removing(at: $0))) } : [])
        case .any(let children):
            return children.map(Replacement.child)
                + (children.count > 2 ? children.indices.map { .condition(.any(children.removing(at: $0))) } : [])
        case .movement(let child, _, _):
            return [.child(child), .condition(.constant(true)), .condition(.constant(false))]
        case .sequence(let pattern):
            return [.condition(.constant(true)), .condition(.constant(false))]
                + simpler(pattern).map { .condition(.sequence($0)) }
        case .attribute, .attributeTime, .anniversary, .population:
            return [.condition(.constant(true)), .condition(.constant(false))]
        case .events(let selection, let window, let measure):
            return [.condition(.constant(true)), .condition(.constant(false))]
                + simpler(selection).map { .condition(.events($0, window, measure)) }
                + simpler(measure).map { .condition(.events(selection, window, $0)) }
        case .behaviour(let behaviour):
            return [.condition(.constant(true)), .condition(.constant(false))]
                + simpler(behaviour).map { .condition(.behaviour($0)) }
        }
    }

    private func simpler(_ selection: EventSelection) -> [EventSelection] {
        selection.tests.indices.map {
            EventSelection(types: selection.types, tests: selection.tests.removing(at: $0))
        }
            + (selection.types.count < 2
                ? []
                : selection.types.indices.map {
                    EventSelection(types: selection.types.removing(at: $0), tests: selection.tests)
                })
    }

    private func simpler(_ behaviour: Behaviour) -> [Behaviour] {
        switch behaviour {
        case .numbered(let selection, let window, let number):
            return simpler(selection).map { .numbered($0, window, number) }
                + (window == .ever ? [] : [.numbered(selection, .ever, number)])
        case .compared(let first, let order, let times, let second):
            let left = simpler(first.selection).map { EventMeasure($0, first.window, first.value) }
            let right = simpler(second.selection).map { EventMeasure($0, second.window, second.value) }
            return left.map { .compared($0, order, times: times, second) }
                + right.map { .compared(first, order, times: times, $0) }
        case .share(let selection, let window, let least, let test):
            return simpler(selection).map { .share($0, window, ofAtLeast: least, test) }
        case .purchaseInterval(let selection, let cycle, let test):
            return simpler(selection).map { .purchaseInterval($0, cycle, test) }
        case .overdue(let selection, let cycle, let by):
            return simpler(selection).map { .overdue($0, cycle, by: by) }
        case .matching(let match):
            return simpler(match.selection).map { selection in
                var match = match
                match.selection = selection
                return .matching(match)
            }
        }
    }

    private func simpler(_ pattern: SequencePattern) -> [SequencePattern] {
        var simpler: [SequencePattern] = []
        func add(_ change: (inout SequencePattern) -> Void) {
            var copy = pattern
            change(&copy)
            if copy != pattern, copy.parts.count >= 2 { simpler.append(copy) }
        }
        add { $0.absence = nil }
        add { $0.startsLast = false }
        add { $0.window = .ever }
        for step in pattern.steps.indices.dropFirst() {
            add { $0.steps.remove(at: step) }
            add { $0.steps[step].within = nil }
            add { $0.steps[step].ofFirstWithin = nil }
            add { $0.steps[step].same = [] }
        }
        add { $0.absence?.same = [] }
        for step in pattern.steps.indices { add { $0.steps[step].selection.tests = [] } }
        return simpler
    }

    private func simpler(_ measure: Measure) -> [Measure] {
        switch measure {
        case .countAtLeast(let count): (1..<count).map { .countAtLeast($0) }
        case .aggregate, .distinctLocal, .edge: [.countAtLeast(1)]
        }
    }

    private enum Replacement {
        case child(ConditionIndex)
        case condition(Condition)
    }

    /// The same question with only the conditions that these roots need, in the form that compilers leave them in.
    private func rebuilt(
        roots: [ConditionIndex], exit: ConditionIndex?, replacing: [ConditionIndex: Replacement] = [:]
    ) -> OraclePair {
        var conditions: [Condition] = []
        func copy(_ index: ConditionIndex) -> ConditionIndex {
            switch replacing[index] {
            case .child(let child): copy(child)
            case .condition(let condition): place(condition)
            case nil: place(plan.conditions[index])
            }
        }
        func place(_ condition: Condition) -> ConditionIndex {
            switch condition {
            case .not(let child): return intern(.not(copy(child)))
            case .all(let children):
                let copies = Set(children.map(copy)).sorted()
                return copies.count == 1 ? copies[0] : intern(.all(copies))
            case .any(let children):
                let copies = Set(children.map(copy)).sorted()
                return copies.count == 1 ? copies[0] : intern(.any(copies))
            case .movement(let child, let movement, let within):
                return intern(.movement(copy(child), movement, within: within))
            case .constant, .attribute, .attributeTime, .events, .behaviour, .sequence, .anniversary, .population:
                return intern(condition)
            }
        }
        func intern(_ condition: Condition) -> ConditionIndex {
            if let index = conditions.firstIndex(of: condition) { return index }
            conditions.append(condition)
            return conditions.count - 1
        }
        var smaller = self
        smaller.roots = roots.map(copy)
        smaller.exit = exit.map(copy)
        smaller.plan = RandomPlan.plan(
            schema: plan.schema, zone: plan.workspace.zone, conditions: conditions, roots: smaller.roots,
            exit: smaller.exit)
        return smaller
    }
}

extension Array {
    fileprivate func removing(at index: Int) -> [Element] {
        var copy = self
        copy.remove(at: index)
        return copy
    }
}
