package import CampaignPlan
import CivilTime

/// Answers one condition for one customer at one instant, straight from the contract: every event is looked at again for
/// every question, nothing is shared, nothing is sorted. The engine has to agree with it everywhere.
package struct NaiveOracle {
    let plan: Plan
    let customer: NaiveCustomer
    let mutation: NaiveMutation?
    let workspaceRules: TimeZoneRules
    /// Of the customer's own zone; the workspace's where it is missing or unknown.
    let recipientRules: TimeZoneRules

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
            passes(test, customer.attribute(name))
        case .attributeTime(let name, let window):
            seesAttribute(name, through: window, at: t)
        case .events(let selection, let window, let measure):
            satisfies(measure, visibleEvents(selection, window, at: t, trigger: trigger))
        }
    }

    /// Whether an event is one of those that a selection means.
    func selects(_ event: NaiveEvent, _ selection: EventSelection) -> Bool {
        selection.types.contains(event.type)
            && selection.tests.allSatisfy { passes($0.test, event.property($0.property)) }
    }

    private func visibleEvents(
        _ selection: EventSelection, _ window: EventWindow, at t: Int64, trigger: Int64?
    ) -> [NaiveEvent] {
        var visible = customer.events.filter { event in
            sees(event.time, through: window, at: t, trigger: trigger) && selects(event, selection)
        }
        if mutation == .eventsBeforeSinceIgnored {
            visible.removeAll { $0.time < customer.existsFrom }
        }
        if mutation == .sameMillisecondCountsOnce {
            var times: Set<Int64> = []
            visible.removeAll { !times.insert($0.time).inserted }
        }
        return visible
    }
}
