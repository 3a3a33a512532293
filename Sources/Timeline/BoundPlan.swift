package import CampaignPlan
import CivilTime
import Experiments

/// A plan made fast for one vocabulary: columns instead of names, tables instead of texts, rules instead of zone names.
///
/// Everything is flat and trivial, tied together by indices, so that evaluators on many threads share it without
/// touching a reference count.
package struct BoundPlan: Sendable {
    package let plan: Plan
    package let layout: TimelineLayout
    package let caps: FrequencyCaps

    /// By `ConditionIndex`.
    var nodes: [BoundNode] = []
    /// By `ConditionIndex`: whether a window since the trigger is below.
    var dependsOnTrigger: [Bool] = []
    /// By `ConditionIndex`: whether it is answered from a copied timeline only, never by an `InstantEvaluator`.
    package internal(set) var needsIntervals: [Bool] = []
    /// Children of `all` and `any`, cheapest first.
    var children: [ConditionIndex] = []
    var atoms: [EventAtom] = []
    var attributeAtoms: [AttributeAtom] = []
    var intervalNodes: [IntervalNode] = []
    var itemSources: [ItemSource] = []
    var itemTests: [ItemTest] = []
    var itemFields: [ItemField] = []
    var lineSources: [LineSource] = []
    /// Places of properties in slots.
    var lineProperties: [Int] = []
    /// Of channels' attributes.
    var histories: [BoundHistory] = []
    var populations: [BoundPopulation] = []
    var populationTests: [BoundPopulationTest] = []
    var bestTimes: [BoundBestTime] = []
    var sequences: [BoundSequence] = []
    var sequenceSteps: [BoundSequenceStep] = []
    /// Places in keys and indices of properties, as steps say.
    var sequenceNumbers: [Int] = []
    /// How far before an instant any condition must be known for the answers at the instant, in milliseconds.
    var lookback: Int64 = 0
    var streams: [BoundStream] = []
    var sources: [BoundSource] = []
    var propertyTests: [BoundPropertyTest] = []
    var tests = TestPool()

    /// The workspace's first, then those of recipients, then those named in conditions and schedules.
    var zones: [TimeZoneRules] = []
    /// How many of `zones` a recipient can be in.
    var recipientZoneCount = 1
    var zoneSlot: Int?
    /// By code of the zone attribute.
    var recipientZones: [Int] = []

    /// By index in `plan.campaigns`.
    var campaigns: [BoundCampaign] = []
    /// Indices of campaigns by priority, higher first, then by name, then by step.
    var campaignsByRank: [Int] = []
    var channels: [BoundChannel] = []
    /// Variant after variant, a flag for each channel of the campaign: whether there is a message.
    var contents: [Bool] = []
    /// Where the buckets of each variant end.
    var variantEnds: [Int] = []
    var quietClock: QuietClock?
    var dropsQuiet = false
    var holdout: BoundShare?
    var earlierSends: BoundEarlierSends?

    init(plan: Plan) {
        self.plan = plan
        layout = TimelineLayout(of: plan)
        caps = FrequencyCaps(plan)
    }
}

extension BoundPlan {
    /// Whether any condition that campaigns ask for is answered from a copied timeline only.
    package var campaignsNeedIntervals: Bool {
        // What is asked at any trigger is not looked up in columns.
        if !bestTimes.isEmpty { return true }
        if campaigns.contains(where: { triggersByItems($0.trigger) || $0.reachVaries || $0.step != nil }) {
            return true
        }
        return plan.campaigns.contains { campaign in
            [campaign.include, campaign.exclude, campaign.exit, campaign.goal?.converted].contains { condition in
                condition.map { needsIntervals[$0] } ?? false
            }
        }
    }

    private func needsCopy(_ occasion: BoundOccasion) -> Bool {
        switch occasion {
        case .date(let date): !streams[date.stream].items.isEmpty
        case .sequence, .anniversary: true
        }
    }

    private func triggersByItems(_ trigger: BoundTrigger) -> Bool {
        switch trigger {
        case .scheduled, .entry: false
        case .event(let stream, _): !streams[stream].items.isEmpty
        case .occasion(let occasion, _): needsCopy(occasion)
        }
    }

    func recipientZone(of timeline: borrowing CustomerTimeline) -> Int {
        guard let zoneSlot else { return 0 }
        return recipientZone(code: timeline.attributes[zoneSlot])
    }

    /// The zone of a recipient whose zone attribute has this code.
    func recipientZone(code: Int64) -> Int {
        guard code >= 0, code < recipientZones.count else { return 0 }
        return recipientZones[Int(code)]
    }
}
