import CampaignPlan
import CivilTime

extension NaiveSimulation {
    private struct Sent {
        let instant: Int64
        /// Nil: not known.
        let channel: String?
    }

    /// Contract 18, over one person's decisions; those of `returned` are sent and not counted.
    func applyCaps(
        _ decisions: [NaiveDecision], of person: Person, _ returned: Set<NaiveDecision.ID>
    ) -> [NaiveDecision] {
        guard !plan.workspace.frequencyCaps.isEmpty else { return decisions }
        var sent = mutation == .earlierSendsIgnored ? [] : earlierSends(of: person)
        return decisions.sorted { isServed($0, before: $1) }.map { decision in
            guard case .send(let channel, _) = decision.outcome, counts(channel),
                plan.campaigns[decision.id.campaign].kind == .marketing || mutation == .transactionalIsCapped
            else { return decision }
            let isCapped = plan.workspace.frequencyCaps.contains { isFull($0, channel, decision.instant, sent) }
            if !isCapped || mutation == .cappedCounts, !returned.contains(decision.id) {
                sent.append(Sent(instant: decision.instant, channel: channel))
            }
            var decided = decision
            if isCapped { decided.outcome = .refused("capped") }
            return decided
        }
    }

    private func isFull(_ cap: FrequencyCap, _ channel: String, _ now: Int64, _ sent: [Sent]) -> Bool {
        guard cap.channel == nil || cap.channel == channel else { return false }
        let counted = sent.filter { send in
            let age = now - send.instant
            let isYoung = mutation == .capWindowIncludesItsStart ? age <= cap.per : age < cap.per
            let isOld = mutation == .capWindowExcludesItsEnd ? age > 0 : age >= 0
            let isCounted = cap.channel == nil || cap.channel == send.channel || mutation == .channelCapsCountAll
            return isYoung && isOld && isCounted
        }
        return counted.count >= cap.atMost + (mutation == .capAllowsOneMore ? 1 : 0)
    }

    private func counts(_ channel: String) -> Bool {
        !["onsite", "webhook", "audience_export"].contains(channel)
    }

    /// By instant, then priority, then name, then step.
    private func isServed(_ a: NaiveDecision, before b: NaiveDecision) -> Bool {
        if a.instant != b.instant { return a.instant < b.instant }
        let (first, second) = (plan.campaigns[a.id.campaign], plan.campaigns[b.id.campaign])
        if first.priority != second.priority {
            return mutation == .lowerPriorityFirst
                ? first.priority < second.priority : first.priority > second.priority
        }
        if first.name != second.name {
            return mutation == .laterNameFirst ? first.name > second.name : first.name < second.name
        }
        let steps = (first.step?.number ?? 0, second.step?.number ?? 0)
        if steps.0 != steps.1 { return mutation == .laterStepsFirst ? steps.0 > steps.1 : steps.0 < steps.1 }
        return a.id.number < b.id.number
    }

    private func earlierSends(of person: Person) -> [Sent] {
        person.customer.events.compactMap { event in
            guard event.type == "message_sent", event.time < from || mutation == .dataOfThePeriodCounts else {
                return nil
            }
            if case .text(let name) = event.property("campaign"),
                plan.campaigns.contains(where: { $0.name == name && $0.kind == .transactional })
            {
                return nil
            }
            guard case .text(let channel) = event.property("channel") else {
                return Sent(instant: event.time, channel: nil)
            }
            return counts(channel) ? Sent(instant: event.time, channel: channel) : nil
        }
    }

    /// Contract 19: which messages a ceiling refuses.
    func brokenCeilings(_ decisions: [NaiveDecision]) -> Set<NaiveDecision.ID> {
        var refused: Set<NaiveDecision.ID> = []
        for (index, campaign) in plan.campaigns.enumerated() {
            guard let written = campaign.maxRecipients else { continue }
            let ceiling = written + (mutation == .ceilingIsOneMore ? 1 : 0)
            let sends = decisions.filter { $0.id.campaign == index && $0.isSend }
            for label in Set(sends.map { label($0) }) {
                let together = sends.filter { self.label($0) == label }
                guard together.count > ceiling else { continue }
                let isTriggered = campaign.schedule.isTriggered != (mutation == .scheduledBreachSendsTheFirst)
                let order = together.sorted { isAllowed($0, before: $1) }
                refused.formUnion(order.dropFirst(isTriggered ? ceiling : 0).map(\.id))
            }
        }
        return refused
    }

    private func label(_ decision: NaiveDecision) -> String {
        guard plan.campaigns[decision.id.campaign].schedule.isTriggered, mutation == .ceilingDaysOfUTC else {
            return decision.label
        }
        return "\(TimeZoneRules.utc.day(at: Instant(milliseconds: decision.instant)))"
    }

    private func isAllowed(_ a: NaiveDecision, before b: NaiveDecision) -> Bool {
        let keys = (Array(people[a.id.person].key.utf8), Array(people[b.id.person].key.utf8))
        let isFirst = keys.0.lexicographicallyPrecedes(keys.1)
        if a.instant != b.instant, mutation != .ceilingByKeyOnly || keys.0 == keys.1 { return a.instant < b.instant }
        if keys.0 != keys.1 { return isFirst != (mutation == .ceilingByLastKey) }
        return a.id.number < b.id.number
    }
}

extension NaiveDecision {
    var isSend: Bool {
        if case .send = outcome { true } else { false }
    }
}
