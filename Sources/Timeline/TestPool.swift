internal import Algorithms
import CampaignPlan

/// A test of one value, with its lists in a `TestPool`.
enum BoundTest: Sendable {
    case missing
    case present
    /// A table of `TestPool.codes`; codes outside it fail.
    case codes(Range<Int>)
    /// nil: no bound; sums can lie outside Int64, so its ends are bounds like others.
    case within(min: Int64?, max: Int64?)
    case outside(min: Int64?, max: Int64?)
    /// A sorted range of `TestPool.numbers`.
    case isIn(Range<Int>)
    case isNotIn(Range<Int>)
}

/// A test of an aggregate.
struct BoundAggregateTest: Sendable {
    var test: BoundTest
    /// 10 to the power of the decimals that the literals have more than the property.
    var power: Int128
}

/// The tables and lists of all tests of a plan.
struct TestPool: Sendable {
    var codes: [Bool] = []
    var numbers: [Int64] = []

    func holds(_ test: BoundTest, _ value: Int64) -> Bool {
        if value == CustomerTimeline.missing {
            if case .missing = test { return true }
            return false
        }
        switch test {
        case .missing: return false
        case .present: return true
        case .codes(let table): return value >= 0 && value < table.count && codes[table.lowerBound + Int(value)]
        case .within(let min, let max): return value >= min ?? .min && value <= max ?? .max
        case .outside(let min, let max): return value < min ?? .min || value > max ?? .max
        case .isIn(let list): return contains(list, ExactFraction(value), power: 1)
        case .isNotIn(let list): return !contains(list, ExactFraction(value), power: 1)
        }
    }

    func holds(_ test: BoundAggregateTest, _ value: ExactFraction) -> Bool {
        if value.isMissing {
            if case .missing = test.test { return true }
            return false
        }
        switch test.test {
        case .missing: return false
        case .present: return true
        // Of texts only one is looked at, never a sum.
        case .codes: return value.denominator == 1 && holds(test.test, Int64(clamping: value.numerator))
        case .within(let min, let max): return isWithin(value, min: min, max: max, power: test.power)
        case .outside(let min, let max): return !isWithin(value, min: min, max: max, power: test.power)
        case .isIn(let list): return contains(list, value, power: test.power)
        case .isNotIn(let list): return !contains(list, value, power: test.power)
        }
    }

    private func isWithin(_ value: ExactFraction, min: Int64?, max: Int64?, power: Int128) -> Bool {
        if let min, value.compared(to: min, power: power) < 0 { return false }
        if let max, value.compared(to: max, power: power) > 0 { return false }
        return true
    }

    private func contains(_ list: Range<Int>, _ value: ExactFraction, power: Int128) -> Bool {
        let place = list.partitioningIndex { value.compared(to: numbers[$0], power: power) <= 0 }
        return place < list.upperBound && value.compared(to: numbers[place], power: power) == 0
    }
}
