import CampaignPlan
import CivilTime

/// Journeys: a trigger begins one where audience, exclusion and exit let it at that instant and none runs yet, or restarts
/// it; a step is decided at its own instant.
extension NaiveWalk {
    func decisions(of step: StepPlan, _ campaign: PlannedCampaign, _ number: Int) -> [NaiveDecision] {
        let steps = plan.campaigns.filter { $0.name == campaign.name }
        let triggers = triggers(campaign)
        var begun: [Int64] = []
        var refusals: [Int64: String] = [:]
        for trigger in triggers.map(\.instant) {
            if let refusal = entryRefusal(trigger, steps, begun.last) {
                refusals[trigger] = refusal
            } else {
                begun.append(trigger)
            }
        }
        return triggers.enumerated().map { place, trigger in
            let refusal = refusals[trigger.instant]
            let instant = refusal == nil ? sendInstant(campaign, trigger.planned) : trigger.instant
            let isPending = mutation == .endIsInThePeriod ? instant > simulation.to : instant >= simulation.to
            let counted = isPending ? trigger.instant : instant
            var decision = NaiveDecision(
                id: .init(person: index, campaign: number, number: place), trigger: trigger.instant,
                planned: trigger.planned, instant: instant,
                label: "\(simulation.zone.day(at: Instant(milliseconds: counted)))", outcome: .pending)
            if let refusal {
                decision.outcome = .refused(refusal)
            } else if !isPending {
                let newer = begun.first { $0 > trigger.instant }
                decision.outcome = outcome(decision, step, campaign, newer)
            }
            return decision
        }
    }

    private func outcome(
        _ decision: NaiveDecision, _ step: StepPlan, _ campaign: PlannedCampaign, _ newer: Int64?
    ) -> NaiveDecision.Outcome {
        let now = decision.instant
        let counted = campaign.evaluatesAtEntry && mutation != .entryIsEvaluatedAtTheSend ? decision.trigger : now
        if let condition = step.condition, mutation != .stepConditionIgnored,
            !oracle.holds(
                condition, at: now, trigger: mutation == .stepConditionSeesAllTime ? nil : decision.trigger)
        {
            return .refused("not in audience")
        }
        if let refusal = refusal(campaign, decision.trigger, at: now, audienceAt: counted) { return .refused(refusal) }
        if step.restarts, mutation != .restartKeepsOldSteps, let newer, newer <= now { return .refused("re-entry") }
        return delivery(decision, campaign)
    }

    private func entryRefusal(_ trigger: Int64, _ steps: [PlannedCampaign], _ last: Int64?) -> String? {
        let campaign = steps[0]
        if mutation != .journeysBeginForEverybody,
            let refusal = refusal(campaign, trigger, at: trigger, audienceAt: trigger)
        {
            return refusal
        }
        guard let last else { return nil }
        let ends = steps.map { step in
            guard let timing = step.schedule.timing else { return last }
            return planned(last + timing.delay, timing.next, trigger: last)
        }
        let end = (mutation == .journeysEndWithTheirFirstStep ? ends.first : ends.max()) ?? last
        var isRunning = mutation == .journeysRunThroughTheirEnd ? trigger <= end : trigger < end
        if let exit = campaign.exit, mutation != .exitLeavesAJourneyRunning,
            oracle.holds(exit, at: trigger, trigger: last)
        {
            isRunning = false
        }
        if isRunning, mutation != .runningJourneysAreEnteredAgain {
            return campaign.step?.restarts == true ? nil : "re-entry"
        }
        return refusesReEntry(campaign.reEntry, last, trigger) ? "re-entry" : nil
    }
}
