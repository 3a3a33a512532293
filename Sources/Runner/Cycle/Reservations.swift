internal import CampaignPlan
internal import CivilTime

/// How much of its limits the runner has spent, read from the store when first needed.
struct Reservations {
    private let zone: TimeZoneRules
    /// The workspace day that is counted, and its end.
    private var day: Range<Int64> = 0..<0
    /// By lane; nil: all lanes.
    private var counts: [Int64?: Int] = [:]
    /// Of scheduled occurrences, whatever the day; by lane.
    private var reached: [Int64: Int] = [:]
    /// Of the plan, by channel.
    private var byChannel: [String: Int]?

    init(_ plan: Plan) {
        zone = TimeZoneRules.named(plan.workspace.zone) ?? .utc
    }

    /// Whether a triggered campaign has reached its ceiling for the workspace day.
    mutating func isFull(_ lane: Int64, ceiling: Int, at now: Int64, _ store: any RunnerStore) throws -> Bool {
        try count(lane, at: now, store) >= ceiling
    }

    /// How many people a scheduled occurrence has reached, or may have.
    mutating func reach(_ lane: Int64, _ store: any RunnerStore) throws -> Int {
        if let count = reached[lane] { return count }
        let count = try store.reserved(from: .min, to: .max, lane: lane)
        reached[lane] = count
        return count
    }

    /// What another message would exceed; nil: nothing.
    mutating func breach(
        of limits: SendLimits, _ plan: Plan, digest: String, _ channel: String, at now: Int64, _ store: any RunnerStore
    ) throws -> String? {
        if let most = limits.messagesPerDayMax, try count(nil, at: now, store) >= most {
            return "over the approved messages a day"
        }
        guard let most = limits.costMax else { return nil }
        let spent = try byChannel ?? store.reservedByChannel(plan: digest)
        byChannel = spent
        var cost: Int64 = 0
        for price in plan.workspace.costs {
            cost += price.amount * Int64((spent[price.channel] ?? 0) + (price.channel == channel ? 1 : 0))
        }
        return cost > most ? "over the approved cost" : nil
    }

    mutating func reserve(_ message: Message) { change(message, by: 1) }

    mutating func release(_ message: Message) {
        if message.counted != nil { change(message, by: -1) }
    }

    private mutating func change(_ message: Message, by change: Int) {
        if let instant = message.counted, day.contains(instant) {
            for lane in [nil, message.lane] { if let count = counts[lane] { counts[lane] = count + change } }
        }
        if let count = reached[message.lane] { reached[message.lane] = count + change }
        if let channel = message.channel { byChannel?[channel, default: 0] += change }
    }

    private mutating func count(_ lane: Int64?, at now: Int64, _ store: any RunnerStore) throws -> Int {
        if !day.contains(now) {
            let date = zone.day(at: Instant(milliseconds: now))
            let start = zone.startOfDay(date).milliseconds
            day = start..<max(start + 1, zone.startOfDay(date.adding(days: 1)).milliseconds)
            counts = [:]
        }
        if let count = counts[lane] { return count }
        let count = try store.reserved(from: day.lowerBound, to: day.upperBound, lane: lane)
        counts[lane] = count
        return count
    }
}
