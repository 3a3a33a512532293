extension Evaluator {
    /// Refuses the sends of the current customer that a frequency cap forbids. The buffer holds the decisions of all
    /// campaigns in the order in which they are served.
    ///
    /// `onRefusal` gets the decision as it was, the place of the cap in the plan, and the messages that filled it.
    package mutating func applyCaps(
        _ calendar: OccurrenceCalendar, to buffer: inout DecisionBuffer, _ history: inout SendHistory,
        onRefusal: ((Decision, Int, [SendHistory.Send]) -> Void)? = nil
    ) {
        guard !bound.caps.isEmpty else { return }
        loadEarlierSends(before: calendar.from, into: &history)
        buffer.replaceOutcomes { decision in
            guard case .send(let position, _) = decision.outcome else { return decision.outcome }
            let channel = bound.channels[bound.campaigns[decision.campaign].channels.lowerBound + position].capChannel
            guard channel >= 0 else { return decision.outcome }
            if let cap = bound.caps.refusing(channel: channel, at: decision.instant, after: history) {
                onRefusal?(decision, cap, bound.caps.counted(byCap: cap, at: decision.instant, in: history))
                return .refused(.capped)
            }
            history.record(.init(instant: decision.instant, channel: channel, campaign: decision.campaign))
            return decision.outcome
        }
    }
}
