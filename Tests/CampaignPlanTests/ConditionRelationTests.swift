import CampaignPlan
import CivilTime
import Testing

/// What is recognised of two conditions, and what is not, because it is not so.
@Suite struct ConditionRelationTests {
    private static let day: Int64 = 86_400_000

    private static func within(
        _ days: Int64, _ number: Int = 1, _ event: String = "buy", _ tests: [PropertyTest] = []
    )
        -> Condition
    {
        .events(EventSelection(types: [event], tests: tests), .elapsed(from: days * day, to: 0), .countAtLeast(number))
    }

    private static func amount(_ test: NumberTest) -> PropertyTest {
        PropertyTest(property: "amount", test: .number(test))
    }

    private static func sum(_ min: Int64, _ days: Int64) -> Condition {
        .events(
            EventSelection(types: ["buy"], tests: []), .elapsed(from: days * day, to: 0),
            .aggregate(.sum, property: "amount", .number(.within(min: min, max: nil), extraScale: 0)))
    }

    private static func average(_ test: NumberTest) -> Condition {
        .events(
            EventSelection(types: ["buy"], tests: []), .ever,
            .aggregate(.average, property: "amount", .number(test, extraScale: 0)))
    }

    private static func local(_ window: EventWindow) -> Condition {
        .events(EventSelection(types: ["buy"], tests: []), window, .countAtLeast(1))
    }

    private static func text(_ test: TextTest) -> Condition { .attribute("source", .text(test)) }
    private static func age(_ test: NumberTest) -> Condition { .attribute("age", .number(test)) }

    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let first: Condition
        let second: Condition
        let relation: ConditionRelation?
        var testDescription: String { name }
    }

    private static func spans() throws -> (one: CalendarSpan, two: CalendarSpan, month: CalendarSpan) {
        (
            try #require(CalendarSpan(count: 1, unit: .week)), try #require(CalendarSpan(count: 2, unit: .week)),
            try #require(CalendarSpan(count: 1, unit: .month))
        )
    }

    private static let cases: [Case] = [
        Case(name: "shorter window", first: within(7), second: within(30), relation: .inside),
        Case(name: "more events", first: within(30, 3), second: within(30, 2), relation: .inside),
        Case(name: "more in longer", first: within(30, 3), second: within(7, 1), relation: nil),
        Case(name: "more in shorter", first: within(7, 3), second: within(30, 1), relation: .inside),
        Case(name: "other events", first: within(7), second: within(7, 1, "look"), relation: nil),
        Case(
            name: "one of two events", first: within(7),
            second: .events(
                EventSelection(types: ["buy", "look"], tests: []), .elapsed(from: 7 * day, to: 0), .countAtLeast(1)),
            relation: .inside),
        Case(
            name: "stricter test", first: within(7, 1, "buy", [amount(.within(min: 10, max: 20))]),
            second: within(7, 1, "buy", [amount(.within(min: 5, max: nil))]), relation: .inside),
        Case(
            name: "other test", first: within(7, 1, "buy", [amount(.within(min: 10, max: nil))]),
            second: within(7, 1, "buy", [amount(.within(min: nil, max: 9))]), relation: nil),
        Case(name: "greater sum", first: sum(50, 30), second: sum(20, 30), relation: .inside),
        Case(name: "sums of different windows", first: sum(50, 7), second: sum(50, 30), relation: nil),
        Case(name: "a sum needs an event", first: sum(50, 7), second: within(30), relation: .inside),
        Case(
            name: "numbers between two others", first: age(.outside(min: nil, max: 3)),
            second: age(.within(min: 4, max: nil)), relation: .equal),
        Case(
            name: "fractions between two numbers", first: average(.outside(min: nil, max: 3)),
            second: average(.within(min: 4, max: nil)), relation: .around),
        Case(
            name: "apart", first: age(.within(min: 3, max: 5)), second: age(.within(min: 6, max: 9)),
            relation: .disjoint),
        Case(
            name: "source of a source", first: text(.contains("bigin_crm")), second: text(.contains("crm")),
            relation: .inside),
        Case(
            name: "beginnings that differ", first: text(.startsWith("a")), second: text(.startsWith("b")),
            relation: .disjoint),
        Case(
            name: "beginnings that agree", first: text(.startsWith("ab")), second: text(.startsWith("a")),
            relation: .inside),
        Case(name: "one of a list", first: text(.isIn(["a"])), second: text(.isIn(["a", "b"])), relation: .inside),
        Case(
            name: "not one of a list", first: text(.isIn(["c"])), second: text(.isNotIn(["a", "b"])), relation: .inside),
        Case(
            name: "a missing value fails every test", first: text(.isNotIn(["a"])),
            second: .attribute("source", .missing(true)), relation: .disjoint),
        Case(
            name: "dates inside each other",
            first: local(.between(CivilDate(daysSinceEpoch: 5), CivilDate(daysSinceEpoch: 9), .recipient)),
            second: local(.between(CivilDate(daysSinceEpoch: 4), CivilDate(daysSinceEpoch: 9), .recipient)),
            relation: .inside),
    ]

    @Test(arguments: cases) func isRecognised(_ example: Case) {
        var graph = ConditionGraph()
        let (first, second) = (graph.add(example.first), graph.add(example.second))
        #expect(graph.relation(first, second) == example.relation)
        #expect(graph.relation(second, first) == example.relation?.reversed)
    }

    @Test func spansOfOneUnitAreCompared() throws {
        let (one, two, month) = try Self.spans()
        let seoul = ZoneReference.named("Asia/Seoul")
        var graph = ConditionGraph()
        func relation(_ a: EventWindow, _ b: EventWindow) -> ConditionRelation? {
            let (first, second) = (graph.add(Self.local(a)), graph.add(Self.local(b)))
            return graph.relation(first, second)
        }
        #expect(relation(.past(one, seoul), .past(two, seoul)) == .inside)
        #expect(relation(.past(one, seoul), .past(two, .recipient)) == nil)
        #expect(relation(.past(one, seoul), .past(month, seoul)) == nil)
        #expect(relation(.past(one, seoul), .recent(two, seoul)) == .inside)
        // Today is only in the recent week, the day a week ago only in the past one.
        #expect(relation(.past(one, seoul), .recent(one, seoul)) == nil)
        let joined: [AttributeWindow] = [.past(one, seoul), .recent(one, seoul), .nextDays(one, seoul)]
        let places = joined.map { graph.add(.attributeTime("joined", $0)) }
        #expect(graph.relation(places[0], places[1]) == nil)
        #expect(graph.relation(places[1], places[2]) == nil)
        let elapsed = [
            AttributeWindow.elapsed(from: 7 * Self.day, to: 0, seoul),
            .elapsed(from: 9 * Self.day, to: 7 * Self.day, seoul),
            .nextElapsed(Self.day, seoul),
        ].map { graph.add(.attributeTime("joined", $0)) }
        #expect(graph.relation(elapsed[0], elapsed[1]) == .disjoint)
        #expect(graph.relation(elapsed[0], elapsed[2]) == .disjoint)
    }

    /// Combinations, and that their number does not matter: a proof that would take too long is given up.
    @Test func combinations() {
        var graph = ConditionGraph()
        let week = graph.add(Self.within(7))
        let month = graph.add(Self.within(30))
        let adult = graph.add(Self.age(.within(min: 18, max: nil)))
        let impossible = graph.all([week, graph.not(month)])
        let certain = graph.any([month, graph.not(week)])
        #expect(graph.isImpossible(impossible) && !graph.isCertain(impossible))
        #expect(graph.isCertain(certain) && !graph.isImpossible(certain))
        let both = graph.all([week, adult])
        let either = graph.any([month, adult])
        let same = graph.all([week, month])
        let neither = graph.not(graph.any([graph.not(adult), month]))
        #expect(graph.relation(both, either) == .inside)
        #expect(graph.relation(same, week) == .equal)
        #expect(graph.relation(both, neither) == .disjoint)
        #expect(graph.relation(week, adult) == nil)

        // More pigeons than holes: provable, but not in a few steps.
        func place(_ pigeon: Int, _ hole: Int) -> ConditionIndex {
            graph.add(.attribute("p\(pigeon)h\(hole)", .number(.within(min: 1, max: 1))))
        }
        let pigeons = 5
        var claims = (0..<pigeons).map { pigeon in graph.any((0..<pigeons - 1).map { place(pigeon, $0) }) }
        for hole in 0..<pigeons - 1 {
            for first in 0..<pigeons {
                for second in 0..<first {
                    claims.append(graph.not(graph.all([place(first, hole), place(second, hole)])))
                }
            }
        }
        let all = graph.all(claims)
        #expect(!graph.isImpossible(all))
        #expect(graph.isImpossible(all, effort: 2_000_000))
    }

    @Test func segmentsOfAWorkspace() {
        var graph = ConditionGraph()
        let week = graph.add(Self.within(7))
        let month = graph.add(Self.within(30))
        let quarter = graph.add(Self.within(90))
        let segments = [
            (name: "week", condition: week), (name: "month", condition: month), (name: "quarter", condition: quarter),
            (name: "quiet", condition: graph.not(month)), (name: "silent", condition: graph.not(quarter)),
            (name: "lively", condition: graph.all([week, month])), (name: "none", condition: graph.constant(false)),
        ]
        let relations = SegmentRelations(segments, in: graph)
        #expect(relations[0].equal == ["lively"] && relations[5].equal == ["week"])
        // What follows from the nearest is not repeated.
        #expect(relations[0].inside == ["month"] && relations[0].apart == ["quiet"])
        #expect(relations[1].inside == ["quarter"] && relations[1].apart == ["quiet"])
        #expect(relations[4].inside == ["quiet"] && relations[4].apart == ["quarter"])
        #expect(relations[6].isEmpty && relations[7].isEmpty)
    }
}
