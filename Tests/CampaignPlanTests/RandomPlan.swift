import CampaignPlan
import CivilTime
import TestSupport

/// Plans that use every part of the format, at random.
struct RandomPlan {
    private var random: SeededGenerator
    private let schema: DataSchema
    private var conditions: [Condition] = []
    /// By condition: whether it looks at the trigger.
    private var looksAtTrigger: [Bool] = []

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        schema = Self.schema(&random)
    }

    mutating func plan() -> Plan {
        for _ in 0..<number(1...25) { add(condition()) }
        let goals = (0..<number(0...2)).map { _ in goal() }
        let names = ["alpha", "beta", "gamma", "delta", "한글", "z z"].filter { _ in chance(2) }
        let campaigns = names.sorted().flatMap { steps($0, goals.randomElement(using: &random)) }
        return Plan(
            compilerVersion: text(), zoneDataVersion: "2026b", workspace: workspace(), schema: schema,
            files: ["a.yaml", "b/c.yaml"].filter { _ in chance(2) }.map {
                FileDigest(path: $0, sha256: String(repeating: "0123456789abcdef", count: 4))
            }, conditions: conditions,
            segments: ["s-one", "s-two"].filter { _ in chance(2) }.map {
                SegmentPlan(name: $0, condition: root())
            }, campaigns: campaigns)
    }

    // MARK: Choices

    private mutating func chance(_ sides: Int) -> Bool { Int.random(in: 0..<sides, using: &random) == 0 }
    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    private mutating func pick<Element>(_ list: [Element]) -> Element { list[number(0...list.count - 1)] }

    private mutating func value() -> Int64 {
        let borders: [Int64] = [.min, .max, exact, -exact, exact - 1, 1 - exact, exact + 1]
        switch number(0...3) {
        case 0: return Int64(number(-3...3))
        case 1: return pick(borders)
        default: return Int64.random(in: .min ... .max, using: &random) >> Int64(number(0...60))
        }
    }

    /// From here on numbers are written as strings.
    private let exact: Int64 = 1 << 53

    private mutating func text() -> String {
        pick([
            "", "plain", "with \"quotes\" and \\", "line\nfeed\ttab\u{1}", "안녕하세요", "😀", "\u{10FFFF}\u{2028}",
            "9007199254740993",
            "recipient", "ever", "never",
        ])
    }

    private mutating func duration(from least: Int64 = 0) -> Int64 {
        Int64.random(in: least...pick([least + 5, 86_400_000, 36_525 * 86_400_000]), using: &random)
    }

    private mutating func zone() -> ZoneReference {
        pick([.recipient, .named("Asia/Seoul"), .named("America/St_Johns"), .named("UTC")])
    }

    private mutating func span() -> CalendarSpan {
        // 100 of each unit are allowed.
        while true {
            if let span = CalendarSpan(count: number(1...100), unit: pick(CalendarSpan.Unit.allCases)) { return span }
        }
    }

    private mutating func date() -> CivilDate { CivilDate(daysSinceEpoch: Int32(number(-800_000...3_000_000))) }

    private mutating func time() -> TimeOfDay {
        let (hour, minute, second) = (number(0...23), number(0...59), chance(2) ? 0 : number(0...59))
        return TimeOfDay(hour: hour, minute: minute, second: second) ?? .midnight
    }

    private mutating func weekdays() -> [Weekday] {
        let days = Weekday.allCases.filter { _ in chance(2) }
        return days.isEmpty ? [.friday] : days
    }

    private mutating func key() -> AssignmentKey { AssignmentKey(k0: random.next(), k1: random.next()) }

    private mutating func share() -> BucketShare { BucketShare(partsPerMillion: number(0...1_000_000), key: key()) }

    // MARK: The catalog

    private static let types: [ValueType] = [
        .text, .integer, .decimal(scale: 0), .decimal(scale: 9), .boolean, .instant, .date, .zone, .email, .phone,
        .consent,
    ]

    private static func schema(_ random: inout SeededGenerator) -> DataSchema {
        func flag() -> Bool { Bool.random(using: &random) }
        let attributes = types.enumerated().map { index, type in
            AttributeSchema(
                name: "\(type.name)-\(index)", type: type, isOptional: type != .instant && flag(), isPersonal: flag(),
                values: type == .text && flag() ? ["KR", "US", "가"] : nil,
                history: type == .boolean && flag() ? AttributeHistory(event: "buy", property: "boolean-4") : nil)
        }
        let properties = types.enumerated().map { index, type in
            PropertySchema(name: "\(type.name)-\(index)", type: type, isOptional: flag())
        }
        return DataSchema(
            name: "random",
            customer: CustomerSchema(
                key: "id", since: flag() ? "instant-5" : nil, zone: "zone-7", attributes: attributes),
            events: ["buy", "look", "방문"].map { EventSchema(name: $0, properties: properties) },
            derived: flag()
                ? []
                : [
                    DerivedSchema(
                        name: "order", from: ["buy", "look"], by: "text-0", sums: ["decimal-3", "integer-1"],
                        count: "lines"),
                    DerivedSchema(name: "세션", from: ["방문"], by: "phone-9", sums: [], count: "n"),
                ],
            channels: [
                ChannelSchema(name: "email", address: "email-8", consent: "consent-10", nightConsent: nil),
                ChannelSchema(name: "onsite", address: nil, consent: nil, nightConsent: nil),
                ChannelSchema(name: "sms", address: "phone-9", consent: "consent-10", nightConsent: "consent-10"),
            ])
    }

    // MARK: Conditions

    private mutating func add(_ condition: Condition) {
        var looks = condition.children.contains { looksAtTrigger[$0] }
        if condition.beginsAtTrigger { looks = true }
        conditions.append(condition)
        looksAtTrigger.append(looks)
    }

    private mutating func root(insideExit: Bool = false) -> ConditionIndex {
        let usable = conditions.indices.filter { insideExit || !looksAtTrigger[$0] }
        if let index = usable.randomElement(using: &random) { return index }
        add(.constant(true))
        return conditions.count - 1
    }

    private mutating func condition() -> Condition {
        switch number(0...16) {
        case 14...16: return .behaviour(behaviour())
        case 11: return .sequence(sequence())
        case 12: return .anniversary(anniversary())
        case 13:
            let (population, test) = population()
            return .population(population, test)
        case 10:
            let usable = conditions.indices.filter { !looksAtTrigger[$0] }
            guard let child = usable.randomElement(using: &random) else { return .constant(true) }
            return .movement(child, pick(Movement.allCases), within: duration(from: 1))
        case 0: return .constant(chance(2))
        case 1 where !conditions.isEmpty: return .not(number(0...conditions.count - 1))
        case 2, 3:
            let children = conditions.indices.filter { _ in chance(3) }
            guard children.count >= 2 else { return .constant(true) }
            return chance(2) ? .all(children) : .any(children)
        case 4, 5:
            let attribute = pick(schema.customer.attributes)
            return .attribute(attribute.name, test(attribute.type))
        case 6:
            let attributes = schema.customer.attributes.filter { $0.type == .instant || $0.type == .date }
            return .attributeTime(pick(attributes).name, attributeWindow())
        default: return .events(selection(), window(), measure())
        }
    }

    private mutating func behaviour() -> Behaviour {
        let cycle = EventCycle(unit: chance(2) ? .elapsed : .localDays(zone()), occurrences: pick([2, 4, .max]))
        switch number(0...5) {
        case 5: return .matching(match())
        case 0:
            let dated = schema.customer.attributes.filter { $0.type == .instant || $0.type == .date }
            let after = AfterAttribute(attribute: pick(dated).name, within: duration(), zone: zone())
            return .numbered(
                selection(), window(),
                EventNumber(
                    number: pick([1, 2, .max]), ofFirstWithin: chance(2) ? nil : duration(),
                    after: chance(2) ? nil : after))
        case 1:
            return .compared(
                eventMeasure(), pick(MeasureOrder.allCases), times: pick([0, 500_000, -EventMeasure.timesMax]),
                eventMeasure())
        case 2:
            let test: AggregateTest = chance(4) ? .missing(chance(2)) : .number(numberTest(), extraScale: 6)
            return .share(selection(), window(), ofAtLeast: pick([1, 5, .max]), test)
        case 3: return .purchaseInterval(selection(), cycle, aggregateTest())
        default: return .overdue(selection(), cycle, by: pick([1, 2_000_000, EventCycle.byMax]))
        }
    }

    private mutating func match() -> TriggerMatch {
        let date = EventDate(
            selection: selection(), property: pick(["instant-5", "date-6"]),
            lead: chance(2) ? .elapsed(duration()) : .calendar(span()), zone: zone())
        return TriggerMatch(
            selection: selection(), window: window(), count: pick([1, 2, .max]),
            property: pick(["text-0", "integer-1", "email-8"]), trigger: chance(2) ? .event(selection()) : .date(date))
    }

    private mutating func eventMeasure() -> EventMeasure {
        switch measure() {
        case .countAtLeast, .edge: EventMeasure(selection(), window(), .count)
        case .aggregate(let aggregate, let property, _):
            EventMeasure(selection(), window(), .aggregate(aggregate, property: property))
        case .distinctLocal(let part, let zone, _): EventMeasure(selection(), window(), .distinctLocal(part, zone))
        }
    }

    private mutating func aggregateTest() -> AggregateTest {
        chance(4) ? .missing(chance(2)) : .number(numberTest(), extraScale: chance(2) ? 0 : number(1...9))
    }

    private mutating func sequence() -> SequencePattern {
        var steps = [SequencePattern.Step(selection: selection())]
        for _ in 0..<number(1...3) { steps.append(step()) }
        var absence = chance(2) ? nil : step()
        absence?.ofFirstWithin = nil
        let windows: [EventWindow] = [
            .ever, .elapsed(from: duration(from: 1), to: 0), .recent(span(), zone()), .sinceTrigger,
        ]
        return SequencePattern(steps: steps, absence: absence, window: pick(windows), startsLast: chance(2))
    }

    private mutating func triggerSequence() -> SequencePattern {
        var pattern = sequence()
        if pattern.window == .sinceTrigger { pattern.window = .ever }
        return pattern
    }

    private mutating func step() -> SequencePattern.Step {
        let properties = schema.events[0].properties.map(\.name).sorted()
        return SequencePattern.Step(
            selection: selection(), same: properties.filter { _ in chance(5) },
            within: chance(2) ? nil : duration(from: 1), ofFirstWithin: chance(3) ? duration(from: 1) : nil)
    }

    private mutating func anniversary() -> Anniversary {
        let attributes = schema.customer.attributes.filter { $0.type == .instant || $0.type == .date }
        return Anniversary(
            origin: chance(2) ? .attribute(pick(attributes).name) : .first(selection()), next: span(),
            year: chance(2) ? nil : number(1...Anniversary.returnsMax), zone: zone())
    }

    private mutating func population() -> (Population, PopulationTest) {
        let sums = schema.events[0].properties.filter { $0.type.isArithmetic }.map(\.name)
        let measures: [PopulationMeasure] = [
            .count, .latest, .aggregate(pick([.sum, .average, .minimum, .maximum]), property: pick(sums)),
            .aggregate(.distinct, property: pick(schema.events[0].properties).name),
            .distinctLocal(pick(LocalPart.allCases), zone()),
        ]
        let isGrouped = chance(2)
        let statistics = (0..<(isGrouped ? 3 : 1)).map { _ in
            let window = window()
            return Population.Statistic(
                selection: selection(), window: window == .sinceTrigger ? .ever : window, measure: pick(measures))
        }
        let population = Population(statistics: statistics, refresh: pick([.daily, .weekly, .monthly]))
        if isGrouped {
            let count = number(2...100)
            let ranges = statistics.map { _ in
                let low = number(1...count)
                return low...number(low...count)
            }
            return (population, .groups(of: count, ranges))
        }
        let share = number(1...1_000_000)
        let tests: [PopulationTest] = [
            .top(partsPerMillion: share), .atLeastPercentile(partsPerMillion: share - 1),
            .atMostPercentile(partsPerMillion: share),
        ]
        return (population, pick(tests))
    }

    private mutating func test(_ type: ValueType) -> ValueTest {
        if chance(5) { return .missing(chance(2)) }
        switch type.storage {
        case .text: return .text(textTest())
        case .number: return .number(numberTest())
        }
    }

    private mutating func textTest() -> TextTest {
        let some = ["", "9007199254740993", "KR", "가나다", "😀"].filter { _ in chance(2) }
        let texts = some.isEmpty ? ["x"] : some
        switch number(0...4) {
        case 0: return .isIn(texts)
        case 1: return .isNotIn(texts)
        case 2: return .contains(text())
        case 3: return .startsWith(text())
        default: return .endsWith(text())
        }
    }

    private mutating func numberTest() -> NumberTest {
        let isOpen = number(0...2)
        let bounds: (min: Int64?, max: Int64?) = (isOpen == 0 ? nil : value(), isOpen == 1 ? nil : value())
        var numbers: Set<Int64> = [7, 8]
        for _ in 0..<number(0...3) { numbers.insert(value()) }
        let list = numbers.sorted()
        switch number(0...3) {
        case 0: return .within(min: bounds.min, max: bounds.max)
        case 1: return .outside(min: bounds.min, max: bounds.max)
        case 2: return .isIn(list)
        default: return .isNotIn(list)
        }
    }

    private mutating func selection() -> EventSelection {
        let some = schema.events.map(\.name).filter { _ in chance(2) }
        let types = some.isEmpty ? ["buy"] : some
        let properties = schema.events[0].properties
        let tests = (0..<number(0...3)).map { _ in
            if chance(4) { return PropertyTest(pick(LocalPart.allCases), in: zone(), test: test(.integer)) }
            let property = pick(properties)
            return PropertyTest(property: property.name, test: test(property.type))
        }
        return EventSelection(types: types, tests: Set(tests).sorted { $0.sortKey < $1.sortKey })
    }

    private mutating func elapsed() -> (from: Int64, to: Int64) {
        let from = duration(from: 1)
        return (from, chance(2) ? 0 : Int64.random(in: 0..<from, using: &random))
    }

    private mutating func window() -> EventWindow {
        switch number(0...5) {
        case 5:
            let days = [date(), date()].sorted()
            return .between(days[0], days[1], zone())
        case 0: return .ever
        case 1:
            let (from, to) = elapsed()
            return .elapsed(from: from, to: to)
        case 2: return .past(span(), zone())
        case 3: return .recent(span(), zone())
        default: return chance(3) ? .sinceTrigger : .ever
        }
    }

    private mutating func attributeWindow() -> AttributeWindow {
        switch number(0...4) {
        case 0:
            let (from, to) = elapsed()
            return .elapsed(from: from, to: to, zone())
        case 1: return .past(span(), zone())
        case 2: return .recent(span(), zone())
        case 3: return .nextElapsed(duration(from: 1), zone())
        default: return .nextDays(span(), zone())
        }
    }

    private mutating func measure() -> Measure {
        if chance(3) { return .countAtLeast(pick([1, 2, Int.max])) }
        let aggregate = pick(Aggregate.allCases)
        let properties = schema.events[0].properties.filter { aggregate == .distinct || $0.type.isArithmetic }
        if chance(4) { return .distinctLocal(pick(LocalPart.allCases), zone(), aggregateTest()) }
        if chance(4) {
            let property = pick(schema.events[0].properties)
            return .edge(pick(ValueEdge.allCases), property: property.name, test(property.type))
        }
        return .aggregate(aggregate, property: pick(properties).name, aggregateTest())
    }

    // MARK: Campaigns

    private mutating func workspace() -> WorkspacePlan {
        let hours = QuietHours(
            from: TimeOfDay(hour: 21, minute: 0) ?? .midnight,
            until: TimeOfDay(hour: 8, minute: number(0...59)) ?? .midnight,
            channels: ["email", "sms"].filter { _ in chance(2) }, action: pick(QuietHours.Action.allCases))
        return WorkspacePlan(
            name: text(), zone: "Asia/Seoul", currency: chance(2) ? nil : "KRW",
            jurisdictions: chance(2) ? ["KR", "JP"] : [],
            holdout: chance(2) ? nil : share(), quietHours: chance(2) ? nil : hours,
            frequencyCaps: frequencyCaps(),
            costs: ["email", "sms"].filter { _ in chance(2) }.map {
                ChannelCost(channel: $0, amount: Int64(number(0...Int.max)))
            })
    }

    private mutating func frequencyCaps() -> [FrequencyCap] {
        let channels: [String?] = [nil, "email", "sms"]
        let caps = channels.flatMap { channel in
            [1, 86_400_000, 36_525 * 86_400_000].map { FrequencyCap(channel: channel, atMost: 1, per: $0) }
        }
        return caps.filter { _ in chance(4) }.map {
            FrequencyCap(channel: $0.channel, atMost: pick([1, 3, .max]), per: $0.per)
        }
    }

    private mutating func goal() -> GoalPlan {
        let conversion = selection()
        let within = duration(from: 1)
        add(.events(conversion, .elapsed(from: within, to: 0), .countAtLeast(1)))
        return GoalPlan(
            metric: chance(2) ? nil : text(), conversion: conversion, within: within, converted: conditions.count - 1)
    }

    private mutating func campaign(_ name: String, _ goal: GoalPlan?) -> PlannedCampaign {
        let schedule = schedule()
        var isEntry = false
        if case .onEntry = schedule { isEntry = true }
        return PlannedCampaign(
            name: name, description: chance(2) ? nil : text(), owner: chance(2) ? nil : text(),
            kind: pick(CampaignKind.allCases), priority: pick([0, 50, -7, .max, .min]), goal: goal, include: root(),
            exclude: chance(2) ? nil : root(), controlGroup: chance(2) ? nil : share(),
            maxRecipients: chance(2) ? nil : pick([1, 200_000, .max]), schedule: schedule,
            expires: chance(2) ? nil : duration(), reEntry: pick([.never, .always, .after(duration(from: 1))]),
            exit: chance(2) ? nil : root(insideExit: true),
            beforeTrigger: schedule.isTriggered && chance(2) ? root() : nil,
            evaluatesAtEntry: schedule.isTriggered && chance(2), includesCurrent: isEntry && chance(2),
            channels: pick([["sms", "email"], ["onsite"], []]),
            salt: text(), variantKey: key(), variants: variants())
    }

    /// One campaign, or the steps of a journey.
    private mutating func steps(_ name: String, _ goal: GoalPlan?) -> [PlannedCampaign] {
        let whole = campaign(name, goal)
        guard whole.schedule.isTriggered, chance(2) else { return [whole] }
        let restarts = chance(2)
        return (0..<number(1...4)).map { number in
            var step = whole
            step.step = StepPlan(
                name: "step-\(number)", number: number, condition: chance(2) ? nil : root(insideExit: true),
                restarts: restarts)
            step.schedule.timing = timing()
            step.expires = chance(2) ? nil : duration()
            step.channels = pick([["sms", "email"], ["onsite"], []])
            for index in step.variants.indices where chance(2) { step.variants[index].messages = [] }
            return step
        }
    }

    private mutating func variants() -> [VariantPlan] {
        let cuts = [0] + (0..<number(0...10)).map { _ in number(0...1_000_000) }.sorted() + [1_000_000]
        return zip(cuts, cuts.dropFirst()).enumerated().map { index, ends in
            let messages = ["email", "sms"].filter { _ in chance(2) }.map { channel in
                MessagePlan(
                    channel: channel,
                    fields: ["body", "subject"].filter { _ in chance(2) }.map { MessageField(name: $0, text: text()) })
            }
            return VariantPlan(name: "v\(index)", buckets: ends.0..<ends.1, messages: messages)
        }
    }

    private mutating func timing() -> SendTiming {
        SendTiming(
            delay: duration(), next: chance(2) ? nil : NextTime(days: dayRule(), time: sendTime(), zone: zone()))
    }

    private mutating func dayRule() -> DayRule {
        switch number(0...2) {
        case 0: .weekdays(weekdays())
        case 1: .monthDay(number(1...31))
        default: .workingDays(pick(HolidayCalendar.allCases))
        }
    }

    private mutating func sendTime() -> SendTime {
        let times = (time(), time())
        if chance(3) {
            let best = BestTime(
                selection: selection(), over: duration(from: 1), occurrences: number(1...9),
                within: times.0 == times.1 || chance(2) ? nil : WallHours(from: times.0, until: times.1),
                fallback: time())
            if !best.hours.isEmpty { return .best(best) }
        }
        return times.0 == times.1 || chance(2) ? .at(times.0) : .within(WallHours(from: times.0, until: times.1))
    }

    private mutating func eventDate() -> EventDate {
        let properties = schema.events[0].properties.filter { $0.type == .instant || $0.type == .date }
        return EventDate(
            selection: selection(), property: pick(properties).name,
            lead: chance(2) ? .elapsed(duration()) : .calendar(span()), zone: zone())
    }

    private mutating func cron() -> Schedule? {
        let text = pick(["30 12 * * 1-5", "0 9,18 1,15 * *", "*/15 8-20/2 * 1 0", "0 * * * *", "5 0 29 2 6,7"])
        let zone = zone()
        guard case .success(let expression) = CronExpression.parse(text),
            !expression.followsElapsedTime || zone != .recipient
        else { return nil }
        return .cron(expression, zone)
    }

    private mutating func schedule() -> Schedule {
        switch number(0...9) {
        case 9: return .onSequence(triggerSequence(), timing())
        case 8: return .onAnniversary(anniversary(), timing())
        case 7: return .beforeDate(eventDate(), timing())
        case 6: return cron() ?? .onEntry(timing())
        case 0:
            return .onceAtInstant(
                Instant(milliseconds: Int64(number(-62_135_596_800_000...253_402_300_799_999))))
        case 1: return .once(CivilDateTime(date: date(), time: time()), zone())
        case 2, 3:
            let days = [date(), date()].sorted()
            return .recurring(
                dayRule(), at: time(),
                from: chance(2) ? nil : days[0], until: chance(2) ? nil : days[1], zone())
        case 4: return .onEvent(selection(), timing())
        default: return .onEntry(timing())
        }
    }
}
