import CampaignPlan
import CivilTime

// Contract 13: `same` compares with the event that triggered.
extension NaiveOracle {
    func matches(_ match: TriggerMatch, at t: Int64, trigger: Int64?) -> Bool {
        guard let trigger, let start = firstTrigger(match.trigger, at: trigger) else { return false }
        let value = start.property(match.property)
        guard value != .missing else { return false }
        return visibleItems(match.selection, match.window, at: t, trigger: trigger).count { event in
            mutation == .sameIgnored || event.property(match.property) == value
        } >= match.count
    }

    private func firstTrigger(_ trigger: TriggerMatch.Trigger, at instant: Int64) -> NaiveItem? {
        let present = items(trigger.selection.types, at: instant).filter { selects($0, trigger.selection) }
        switch trigger {
        case .event(let selection):
            let known = instant == .min ? [] : Set(items(selection.types, at: instant - 1).map(identity))
            return present.first { !known.contains(identity($0)) }
        case .date(let date):
            return present.first { item in
                let event = NaiveEvent(type: item.type, time: item.time, properties: item.properties)
                return moment(of: event, date) == instant
            }
        }
    }

    /// When an event reminds of the date that it carries.
    func moment(of event: NaiveEvent, _ date: EventDate) -> Int64? {
        guard case .number(let value) = event.property(date.property) else { return nil }
        let zone = rules(of: date.zone)
        let isDate = plan.schema.event(event.type)?.property(date.property)?.type == .date
        let local =
            isDate
            ? CivilDateTime(date: CivilDate(daysSinceEpoch: Int32(value)), time: .midnight)
            : zone.local(at: Instant(milliseconds: value))
        switch date.lead {
        case .calendar(let span):
            return zone.instant(of: CivilDateTime(date: span.before(local.date), time: local.time)).milliseconds
        case .elapsed(let length): return (isDate ? zone.instant(of: local).milliseconds : value) - length
        }
    }
}
