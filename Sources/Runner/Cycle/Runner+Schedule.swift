internal import CampaignPlan
internal import Timeline

extension Runner {
    /// A lane that may be served, with the place of its campaign among those that meet at one instant.
    struct OpenLane {
        var id: Int64
        /// An index into the plan's campaigns.
        var campaign: Int
        var rank: Int
    }

    /// The lanes of all campaigns of the plan that are not paused.
    func lanes() throws -> [OpenLane] {
        var ranks: [Int: Int] = [:]
        var lanes: [OpenLane] = []
        var places: [String: Int] = [:]
        for (rank, campaign) in bound.servingOrder.enumerated() {
            ranks[campaign] = rank
            let name = plan.campaigns[campaign].name
            guard let row = campaigns[name], !row.isPaused else { continue }
            places[name] = campaign
            if plan.campaigns[campaign].schedule.isTriggered,
                let step = row.number(ofStep: plan.campaigns[campaign].step?.name)
            {
                lanes.append(
                    OpenLane(id: Lane.triggers(ofCampaign: row.id, step: step), campaign: campaign, rank: rank))
            }
        }
        for occurrence in try openOccurrences() where !occurrence.isTriggered {
            guard occurrence.state == .sealed || occurrence.state == .running,
                let campaign = places[occurrence.campaign]
            else { continue }
            lanes.append(
                OpenLane(id: Lane.occurrence(occurrence.id), campaign: campaign, rank: ranks[campaign] ?? 0))
        }
        return lanes
    }

    /// T0: inserts the occurrences of scheduled campaigns that have begun, each once whatever happens.
    func openOccurrences(_ now: Int64) throws -> Bool {
        if try sweepCancelled(now) { return true }
        if try missPassed(now) { return true }
        let scheduled = plan.campaigns.indices.filter { index in
            !plan.campaigns[index].schedule.isTriggered && campaigns[plan.campaigns[index].name]?.isPaused == false
        }
        let cursors = scheduled.compactMap { campaigns[plan.campaigns[$0].name]?.cursor }
        if let earliest = cursors.min(), earliest < schedule.from || now >= schedule.to {
            schedule = ScheduleQueue(
                bound, from: min(earliest, now), to: now + settings.scheduleHorizon)
        }
        var transaction = Transaction()
        for index in scheduled {
            guard var row = campaigns[plan.campaigns[index].name] else { continue }
            let due = schedule.due(campaign: index, from: row.cursor, now: now)
            guard !due.isEmpty else { continue }
            var missed: [String] = []
            for (place, entry) in due.enumerated() {
                if try store.occurrence(campaign: row.name, nominal: entry.nominal) != nil { continue }
                let isMissed = isMissed(entry, isLatest: place == due.count - 1, now)
                if isMissed { missed.append(entry.nominal) }
                transaction.add(.addOccurrence(occurrence(entry, isMissed ? .missed : .due)))
            }
            note(missed, of: row.name, now, &transaction)
            row.cursor = max(row.cursor, now + 1)
            campaigns[row.name] = row
            transaction.add(.putCampaign(row))
        }
        guard !transaction.isEmpty else { return false }
        try commit(transaction.all, now)
        return true
    }

    /// Campaigns that happen once, and began before anybody ran them, are missed: that has to be seen somewhere.
    private func missPassed(_ now: Int64) throws -> Bool {
        guard !hasMissedPassed else { return false }
        hasMissedPassed = true
        var transaction = Transaction()
        for index in plan.campaigns.indices {
            guard let start = plan.campaigns[index].schedule.onlyStart, let row = campaigns[plan.campaigns[index].name],
                start < row.cursor + Self.zonesApart
            else { continue }
            let passed = ScheduleQueue(bound, from: start - Self.zonesApart, to: row.cursor)
                .due(campaign: index, from: .min, now: row.cursor)
            for entry in passed where try store.occurrence(campaign: row.name, nominal: entry.nominal) == nil {
                transaction.add(.addOccurrence(occurrence(entry, .missed)))
                note([entry.nominal], of: row.name, now, &transaction)
            }
        }
        guard !transaction.isEmpty else { return false }
        try commit(transaction.all, now)
        return true
    }

    /// More than a local time comes later anywhere than elsewhere, in milliseconds.
    private static let zonesApart: Int64 = 48 * 3_600_000

    private func occurrence(_ entry: ScheduleQueue.Entry, _ state: OccurrenceState) -> Occurrence {
        Occurrence(
            id: nextOccurrenceID(), campaign: plan.campaigns[entry.campaign].name, nominal: entry.nominal,
            isTriggered: false, plan: approved.digest, state: state, planned: entry.planned)
    }

    private func note(_ missed: [String], of campaign: String, _ now: Int64, _ transaction: inout Transaction) {
        guard let first = missed.first, let last = missed.last else { return }
        let what =
            missed.count == 1
            ? "the start of \(first) was missed" : "\(missed.count) starts from \(first) to \(last) were missed"
        transaction.add(.addNote(Note(time: now, text: "`\(campaign)`: \(what), nobody ran it in time")))
    }

    /// Only the latest of several starts, or one whose last recipients are still to come; and none too late.
    private func isMissed(_ entry: ScheduleQueue.Entry, isLatest: Bool, _ now: Int64) -> Bool {
        if entry.planned.upperBound > now { return false }
        return !isLatest || entry.planned.upperBound < now - settings.startDeadline
    }

    /// Cancels what still waits in cancelled occurrences, some at a time.
    private func sweepCancelled(_ now: Int64) throws -> Bool {
        for occurrence in try openOccurrences() where occurrence.state == .cancelled {
            let waiting = try store.waiting(occurrence: occurrence.id, after: 0, limit: settings.decisionBatch)
            guard !waiting.isEmpty else { continue }
            var transaction = Transaction()
            for message in waiting { try handle(.cancelled, message, now, &transaction) }
            try commit(transaction.all, now)
            return true
        }
        return false
    }
}
