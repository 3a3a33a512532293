package import CampaignPlan
import CivilTime

/// Looks everything up that a plan names. The plan is one that the compiler made or the plan reader accepted: children
/// come before their parents, and every name is in its schema.
package func bind(_ plan: Plan, vocabulary: some Vocabulary) -> BoundPlan {
    var zones = ZoneBinder(plan: plan)
    var bound = BoundPlan(plan: plan)
    bound.earlierSends = BoundEarlierSends(plan, bound.layout, bound.caps, vocabulary)
    zones.bindRecipients(&bound, vocabulary)
    var conditions = ConditionBinder(bound: bound, vocabulary: vocabulary, zones: zones)
    for condition in plan.conditions { conditions.bind(condition) }
    let campaigns = CampaignBinder(plan: plan)
    campaigns.bind(&conditions)
    bound = conditions.bound
    bound.zones = conditions.zones.rules
    return bound
}

/// Zone names → places in `BoundPlan.zones`.
struct ZoneBinder {
    private(set) var rules: [TimeZoneRules]
    private var places: [String: Int]

    init(plan: Plan) {
        rules = [TimeZoneRules.named(plan.workspace.zone) ?? .utc]
        places = [plan.workspace.zone: 0]
    }

    mutating func bind(_ zone: ZoneReference) -> BoundZone {
        switch zone {
        case .named(let name): .fixed(place(of: name))
        case .recipient: .recipient
        }
    }

    /// An unknown zone is the workspace's.
    mutating func place(of name: String) -> Int {
        if let place = places[name] { return place }
        guard let zone = TimeZoneRules.named(name) else { return 0 }
        rules.append(zone)
        places[name] = rules.count - 1
        return rules.count - 1
    }

    mutating func bindRecipients(_ bound: inout BoundPlan, _ vocabulary: some Vocabulary) {
        guard let attribute = bound.plan.schema.customer.zone,
            let slot = bound.layout.slot(ofAttribute: attribute)
        else { return }
        bound.zoneSlot = slot
        bound.recipientZones = (0..<vocabulary.codeCount(ofAttribute: attribute)).map { code in
            vocabulary.text(ofAttribute: attribute, code: code).map { place(of: $0) } ?? 0
        }
        bound.recipientZoneCount = rules.count
    }
}
