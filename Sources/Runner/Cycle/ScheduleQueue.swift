internal import CampaignPlan
internal import CivilTime
internal import Timeline

/// The occurrences of scheduled campaigns in a stretch of time, worked out ahead.
struct ScheduleQueue {
    struct Entry: Hashable {
        var campaign: Int
        var nominal: String
        /// The planned instants of its first and last recipients.
        var planned: ClosedRange<Int64>
    }

    /// By first planned instant, then campaign.
    private var entries: [Entry] = []
    private(set) var from: Int64
    private(set) var to: Int64

    init(_ bound: BoundPlan, from: Int64, to: Int64) {
        self.from = from
        self.to = to
        let calendar = OccurrenceCalendar(bound: bound, from: from, to: to)
        for campaign in bound.plan.campaigns.indices where !bound.plan.campaigns[campaign].schedule.isTriggered {
            for occurrence in 0..<calendar.occurrenceCount(campaign: campaign) {
                guard let planned = calendar.plannedRange(campaign: campaign, occurrence: occurrence, in: bound),
                    planned.lowerBound >= from, planned.lowerBound < to
                else { continue }
                let nominal = calendar.nominal(campaign: campaign, occurrence: occurrence)
                entries.append(Entry(campaign: campaign, nominal: Nominal.text(nominal), planned: planned))
            }
        }
        entries.sort { ($0.planned.lowerBound, $0.campaign) < ($1.planned.lowerBound, $1.campaign) }
    }

    /// Those of a campaign that begin in `[from, now]`, in order.
    func due(campaign: Int, from: Int64, now: Int64) -> [Entry] {
        entries.prefix { $0.planned.lowerBound <= now }
            .filter { $0.campaign == campaign && $0.planned.lowerBound >= from }
    }

    /// When the next one begins after an instant; `to` where there is none before.
    func next(after now: Int64) -> Int64 {
        entries.first { $0.planned.lowerBound > now }?.planned.lowerBound ?? to
    }
}
