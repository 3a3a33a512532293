import CampaignPlan
import CivilTime
import Testing
import Timeline

/// Measures and comparisons, over purchases at hours 1, 2, 3 … of 1970.
@Suite struct EvaluateMeasureTests {
    private func intervals(
        _ amounts: [Int64?], products: [Int64?] = [], within hours: Int64? = nil, _ aggregate: Aggregate,
        of property: String = "amount", _ test: AggregateTest
    ) -> [String] {
        var plan = DecisionPlan()
        let window = hours.map { EventWindow.elapsed(from: $0 * decisionHour, to: 0) } ?? .ever
        let condition = plan.events("purchase", window, .aggregate(aggregate, property: property, test))
        var person = DecisionPerson()
        for (index, amount) in amounts.enumerated() {
            person.did(
                "purchase", Int64(index + 1) * decisionHour, amount: amount,
                product: index < products.count ? products[index] : nil)
        }
        return intervals(plan, person, condition)
    }

    /// `2–5` in hours, `…` for ever.
    private func intervals(_ plan: DecisionPlan, _ person: DecisionPerson, _ condition: ConditionIndex) -> [String] {
        let bound = plan.bound
        var evaluator = Evaluator(bound)
        evaluator.begin(person.timeline(bound.layout))
        return evaluator.intervals(of: condition).map { interval in
            let from = interval.from == .min ? "…" : "\(interval.from / decisionHour)"
            let to = interval.to == .max ? "…" : "\(interval.to / decisionHour)"
            return "\(from)–\(to)"
        }
    }

    private func atLeast(_ value: Int64, extraScale: Int = 0) -> AggregateTest {
        .number(.within(min: value, max: nil), extraScale: extraScale)
    }

    private func atMost(_ value: Int64) -> AggregateTest { .number(.within(min: nil, max: value), extraScale: 0) }

    @Test func sumsComeAndGo() {
        #expect(intervals([10, 20, -5, 30], within: 2, .sum, atLeast(25)) == ["2–3", "4–6"])
        #expect(intervals([10, nil, 20], .sum, atLeast(30)) == ["3–…"])
        #expect(intervals([10, 20], within: 2, .sum, atMost(10)) == ["…–2", "4–…"])
        #expect(intervals([], .sum, atMost(0)) == ["…–…"])
        #expect(intervals([nil], .sum, atMost(-1)) == [])
    }

    @Test func sumsBeyond64BitsAreExact() {
        #expect(intervals([.max, .max, .max], .sum, atLeast(.max)) == ["1–…"])
        #expect(intervals([.max, .max, .max], .sum, .number(.within(min: nil, max: .max), extraScale: 0)) == ["…–2"])
        let lowest = Int64.min + 1
        #expect(intervals([lowest, lowest], .sum, atMost(0)) == ["…–…"])
        #expect(intervals([lowest, lowest], .sum, .number(.outside(min: 0, max: nil), extraScale: 0)) == ["1–…"])
    }

    @Test func averagesCompareAsFractions() {
        // 1/3, then 2/4: never 0.34, never exactly a third with decimals.
        #expect(intervals([0, 0, 1, 1], .average, .number(.isIn([33, 50]), extraScale: 2)) == ["4–…"])
        #expect(intervals([0, 0, 1], .average, atLeast(33, extraScale: 2)) == ["3–…"])
        #expect(intervals([0, 0, 1], .average, atLeast(34, extraScale: 2)) == [])
        #expect(intervals([-1, 0, 0], .average, atLeast(-34, extraScale: 2)) == ["3–…"])
        #expect(intervals([-1, 0, 0], .average, atLeast(-33, extraScale: 2)) == [])
        #expect(intervals([.max, .max], .average, atLeast(.max)) == ["1–…"])
    }

    @Test func overNothingTheyAreMissing() {
        for aggregate in [Aggregate.average, .minimum, .maximum] {
            #expect(intervals([7], within: 2, aggregate, .missing(true)) == ["…–1", "3–…"])
            #expect(intervals([7], within: 2, aggregate, .missing(false)) == ["1–3"])
            #expect(intervals([nil], aggregate, .missing(true)) == ["…–…"])
            #expect(intervals([], aggregate, .number(.isNotIn([1, 2]), extraScale: 0)) == [])
            #expect(intervals([7], within: 2, aggregate, .number(.isNotIn([1, 2]), extraScale: 0)) == ["1–3"])
        }
        for aggregate in [Aggregate.sum, .distinct] {
            #expect(intervals([], aggregate, .missing(true)) == [])
            #expect(intervals([], aggregate, .missing(false)) == ["…–…"])
            #expect(intervals([], aggregate, .number(.within(min: 0, max: 0), extraScale: 0)) == ["…–…"])
        }
    }

    @Test func extremesSlide() {
        #expect(intervals([5, 3, 4, 9], within: 2, .minimum, atMost(3)) == ["2–4"])
        #expect(intervals([5, 3, 4, 9, 1, 1], within: 3, .maximum, atLeast(5)) == ["1–7"])
        #expect(intervals([5, 3, 4], within: 2, .maximum, atMost(4)) == ["3–5"])
        #expect(intervals([5, 5, 5], within: 2, .maximum, atLeast(5)) == ["1–5"])
    }

    @Test func distinctCountsValues() {
        #expect(
            intervals([1, 1, 1, 1], products: [0, 1, 0, nil], within: 2, .distinct, of: "product", atLeast(2)) == [
                "2–4"
            ])
        #expect(intervals([3, 3, 4, 3], .distinct, atLeast(2)) == ["3–…"])
        #expect(intervals([3, nil, nil], .distinct, atLeast(2)) == [])
        #expect(intervals((0..<50).map { Int64($0 % 10) << 32 }, .distinct, atLeast(10)) == ["10–…"])
    }

    @Test func selectionsTestProperties() {
        var plan = DecisionPlan()
        func bought(_ property: String, _ test: ValueTest) -> ConditionIndex {
            plan.events("purchase", tests: [PropertyTest(property: property, test: test)])
        }
        let apple = bought("product", .text(.isIn(["apple"])))
        let notApple = bought("product", .text(.isNotIn(["apple"])))
        let ending = bought("product", .text(.endsWith("ead")))
        let part = bought("product", .text(.contains("k")))
        let start = bought("product", .text(.startsWith("c")))
        let unknown = bought("product", .missing(true))
        let dear = bought("amount", .number(.within(min: 100, max: nil)))
        let odd = bought("amount", .number(.isNotIn([10, 20, 100])))
        var person = DecisionPerson()
        person.did("purchase", decisionHour, amount: 10, product: 1)
        person.did("purchase", 2 * decisionHour, amount: 100, product: 0)
        person.did("purchase", 3 * decisionHour, amount: nil, product: 2)
        person.did("purchase", 4 * decisionHour, amount: 7, product: nil)
        person.did("refund", 0, amount: 1_000, product: 0)
        #expect(intervals(plan, person, apple) == ["2–…"])
        #expect(intervals(plan, person, notApple) == ["1–…"])
        #expect(intervals(plan, person, ending) == ["1–…"])
        #expect(intervals(plan, person, part) == ["3–…"])
        #expect(intervals(plan, person, start) == ["3–…"])
        #expect(intervals(plan, person, unknown) == ["4–…"])
        #expect(intervals(plan, person, dear) == ["2–…"])
        #expect(intervals(plan, person, odd) == ["4–…"])
    }

    @Test func severalTypesAreOneStream() {
        var plan = DecisionPlan()
        let selection = EventSelection(types: ["purchase", "refund"], tests: [])
        let three = plan.add(.events(selection, .ever, .countAtLeast(3)))
        let sum = plan.add(.events(selection, .ever, .aggregate(.sum, property: "amount", atMost(-1))))
        let close = plan.add(.events(selection, .elapsed(from: decisionHour, to: 0), .countAtLeast(2)))
        var person = DecisionPerson()
        person.did("purchase", decisionHour, amount: 10)
        person.did("refund", 3 * decisionHour, amount: -15)
        person.did("purchase", 3 * decisionHour, amount: 2)
        person.did("visit", 2 * decisionHour)
        #expect(intervals(plan, person, three) == ["3–…"])
        #expect(intervals(plan, person, sum) == ["3–…"])
        #expect(intervals(plan, person, close) == ["3–4"])
    }

    @Test func attributesCompareWithLiterals() {
        var plan = DecisionPlan()
        func holds(_ name: String, _ test: ValueTest, _ value: Int64?) -> Bool {
            let condition = plan.add(.attribute(name, test))
            var person = DecisionPerson()
            person.attributes[name] = value
            return intervals(plan, person, condition) == ["…–…"]
        }
        #expect(holds("country", .text(.isIn(["DE", "US"])), 2))
        #expect(!holds("country", .text(.isIn(["DE", "US"])), 1))
        #expect(holds("country", .text(.isNotIn(["DE", "US"])), 1))
        #expect(!holds("country", .text(.isNotIn(["DE", "US"])), nil))
        #expect(!holds("country", .text(.isNotIn(["DE", "US"])), 99))
        #expect(holds("country", .missing(true), nil))
        #expect(holds("country", .missing(false), 0))
        #expect(holds("years", .number(.within(min: 3, max: 5)), 5))
        #expect(!holds("years", .number(.outside(min: 3, max: 5)), 5))
        #expect(holds("years", .number(.outside(min: 3, max: 5)), 6))
        #expect(!holds("years", .number(.outside(min: 3, max: 5)), nil))
        #expect(holds("years", .number(.isIn([1, 2, 8, 9])), 8))
    }

    @Test func booleansWorkOnIntervals() {
        var plan = DecisionPlan()
        let visited = plan.events("visit", .elapsed(from: 4 * decisionHour, to: 0))
        let bought = plan.events("purchase", .elapsed(from: 2 * decisionHour, to: 0))
        let both = plan.add(.all([visited, bought]))
        let either = plan.add(.any([visited, bought]))
        let neither = plan.not(either)
        var person = DecisionPerson()
        person.did("visit", decisionHour)
        person.did("purchase", 4 * decisionHour)
        #expect(intervals(plan, person, both) == ["4–5"])
        #expect(intervals(plan, person, either) == ["1–6"])
        #expect(intervals(plan, person, neither) == ["…–1", "6–…"])
        person.existsFrom = 3 * decisionHour
        #expect(intervals(plan, person, neither) == ["6–…"])
    }

    @Test func exitsMeasureSinceTheTrigger() {
        var plan = DecisionPlan()
        let two = plan.events("purchase", .sinceTrigger, .countAtLeast(2))
        let sum = plan.events("purchase", .sinceTrigger, .aggregate(.sum, property: "amount", atLeast(30)))
        let none = plan.events("purchase", .sinceTrigger, .aggregate(.maximum, property: "amount", .missing(true)))
        let kinds = plan.events("purchase", .sinceTrigger, .aggregate(.distinct, property: "amount", atLeast(2)))
        let visited = plan.events("visit")
        let mixed = plan.add(.all([two, visited]))
        let not = plan.not(two)
        var person = DecisionPerson()
        for hour in 1...4 { person.did("purchase", Int64(hour) * decisionHour, amount: Int64(hour) * 5) }
        person.did("visit", 4 * decisionHour)
        let bound = plan.bound
        var evaluator = Evaluator(bound)
        evaluator.begin(person.timeline(bound.layout))
        func holds(_ condition: ConditionIndex, _ trigger: Int64, _ hour: Int64) -> Bool {
            evaluator.exitHolds(condition, trigger: trigger * decisionHour, at: hour * decisionHour)
        }
        #expect(holds(two, 0, 2))
        #expect(!holds(two, 1, 2))
        #expect(holds(two, 1, 3))
        #expect(holds(not, 1, 2))
        #expect(!holds(sum, 1, 3))
        #expect(holds(sum, 1, 4))
        #expect(holds(none, 4, 9))
        #expect(!holds(none, 3, 4))
        #expect(holds(kinds, 2, 4))
        #expect(!holds(mixed, 0, 3))
        #expect(holds(mixed, 0, 4))
        // Asked without a trigger, the window shows all so far.
        let everSeen = evaluator.holds(two, at: 2 * decisionHour)
        #expect(everSeen)
    }

    @Test func anEvaluatorForgetsTheCustomerBefore() {
        var plan = DecisionPlan()
        let bought = plan.events("purchase", .ever, .aggregate(.sum, property: "amount", atLeast(10)))
        let bound = plan.bound
        var evaluator = Evaluator(bound)
        var rich = DecisionPerson()
        rich.did("purchase", 5, amount: 10)
        for _ in 0..<3 {
            evaluator.begin(rich.timeline(bound.layout))
            let first = evaluator.intervals(of: bought)
            #expect(first == [Interval(from: 5, to: .max)])
            evaluator.begin(DecisionPerson().timeline(bound.layout))
            let second = evaluator.intervals(of: bought)
            #expect(second == [])
        }
        #expect(evaluator.counters.eventsRead == 3)
        #expect(evaluator.counters.atomsEvaluated == 6)
        #expect(evaluator.counters.intervalsMade == 3)
    }
}
