import CampaignPlan
import CivilTime

/// A condition of which an `Evaluator` makes the intervals from a copied timeline, and which no `InstantEvaluator` knows.
enum IntervalNode: Sendable {
    case term(BoundTerm, BoundAggregateTest)
    case numbered(NumberedNode)
    case compared(ComparedNode)
    case purchaseInterval(CycleNode, BoundAggregateTest)
    /// The second is in millionths of the median.
    case overdue(CycleNode, by: Int64)
    case matching(BoundTriggerMatch)
    case movement(ConditionIndex, Movement, within: Int64)
    /// An index into `BoundPlan.sequences`.
    case sequence(Int)
    case anniversary(BoundAnniversary)
    case history(BoundHistoryTest)
    /// An index into `BoundPlan.attributeAtoms`.
    case historyTime(Int, BoundHistory)
    /// An index into `BoundPlan.populationTests`.
    case population(test: Int)
}

extension IntervalNode {
    /// Whether it looks at events itself, at any instant.
    var looksAtRows: Bool {
        switch self {
        case .term, .numbered, .compared, .purchaseInterval, .overdue, .sequence, .anniversary, .history, .historyTime:
            true
        // Made of another condition; of some instants only; of triggers only.
        case .movement, .population, .matching: false
        }
    }
}

/// A number made of the items that a window shows, or the first or latest value.
struct BoundTerm: Sendable {
    enum Aggregate: Sendable {
        case count, sum, average, minimum, maximum, distinct, first, latest
    }

    var stream: Int
    var window: BoundWindow
    /// The window begins at the trigger, if there is one.
    var sinceTrigger = false
    var aggregate: Aggregate
    /// Missing over fewer items.
    var least = 0

    init(stream: Int, window: BoundWindow, _ aggregate: Aggregate) {
        self.stream = stream
        self.window = window
        self.aggregate = aggregate
    }
}

extension BoundTerm.Aggregate {
    init(_ aggregate: CampaignPlan.Aggregate) {
        switch aggregate {
        case .sum: self = .sum
        case .average: self = .average
        case .minimum: self = .minimum
        case .maximum: self = .maximum
        case .distinct: self = .distinct
        }
    }
}

/// The n-th item of all so far.
struct NumberedNode: Sendable {
    var stream: Int
    var window: BoundWindow
    var sinceTrigger: Bool
    /// From 1.
    var number: Int
    var ofFirstWithin: Int64?
    var after: BoundAfter?
}

struct BoundAfter: Sendable {
    var slot: Int
    var isDate: Bool
    var within: Int64
    var zone: BoundZone
}

/// One term against a multiple of another, with the powers of ten that put both on one scale.
struct ComparedNode: Sendable {
    var first: BoundTerm
    var order: MeasureOrder
    var second: BoundTerm
    /// What the first is multiplied by, and what the second: at least 1 and 10¹⁸ at most in size.
    var firstFactor: Int128
    var secondFactor: Int128

    func holds(_ a: ExactFraction, _ b: ExactFraction) -> Bool {
        guard !a.isMissing, !b.isMissing else { return false }
        let order = compareProducts(
            a.numerator, b.denominator * firstFactor, b.numerator, a.denominator * secondFactor)
        return switch self.order {
        case .atLeast: order >= 0
        case .atMost: order <= 0
        case .moreThan: order > 0
        case .lessThan: order < 0
        case .exactly: order == 0
        }
    }
}

/// −1, 0 or 1 as `a × b` is less than, equal to or more than `c × d`, exactly.
func compareProducts(_ a: Int128, _ b: Int128, _ c: Int128, _ d: Int128) -> Int {
    let (leftSign, rightSign) = (a.signum() * b.signum(), c.signum() * d.signum())
    if leftSign != rightSign { return leftSign < rightSign ? -1 : 1 }
    if leftSign == 0 { return 0 }
    let left = a.magnitude.multipliedFullWidth(by: b.magnitude)
    let right = c.magnitude.multipliedFullWidth(by: d.magnitude)
    if left.high == right.high, left.low == right.low { return 0 }
    let isLess = (left.high, left.low) < (right.high, right.low)
    return isLess == (leftSign > 0) ? -1 : 1
}

/// The customer's own cycle.
struct CycleNode: Sendable {
    var stream: Int
    /// Local days of this zone; nil: milliseconds.
    var zone: BoundZone?
    var occurrences: Int
}
