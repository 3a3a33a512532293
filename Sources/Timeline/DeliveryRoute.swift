import Experiments

/// How one campaign reaches one customer: at every instant, unless an attribute of its channels has a history.
struct DeliveryRoute: Sendable {
    /// An index into the campaign's channels; nil: unreachable.
    var channel: Int?
    /// Whether quiet hours apply to that channel and person.
    var isQuietable: Bool
    /// Known once it was needed.
    var variant: Int?
    var isInControlGroup: Bool?
}

extension Evaluator {
    /// `failed`: positions of channels that are not to be tried any more.
    // Mutating, though it is not: else the evaluator would be copied to be lent.
    mutating func route(_ campaign: UnsafePointer<BoundCampaign>, without failed: Set<Int> = []) -> DeliveryRoute {
        var route = DeliveryRoute(isQuietable: false)
        if !campaign.pointee.variantsShareChannels { route.variant = variant(campaign) }
        let channels = campaign.pointee.channels
        let contents = campaign.pointee.contents + (route.variant ?? 0) * channels.count
        for position in 0..<channels.count where tables.contents[contents + position] {
            if !failed.isEmpty, failed.contains(position) { continue }
            let channel = tables.channels[channels.lowerBound + position]
            guard reaches(channel, isMarketing: campaign.pointee.isMarketing) else { continue }
            route.channel = position
            route.isQuietable = channel.isQuietable && !consents(channel.nightConsent)
            return route
        }
        return route
    }

    func variant(_ campaign: UnsafePointer<BoundCampaign>) -> Int {
        let ends = campaign.pointee.variantEnds
        // Nothing to draw, whatever the bucket.
        if ends.count <= 1 { return 0 }
        let bucket = assignmentBucket(key: campaign.pointee.variantKey, customerKey: timeline.key)
        for index in ends where bucket < bound.variantEnds[index] { return index - ends.lowerBound }
        return max(ends.count - 1, 0)
    }

    func reaches(_ channel: BoundChannel, isMarketing: Bool) -> Bool {
        guard channel.isKnown else { return false }
        if channel.address >= 0, timeline.attributes[channel.address] == CustomerTimeline.missing { return false }
        return !isMarketing || channel.consent < 0 || consents(channel.consent)
    }

    /// The same at an instant, for a campaign whose channels look at attributes with a history.
    mutating func route(
        _ campaign: UnsafePointer<BoundCampaign>, without failed: Set<Int>, at instant: Int64
    ) -> DeliveryRoute {
        var route = DeliveryRoute(isQuietable: false)
        if !campaign.pointee.variantsShareChannels { route.variant = variant(campaign) }
        let channels = campaign.pointee.channels
        let contents = campaign.pointee.contents + (route.variant ?? 0) * channels.count
        for position in 0..<channels.count where tables.contents[contents + position] {
            if failed.contains(position) { continue }
            let channel = tables.channels[channels.lowerBound + position]
            guard channel.isKnown else { continue }
            if channel.address >= 0,
                value(channel.address, channel.addressHistory, at: instant) == CustomerTimeline.missing
            {
                continue
            }
            if campaign.pointee.isMarketing, channel.consent >= 0,
                value(channel.consent, channel.consentHistory, at: instant) != 1
            {
                continue
            }
            let isExempt =
                channel.nightConsent >= 0
                && value(channel.nightConsent, channel.nightConsentHistory, at: instant) == 1
            route.channel = position
            route.isQuietable = channel.isQuietable && !isExempt
            return route
        }
        return route
    }

    private mutating func value(_ slot: Int, _ history: Int, at instant: Int64) -> Int64 {
        history < 0 ? timeline.attributes[slot] : value(bound.histories[history], at: instant)
    }

    func consents(_ slot: Int) -> Bool {
        slot >= 0 && timeline.attributes[slot] == 1
    }
}
