import CampaignPlan
import CivilTime

extension NaiveSimulation {
    func count(_ decisions: [NaiveDecision]) -> NaiveResult {
        var result = NaiveResult()
        result.customers = people.count
        for (index, campaign) in plan.campaigns.enumerated() {
            result.campaigns[campaign.title] = count(decisions.filter { $0.id.campaign == index }, campaign)
        }
        result.messages = decisions.count(where: \.isSend)
        result.contacted = Set(decisions.filter(\.isSend).map(\.id.person)).count
        for person in people.indices {
            let days = decisions.filter { $0.id.person == person && $0.isSend }.map { day($0) }
            let classEnd = [0, 1, 2, 3, 5, 10, 20].first { days.count <= $0 } ?? Int.max
            result.customersByMessages[classEnd, default: 0] += 1
            result.mostPerPeriod = max(result.mostPerPeriod, days.count)
            for day in days {
                result.mostPerDay = max(result.mostPerDay, days.count { $0 == day })
                result.mostPerWeek = max(result.mostPerWeek, days.count { firstOfWeek($0) == firstOfWeek(day) })
            }
        }
        return result
    }

    private func day(_ decision: NaiveDecision) -> CivilDate { zone.day(at: Instant(milliseconds: decision.instant)) }

    private func firstOfWeek(_ day: CivilDate) -> CivilDate {
        day.adding(days: mutation == .weeksBeginOnSunday ? -(day.weekday.rawValue % 7) : 1 - day.weekday.rawValue)
    }

    private func count(_ decisions: [NaiveDecision], _ campaign: PlannedCampaign) -> NaiveResult.Campaign {
        var result = NaiveResult.Campaign()
        for decision in decisions {
            result.considered += 1
            result.occurrences[decision.label, default: .init()].considered += 1
            switch decision.outcome {
            case .pending:
                result.pending += 1
                result.occurrences[decision.label, default: .init()].pending += 1
            case .refused(let refusal):
                result.refused[refusal, default: 0] += 1
                result.occurrences[decision.label, default: .init()].refused[refusal, default: 0] += 1
            case .send(let channel, let variant):
                result.sent["\(campaign.variants[variant].name) by \(channel)", default: 0] += 1
                result.occurrences[decision.label, default: .init()].sent += 1
                result.perDay["\(day(decision))", default: 0] += 1
                result.cost += plan.workspace.costs.first { $0.channel == channel }?.amount ?? 0
            }
            countConversion(decision, campaign, &result)
        }
        result.recipients = Set(decisions.filter(\.isSend).map(\.id.person)).count
        return result
    }

    /// Everybody who passed the filters before the draw of groups is asked.
    private func countConversion(
        _ decision: NaiveDecision, _ campaign: PlannedCampaign, _ result: inout NaiveResult.Campaign
    ) {
        let isEligible =
            switch decision.outcome {
            case .pending: false
            case .refused(let refusal):
                ["holdout", "control group", "ceiling"].contains(refusal)
                    || (refusal == "capped" && mutation != .cappedLeaveTheExperiment)
            case .send: true
            }
        guard isEligible, let goal = campaign.goal, let lastEvent, decision.instant + goal.within <= lastEvent else {
            return
        }
        result.eligible += 1
        let person = people[decision.id.person].customer
        let oracle = NaiveOracle(plan: plan, customer: person)
        let end = decision.instant + goal.within
        let isConverted = oracle.items(goal.conversion.types, at: end).contains { event in
            let age = event.time - decision.instant
            let isAfter = mutation == .conversionIncludesTheSend ? age >= 0 : age > 0
            let isBefore = mutation == .conversionExcludesItsEnd ? age < goal.within : age <= goal.within
            return isAfter && isBefore && oracle.selects(event, goal.conversion)
        }
        if isConverted { result.converted += 1 }
    }
}
