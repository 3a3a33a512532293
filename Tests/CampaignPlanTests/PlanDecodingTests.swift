import CampaignPlan
import TestSupport
import Testing

/// A plan read from its bytes is the plan that wrote them; everything else is refused in words.
@Suite struct PlanDecodingTests {
    @Test func randomPlansComeBack() throws {
        let seed = testSeed("plans from their bytes")
        var keys: Set<String> = []
        for offset in 0..<600 {
            var generator = RandomPlan(seed: seed &+ UInt64(offset))
            let plan = generator.plan()
            collectKeys(plan.json, into: &keys)
            do throws(PlanProblem) {
                let decoded = try Plan(canonicalBytes: plan.canonicalBytes)
                #expect(decoded == plan, "seed \(seed &+ UInt64(offset))")
            } catch {
                Issue.record("seed \(seed &+ UInt64(offset)): \(error)\n\(plan.json.canonicalText)")
                return
            }
        }
        // Every key of the format was there, so that none of them is only refused.
        #expect(Self.keys.subtracting(keys) == [])
    }

    private static let keys: Set<String> = [
        "at", "at_ms", "month_day", "weekdays", "every", "from", "until", "when", "enters", "event", "delay_ms", "next",
        "days",
        "expires_ms", "after_ms", "control_group", "exclude", "exit", "goal", "metric", "converted", "constant", "not",
        "all",
        "any", "attribute", "test", "window", "events", "measure", "where", "missing", "in", "not_in", "contains",
        "starts_with", "ends_with", "min", "max", "outside", "from_ms", "to_ms", "past", "recent", "next_ms",
        "count_at_least", "sum", "average", "minimum", "maximum", "distinct", "extra_scale", "since", "optional",
        "personal", "values", "scale", "night_consent", "holdout", "quiet_hours", "costs", "currency",
        "frequency_caps", "per_ms", "at_most", "channel", "max_recipients",
    ]

    private func collectKeys(_ json: JSON, into keys: inout Set<String>) {
        switch json {
        case .object(let members):
            keys.formUnion(members.keys)
            for value in members.values { collectKeys(value, into: &keys) }
        case .array(let elements): for element in elements { collectKeys(element, into: &keys) }
        case .string, .integer, .bool: break
        }
    }

    /// A changed value gives a problem, or a plan that writes exactly those bytes.
    @Test func changedValues() {
        let seed = testSeed("plans with changed values")
        var random = SeededGenerator(seed: seed)
        var plans = 0
        for round in 0..<3_000 {
            var generator = RandomPlan(seed: seed &+ UInt64(round % 40))
            let json = mutated(generator.plan().json, &random)
            let bytes = Array((json.canonicalText + "\n").utf8)
            guard let plan = try? Plan(canonicalBytes: bytes) else { continue }
            plans += 1
            #expect(plan.canonicalBytes == bytes)
            #expect(problems(of: plan) == [], "round \(round)")
        }
        print("changed values: 3000, of them still plans: \(plans)")
        #expect(plans > 100 && plans < 2_900)
    }

    @Test func changedBytes() {
        let seed = testSeed("plans with changed bytes")
        var random = SeededGenerator(seed: seed)
        var plans = 0
        for round in 0..<4_000 {
            var generator = RandomPlan(seed: seed &+ UInt64(round % 40))
            var bytes = generator.plan().canonicalBytes
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(contentsOf: Array((Self.tokens.randomElement(using: &random) ?? "").utf8), at: place)
            default: bytes.removeSubrange(place...)
            }
            guard let plan = try? Plan(canonicalBytes: bytes) else { continue }
            plans += 1
            #expect(plan.canonicalBytes == bytes)
        }
        print("changed bytes: 4000, of them still plans: \(plans)")
        #expect(plans < 2_000)
    }

    private static let tokens = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "null", "true", "-", "0", "9223372036854775808",
        "1e9", ".5",
        " ", "\n", "\u{0}",
    ]

    private func mutated(_ json: JSON, _ random: inout SeededGenerator) -> JSON {
        // Deep inside more often than at the top.
        switch json {
        case .object(var members) where !members.isEmpty && Int.random(in: 0..<12, using: &random) > 0:
            let key = members.keys.sorted().randomElement(using: &random) ?? ""
            if Int.random(in: 0..<15, using: &random) == 0 {
                members[key] = nil
            } else {
                members[key] = members[key].map { mutated($0, &random) }
            }
            return .object(members)
        case .array(var elements) where !elements.isEmpty && Int.random(in: 0..<6, using: &random) > 0:
            let index = Int.random(in: 0..<elements.count, using: &random)
            switch Int.random(in: 0..<12, using: &random) {
            case 0: elements.remove(at: index)
            case 1: elements.append(elements[index])
            case 2: elements.swapAt(index, elements.count - 1)
            default: elements[index] = mutated(elements[index], &random)
            }
            return .array(elements)
        case .integer(let value) where Int.random(in: 0..<2, using: &random) == 0:
            return .integer(value &+ Int64.random(in: -2...2, using: &random))
        case .object, .array, .string, .integer, .bool:
            return Self.others.randomElement(using: &random) ?? .bool(true)
        }
    }

    private static let others: [JSON] = [
        .object([:]), .array([]), .string(""), .string("recipient"), .string("Asia/Seoul"), .string("12:30"),
        .string("9007199254740993"), .integer(0), .integer(-1), .integer(1), .integer(.max), .integer(.min),
        .bool(true),
        .bool(false), .array([.integer(0), .integer(1)]), .object(["constant": .bool(true)]),
    ]

    /// What everything after the reader relies on, as the types promise it.
    private func problems(of plan: Plan) -> [String] {
        var problems: [String] = []
        for (index, condition) in plan.conditions.enumerated()
        where !condition.children.allSatisfy({ $0 < index && $0 >= 0 }) {
            problems.append("condition \(index) points forward")
        }
        for campaign in plan.campaigns {
            let roots = [campaign.include, campaign.exclude, campaign.exit, campaign.goal?.converted].compactMap { $0 }
            if !roots.allSatisfy(plan.conditions.indices.contains) {
                problems.append("\(campaign.name) points nowhere")
            }
            if campaign.variants.first?.buckets.lowerBound != 0
                || campaign.variants.last?.buckets.upperBound != 1_000_000
            {
                problems.append("\(campaign.name) leaves buckets out")
            }
        }
        return problems
    }

    // MARK: Words

    @Test(arguments: Self.wrongPlans)
    func saysWhatIsWrong(_ wrong: WrongPlan) {
        let text = Self.plan.replacing(wrong.old, with: wrong.new)
        #expect(text != Self.plan)
        #expect(throws: PlanProblem.malformed(JSONProblem(place: wrong.place, message: wrong.message))) {
            try Plan(canonicalBytes: Array(text.utf8))
        }
    }

    struct WrongPlan: Sendable, CustomTestStringConvertible {
        let old: String
        let new: String
        let place: String
        let message: String

        init(_ old: String, _ new: String, _ place: String, _ message: String) {
            self.old = old
            self.new = new
            self.place = place
            self.message = message
        }

        var testDescription: String { "\(place): \(message)" }
    }

    @Test func theSmallPlanIsOne() throws {
        #expect(try Plan(canonicalBytes: Array(Self.plan.utf8)).campaigns.map(\.name) == ["a"])
    }

    @Test(arguments: ["\n\n", "", " \n"]) func theEndIsPartOfIt(_ end: String) {
        #expect(throws: PlanProblem.notCanonical) {
            try Plan(canonicalBytes: Array((Self.plan.dropLast() + end).utf8))
        }
    }

    @Test(arguments: [
        ("\"name\":\"w\"", "\"name\": \"w\""), ("\"id\"", "\"\\u0069d\""), ("\"to_ms\":0", "\"to_ms\":\"0\""),
    ])
    func otherSpellings(_ old: String, _ new: String) {
        let text = Self.plan.replacing(old, with: new)
        #expect(text != Self.plan)
        #expect(throws: PlanProblem.self) { try Plan(canonicalBytes: Array(text.utf8)) }
    }

    @Test func anotherFormat() {
        let text = Self.plan.replacing("\"pabal_plan\":1", with: "\"pabal_plan\":2,\"new\":[]")
        #expect(throws: PlanProblem.otherFormat(2)) { try Plan(canonicalBytes: Array(text.utf8)) }
    }

    static let plan = """
        {"campaigns":[{"audience":{"include":0},"channels":["email"],"kind":"marketing","name":"a","priority":0,\
        "re_entry":"always","salt":"a","schedule":{"at":"09:00","every":{"weekdays":["mon"]},"zone":"UTC"},\
        "variant_key":"000102030405060708090a0b0c0d0e0f","variants":[{"buckets":[0,1000000],"messages":{"email":\
        {"body":"b"}},"name":"v"}]}],"catalog":{"channels":[{"address":"mail","name":"email"}],"customer":{"attributes":\
        [{"name":"country","type":"text"},{"name":"mail","type":"email"}],"key":"id"},"events":[{"name":"buy",\
        "properties":[{"name":"amount","scale":2,"type":"decimal"}]}],"name":"c"},"compiler":"0","conditions":\
        [{"attribute":"country","test":{"in":["KR"]}},{"events":{"types":["buy"]},"measure":{"sum":"amount","test":\
        {"min":5}},"window":{"from_ms":1000,"to_ms":0}},{"all":[0,1]}],"files":[],"pabal_plan":1,"segments":\
        [{"condition":2,"name":"s"}],"workspace":{"costs":[],"jurisdictions":[],"name":"w","zone":"UTC"},\
        "zone_data":"2026b"}

        """

    static let wrongPlans = [
        WrongPlan("\"kind\":\"marketing\",", "", "$.campaigns[0]", "the key `kind` is missing"),
        WrongPlan("\"priority\":0", "\"prio\":0,\"priority\":0", "$.campaigns[0]", "the key `prio` is unknown"),
        WrongPlan(
            "\"marketing\"", "\"spam\"", "$.campaigns[0].kind", "one of `marketing`, `transactional` is needed here"),
        WrongPlan(
            "\"include\":0", "\"include\":3", "$.campaigns[0].audience.include", "a number from 0 to 2 is needed here"),
        WrongPlan(
            "\"include\":0", "\"include\":-1", "$.campaigns[0].audience.include", "a number from 0 to 2 is needed here"),
        WrongPlan("[0,1]}", "[0,2]}", "$.conditions[2].all[1]", "a number from 0 to 1 is needed here"),
        WrongPlan("[0,1]}", "[1,0]}", "$.conditions[2].all", "at least two conditions are needed here, ascending"),
        WrongPlan("[0,1]}", "[1]}", "$.conditions[2].all", "at least two conditions are needed here, ascending"),
        WrongPlan(
            "{\"attribute\":\"country\"", "{\"attribute\":\"land\"", "$.conditions[0].attribute",
            "the catalog has no attribute `land`"),
        WrongPlan("[\"KR\"]", "[7]", "$.conditions[0].test.in[0]", "a string is needed here"),
        WrongPlan("[\"KR\"]", "[\"US\",\"KR\"]", "$.conditions[0].test.in", "`KR` does not come after `US`"),
        WrongPlan(
            "\"types\":[\"buy\"]", "\"types\":[\"bye\"]", "$.conditions[1].events.types",
            "the catalog has no event `bye`"),
        WrongPlan(
            "\"sum\":\"amount\"", "\"sum\":\"total\"", "$.conditions[1].measure.sum",
            "the events do not all have the property `total`, of one type"),
        WrongPlan("\"sum\"", "\"mode\"", "$.conditions[1].measure", "no measure of this version"),
        WrongPlan("{\"min\":5}", "{}", "$.conditions[1].measure.test", "a bound is missing"),
        WrongPlan("\"to_ms\":0", "\"to_ms\":1000", "$.conditions[1].window.to_ms", "the window ends before it begins"),
        WrongPlan(
            "{\"from_ms\":1000,\"to_ms\":0}", "\"since_trigger\"", "$.segments[0].condition",
            "only an exit can look at the trigger"),
        WrongPlan("[0,1000000]", "[0,999999]", "$.campaigns[0].variants", "the variants do not cover all buckets"),
        WrongPlan(
            "[0,1000000]", "[1,1000000]", "$.campaigns[0].variants[0].buckets",
            "the buckets do not begin where the variant before them ends"),
        WrongPlan(
            "[0,1000000]", "[0,-5]", "$.campaigns[0].variants[0].buckets[1]",
            "a number from 0 to 1000000 is needed here"),
        WrongPlan(
            "[\"mon\"]", "[\"tue\",\"mon\"]", "$.campaigns[0].schedule.every.weekdays",
            "at least one day is needed here, each once and in the order of the week"),
        WrongPlan("\"09:00\"", "\"25:00\"", "$.campaigns[0].schedule.at", "a time such as `12:30` is needed here"),
        WrongPlan(
            "\"zone\":\"UTC\"},\"zone_data\"", "\"zone\":\"Asia/Soul\"},\"zone_data\"", "$.workspace.zone",
            "the time zone `Asia/Soul` is unknown"),
        WrongPlan(
            "0a0b0c0d0e0f", "0A0B0C0D0E0F", "$.campaigns[0].variant_key",
            "32 lower-case hexadecimal digits are needed here"),
        WrongPlan(
            "\"scale\":2", "\"scale\":10", "$.catalog.events[0].properties[0].scale",
            "a number from 0 to 9 is needed here"),
        WrongPlan(
            "\"address\":\"mail\"", "\"address\":\"post\"", "$.catalog.channels[0].address",
            "the catalog has no attribute `post`"),
        WrongPlan(
            "\"key\":\"id\"", "\"key\":\"id\",\"since\":\"country\"", "$.catalog.customer.since",
            "`country` is no attribute of type instant that is always there"),
        WrongPlan(
            "\"include\":0", "\"include\":0,\"max_recipients\":0", "$.campaigns[0].audience.max_recipients",
            "a number from 1 to \(Int.max) is needed here"),
        WrongPlan(
            "\"costs\":[]",
            "\"costs\":[],\"frequency_caps\":[{\"at_most\":1,\"per_ms\":5},{\"at_most\":2,\"per_ms\":5}]",
            "$.workspace.frequency_caps", "the caps are not in their order, or two are of one channel and time"),
        WrongPlan("\"always\"", "\"sometimes\"", "$.campaigns[0].re_entry", "an object is needed here"),
        WrongPlan("\"pabal_plan\":1", "\"pabal_plan\":true", "$.pabal_plan", "a whole number is needed here"),
    ]
}
