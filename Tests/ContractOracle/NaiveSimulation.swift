package import CampaignPlan
import CivilTime

/// Runs a plan over people the slow way, straight from the contract: person by person, campaign by campaign, trigger by
/// trigger; every condition is asked for the one instant at which it counts. Shares nothing with the engine but the plan's
/// values and civil time.
package struct NaiveSimulation {
    /// Somebody with a key, whose bytes decide assignment and order.
    package struct Person {
        package let key: String
        package let customer: NaiveCustomer

        package init(key: String, customer: NaiveCustomer) {
            self.key = key
            self.customer = customer
        }
    }

    let plan: Plan
    let people: [Person]
    /// The period `[from, to)`, milliseconds since 1970-01-01T00:00:00Z.
    let from: Int64
    let to: Int64
    let mutation: SimulationMutation?
    let zone: TimeZoneRules
    /// The last instant that the data knows.
    let lastEvent: Int64?

    package init(plan: Plan, people: [Person], from: Int64, to: Int64, mutation: SimulationMutation? = nil) {
        self.plan = plan
        self.people = people
        self.from = from
        self.to = to
        self.mutation = mutation
        zone = TimeZoneRules.named(plan.workspace.zone) ?? .utc
        lastEvent = people.flatMap { $0.customer.events.map(\.time) }.max()
    }

    package func result() -> NaiveResult {
        var decisions = people.indices.flatMap { person in
            let walk = NaiveWalk(simulation: self, person: people[person], index: person)
            return applyCaps(plan.campaigns.indices.flatMap { walk.decisions($0) }, of: people[person], [])
        }
        let refused = brokenCeilings(decisions)
        if mutation == .ceilingReturnsCaps {
            decisions = people.indices.flatMap { person in
                let walk = NaiveWalk(simulation: self, person: people[person], index: person)
                return applyCaps(plan.campaigns.indices.flatMap { walk.decisions($0) }, of: people[person], refused)
            }
        }
        for index in decisions.indices where refused.contains(decisions[index].id) {
            if case .send = decisions[index].outcome { decisions[index].outcome = .refused("ceiling") }
        }
        return count(decisions)
    }
}

/// One decision, with everything that its counting needs.
struct NaiveDecision {
    enum Outcome: Hashable {
        case refused(String)
        case pending
        case send(channel: String, variant: Int)
    }

    struct ID: Hashable {
        let person: Int
        let campaign: Int
        let number: Int
    }

    let id: ID
    let trigger: Int64
    let planned: Int64
    let instant: Int64
    /// What the campaign's occurrence is called.
    var label: String
    var outcome: Outcome
}
