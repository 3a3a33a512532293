internal import CampaignPlan
internal import Crypto
internal import Timeline

extension Runner {
    /// T1: lists some more recipients of the first occurrence that is not sealed, and seals it after the last. Nothing of
    /// it is sent before.
    func listOccurrence(_ now: Int64) throws -> Bool {
        let unlisted = try openOccurrences().first {
            !$0.isTriggered && ($0.state == .due || $0.state == .materialising)
                && campaigns[$0.campaign]?.isPaused == false
        }
        guard var occurrence = unlisted else { return false }
        var transaction = Transaction()
        guard let campaign = plan.campaigns.firstIndex(where: { $0.name == occurrence.campaign }),
            let place = Place(occurrence, campaign: campaign, bound)
        else {
            // The plan that has replaced its own knows no such campaign, or no such time.
            try occurrence.handle(.cancelled)
            transaction.add(.setOccurrence(occurrence))
            transaction.add(.addNote(Note(time: now, text: "occurrence \(occurrence.id) is not in the plan any more")))
            try commit(transaction.all, now)
            return true
        }
        let first = audience.firstCustomer(after: occurrence.lastCustomer)
        let end = min(first + settings.listBatch, audience.customerCount)
        var chain = Chain(occurrence.digest)
        for customer in first..<max(first, end) {
            occurrence.considered += 1
            guard let message = message(to: customer, of: occurrence, place, now) else {
                occurrence.outside += 1
                continue
            }
            occurrence.listed += 1
            if !message.state.isTerminal { occurrence.open += 1 }
            chain.add(message)
            transaction.add(.addMessage(message))
        }
        if end > first { occurrence.lastCustomer = audience.key(of: end - 1) }
        occurrence.digest = chain.digest
        if end >= audience.customerCount {
            try seal(&occurrence, now)
        } else {
            try occurrence.handle(.listed)
        }
        transaction.add(.setOccurrence(occurrence))
        try commit(transaction.all, now)
        return true
    }

    private func seal(_ occurrence: inout Occurrence, _ now: Int64) throws {
        try occurrence.handle(.sealed)
        if occurrence.open == 0 {
            try occurrence.handle(.emptied)
        } else if occurrence.planned.upperBound < now - settings.startDeadline, expires(occurrence) == nil {
            try occurrence.handle(.overslept)
        }
    }

    /// Where an occurrence lies in a calendar of its own.
    private struct Place {
        let calendar: OccurrenceCalendar
        let occurrence: Int
        let campaign: Int

        init?(_ wanted: Occurrence, campaign: Int, _ bound: BoundPlan) {
            self.campaign = campaign
            calendar = OccurrenceCalendar(
                bound: bound, from: wanted.planned.lowerBound, to: wanted.planned.upperBound + 1)
            guard calendar.campaignCount > campaign,
                let found = (0..<calendar.occurrenceCount(campaign: campaign)).first(where: { [calendar] in
                    Nominal.text(calendar.nominal(campaign: campaign, occurrence: $0)) == wanted.nominal
                })
            else { return nil }
            occurrence = found
        }
    }

    /// Nil for a customer who did not exist or is not in the audience; who is planned for later is looked at then.
    private func message(to customer: Int, of occurrence: Occurrence, _ place: Place, _ now: Int64) -> Message? {
        load(customer)
        let found = ask { evaluator in
            evaluator.planned(campaign: place.campaign, occurrence: place.occurrence, in: place.calendar)
        }
        guard let planned = found else { return nil }
        var machine = MessageMachine(state: .planned, due: planned)
        if planned <= now {
            let question = LiveQuestion(campaign: place.campaign, trigger: planned, planned: planned, now: now)
            if ask({ $0.answer(question) }) == .refused(.notInAudience) { return nil }
            if planned < now - settings.startDeadline, plan.campaigns[place.campaign].expires == nil {
                machine = MessageMachine(state: .expired, due: planned, reason: "missed")
            }
        }
        return Message(
            id: nextMessageID(), occurrence: occurrence.id, lane: Lane.occurrence(occurrence.id),
            recipient: audience.key(of: customer), trigger: planned, planned: planned, machine: machine)
    }
}

/// SHA-256 over what was listed before and the next message, again and again.
private struct Chain {
    private(set) var digest: [UInt8]

    init(_ digest: [UInt8]) {
        self.digest = digest
    }

    mutating func add(_ message: Message) {
        var hash = SHA256()
        hash.update(data: digest)
        hash.update(data: Array(message.recipient.utf8))
        hash.update(data: (0..<8).map { UInt8(truncatingIfNeeded: message.planned >> (8 * $0)) })
        digest = Array(hash.finalize())
    }
}
