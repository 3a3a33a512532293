import CampaignPlan
import ContractOracle
import TestSupport

/// What random conditions and the customers to ask them of have in common.
struct RandomGround {
    let schema: DataSchema
    private let hasSince: Bool
    private let values: RandomValues
    private let zones: [ZoneReference]

    /// `recipients`: how often zones of recipients are among the zones, in percent.
    init(zonesMax: Int, recipients: Int, using random: inout SeededGenerator) {
        hasSince = random.chance(percent: 60)
        values = RandomValues(areHuge: random.chance(percent: 12))
        var zones = random.subset(of: RandomCatalog.zoneNames, least: 1, most: zonesMax).map(ZoneReference.named)
        if random.chance(percent: recipients) { zones.append(.recipient) }
        self.zones = zones
        schema = RandomCatalog.schema(hasSince: hasSince)
    }

    var conditions: RandomConditions { RandomConditions(schema: schema, zones: zones, values: values) }

    func customer(of plan: Plan, using random: inout SeededGenerator) -> NaiveCustomer {
        RandomCustomers(plan: plan, values: values, hasSince: hasSince).customer(using: &random)
    }
}
