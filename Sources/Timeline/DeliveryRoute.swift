import Experiments

/// How one campaign reaches one customer. Attributes have no history, so it is the same at every instant.
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
    func route(_ campaign: BoundCampaign, without failed: Set<Int> = []) -> DeliveryRoute {
        var route = DeliveryRoute(isQuietable: false)
        if !campaign.variantsShareChannels { route.variant = variant(campaign) }
        let contents = campaign.contents + (route.variant ?? 0) * campaign.channels.count
        for (position, index) in campaign.channels.enumerated() where bound.contents[contents + position] {
            if failed.contains(position) { continue }
            let channel = bound.channels[index]
            guard reaches(channel, isMarketing: campaign.isMarketing) else { continue }
            route.channel = position
            route.isQuietable = channel.isQuietable && !consents(channel.nightConsent)
            return route
        }
        return route
    }

    func variant(_ campaign: BoundCampaign) -> Int {
        let bucket = assignmentBucket(key: campaign.variantKey, customerKey: timeline.key)
        let ends = campaign.variantEnds
        for index in ends where bucket < bound.variantEnds[index] { return index - ends.lowerBound }
        return max(ends.count - 1, 0)
    }

    func reaches(_ channel: BoundChannel, isMarketing: Bool) -> Bool {
        guard channel.isKnown else { return false }
        if channel.address >= 0, timeline.attributes[channel.address] == CustomerTimeline.missing { return false }
        return !isMarketing || channel.consent < 0 || consents(channel.consent)
    }

    func consents(_ slot: Int) -> Bool {
        slot >= 0 && timeline.attributes[slot] == 1
    }
}
