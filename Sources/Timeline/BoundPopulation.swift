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
        a.numerator * Int128(b.denominator) == b.numerator * Int128(a.denominator)
    }

    static func < (a: Self, b: Self) -> Bool {
        a.numerator * Int128(b.denominator) < b.numerator * Int128(a.denominator)
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
    init(_ test: PopulationTest, _ sorted: [[PopulationEntry]], _ key: (Int) -> [UInt8]) {
        guard let entries = sorted.first, !entries.isEmpty else {
            self = .nobody
            return
        }
        func mark(_ entry: PopulationEntry) -> PopulationMark {
            PopulationMark(value: entry.value, key: key(entry.customer))
        }
        let count = entries.count
        switch test {
        case .top(let share):
            let members = (count * share + 999_999) / 1_000_000
            self = .upTo(mark(Self.entry(number: members, greatestFirst: entries)))
        case .atLeastPercentile(let share):
            // Between two values the percentile lies above the lower one, so the higher one is the least that reaches it.
            self = .atLeast(entries[((count - 1) * share + 999_999) / 1_000_000].value)
        case .atMostPercentile(let share):
            self = .atMost(entries[(count - 1) * share / 1_000_000].value)
        case .groups(let groups, _):
            self = .groups(
                sorted.map { entries in
                    (1..<groups).compactMap { group in
                        let first = Self.firstMember(ofGroup: group, of: groups, count: entries.count)
                        return first < entries.count ? mark(entries[first]) : nil
                    }
                })
        }
    }

    /// The n-th, n ≥ 1, by value descending, then customer ascending.
    private static func entry(number: Int, greatestFirst entries: [PopulationEntry]) -> PopulationEntry {
        var left = number
        var end = entries.count
        while true {
            // Those of one value ascend by customer.
            var start = end - 1
            while start > 0, entries[start - 1].value == entries[end - 1].value { start -= 1 }
            if left <= end - start || start == 0 { return entries[min(start + left, end) - 1] }
            left -= end - start
            end = start
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
