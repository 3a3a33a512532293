import CampaignPlan
import CivilTime
import ContractOracle
import TestSupport

/// Customers whose events fall where the conditions of a plan change their answers.
struct RandomCustomers {
    let plan: Plan
    let values: RandomValues
    let hasSince: Bool

    func customer(using random: inout SeededGenerator) -> NaiveCustomer {
        var moments = RandomMoments(conditions: plan.conditions, zones: zones, using: &random)
        let isExtreme = random.chance(percent: 2)
        let missing = random.pick([0, 0, 20, 60])
        func moment(_ random: inout SeededGenerator) -> Int64 {
            if isExtreme, random.chance(percent: 40) {
                let end = random.pick([Int64.min, .max, 0, -62_135_596_800_000, 253_402_300_800_000])
                return end.saturatingSum(random.number(-3...3))
            }
            return moments.moment(using: &random)
        }

        var customer = NaiveCustomer(existsFrom: .min, attributes: [:], events: [])
        for attribute in plan.schema.customer.attributes {
            let isPresent = attribute.name == plan.schema.customer.since || !random.chance(percent: missing)
            guard isPresent else { continue }
            customer.attributes[attribute.name] = values.value(
                of: attribute.type, moment: moment(&random), using: &random)
        }
        if let since = plan.schema.customer.since, case .number(let from) = customer.attribute(since) {
            customer.existsFrom = from
        }

        let absences = absences
        for _ in 0..<eventCount(using: &random) {
            let other = customer.events.randomElement(using: &random)?.time
            var schema = random.pick(plan.schema.events)
            let time: Int64
            switch random.number(1...10) {
            // What a sequence waits for not to happen, in its last moment.
            case 1 where !absences.isEmpty:
                let absence = random.pick(absences)
                time = (other ?? moment(&random)).saturatingSum(absence.within)
                schema = absence.event
            case 1...2: time = other ?? moment(&random)
            // Exactly as far from another one as a condition counts.
            case 3: time = (other ?? moment(&random)).saturatingSum(random.pick(moments.lengths))
            default: time = moment(&random)
            }
            var event = NaiveEvent(type: schema.name, time: time, properties: [:])
            for property in schema.properties where !random.chance(percent: missing) {
                event.properties[property.name] = values.value(
                    of: property.type, moment: moment(&random), using: &random)
            }
            // One more line of an order.
            if let line = customer.events.randomElement(using: &random), random.chance(percent: 20) {
                for key in plan.schema.derived.map(\.by) where schema.property(key) != nil {
                    event.properties[key] = line.property(key)
                }
            }
            customer.events.append(event)
        }
        if random.chance(percent: 15) { makeLate(&customer, moments.lengths, using: &random) }
        return customer
    }

    /// The event types that conditions want to be absent for so long.
    private var absences: [(event: EventSchema, within: Int64)] {
        plan.conditions.flatMap { condition -> [(event: EventSchema, within: Int64)] in
            guard case .sequence(let pattern) = condition, let absence = pattern.absence, let within = absence.within
            else { return [] }
            let types = absence.selection.types.flatMap { plan.schema.lineTypes(of: $0) }
            return plan.schema.events.filter { types.contains($0.name) }.map { ($0, within) }
        }
    }

    /// Some events become known after they happened, several together perhaps; some have an instant that says nothing.
    private func makeLate(_ customer: inout NaiveCustomer, _ lengths: [Int64], using random: inout SeededGenerator) {
        let share = random.pick([10, 40, 100])
        let others = customer.events.map(\.time)
        for index in customer.events.indices.prefix(60) where random.chance(percent: share) {
            let time = customer.events[index].time
            customer.events[index].recorded =
                switch random.number(1...6) {
                case 1...3: time.saturatingSum(random.pick(lengths))
                case 4: random.pick(others)
                case 5: random.pick(others).saturatingSum(random.number(-1...1))
                default: time.saturatingSum(random.number(0...40 * 86_400_000))
                }
        }
    }

    /// The zones of the conditions, and all of them where the recipient's counts.
    private var zones: [TimeZoneRules] {
        let names = plan.conditions.flatMap { condition -> [String] in
            if case .anniversary = condition { return RandomCatalog.zoneNames }
            return condition.zones.flatMap { zone in
                switch zone {
                case .named(let name): [name]
                case .recipient: RandomCatalog.zoneNames
                }
            }
        }
        let rules = Set(names + [plan.workspace.zone]).sorted().compactMap(TimeZoneRules.named)
        return rules.isEmpty ? [.utc] : rules
    }

    private func eventCount(using random: inout SeededGenerator) -> Int {
        switch random.number(1...40) {
        case 1...4: 0
        case 5...28: random.number(1...8)
        case 29...39: random.number(9...30)
        default: random.number(31...400)
        }
    }
}

extension Condition {
    /// The zones of its local days and times; all that there are for an attribute.
    var zones: [ZoneReference] {
        switch self {
        case .constant, .not, .all, .any, .attribute, .movement, .population: return []
        case .sequence(let pattern):
            return [pattern.window.zone].compactMap { $0 }
                + pattern.parts.flatMap { $0.selection.tests.compactMap(\.zone) }
        case .attributeTime, .anniversary: return RandomCatalog.zoneNames.map { .named($0) }
        case .events(let selection, let window, let measure):
            var zones = selection.tests.compactMap(\.zone) + [window.zone].compactMap { $0 }
            if case .distinctLocal(_, let zone, _) = measure { zones.append(zone) }
            return zones
        case .behaviour(let behaviour):
            return behaviour.zones + behaviour.windows.compactMap(\.zone)
                + behaviour.selections.flatMap { $0.tests.compactMap(\.zone) }
        }
    }
}
