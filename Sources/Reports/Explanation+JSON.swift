package import CampaignPlan
internal import CivilTime
package import Simulation
internal import Timeline

extension Explanation {
    /// One customer's intervals and decisions, in integers and texts; instants in milliseconds since 1970.
    package var json: JSON {
        .object([
            "pabal_explanation": JSON(1), "customer": .string(customer),
            "period": .object(["from": .string("\(period.from)"), "to": .string("\(period.to)")]),
            "campaigns": .array(campaigns.map { campaign($0) }),
        ])
    }

    private func campaign(_ campaign: Campaign) -> JSON {
        .members([
            "name": .string(campaign.plan.name), "step": campaign.plan.step.map { .string($0.name) },
            "include": intervals(campaign.include),
            "exclude": campaign.exclude.map { intervals($0) },
            "decisions": .array(campaign.decisions.map { decision($0, campaign.plan) }),
        ])
    }

    /// `[from, to)` each; a member is left out where there is no such end.
    private func intervals(_ list: [Interval]) -> JSON {
        .array(
            list.map { interval in
                .members([
                    "from_ms": interval.from == .min ? nil : .integer(interval.from),
                    "to_ms": interval.to == .max ? nil : .integer(interval.to),
                ])
            })
    }

    private func decision(_ decision: Decision, _ plan: PlannedCampaign) -> JSON {
        var members: [String: JSON] = [
            "trigger_ms": .integer(decision.trigger), "planned_ms": .integer(decision.planned),
            "at_ms": .integer(decision.instant),
        ]
        switch decision.outcome {
        case .send(let channel, let variant):
            members["outcome"] = .string("sent")
            members["channel"] = .string(plan.channels[channel])
            members["variant"] = .string(plan.variants[variant].name)
        case .refused(let refusal): members["outcome"] = .string(refusal.label)
        case .pending: members["outcome"] = .string("after the period")
        }
        if let capping = cappings[decision] { members["cap"] = cap(capping) }
        return .object(members)
    }

    /// Of a message of a journey in the period; the data does not tell which step it was before.
    private func step(_ send: SendHistory.Send) -> String? {
        guard send.campaign >= 0, send.instant >= period.from.milliseconds else { return nil }
        return campaigns[send.campaign].plan.step?.name
    }

    /// The cap that was full, and the messages that filled it.
    private func cap(_ capping: Capping) -> JSON {
        .members([
            "channel": capping.cap.channel.map { .string($0) }, "at_most": JSON(capping.cap.atMost),
            "per_ms": .integer(capping.cap.per),
            "counted": .array(
                capping.counted.map { send in
                    .members([
                        "at_ms": .integer(send.instant),
                        "campaign": send.campaign < 0 ? nil : .string(campaigns[send.campaign].plan.name),
                        "step": step(send).map { .string($0) },
                    ])
                }),
        ])
    }
}
