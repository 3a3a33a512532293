package import CampaignPlan

extension TimelineLayout {
    package init(of plan: Plan) {
        var collector = LayoutCollector(schema: plan.schema)
        for condition in plan.conditions { collector.collect(condition) }
        for campaign in plan.campaigns { collector.collect(campaign) }
        collector.collectHistories(plan.schema)
        if let sends = plan.earlierSends { collector.properties[sends.event, default: []].formUnion(sends.properties) }
        if plan.workspace.quietHours != nil { collector.readsZone = true }
        if collector.readsZone, let zone = plan.schema.customer.zone { collector.attributes.insert(zone) }
        self = collector.layout
    }
}

private struct LayoutCollector {
    let schema: DataSchema
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
        case .constant, .not, .all, .any, .movement: break
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
            collect(window)
            switch measure {
            case .countAtLeast: break
            case .aggregate(_, let property, _), .edge(_, let property, _): collect(property, of: selection)
            case .distinctLocal(_, let zone, _): collect(zone)
            }
        case .behaviour(let behaviour): collect(behaviour)
        case .anniversary(let anniversary):
            switch anniversary.origin {
            case .attribute(let name): attributes.insert(name)
            case .first(let selection): collect(selection)
            }
            collect(anniversary.zone)
        case .population(let population, _):
            for statistic in population.statistics {
                collect(statistic.selection)
                collect(statistic.window)
                switch statistic.measure {
                case .count, .latest: break
                case .aggregate(_, let property): collect(property, of: statistic.selection)
                case .distinctLocal(_, let zone): collect(zone)
                }
            }
        case .sequence(let pattern):
            let keys = Set(pattern.parts.flatMap(\.same))
            for (number, part) in pattern.parts.enumerated() {
                collect(part.selection)
                for property in number == 0 ? keys : Set(part.same) { collect(property, of: part.selection) }
            }
            collect(pattern.window)
        }
    }

    private mutating func collect(_ behaviour: Behaviour) {
        for selection in behaviour.selections { collect(selection) }
        for zone in behaviour.zones + behaviour.windows.compactMap(\.zone) { collect(zone) }
        switch behaviour {
        case .numbered(_, _, let number): if let after = number.after { attributes.insert(after.attribute) }
        case .compared(let first, _, _, let second):
            for measure in [first, second] {
                if case .aggregate(_, let property) = measure.value { collect(property, of: measure.selection) }
            }
        case .matching(let match):
            collect(match.property, of: match.selection)
            collect(match.property, of: match.trigger.selection)
            if case .date(let date) = match.trigger { collect(date.property, of: date.selection) }
        case .share, .purchaseInterval, .overdue: break
        }
    }

    /// Of the attributes that are read.
    mutating func collectHistories(_ schema: DataSchema) {
        for name in attributes {
            guard let history = schema.attribute(name)?.history else { continue }
            properties[history.event, default: []].insert(history.property)
        }
    }

    mutating func collect(_ campaign: PlannedCampaign) {
        for channel in campaign.channels.compactMap(schema.channel) {
            attributes.formUnion([channel.address, channel.consent, channel.nightConsent].compactMap { $0 })
        }
        switch campaign.schedule {
        case .onceAtInstant: break
        case .once(_, let zone), .recurring(_, at: _, from: _, until: _, let zone), .cron(_, let zone): collect(zone)
        case .onEvent(let selection, _):
            collect(selection)
        case .beforeDate(let date, _):
            collect(date.selection)
            collect(date.property, of: date.selection)
            collect(date.zone)
        case .onSequence(let pattern, _): collect(.sequence(pattern))
        case .onAnniversary(let anniversary, _): collect(.anniversary(anniversary))
        case .onEntry: break
        }
        guard let next = campaign.schedule.timing?.next else { return }
        collect(next.zone)
        if case .best(let best) = next.time { collect(best.selection) }
    }

    private mutating func collect(_ selection: EventSelection) {
        for test in selection.tests {
            if let zone = test.zone { collect(zone) } else { collect(test.property, of: selection) }
        }
        for type in selection.types {
            let lines = schema.lineTypes(of: type)
            for line in lines {
                properties[line, default: []].formUnion(schema.derivedEvent(type).map { [$0.by] } ?? [])
            }
            if selection.types.count > 1 || lines.count > 1 { ordered.formUnion(lines) }
        }
    }

    /// The number of lines is no property of a line.
    private mutating func collect(_ property: String, of selection: EventSelection) {
        for type in selection.types {
            for line in schema.lineTypes(of: type) where schema.event(line)?.property(property) != nil {
                guard schema.derivedEvent(type)?.count != property else { continue }
                properties[line, default: []].insert(property)
            }
        }
    }

    private mutating func collect(_ window: EventWindow) {
        if let zone = window.zone { collect(zone) }
    }

    private mutating func collect(_ zone: ZoneReference) {
        switch zone {
        case .named: break
        case .recipient: readsZone = true
        }
    }
}
