import CampaignPlan
import ContractOracle
import Testing

/// The random data must contain what the comparison is for.
@Suite struct RandomPlanTests {
    @Test func sameSeedSamePair() {
        var first = RandomPlan(seed: 7)
        var second = RandomPlan(seed: 7)
        #expect(first.plan == second.plan)
        #expect(first.customer() == second.customer())
        #expect(first.customer() == second.customer())
        #expect(RandomPlan(seed: 8).plan != first.plan)
    }

    @Test func childrenComeFirstAndEqualConditionsAreOne() {
        for seed in UInt64(0)..<300 {
            let conditions = RandomPlan(seed: seed).plan.conditions
            #expect(Set(conditions).count == conditions.count)
            for (index, condition) in conditions.enumerated() {
                switch condition {
                case .not(let child): #expect(child < index)
                case .all(let children), .any(let children):
                    #expect(children.count >= 2 && children == Set(children).sorted())
                    #expect(children.allSatisfy { $0 < index })
                case .movement(let child, _, _): #expect(child < index)
                case .constant, .attribute, .attributeTime, .events, .behaviour, .sequence, .anniversary, .population:
                    break
                }
            }
        }
    }

    @Test func everyConstructOccurs() {
        var seen: Set<String> = []
        for seed in UInt64(0)..<1_000 {
            for condition in RandomPlan(seed: seed).plan.conditions { seen.formUnion(Self.constructs(of: condition)) }
        }
        let events = ["ever", "elapsed", "past", "recent", "between", "sinceTrigger"].map { "events \($0)" }
        let attributes = ["elapsed", "past", "recent", "nextElapsed", "nextDays"].map { "attribute \($0)" }
        let sequences =
            (["ever", "elapsed", "recent", "sinceTrigger", "absence", "same", "last"]
            + LocalPart.allCases.map { "\($0)" }).map { "sequence \($0)" }
        let texts = ["isIn", "isNotIn", "contains", "startsWith", "endsWith"].map { "text \($0)" }
        let numbers = ["within", "outside", "isIn", "isNotIn"]
        let measures =
            ["count"]
            + Aggregate.allCases.flatMap { aggregate in
                (numbers + ["missing"]).map { "\(aggregate) \($0)" }
            }
        let expected =
            ["constant", "not", "all", "any", "attribute", "missing", "entered", "left", "anniversary"] + events
            + attributes + sequences + texts + numbers.map { "number \($0)" } + measures + ["first", "latest"]
            + LocalPart.allCases.flatMap { ["where \($0)", "distinct \($0)"] }
            + ["numbered", "compared", "share", "purchaseInterval", "overdue"]
        #expect(seen == Set(expected), "\(Set(expected).symmetricDifference(seen).sorted())")
    }

    /// Conditions that are always true or always false would agree however wrong the engine is.
    @Test func answersVary() {
        var (yes, no) = (0, 0)
        for seed in UInt64(0)..<500 {
            var random = RandomPlan(seed: seed)
            let customer = random.customer()
            let oracle = NaiveOracle(plan: random.plan, customer: customer)
            for event in customer.events.prefix(20) {
                if oracle.holds(random.roots[0], at: event.time) { yes += 1 } else { no += 1 }
            }
        }
        #expect(yes > (yes + no) / 5 && no > (yes + no) / 5, "\(yes) hold, \(no) do not")
    }

    private static func constructs(of condition: Condition) -> [String] {
        switch condition {
        case .constant: return ["constant"]
        case .not: return ["not"]
        case .all: return ["all"]
        case .any: return ["any"]
        case .attribute(_, let test): return ["attribute", construct(of: test)]
        case .anniversary: return ["anniversary"]
        case .population: return ["population"]
        case .sequence(let pattern):
            return [construct(of: pattern.window).replacing("events", with: "sequence")]
                + (pattern.absence == nil ? [] : ["sequence absence"]) + (pattern.startsLast ? ["sequence last"] : [])
                + (pattern.parts.contains { !$0.same.isEmpty } ? ["sequence same"] : [])
                + pattern.parts.flatMap { constructs(of: $0.selection).map { $0.replacing("where", with: "sequence") } }
        case .movement(_, let movement, _): return [movement.rawValue]
        case .attributeTime(_, .elapsed): return ["attribute elapsed"]
        case .attributeTime(_, .past): return ["attribute past"]
        case .attributeTime(_, .recent): return ["attribute recent"]
        case .attributeTime(_, .nextElapsed): return ["attribute nextElapsed"]
        case .attributeTime(_, .nextDays): return ["attribute nextDays"]
        case .events(let selection, let window, let measure):
            return constructs(of: selection) + [construct(of: window), construct(of: measure)]
        case .behaviour(let behaviour):
            let own =
                switch behaviour {
                case .numbered: "numbered"
                case .compared: "compared"
                case .share: "share"
                case .purchaseInterval: "purchaseInterval"
                case .overdue: "overdue"
                case .matching: "matching"
                }
            return behaviour.selections.flatMap(constructs) + behaviour.windows.map(construct) + [own]
        }
    }

    private static func constructs(of selection: EventSelection) -> [String] {
        selection.tests.map { test in
            LocalPart(rawValue: test.property).map { "where \($0)" } ?? construct(of: test.test)
        }
    }

    private static func construct(of window: EventWindow) -> String {
        switch window {
        case .ever: "events ever"
        case .elapsed: "events elapsed"
        case .past: "events past"
        case .recent: "events recent"
        case .between: "events between"
        case .sinceTrigger: "events sinceTrigger"
        }
    }

    private static func construct(of measure: Measure) -> String {
        switch measure {
        case .countAtLeast: "count"
        case .aggregate(let aggregate, _, .missing): "\(aggregate) missing"
        case .aggregate(let aggregate, _, .number(let test, _)): "\(aggregate) \(construct(of: test))"
        case .distinctLocal(let part, _, _): "distinct \(part)"
        case .edge(let edge, _, _): "\(edge)"
        }
    }

    private static func construct(of test: ValueTest) -> String {
        switch test {
        case .missing: "missing"
        case .text(.isIn): "text isIn"
        case .text(.isNotIn): "text isNotIn"
        case .text(.contains): "text contains"
        case .text(.startsWith): "text startsWith"
        case .text(.endsWith): "text endsWith"
        case .number(let test): "number \(construct(of: test))"
        }
    }

    private static func construct(of test: NumberTest) -> String {
        switch test {
        case .within: "within"
        case .outside: "outside"
        case .isIn: "isIn"
        case .isNotIn: "isNotIn"
        }
    }
}
