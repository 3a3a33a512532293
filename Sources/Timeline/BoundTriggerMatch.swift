import CampaignPlan

/// Events with the value of the event that triggers.
struct BoundTriggerMatch: Sendable {
    /// An index into `BoundPlan.streams`; its values are those that are compared.
    var stream: Int
    var window: BoundWindow
    var sinceTrigger: Bool
    var count: Int
    /// Of the events that trigger: by type; none where there is a stream.
    var sources: [Source]
    /// An index into `BoundPlan.streams`, of events that trigger and are no rows of a table: with the property that is
    /// compared, and behind it the date if there is one.
    var items: Int?
    /// When such an event triggers, from its date; nil: at its time.
    var date: BoundEventDate?

    struct Source: Sendable {
        /// Its value is the date, if there is one.
        var rows: BoundSource
        /// The property that is compared, by its index in the slot.
        var property: Int
    }
}

extension ConditionBinder {
    mutating func bind(_ match: TriggerMatch) -> BoundTriggerMatch {
        var date: BoundEventDate?
        if case .date(let own) = match.trigger { date = bind(own) }
        let dated: String? = if case .date(let own) = match.trigger { own.property } else { nil }
        var sources: [BoundTriggerMatch.Source] = []
        var items: Int?
        if needsItems(match.trigger.selection, .none) {
            let names = [match.property] + [dated].compactMap { $0 }
            // What triggers counts as it is at its time, what reminds of a date as it is when it reminds.
            items = stream(of: match.trigger.selection, value: .properties(names), isTrigger: date == nil)
        }
        for type in items == nil ? match.trigger.selection.types : [] {
            guard let rows = bindSource(type, match.trigger.selection.tests, dated),
                let property = bound.layout.events[rows.slot].properties.firstIndex(of: match.property)
            else { continue }
            sources.append(BoundTriggerMatch.Source(rows: rows, property: property))
        }
        return BoundTriggerMatch(
            stream: stream(of: match.selection, value: .property(match.property)), window: bind(match.window),
            sinceTrigger: match.window == .sinceTrigger, count: match.count, sources: sources, items: items, date: date)
    }

    mutating func bind(_ date: EventDate) -> BoundEventDate {
        BoundEventDate(
            stream: stream(of: date.selection, value: .property(date.property)),
            isDate: date.selection.types.first.flatMap { bound.plan.schema.event($0)?.property(date.property) }?.type
                == .date, lead: date.lead, zone: zones.bind(date.zone))
    }
}
