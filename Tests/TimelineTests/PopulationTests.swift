import CampaignPlan
import CivilTime
import ContractOracle
import TestSupport
import Testing
import Timeline

/// Random people, compared by the engine in parts and by the oracle one by one.
@Suite struct PopulationTests {
    private static let seed = testSeed("populations")
    private static let worlds = 400

    @Test func engineAgreesWithTheContract() {
        for number in 0..<Self.worlds {
            var world = RandomPopulation(seed: Self.seed &+ UInt64(number))
            if let difference = world.difference(mutation: nil) {
                Issue.record("PABAL_TEST_SEED=\(Self.seed &+ UInt64(number)): \(difference)")
                return
            }
        }
    }

    @Test(arguments: NaivePopulation.Mutation.allCases) func mistakesAreNoticed(_ mutation: NaivePopulation.Mutation) {
        let noticed = (0..<Self.worlds).first { number in
            var world = RandomPopulation(seed: Self.seed &+ UInt64(number))
            return world.difference(mutation: mutation) != nil
        }
        print("\(mutation): \(noticed.map { "noticed after \($0 + 1) worlds" } ?? "not noticed")")
        #expect(noticed != nil)
    }
}

private struct RandomPopulation {
    let plan: Plan
    let people: [NaivePopulation.Person]
    private let conditions: [(Population, PopulationTest)]
    private let from: Int64
    private let to: Int64
    private var random: SeededGenerator
    private static let day: Int64 = 86_400_000

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let hasSince = random.chance(percent: 50)
        let schema = RandomCatalog.schema(hasSince: hasSince)
        let zone = random.pick(RandomCatalog.zoneNames)
        from = random.number(RandomMoments.usual)
        to = from + Self.day * random.number(2...45)
        conditions = (0..<random.number(1...3)).map { _ in Self.condition(zone, &random) }
        var unique: [Condition] = []
        for (population, test) in conditions where !unique.contains(.population(population, test)) {
            unique.append(.population(population, test))
        }
        plan = RandomPlan.plan(
            schema: schema, zone: zone, conditions: unique, roots: Array(unique.indices), exit: nil)
        let window = (from - 60 * Self.day)...to
        let lateness = random.chance(percent: 25) ? 40 : 0
        let keys = Set(
            (0..<random.number(1...24)).map { _ in random.pick(["a", "B", "가", "z", "00"]) + "\(random.number(0...40))"
            })
        people = keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { key in
            var customer = NaiveCustomer(existsFrom: .min, attributes: [:], events: [])
            if random.chance(percent: 80) {
                customer.attributes[RandomCatalog.zone] = .text(random.pick(RandomCatalog.zoneNames))
            }
            if hasSince {
                customer.existsFrom = random.chance(percent: 40) ? random.number(window) : window.lowerBound
                customer.attributes[RandomCatalog.since] = .number(customer.existsFrom)
            }
            for _ in 0..<random.number(0...8) {
                let schema = random.pick(schema.events)
                var event = NaiveEvent(type: schema.name, time: random.number(window), properties: [:])
                if random.chance(percent: lateness) {
                    event.recorded = event.time + random.number(0...20 * 86_400_000)
                }
                if random.chance(percent: 30) { event.time -= event.time % Self.day }
                if schema.property("amount") != nil, random.chance(percent: 85) {
                    event.properties["amount"] = .number(random.number(-1...3))
                }
                if schema.property("category") != nil {
                    event.properties["category"] = .text(random.pick(["tea", "x"]))
                }
                if schema.property("order") != nil, random.chance(percent: 85) {
                    event.properties["order"] = .text(random.pick(["Tea", "tea", "x"]))
                }
                customer.events.append(event)
            }
            return .init(key: key, customer: customer)
        }
        self.random = random
    }

    private static func condition(_ zone: String, _ random: inout SeededGenerator) -> (Population, PopulationTest) {
        let refresh = random.pick([PopulationRefresh.daily, .daily, .weekly, .monthly])
        func statistic(_ random: inout SeededGenerator, _ measures: [PopulationMeasure]) -> Population.Statistic {
            let measure = random.pick(measures)
            // Orders add up lines that come one after the other; they have no categories.
            let hasOrders = measure != .aggregate(.distinct, property: "category")
            let types = random.pick(
                [["purchase"], ["cart", "purchase"], ["visit"]] + (hasOrders ? [["order"], ["order"]] : []))
            let isLarge = PropertyTest(property: "amount", test: .number(.within(min: 1, max: nil)))
            let tests = types == ["order"] && random.chance(percent: 50) ? [isLarge] : []
            let window = random.pick([
                EventWindow.ever, .elapsed(from: 20 * day, to: 0), .elapsed(from: 30 * day, to: 5 * day),
                CalendarSpan(parsing: "14 days").map {
                    .past($0, random.chance(percent: 50) ? .named(zone) : .recipient)
                } ?? .ever,
                CalendarSpan(parsing: "1 month").map { .recent($0, .named(zone)) } ?? .ever,
            ])
            return .init(
                selection: EventSelection(types: types, tests: tests), window: window, measure: measure)
        }
        let measures =
            [PopulationMeasure.count, .latest]
            + LocalPart.allCases.flatMap { [.distinctLocal($0, .named(zone)), .distinctLocal($0, .recipient)] }
            + Aggregate.allCases.map { .aggregate($0, property: "amount") }
        if random.chance(percent: 40) {
            let statistics = [
                statistic(&random, [.latest]),
                statistic(
                    &random,
                    [.count, .count, .aggregate(.distinct, property: "category"), .distinctLocal(.date, .recipient)]),
                statistic(&random, measures),
            ]
            let count = random.pick([2, 3, 5, 5])
            let ranges = statistics.map { _ in
                let ends = [random.number(1...count), random.number(1...count)].sorted()
                return random.chance(percent: 40) ? 1...count : ends[0]...ends[1]
            }
            return (Population(statistics: statistics, refresh: refresh), .groups(of: count, ranges))
        }
        let share = random.pick([1, 100_000, 250_000, 333_333, 500_000, 900_000, 999_999, 1_000_000])
        let test = random.pick([
            PopulationTest.top(partsPerMillion: share), .top(partsPerMillion: share),
            .atLeastPercentile(partsPerMillion: share), .atMostPercentile(partsPerMillion: share),
        ])
        return (Population(statistics: [statistic(&random, measures)], refresh: refresh), test)
    }

    /// The first difference, in words.
    mutating func difference(mutation: NaivePopulation.Mutation?) -> String? {
        var bound = bind(plan, vocabulary: RandomVocabulary())
        for population in bound.populationIndices {
            let instants = bound.refreshInstants(ofPopulation: population, from: from, to: to)
            let cut = random.number(0...instants.count)
            for part in [instants[..<cut], instants[cut...]] where !part.isEmpty {
                bound.addCuts(pass(population, Array(part), bound)) { Array(people[$0].key.utf8) }
            }
        }
        var evaluator = Evaluator(bound, horizon: random.chance(percent: 50) ? from : .min)
        let naive = NaivePopulation(plan: plan, people: people, mutation: mutation)
        for (index, person) in people.enumerated() {
            evaluator.timeline.load(person.customer, key: Array(person.key.utf8))
            evaluator.begin()
            for root in plan.conditions.indices {
                guard case .population(let population, let test) = plan.conditions[root] else { continue }
                var instants = [from, to - 1]
                for _ in 0..<6 { instants.append(random.number(from...to - 1)) }
                instants += person.customer.events.map(\.time).filter { $0 >= from && $0 < to }.prefix(4)
                for t in instants where evaluator.holds(root, at: t) != naive.holds(population, test, for: index, at: t)
                {
                    return "\(population) \(test) for \(person.key) at \(Instant(milliseconds: t)): engine "
                        + "\(evaluator.holds(root, at: t)); \(people)"
                }
            }
        }
        return nil
    }

    /// Two parts of the people, added up in an order that follows from the seed.
    private mutating func pass(_ population: Int, _ instants: [Int64], _ bound: BoundPlan) -> PopulationPass {
        let middle = random.number(0...people.count)
        var parts: [PopulationPass] = []
        for range in [0..<middle, middle..<people.count] {
            var evaluator = Evaluator(bound)
            var pass = PopulationPass(population, of: bound, at: instants)
            for customer in range {
                evaluator.timeline.load(people[customer].customer, key: Array(people[customer].key.utf8))
                evaluator.begin()
                pass.add(customer, &evaluator)
            }
            parts.append(pass)
        }
        if random.chance(percent: 50) { parts.reverse() }
        var whole = parts[0]
        whole.add(parts[1])
        return whole
    }
}
