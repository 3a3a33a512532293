package import CampaignPlan

extension TimelineLayout {
    package init(of plan: Plan) {
        var collector = LayoutCollector()
        for condition in plan.conditions { collector.collect(condition) }
        for campaign in plan.campaigns { collector.collect(campaign, schema: plan.schema) }
        if let sends = plan.earlierSends { collector.properties[sends.event, default: []].formUnion(sends.properties) }
        if plan.workspace.quietHours != nil { collector.readsZone = true }
        if collector.readsZone, let zone = plan.schema.customer.zone { collector.attributes.insert(zone) }
        self = collector.layout
    }
}

private struct LayoutCollector {
    var attributes: Set<String> = []
    var properties: [String: Set<String>] = [:]
    var ordered: Set<String> = []
    var readsZone = false

    var layout: TimelineLayout {
        let events = properties.keys.sorted().map { event in
            TimelineLayout.EventSlot(
                event: event, properties: (properties[event] ?? []).sorted(), needsOrder: ordered.contains(event))
        }
        return TimelineLayout(events: events, attributes: attributes.sorted())
    }

    mutating func collect(_ condition: Condition) {
        switch condition {
        case .constant, .not, .all, .any: break
        case .attribute(let name, _): attributes.insert(name)
        case .attributeTime(let name, let window):
            attributes.insert(name)
            switch window {
            case .elapsed(_, _, let zone), .past(_, let zone), .recent(_, let zone), .nextElapsed(_, let zone),
                .nextDays(_, let zone):
                collect(zone)
            }
        case .events(let selection, let window, let measure):
            collect(selection)
            switch window {
            case .ever, .elapsed, .sinceTrigger: break
            case .past(_, let zone), .recent(_, let zone): collect(zone)
            }
            switch measure {
            case .countAtLeast: break
            case .aggregate(_, let property, _): collect(property, of: selection)
            }
        }
    }

    mutating func collect(_ campaign: PlannedCampaign, schema: DataSchema) {
        for channel in campaign.channels.compactMap(schema.channel) {
            attributes.formUnion([channel.address, channel.consent, channel.nightConsent].compactMap { $0 })
        }
        switch campaign.schedule {
        case .onceAtInstant: break
        case .once(_, let zone), .recurring(_, at: _, from: _, until: _, let zone), .cron(_, let zone): collect(zone)
        case .onEvent(let selection, let timing):
            collect(selection)
            if let next = timing.next { collect(next.zone) }
        case .beforeDate(let date, let timing):
            collect(date.selection)
            collect(date.property, of: date.selection)
            collect(date.zone)
            if let next = timing.next { collect(next.zone) }
        case .onEntry(let timing):
            if let next = timing.next { collect(next.zone) }
        }
    }

    private mutating func collect(_ selection: EventSelection) {
        for type in selection.types {
            properties[type, default: []].formUnion(selection.tests.map(\.property))
            if selection.types.count > 1 { ordered.insert(type) }
        }
    }

    private mutating func collect(_ property: String, of selection: EventSelection) {
        for type in selection.types { properties[type, default: []].insert(property) }
    }

    private mutating func collect(_ zone: ZoneReference) {
        switch zone {
        case .named: break
        case .recipient: readsZone = true
        }
    }
}
