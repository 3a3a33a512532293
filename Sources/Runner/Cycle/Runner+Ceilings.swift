internal import CampaignPlan
internal import Timeline

extension Runner {
    /// Whether it is known if a scheduled occurrence would reach too many: it is counted as a whole, with live data,
    /// before its first message is decided. Messages whose instant is still to come are counted as of now.
    ///
    /// False where other decisions of the same commit must be in the store first.
    func isCeilingKnown(
        _ occurrence: Occurrence, _ lane: OpenLane, _ limits: SendLimits, _ now: Int64,
        _ transaction: inout Transaction, isFirst: Bool
    ) throws -> Bool {
        let campaign = plan.campaigns[lane.campaign]
        guard !occurrence.isTriggered, !occurrence.isStopped, !counted.contains(occurrence.id),
            let ceiling = ceiling(campaign, limits)
        else { return true }
        guard isFirst else { return false }
        counted.insert(occurrence.id)
        guard occurrence.listed > ceiling, try reaches(occurrence, lane, now, beyond: ceiling) else { return true }
        breached.insert(occurrence.id)
        try transaction.update(occurrence.id, in: store) { $0.isStopped = true }
        transaction.add(
            .addNote(
                Note(
                    time: now,
                    text: "occurrence \(occurrence.id) would reach more than \(ceiling) people: it reaches nobody")))
        return true
    }

    /// Whether a message would be one too many: of triggers in a workspace day, of a scheduled occurrence if it was
    /// stopped, or if data came after it was counted that lets it reach more.
    func isOverCeiling(
        _ occurrence: Occurrence, _ lane: OpenLane, _ limits: SendLimits, _ now: Int64
    ) throws -> Bool {
        guard let ceiling = ceiling(plan.campaigns[lane.campaign], limits) else { return occurrence.isStopped }
        if occurrence.isTriggered { return try reservations.isFull(lane.id, ceiling: ceiling, at: now, store) }
        return try occurrence.isStopped || reservations.reach(lane.id, store) >= ceiling
    }

    /// Whether more people would be sent to than the ceiling, with those that were sent to before a restart.
    private func reaches(_ occurrence: Occurrence, _ lane: OpenLane, _ now: Int64, beyond ceiling: Int) throws -> Bool {
        let campaign = plan.campaigns[lane.campaign]
        var count = try reservations.reach(lane.id, store)
        var last: Int64 = 0
        while true {
            let waiting = try store.waiting(occurrence: occurrence.id, after: last, limit: settings.listBatch)
            guard let end = waiting.last else { return false }
            last = end.id
            for message in waiting {
                guard load(message.recipient) != nil else { continue }
                let instant = max(now, message.machine.due)
                let question = LiveQuestion(
                    campaign: lane.campaign, trigger: message.trigger, planned: message.planned, now: instant)
                guard case .send(let position, _) = ask({ $0.answer(question) }) else { continue }
                if let number = capChannel(campaign, campaign.channels[position]),
                    try isCapped(message.recipient, channel: number, instant, [])
                {
                    continue
                }
                count += 1
                if count > ceiling { return true }
            }
        }
    }
}
