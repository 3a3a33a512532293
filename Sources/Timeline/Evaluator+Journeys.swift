import CampaignPlan

/// A trigger begins a journey where audience, exclusion and exit let it at the trigger itself and the person may come again;
/// what a step then sends is decided at its own send instant, where audience and exit are looked at anew. So a journey
/// has one answer for all its steps, which is known before the first of them is sent.
extension Evaluator {
    /// Decides one step for every trigger of its journey in `from..<to`. Where the journey does not begin, that is known at
    /// the trigger, and the step is refused there.
    mutating func decideStep(
        _ index: Int, _ from: Int64, _ to: Int64, _ clock: some TriggerClock, _ sink: inout some DecisionSink
    ) {
        guard let step = tables.campaigns[index].step else { return }
        if journey.first != step.journey.lowerBound { findEntries(step, from, to, clock) }
        guard !journey.entries.isEmpty else { return }
        let campaign = tables.triggers + index
        var walk = DecisionWalk(index, .empty, &self)
        let isQuietable = walk.isQuietable(&self)
        for number in journey.entries.indices {
            let entry = journey.entries[number]
            guard let refusal = entry.refusal else { continue }
            let planned = planned(campaign: index, campaign, entry.trigger, clock)
            sink.take(walk.decision(number, entry.trigger, planned, entry.trigger, .refused(refusal)), &self)
        }
        sink.endRun()
        for number in journey.entries.indices where journey.entries[number].refusal == nil {
            let entry = journey.entries[number]
            let (planned, instant, isQuiet) = sendInstant(of: entry.trigger, &walk, isQuietable, campaign, clock)
            let outcome =
                instant >= to
                ? .pending
                : stepOutcome(
                    step, &walk, trigger: entry.trigger, planned: planned, instant: instant, isQuiet: isQuiet,
                    isReplaced: instant >= entry.replaced)
            sink.take(walk.decision(number, entry.trigger, planned, instant, outcome), &self)
        }
    }

    /// What is decided about a step at its send instant, of a journey that began at the trigger.
    mutating func stepOutcome(
        _ step: BoundStep, _ walk: inout DecisionWalk, trigger: Int64, planned: Int64, instant: Int64, isQuiet: Bool,
        isReplaced: Bool
    ) -> Decision.Outcome {
        let campaign = walk.campaign
        guard campaign.pointee.evaluatesAtEntry || holds(campaign.pointee.include, at: instant) else {
            return .refused(.notInAudience)
        }
        if let condition = step.condition, !exitHolds(condition, trigger: trigger, at: instant) {
            return .refused(.notInAudience)
        }
        if let refusal = walk.refusal(in: &self, trigger: trigger, instant: instant) { return .refused(refusal) }
        if isReplaced { return .refused(.reEntry) }
        return walk.delivered(in: &self, planned: planned, instant: instant, isQuiet: isQuiet)
    }

    /// Why a journey does not begin at a trigger; nil: it does. `accepted`: the last trigger at which it began.
    mutating func entryRefusal(
        _ step: BoundStep, trigger: Int64, accepted: Int64?, _ clock: some TriggerClock
    ) -> Refusal? {
        let campaign = tables.campaigns + step.journey.lowerBound
        guard holds(campaign.pointee.include, at: trigger) else { return .notInAudience }
        if let exclude = campaign.pointee.exclude, holds(exclude, at: trigger) { return .excluded }
        if let exit = campaign.pointee.exit, exitHolds(exit, trigger: trigger, at: trigger) { return .exited }
        guard let accepted else { return nil }
        // What comes to light later than a newer one is not gone back to.
        if trigger <= accepted { return .reEntry }
        if isRunning(step, since: accepted, at: trigger, clock) { return step.restarts ? nil : .reEntry }
        return campaign.pointee.reEntry.refuses(trigger, after: accepted) ? .reEntry : nil
    }

    /// A journey runs until its last step is planned or its exit holds.
    private mutating func isRunning(
        _ step: BoundStep, since accepted: Int64, at instant: Int64, _ clock: some TriggerClock
    ) -> Bool {
        var isAnyPlanned = false
        for index in step.journey where !isAnyPlanned {
            isAnyPlanned = instant < planned(campaign: index, tables.triggers + index, accepted, clock)
        }
        guard isAnyPlanned else { return false }
        guard let exit = tables.campaigns[step.journey.lowerBound].exit else { return true }
        return !exitHolds(exit, trigger: accepted, at: instant)
    }

    private mutating func findEntries(_ step: BoundStep, _ from: Int64, _ to: Int64, _ clock: some TriggerClock) {
        let first = step.journey.lowerBound
        let triggers = triggers(campaign: first, from: from, to: to, live: from)
        journey.first = first
        journey.entries.removeAll(keepingCapacity: true)
        var accepted: Int?
        for (place, trigger) in triggers.enumerated() {
            let refusal = entryRefusal(
                step, trigger: trigger, accepted: accepted.map { journey.entries[$0].trigger }, clock)
            journey.entries.append(JourneyEntries.Entry(trigger: trigger, refusal: refusal))
            guard refusal == nil else { continue }
            if step.restarts, let accepted { journey.entries[accepted].replaced = trigger }
            accepted = place
        }
    }
}
