import CampaignPlan

/// What customers are ordered by.
struct BoundPopulation: Sendable {
    struct Statistic: Sendable {
        /// Indices into `BoundPlan.streams`: the matching events, and those that have the measured property.
        var events: Int
        var values: Int
        var window: BoundWindow
        var measure: PopulationMeasure
    }

    var statistics: [Statistic]
    var refresh: PopulationRefresh
    /// Instants at which it was compared, ascending; empty: never, and no condition holds.
    var instants: [Int64] = []
}

/// A condition over a population.
struct BoundPopulationTest: Sendable {
    var population: Int
    var test: PopulationTest
    /// By instant of the population.
    var cuts: [PopulationCut] = []
}

/// Where a test divides everybody at one instant.
enum PopulationCut: Hashable, Sendable {
    /// Nobody took part.
    case nobody
    /// Everybody up to this one, greatest first, then by key.
    case upTo(PopulationMark)
    /// Everybody with this value or more; or less.
    case atLeast(PopulationValue)
    case atMost(PopulationValue)
    /// By statistic: the first member of each group but the lowest.
    case groups([[PopulationMark]])
}

/// A customer's place in an order by value, then key.
struct PopulationMark: Hashable, Sendable {
    var value: PopulationValue
    /// The UTF-8 bytes of the key, which are compared bytewise.
    var key: [UInt8]

    /// Ascending by value, then key.
    func precedes(_ other: PopulationMark) -> Bool {
        value == other.value ? key.lexicographicallyPrecedes(other.key) : value < other.value
    }
}

/// A whole number or an average, exactly. Denominators count events and are above 0.
struct PopulationValue: Sendable {
    let numerator: Int128
    let denominator: Int64

    init(numerator: Int128, denominator: Int64) {
        self.numerator = numerator
        self.denominator = denominator
    }
}

extension PopulationValue: Comparable, Hashable {
    // Sums of 2³¹ numbers stay below 2⁹⁴, so that no product leaves 128 bits.
    static func == (a: Self, b: Self) -> Bool {
        if a.denominator == b.denominator { return a.numerator == b.numerator }
        return a.numerator * Int128(b.denominator) == b.numerator * Int128(a.denominator)
    }

    static func < (a: Self, b: Self) -> Bool {
        if a.denominator == b.denominator { return a.numerator < b.numerator }
        return a.numerator * Int128(b.denominator) < b.numerator * Int128(a.denominator)
    }

    func hash(into hasher: inout Hasher) {
        // Equal fractions may be written differently; their whole parts are equal.
        hasher.combine(numerator / Int128(denominator))
    }
}

/// A customer who takes part.
struct PopulationEntry: Sendable {
    let value: PopulationValue
    /// Customers ascend as their keys do.
    let customer: Int

    func precedes(_ other: PopulationEntry) -> Bool {
        value == other.value ? customer < other.customer : value < other.value
    }
}

extension PopulationCut {
    /// `orders`: of everybody who takes part, by statistic.
    init(_ test: PopulationTest, _ orders: inout [PopulationOrder], _ key: (Int) -> [UInt8]) {
        func mark(_ entry: PopulationEntry) -> PopulationMark {
            PopulationMark(value: entry.value, key: key(entry.customer))
        }
        guard let count = orders.first?.count, count > 0 else {
            self = .nobody
            return
        }
        switch test {
        case .top(let share):
            let members = (count * share + 999_999) / 1_000_000
            self = orders[0].greatest(at: members - 1).map { .upTo(mark($0)) } ?? .nobody
        case .atLeastPercentile(let share):
            // Between two values the percentile lies above the lower one, so the higher one is the least that reaches it.
            let place = ((count - 1) * share + 999_999) / 1_000_000
            self = orders[0].members(at: [place]).first.map { .atLeast($0.value) } ?? .nobody
        case .atMostPercentile(let share):
            let place = (count - 1) * share / 1_000_000
            self = orders[0].members(at: [place]).first.map { .atMost($0.value) } ?? .nobody
        case .groups(let groups, _):
            var marks: [[PopulationMark]] = []
            for statistic in orders.indices {
                let members = orders[statistic].count
                let firsts = (1..<groups).map { Self.firstMember(ofGroup: $0, of: groups, count: members) }
                marks.append(orders[statistic].members(at: firsts).map(mark))
            }
            self = .groups(marks)
        }
    }

    /// Of groups from 0 on: the first `count % groups` are one larger.
    private static func firstMember(ofGroup group: Int, of groups: Int, count: Int) -> Int {
        group * (count / groups) + min(group, count % groups)
    }
}

extension ConditionBinder {
    mutating func bindPopulation(_ population: Population, _ test: PopulationTest) -> BoundNode {
        let index: Int
        if let known = populations[population] {
            index = known
        } else {
            let statistics = population.statistics.map { statistic in
                var value = StreamValue.none
                switch statistic.measure {
                case .count, .latest: break
                case .aggregate(_, let name): value = .property(name)
                case .distinctLocal(let part, let zone): value = .local(part, zone)
                }
                return BoundPopulation.Statistic(
                    events: stream(of: statistic.selection),
                    values: stream(of: statistic.selection, value: value), window: bind(statistic.window),
                    measure: statistic.measure)
            }
            bound.populations.append(BoundPopulation(statistics: statistics, refresh: population.refresh))
            index = bound.populations.count - 1
            populations[population] = index
        }
        bound.populationTests.append(BoundPopulationTest(population: index, test: test))
        return bind(.population(test: bound.populationTests.count - 1))
    }
}
