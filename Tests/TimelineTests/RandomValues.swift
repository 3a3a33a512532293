import CampaignPlan
import ContractOracle
import TestSupport

/// Values of every type from pools so small that tests hit them, and tests over the same pools.
struct RandomValues {
    /// Numbers near the ends of their range, so that sums leave it.
    var areHuge: Bool

    /// What a customer or an event has; `moment` supplies instants.
    func value(of type: ValueType, moment: Int64, using random: inout SeededGenerator) -> NaiveValue {
        switch type {
        case .text, .email, .phone: .text(random.pick(RandomCatalog.texts))
        case .zone: .text(random.pick(RandomCatalog.zoneNames + [RandomCatalog.unknownZone]))
        case .instant: .number(max(moment, .min + 1))
        case .integer, .decimal, .boolean, .date, .consent: .number(number(of: type, moment: moment, using: &random))
        }
    }

    func test(of type: ValueType, using random: inout SeededGenerator) -> ValueTest {
        if random.chance(percent: 15) { return .missing(random.chance(percent: 50)) }
        switch type {
        case .text, .email, .phone: return .text(textTest(of: RandomCatalog.texts, using: &random))
        case .zone: return .text(textTest(of: RandomCatalog.zoneNames + [RandomCatalog.unknownZone], using: &random))
        case .integer, .decimal, .boolean, .instant, .date, .consent:
            return .number(
                numberTest(using: &random) { random in
                    number(of: type, moment: random.number(RandomMoments.usual), using: &random)
                })
        }
    }

    func test(of aggregate: Aggregate, _ type: ValueType, using random: inout SeededGenerator) -> AggregateTest {
        if random.chance(percent: 12) { return .missing(random.chance(percent: 50)) }
        let extraScale = aggregate == .average ? random.pick([0, 1, 2, 4]) : 0
        let test = numberTest(using: &random) { random in
            let value = number(of: type, moment: random.number(RandomMoments.usual), using: &random)
            switch aggregate {
            case .minimum, .maximum: return value
            case .distinct: return random.number(0...5)
            case .sum: return value.saturatingProduct(random.number(-1...4)).saturatingSum(random.number(-1...1))
            case .average:
                let power = (0..<extraScale).reduce(Int64(1)) { power, _ in power * 10 }
                return (value.saturatingProduct(power) / random.number(1...4)).saturatingSum(random.number(-1...1))
            }
        }
        return .number(test, extraScale: extraScale)
    }

    private func number(of type: ValueType, moment: Int64, using random: inout SeededGenerator) -> Int64 {
        switch type {
        case .boolean, .consent:
            return random.number(0...1)
        case .instant:
            return moment
        case .date:
            // Rarely a day that no calendar knows.
            return random.chance(percent: 2) ? random.pick([-4_000_000_000, 4_000_000_000]) : moment / 86_400_000
        case .integer, .decimal, .text, .zone, .email, .phone:
            // Few different numbers make averages that meet their literals.
            if type == .integer, !areHuge, random.chance(percent: 70) { return random.number(0...4) }
            if areHuge, random.chance(percent: 60) {
                return random.pick(Self.huge)
            }
            return random.chance(percent: 85) ? random.pick(Self.usual) : random.number(-10_000...10_000)
        }
    }

    private static let usual: [Int64] = [-250, -3, -1, 0, 1, 1, 2, 3, 5, 10, 100, 250, 999, 1000]
    private static let huge: [Int64] = [
        Int64.max, Int64.max - 1, Int64.max / 2, Int64.min + 1, Int64.min + 2, Int64.min / 2,
    ]

    private func textTest(of texts: [String], using random: inout SeededGenerator) -> TextTest {
        switch random.number(1...7) {
        case 1...2: .isIn(random.subset(of: texts, least: 1, most: 3))
        case 3...4: .isNotIn(random.subset(of: texts, least: 1, most: 3))
        case 5: .contains(random.pick(RandomCatalog.textParts))
        case 6: .startsWith(random.pick(RandomCatalog.textParts))
        default: .endsWith(random.pick(RandomCatalog.textParts))
        }
    }

    func numberTest(
        using random: inout SeededGenerator, literal: (inout SeededGenerator) -> Int64
    ) -> NumberTest {
        let first = literal(&random)
        let second = literal(&random)
        switch random.number(1...10) {
        case 1...2: return .within(min: first, max: nil)
        case 3...4: return .within(min: nil, max: first)
        case 5: return .within(min: min(first, second), max: max(first, second))
        case 6: return .within(min: first, max: first)
        case 7: return .outside(min: min(first, second), max: max(first, second))
        case 8: return .outside(min: first, max: first)
        default:
            var literals = Set([first, second, literal(&random)])
            if literals.count == 1 { literals.insert(first == .max ? first - 1 : first + 1) }
            return random.chance(percent: 50) ? .isIn(literals.sorted()) : .isNotIn(literals.sorted())
        }
    }
}
