import CampaignPlan

/// Where the counts of one campaign begin.
struct CountPlaces {
    var isTriggered: Bool
    /// Of a scheduled campaign in the calendar; the days of the period for others.
    var occurrences: Int
    var channels: Int
    var variants: Int
    /// Category after category, each by occurrence: most decisions are of one category, and their counts lie together.
    var outcomes: Int
    /// By variant, then channel.
    var sent: Int
    var perDay: Int
    /// By occurrence, and the end: the change in how many customers are considered.
    var considered: Int
    var recipients: Int
    var eligible: Int
    var converted: Int
    var goal: Goal?

    /// Conversions within a time after the send, known where that ends not after the last event.
    struct Goal {
        var converted: ConditionIndex
        var within: Int64
        var last: Int64
    }
}

/// What is counted at an occurrence: refusals by their raw value, then these.
enum CountCategory {
    static let pending = Refusal.allCases.count
    static let sent = pending + 1
    static let count = sent + 1
}

/// Finds a place for every count of every campaign.
struct CountLayout {
    let dayCount: Int
    let lastTime: Int64?
    private(set) var total = 0

    init(dayCount: Int, lastTime: Int64?) {
        self.dayCount = dayCount
        self.lastTime = lastTime
    }

    mutating func places(of index: Int, _ bound: BoundPlan, _ calendar: OccurrenceCalendar) -> CountPlaces {
        let campaign = bound.campaigns[index]
        let isTriggered = campaign.trigger.timing != nil
        let occurrences = isTriggered ? dayCount : calendar.occurrenceCount(campaign: index)
        let (variants, channels) = (campaign.variantEnds.count, campaign.channels.count)
        let goal = bound.plan.campaigns[index].goal
        return CountPlaces(
            isTriggered: isTriggered, occurrences: occurrences, channels: channels, variants: variants,
            outcomes: room(occurrences * CountCategory.count), sent: room(variants * channels), perDay: room(dayCount),
            considered: room(occurrences + 1), recipients: room(1), eligible: room(1), converted: room(1),
            goal: goal.flatMap { goal in
                lastTime.map { CountPlaces.Goal(converted: goal.converted, within: goal.within, last: $0) }
            })
    }

    private mutating func room(_ count: Int) -> Int {
        defer { total += count }
        return total
    }
}
