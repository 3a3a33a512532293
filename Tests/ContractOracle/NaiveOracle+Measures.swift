import CampaignPlan

extension NaiveOracle {
    func satisfies(_ measure: Measure, _ events: [NaiveEvent]) -> Bool {
        switch measure {
        case .countAtLeast(let wanted):
            return events.count >= (mutation == .countNeedsOneMore ? wanted + 1 : wanted)
        case .aggregate(let aggregate, let property, let test):
            let all = events.map { $0.property(property) }
            let values = mutation == .missingIsAValue ? all : all.filter { $0 != .missing }
            let result = result(of: aggregate, values)
            switch test {
            case .missing(let wanted):
                return wanted == (result == nil)
            case .number(let test, let extraScale):
                return result.map { passes(test, $0, extraScale: extraScale) } ?? false
            }
        }
    }

    /// Nil: missing.
    func result(of aggregate: Aggregate, _ values: [NaiveValue]) -> Fraction? {
        let numbers = values.map { value in
            switch value {
            case .number(let number): number
            case .text, .missing: Int64(0)
            }
        }
        let sum = numbers.reduce(Int128(0)) { $0 + Int128($1) }
        switch aggregate {
        case .sum:
            return mutation == .sumWraps ? Fraction(numbers.reduce(0, &+)) : Fraction(sum)
        case .average:
            guard !numbers.isEmpty else { return mutation == .averageOfNothingIsZero ? Fraction(0) : nil }
            if mutation == .averageRoundedDown { return Fraction(sum / Int128(numbers.count)) }
            return Fraction(sum, over: numbers.count)
        case .minimum:
            return numbers.min().map { Fraction($0) } ?? (mutation == .minimumOfNothingIsZero ? Fraction(0) : nil)
        case .maximum:
            return numbers.max().map { Fraction($0) }
        case .distinct:
            return Fraction(Set(values).count)
        }
    }
}
