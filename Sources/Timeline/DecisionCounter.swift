import CampaignPlan
package import CivilTime

/// Counts the decisions about one customer after another, by campaign, occurrence and outcome; one for each thread.
///
/// An occurrence of a triggered campaign is a local day of the period: that of the send instant, or of the trigger
/// where the send is pending. All memory is made at the start; no customer allocates.
package final class DecisionCounter {
    let calendar: OccurrenceCalendar
    let clock: PeriodClock
    /// Those that are walked, group after group.
    let campaigns: UnsafePointer<Int>
    let groups: UnsafePointer<CountGroup>
    let groupCount: Int
    /// By place in `campaigns`.
    let bounds: AudienceBounds

    /// Holds all memory that the pointers point into.
    private let arena = RawArena()
    private let days: DayTable
    var dayCount: Int { days.count }
    /// By campaign of the plan.
    let places: UnsafePointer<CountPlaces>
    let planCount: Int
    let counts: UnsafeMutablePointer<Int>
    /// By campaign: the last customer who got a message.
    private let lastRecipients: UnsafeMutablePointer<Int>
    /// Everything else that changes; in raw memory, so that no access to it is checked.
    private let now: UnsafeMutablePointer<Progress>

    private struct Progress {
        /// Customers so far.
        var customer = 0
        /// The days of the current customer's messages.
        var messageDays: UnsafeMutablePointer<Int32>
        var messageCount = 0
        var messageCapacity: Int
    }

    /// Counts decisions of all campaigns; `campaigns` are those that `Evaluator.count` walks. Local days are those of
    /// `zone`. Conversions are known for windows that end not after `lastTime`; nil: no events.
    package init(
        _ bound: BoundPlan, _ campaigns: [Int], _ calendar: OccurrenceCalendar, zone: TimeZoneRules, lastTime: Int64?
    ) {
        self.calendar = calendar
        clock = PeriodClock(bound, campaigns, from: calendar.from, to: calendar.to, arena)
        days = DayTable(from: calendar.from, to: calendar.to, zone: zone, arena)
        let grouped = CountGroup.grouped(campaigns, bound)
        self.campaigns = arena.copy(grouped.campaigns)
        groups = arena.copy(grouped.groups)
        groupCount = grouped.groups.count
        bounds = AudienceBounds(bound, grouped.campaigns.map { bound.campaigns[$0].include }, arena)
        var layout = CountLayout(dayCount: days.count, lastTime: lastTime)
        places = arena.copy(bound.campaigns.indices.map { layout.places(of: $0, bound, calendar) })
        planCount = bound.campaigns.count
        counts = arena.make(layout.total, of: 0)
        lastRecipients = arena.make(planCount, of: 0)
        let capacity = 256
        now = arena.make(1, of: Progress(messageDays: arena.make(capacity, of: 0), messageCapacity: capacity))
    }

    /// Forgets the messages of the customer before.
    package func beginCustomer() {
        now.pointee.customer += 1
        now.pointee.messageCount = 0
    }

    /// The days of the current customer's messages, in no order, numbered from the day on which the period begins;
    /// valid until the next decision is counted.
    package var messageDays: UnsafeBufferPointer<Int32> {
        UnsafeBufferPointer(start: now.pointee.messageDays, count: now.pointee.messageCount)
    }
}

// One thread at a time has it.
extension DecisionCounter: @unchecked Sendable {}

extension DecisionCounter: DecisionSink {
    /// Counts have no order.
    func endRun() {}

    func consider(campaign: Int, _ occurrences: Range<Int>) {
        let changes = counts + places[campaign].considered
        changes[occurrences.lowerBound] &+= 1
        changes[occurrences.upperBound] &-= 1
    }

    /// Counts a decision about the current customer, whom the evaluator has begun.
    @inline(__always)
    package func take(_ decision: Decision, _ evaluator: inout Evaluator) {
        let place = places + decision.campaign
        switch decision.outcome {
        case .refused(let refusal):
            count(refusal.rawValue, decision, decision.instant, place)
            if refusal.isEligible { countConversion(decision, place, &evaluator) }
        // A pending decision has no day of the period; it counts on the day of its trigger.
        case .pending: count(CountCategory.pending, decision, decision.trigger, place)
        case .send(let channel, let variant):
            count(CountCategory.sent, decision, decision.instant, place)
            countSend(decision, channel, variant, place)
            countConversion(decision, place, &evaluator)
        }
    }

    @inline(__always)
    private func count(_ category: Int, _ decision: Decision, _ instant: Int64, _ place: UnsafePointer<CountPlaces>) {
        let occurrence = place.pointee.isTriggered ? days.day(instant) : Int(decision.occurrence)
        counts[place.pointee.outcomes &+ category &* place.pointee.occurrences &+ occurrence] &+= 1
    }

    private func countSend(
        _ decision: Decision, _ channel: Int, _ variant: Int, _ place: UnsafePointer<CountPlaces>
    ) {
        let day = days.day(decision.instant)
        counts[place.pointee.sent &+ variant &* place.pointee.channels &+ channel] &+= 1
        counts[place.pointee.perDay &+ day] &+= 1
        if lastRecipients[decision.campaign] != now.pointee.customer {
            lastRecipients[decision.campaign] = now.pointee.customer
            counts[place.pointee.recipients] &+= 1
        }
        if now.pointee.messageCount == now.pointee.messageCapacity { growMessageDays() }
        now.pointee.messageDays[now.pointee.messageCount] = Int32(truncatingIfNeeded: day)
        now.pointee.messageCount &+= 1
    }

    private func countConversion(
        _ decision: Decision, _ place: UnsafePointer<CountPlaces>, _ evaluator: inout Evaluator
    ) {
        guard let goal = place.pointee.goal else { return }
        let (end, isBeyond) = decision.instant.addingReportingOverflow(goal.within)
        guard !isBeyond, end <= goal.last else { return }
        counts[place.pointee.eligible] &+= 1
        if evaluator.holdsLater(goal.converted, at: end) { counts[place.pointee.converted] &+= 1 }
    }

    private func growMessageDays() {
        let grown = arena.make(now.pointee.messageCapacity * 2, of: Int32(0))
        grown.update(from: now.pointee.messageDays, count: now.pointee.messageCount)
        now.pointee.messageDays = grown
        now.pointee.messageCapacity *= 2
    }
}
