import CampaignPlan
import CivilTime
import Testing
import Timeline

/// Milliseconds of an instant such as `2026-03-29T01:30Z`.
func decisionInstant(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> Int64 {
    guard let parsed = InstantText(parsing: text) else {
        Issue.record("not an instant: \(text)", sourceLocation: sourceLocation)
        return 0
    }
    return parsed.instant(in: .utc).milliseconds
}

let decisionHour: Int64 = 3_600_000
let decisionDay: Int64 = 24 * decisionHour

/// A small shop whose texts are known: the schema and vocabulary of these tests.
struct DecisionShop: Vocabulary {
    static let zones = ["Europe/London", "America/New_York", "Asia/Seoul", "Nowhere/Land"]
    static let products = ["apple", "bread", "cake"]
    static let countries = ["DE", "KR", "US"]

    static let schema: DataSchema = {
        func attribute(_ name: String, _ type: ValueType) -> AttributeSchema {
            AttributeSchema(name: name, type: type, isOptional: true, isPersonal: false, values: nil)
        }
        let properties = [
            PropertySchema(name: "amount", type: .decimal(scale: 2), isOptional: true),
            PropertySchema(name: "product", type: .text, isOptional: true),
        ]
        return DataSchema(
            name: "shop",
            customer: CustomerSchema(
                key: "id", since: "signed_up_at", zone: "zone",
                attributes: [
                    attribute("birthday", .date), attribute("country", .text), attribute("email", .email),
                    attribute("email_consent", .consent), attribute("night_consent", .consent),
                    attribute("phone", .phone), attribute("signed_up_at", .instant), attribute("sms_consent", .consent),
                    attribute("years", .integer), attribute("zone", .zone),
                ]),
            events: [
                EventSchema(name: "purchase", properties: properties),
                EventSchema(name: "refund", properties: properties),
                EventSchema(name: "visit", properties: []),
            ],
            channels: [
                ChannelSchema(name: "email", address: "email", consent: "email_consent", nightConsent: nil),
                ChannelSchema(name: "onsite", address: nil, consent: nil, nightConsent: nil),
                ChannelSchema(name: "sms", address: "phone", consent: "sms_consent", nightConsent: "night_consent"),
            ])
    }()

    func codes(ofAttribute name: String, where test: (String) -> Bool) -> [Bool] { texts(name).map(test) }
    func codes(ofProperty name: String, where test: (String) -> Bool) -> [Bool] { texts(name).map(test) }
    func text(ofAttribute name: String, code: Int) -> String? {
        texts(name).indices.contains(code) ? texts(name)[code] : nil
    }
    func codeCount(ofAttribute name: String) -> Int { texts(name).count }

    private func texts(_ name: String) -> [String] {
        switch name {
        case "zone": Self.zones
        case "product": Self.products
        case "country": Self.countries
        default: []
        }
    }
}

/// A plan under construction.
struct DecisionPlan {
    var conditions: [Condition] = []
    var campaigns: [PlannedCampaign] = []
    var zone = "Etc/UTC"
    var quietHours: QuietHours?
    var holdout: BucketShare?
    /// By attribute.
    var histories: [String: AttributeHistory] = [:]

    static let everyday: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday, .saturday, .sunday]
    static let everybody = BucketShare(partsPerMillion: 1_000_000, key: AssignmentKey(k0: 1, k1: 2))

    mutating func add(_ condition: Condition) -> ConditionIndex {
        if let known = conditions.firstIndex(of: condition) { return known }
        conditions.append(condition)
        return conditions.count - 1
    }

    /// At least one event of the type in the window.
    mutating func events(
        _ type: String, _ window: EventWindow = .ever, tests: [PropertyTest] = [], _ measure: Measure = .countAtLeast(1)
    ) -> ConditionIndex {
        add(.events(EventSelection(types: [type], tests: tests), window, measure))
    }

    mutating func not(_ condition: ConditionIndex) -> ConditionIndex { add(.not(condition)) }

    /// A campaign over everybody unless it says otherwise, by e-mail alone.
    mutating func campaign(
        named name: String = "digest", _ schedule: Schedule, include: ConditionIndex? = nil,
        exclude: ConditionIndex? = nil,
        exit: ConditionIndex? = nil, kind: CampaignKind = .marketing, priority: Int = 50, expires: Int64? = nil,
        reEntry: ReEntry = .always, controlGroup: BucketShare? = nil, channels: [String] = ["email"],
        variants: [VariantPlan]? = nil
    ) {
        let everybody = add(.constant(true))
        let message = { (channel: String) in MessagePlan(channel: channel, fields: []) }
        campaigns.append(
            PlannedCampaign(
                name: name, description: nil, owner: nil, kind: kind, priority: priority, goal: nil,
                include: include ?? everybody, exclude: exclude, controlGroup: controlGroup, schedule: schedule,
                expires: expires, reEntry: reEntry, exit: exit, channels: channels, salt: name,
                variantKey: AssignmentKey(k0: 3, k1: 4),
                variants: variants
                    ?? [VariantPlan(name: "only", buckets: 0..<1_000_000, messages: channels.map(message))]))
    }

    var plan: Plan {
        Plan(
            compilerVersion: "test", zoneDataVersion: TimeZoneRules.dataVersion,
            workspace: WorkspacePlan(
                name: "shop", zone: zone, currency: nil, jurisdictions: [], holdout: holdout, quietHours: quietHours),
            schema: schema, files: [], conditions: conditions, segments: [],
            campaigns: campaigns.sorted { $0.name < $1.name })
    }

    private var schema: DataSchema {
        var schema = DecisionShop.schema
        for place in schema.customer.attributes.indices {
            schema.customer.attributes[place].history = histories[schema.customer.attributes[place].name]
        }
        return schema
    }

    var bound: BoundPlan { bind(plan, vocabulary: DecisionShop()) }
}

/// A customer of the shop; can be reached by e-mail unless an attribute says otherwise.
struct DecisionPerson {
    var existsFrom = Int64.min
    var key = "17850"
    var attributes: [String: Int64] = ["email": 0, "email_consent": 1]
    var rows: [(event: String, time: Int64, values: [String: Int64], recorded: Int64)] = []

    mutating func did(_ event: String, _ time: Int64, amount: Int64? = nil, product: Int64? = nil) {
        var values: [String: Int64] = [:]
        values["amount"] = amount
        values["product"] = product
        rows.append((event, time, values, CustomerTimeline.missing))
    }

    mutating func did(_ event: String, _ text: String) { did(event, decisionInstant(text)) }

    /// Something that became known only later.
    mutating func did(_ event: String, _ text: String, recorded: String) {
        rows.append((event, decisionInstant(text), [:], decisionInstant(recorded)))
    }

    mutating func lives(in zone: String) {
        attributes["zone"] = DecisionShop.zones.firstIndex(of: zone).map { Int64($0) }
    }

    func timeline(_ layout: TimelineLayout) -> CustomerTimeline {
        var timeline = CustomerTimeline(layout: layout)
        timeline.reset(existsFrom: existsFrom, key: Array(key.utf8))
        for (slot, name) in layout.attributes.enumerated() {
            if let value = attributes[name] { timeline.setAttribute(slot: slot, value) }
        }
        let ordered = rows.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
        for (slot, events) in layout.events.enumerated() {
            let own = ordered.filter { $0.element.event == events.event }
            timeline.load(
                slot: slot, times: own.map(\.element.time), order: own.map { Int64($0.offset) },
                properties: events.properties.map { name in
                    own.map { $0.element.values[name] ?? CustomerTimeline.missing }
                })
            timeline.setRecorded(slot: slot, own.map(\.element.recorded))
        }
        return timeline
    }
}

/// What was decided, one line a decision: `digest#0 2026-01-05T12:30:00Z send email`, with the send instant, and before
/// it the planned one in brackets where they differ.
func decisionLines(_ plan: DecisionPlan, _ person: DecisionPerson, _ from: String, _ to: String) -> [String] {
    let bound = plan.bound
    let calendar = OccurrenceCalendar(bound: bound, from: decisionInstant(from), to: decisionInstant(to))
    var evaluator = Evaluator(bound)
    evaluator.begin(person.timeline(bound.layout))
    var buffer = DecisionBuffer(calendar: calendar)
    evaluator.decide(calendar, into: &buffer)
    return buffer.decisions.map { decisionLine($0, bound.plan) }
}

private func decisionLine(_ decision: Decision, _ plan: Plan) -> String {
    let campaign = plan.campaigns[decision.campaign]
    let outcome =
        switch decision.outcome {
        case .refused(let refusal): refusal.label
        case .pending: "pending"
        case .send(let channel, let variant):
            campaign.variants.count == 1
                ? "send \(campaign.channels[channel])"
                : "send \(campaign.channels[channel]) \(campaign.variants[variant].name)"
        }
    let planned =
        decision.planned == decision.instant ? "" : "(\(Instant(milliseconds: decision.planned))) "
    return "\(campaign.name)#\(decision.occurrence) \(planned)\(Instant(milliseconds: decision.instant)) \(outcome)"
}
