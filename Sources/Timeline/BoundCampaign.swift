import CampaignPlan
import CivilTime
import Experiments

/// What decisions of one campaign look up; ranges point into the arrays of `BoundPlan`.
struct BoundCampaign: Sendable {
    var include: ConditionIndex
    var exclude: ConditionIndex?
    var exit: ConditionIndex?
    /// What held before a trigger that counts.
    var beforeTrigger: ConditionIndex?
    var evaluatesAtEntry: Bool
    var includesCurrent: Bool
    var isMarketing: Bool
    var trigger: BoundTrigger
    var expires: Int64?
    var reEntry: ReEntry
    var controlGroup: BoundShare?
    var variantKey: AssignmentKeyWords
    var channels: Range<Int>
    var variantEnds: Range<Int>
    /// Where the campaign's part of `contents` begins.
    var contents: Int
    /// Whether quiet hours apply to any of its channels.
    var isQuietable: Bool
    /// Whether all variants have messages for the same channels, so that reachability needs no assignment.
    var variantsShareChannels: Bool
    /// Whether an address or permission has a history, so that the customer is reached differently at different times.
    var reachVaries: Bool
    /// Of a journey.
    var step: BoundStep?
}

/// What a step of a journey looks at.
struct BoundStep: Sendable {
    /// Indices of the journey's steps into `BoundPlan.campaigns`.
    var journey: Range<Int>
    /// What has to hold at the send instant besides the audience.
    var condition: ConditionIndex?
    var restarts: Bool
}

enum BoundTrigger: Sendable {
    case scheduled
    /// An index into `BoundPlan.streams`.
    case event(stream: Int, BoundTiming)
    case entry(BoundTiming)
    /// Instants that follow from events and attributes.
    case occasion(BoundOccasion, BoundTiming)
}

struct BoundTiming: Sendable {
    var delay: Int64
    var next: NextSend?
    var zone: BoundZone
    /// An index into `BoundPlan.bestTimes`; -1: the time is the same for all.
    var best = -1
}

/// One channel of a campaign. A slot is -1 where nothing has to be looked at.
struct BoundChannel: Sendable {
    /// Whether the catalog has such a channel.
    var isKnown: Bool
    var address: Int
    var consent: Int
    var nightConsent: Int
    /// Of address, consent and consent at night; indices into `BoundPlan.histories`.
    var addressHistory: Int
    var consentHistory: Int
    var nightConsentHistory: Int
    /// Whether quiet hours apply.
    var isQuietable: Bool
    /// A number of `FrequencyCaps`; -1: messages are neither capped nor counted.
    var capChannel: Int
}

struct BoundShare: Sendable {
    var partsPerMillion: Int
    var key: AssignmentKeyWords

    init(_ share: BucketShare) {
        partsPerMillion = share.partsPerMillion
        key = AssignmentKeyWords(k0: share.key.k0, k1: share.key.k1)
    }

    func contains(customerKey: [UInt8]) -> Bool {
        assignmentBucket(key: key, customerKey: customerKey) < partsPerMillion
    }
}
