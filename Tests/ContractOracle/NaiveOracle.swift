package import CampaignPlan
import CivilTime

/// Answers one condition for one customer at one instant, straight from the contract: every event is looked at again for
/// every question, nothing is sorted, and nothing shared but what movements asked. The engine has to agree with it
/// everywhere.
package struct NaiveOracle {
    let plan: Plan
    let customer: NaiveCustomer
    let mutation: NaiveMutation?
    let workspaceRules: TimeZoneRules
    /// Of the customer's own zone; the workspace's where it is missing or unknown.
    let recipientRules: TimeZoneRules
    let memory = NaiveMemory()

    package init(plan: Plan, customer: NaiveCustomer, mutation: NaiveMutation? = nil) {
        self.plan = plan
        self.customer = customer
        self.mutation = mutation
        workspaceRules = TimeZoneRules.named(plan.workspace.zone) ?? .utc
        let own: TimeZoneRules? =
            switch customer.attribute(plan.schema.customer.zone ?? "") {
            case .text(let name): TimeZoneRules.named(name)
            case .missing, .number: nil
            }
        recipientRules = mutation == .recipientZoneIgnored ? workspaceRules : own ?? workspaceRules
    }

    /// Nothing holds before the customer exists. `trigger` is what `sinceTrigger` counts from; without one it sees nothing.
    package func holds(_ index: ConditionIndex, at t: Int64, trigger: Int64? = nil) -> Bool {
        guard customer.existsFrom <= t || mutation == .existsBeforeSince else { return false }
        return satisfied(index, at: t, trigger: trigger)
    }

    /// Whether it held a millisecond before, whoever existed then.
    package func held(_ index: ConditionIndex, before t: Int64) -> Bool {
        satisfied(index, at: t - 1, trigger: nil)
    }

    private func satisfied(_ index: ConditionIndex, at t: Int64, trigger: Int64?) -> Bool {
        switch plan.conditions[index] {
        case .constant(let value):
            value
        case .not(let child):
            !satisfied(child, at: t, trigger: trigger)
        case .all(let children):
            children.allSatisfy { satisfied($0, at: t, trigger: trigger) }
        case .any(let children):
            children.contains { satisfied($0, at: t, trigger: trigger) }
        case .attribute(let name, let test):
            passes(test, value(ofAttribute: name, at: t))
        case .attributeTime(let name, let window):
            seesAttribute(name, through: window, at: t)
        case .events(let selection, let window, let measure):
            satisfies(measure, visibleItems(selection, window, at: t, trigger: trigger))
        case .behaviour(let behaviour):
            satisfied(behaviour, at: t, trigger: trigger)
        case .movement(let child, let movement, let within):
            moved(child, movement, within: within, at: t)
        case .sequence(let pattern):
            completes(pattern, at: t, trigger: trigger)
        case .anniversary(let anniversary):
            returns(anniversary, at: t)
        case .population:
            // Nobody is first among themselves: `NaivePopulation` knows the others.
            false
        }
    }

    /// The value of an attribute: of the latest visible event that tells it, where events do.
    func value(ofAttribute name: String, at t: Int64) -> NaiveValue {
        guard let history = plan.schema.attribute(name)?.history else { return customer.attribute(name) }
        let telling = customer.events.enumerated().filter { event in
            event.element.type == history.event && event.element.property(history.property) != .missing
        }
        if telling.isEmpty { return customer.attribute(name) }
        let visible = telling.filter { $0.element.visibleFrom <= t }
        let latest = visible.max { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
        if mutation == .firstValueIsKnownBefore, latest == nil { return customer.attribute(name) }
        return latest?.element.property(history.property) ?? .missing
    }
}

/// What conditions whose movements are asked for answered at instants, of one customer.
final class NaiveMemory {
    struct Question: Hashable {
        let condition: ConditionIndex
        let instant: Int64
    }

    var answers: [Question: Bool] = [:]
}
