import CampaignPlan
import Experiments

/// Campaigns → what decisions look up.
struct CampaignBinder {
    let plan: Plan

    func bind(_ conditions: inout ConditionBinder<some Vocabulary>) {
        if let hours = plan.workspace.quietHours {
            conditions.bound.quietClock = QuietClock(hours)
            conditions.bound.dropsQuiet = hours.action == .drop
        }
        conditions.bound.holdout = plan.workspace.holdout.map(BoundShare.init)
        for (index, campaign) in plan.campaigns.enumerated() {
            let trigger = bindTrigger(campaign.schedule, &conditions)
            let histories = Histories(campaign, plan, &conditions)
            var bound = bind(campaign, trigger, histories, &conditions.bound)
            bound.step = campaign.step.map {
                BoundStep(journey: plan.steps(of: index), condition: $0.condition, restarts: $0.restarts)
            }
            conditions.bound.campaigns.append(bound)
        }
        conditions.bound.campaignsByRank = plan.campaigns.indices.sorted { a, b in
            let (left, right) = (plan.campaigns[a], plan.campaigns[b])
            return left.priority == right.priority ? a < b : left.priority > right.priority
        }
    }

    private func bindTrigger(
        _ schedule: Schedule, _ conditions: inout ConditionBinder<some Vocabulary>
    ) -> BoundTrigger {
        switch schedule {
        case .onceAtInstant, .once, .recurring, .cron: .scheduled
        case .onEvent(let selection, let timing):
            .event(stream: conditions.stream(of: selection, isTrigger: true), bind(timing, &conditions))
        case .beforeDate(let date, let timing):
            .occasion(.date(conditions.bind(date)), bind(timing, &conditions))
        case .onSequence(let pattern, let timing):
            .occasion(.sequence(conditions.add(pattern)), bind(timing, &conditions))
        case .onAnniversary(let anniversary, let timing):
            .occasion(.anniversary(conditions.bindAnniversary(anniversary)), bind(timing, &conditions))
        case .onEntry(let timing): .entry(bind(timing, &conditions))
        }
    }

    private func bind(_ timing: SendTiming, _ conditions: inout ConditionBinder<some Vocabulary>) -> BoundTiming {
        BoundTiming(
            delay: timing.delay, next: timing.next.map(NextSend.init),
            zone: timing.next.map { conditions.zones.bind($0.zone) } ?? .fixed(0),
            best: conditions.bindBestTime(timing.next))
    }

    /// Where the histories of a campaign's channel attributes are, by attribute.
    private struct Histories {
        private var places: [String: Int] = [:]
        var isEmpty: Bool { places.isEmpty }

        init(_ campaign: PlannedCampaign, _ plan: Plan, _ conditions: inout ConditionBinder<some Vocabulary>) {
            for channel in campaign.channels.compactMap(plan.schema.channel) {
                for name in [channel.address, channel.consent, channel.nightConsent].compactMap({ $0 }) {
                    guard places[name] == nil, let (history, _) = conditions.bindHistory(name) else { continue }
                    conditions.bound.histories.append(history)
                    places[name] = conditions.bound.histories.count - 1
                }
            }
        }

        func place(_ attribute: String?) -> Int { attribute.flatMap { places[$0] } ?? -1 }
    }

    private func bind(
        _ campaign: PlannedCampaign, _ trigger: BoundTrigger, _ histories: Histories, _ bound: inout BoundPlan
    ) -> BoundCampaign {
        let firstChannel = bound.channels.count
        let channels = campaign.channels.map { bind($0, campaign.kind, histories, bound) }
        bound.channels += channels
        let contents = campaign.variants.map { variant in
            campaign.channels.map { variant.message(for: $0) != nil }
        }
        let firstContent = bound.contents.count
        bound.contents += contents.joined()
        let firstEnd = bound.variantEnds.count
        bound.variantEnds += campaign.variants.map(\.buckets.upperBound)
        return BoundCampaign(
            include: campaign.include, exclude: campaign.exclude, exit: campaign.exit,
            beforeTrigger: campaign.beforeTrigger, evaluatesAtEntry: campaign.evaluatesAtEntry,
            includesCurrent: campaign.includesCurrent,
            isMarketing: campaign.kind == .marketing, trigger: trigger, expires: campaign.expires,
            reEntry: campaign.reEntry, controlGroup: campaign.controlGroup.map(BoundShare.init),
            variantKey: AssignmentKeyWords(k0: campaign.variantKey.k0, k1: campaign.variantKey.k1),
            channels: firstChannel..<bound.channels.count, variantEnds: firstEnd..<bound.variantEnds.count,
            contents: firstContent, isQuietable: channels.contains { $0.isQuietable },
            variantsShareChannels: contents.allSatisfy { $0 == contents.first }, reachVaries: !histories.isEmpty)
    }

    private func bind(
        _ name: String, _ kind: CampaignKind, _ histories: Histories, _ bound: BoundPlan
    ) -> BoundChannel {
        let channel = plan.schema.channel(name)
        let isQuiet = plan.workspace.quietHours?.channels.contains(name) ?? false
        func slot(_ attribute: String?) -> Int { attribute.flatMap(bound.layout.slot(ofAttribute:)) ?? -1 }
        return BoundChannel(
            isKnown: channel != nil, address: slot(channel?.address), consent: slot(channel?.consent),
            nightConsent: slot(channel?.nightConsent), addressHistory: histories.place(channel?.address),
            consentHistory: histories.place(channel?.consent),
            nightConsentHistory: histories.place(channel?.nightConsent), isQuietable: kind == .marketing && isQuiet,
            capChannel: kind == .marketing ? bound.caps.channel(named: name) ?? -1 : -1)
    }
}
