import CampaignPlan

extension ConditionBinder {
    mutating func bind(_ behaviour: Behaviour) -> IntervalNode {
        switch behaviour {
        case .numbered(let selection, let window, let number):
            return .numbered(
                NumberedNode(
                    stream: stream(of: selection), window: bind(window), sinceTrigger: window == .sinceTrigger,
                    number: number.number, ofFirstWithin: number.ofFirstWithin,
                    after: number.after.flatMap { bind($0) }))
        case .compared(let first, let order, let times, let second):
            return .compared(bind(first, order, times, second))
        case .share(let selection, let window, let least, let test):
            let all = EventSelection(types: selection.types, tests: [])
            var term = BoundTerm(
                stream: stream(of: all, value: .passes(selection.tests)), window: bind(window), .average)
            term.sinceTrigger = window == .sinceTrigger
            term.least = least
            return .term(term, bind(test))
        case .purchaseInterval(let selection, let cycle, let test):
            return .purchaseInterval(bind(selection, cycle), bind(test))
        case .overdue(let selection, let cycle, let by): return .overdue(bind(selection, cycle), by: by)
        case .matching(let match): return .matching(bind(match))
        }
    }

    private mutating func bind(_ after: AfterAttribute) -> BoundAfter? {
        bound.layout.slot(ofAttribute: after.attribute).map { slot in
            BoundAfter(
                slot: slot, isDate: bound.plan.schema.attribute(after.attribute)?.type == .date, within: after.within,
                zone: zones.bind(after.zone))
        }
    }

    private mutating func bind(_ selection: EventSelection, _ cycle: EventCycle) -> CycleNode {
        let stream = stream(of: selection)
        switch cycle.unit {
        case .elapsed: return CycleNode(stream: stream, zone: nil, occurrences: cycle.occurrences)
        case .localDays(let zone):
            return CycleNode(stream: stream, zone: zones.bind(zone), occurrences: cycle.occurrences)
        }
    }

    private mutating func bind(
        _ first: EventMeasure, _ order: MeasureOrder, _ times: Int64, _ second: EventMeasure
    ) -> ComparedNode {
        // The first is a number over 10^its scale, the second `times` millionths of one over 10^its own.
        let (a, b) = (scale(of: first), scale(of: second))
        func power(_ exponent: Int) -> Int128 { (0..<max(exponent, 0)).reduce(1) { power, _ in power * 10 } }
        return ComparedNode(
            first: bind(first), order: order, second: bind(second), firstFactor: power(6 + b - a),
            secondFactor: Int128(times) * power(a - b - 6))
    }

    private mutating func bind(_ measure: EventMeasure) -> BoundTerm {
        var term: BoundTerm
        let window = bind(measure.window)
        switch measure.value {
        case .count: term = BoundTerm(stream: stream(of: measure.selection), window: window, .count)
        case .aggregate(let aggregate, let property):
            let stream = stream(of: measure.selection, value: .property(property))
            term = BoundTerm(stream: stream, window: window, .init(aggregate))
        case .distinctLocal(let part, let zone):
            let stream = stream(of: measure.selection, value: .local(part, zone))
            term = BoundTerm(stream: stream, window: window, .distinct)
        }
        term.sinceTrigger = measure.window == .sinceTrigger
        return term
    }

    /// The decimals of a measure's numbers.
    private func scale(of measure: EventMeasure) -> Int {
        switch measure.value {
        case .count, .distinctLocal, .aggregate(.distinct, _): return 0
        case .aggregate(_, let property):
            let type = measure.selection.types.first.flatMap { bound.plan.schema.event($0) }?.property(property)?.type
            if case .decimal(let scale)? = type { return scale }
            return 0
        }
    }
}
