package import CampaignPlan
import CivilTime

/// What a condition counts: an event, or a derived one as it is at an instant.
struct NaiveItem {
    var type: String
    var time: Int64
    /// In the input; of a derived event that of its first line.
    var place: Int
    var properties: [String: NaiveValue]

    func property(_ name: String) -> NaiveValue { properties[name] ?? .missing }
}

extension NaiveOracle {
    /// Everything of these types that is there at an instant, in the order of time and input.
    func items(_ types: [String], at t: Int64) -> [NaiveItem] {
        types.flatMap { type -> [NaiveItem] in
            if let derived = plan.schema.derivedEvent(type) { return derivedItems(derived, at: t) }
            return customer.events.enumerated().filter { $0.element.type == type && isVisible($0.element, at: t) }.map {
                NaiveItem(
                    type: type, time: time(of: $0.element), place: $0.offset, properties: $0.element.properties)
            }
        }.sorted { ($0.time, $0.place) < ($1.time, $1.place) }
    }

    private func isVisible(_ event: NaiveEvent, at t: Int64) -> Bool {
        mutation == .lateEventsWereKnown ? event.time <= t : event.visibleFrom <= t
    }

    private func time(of event: NaiveEvent) -> Int64 {
        mutation == .lateEventsHappenWhenKnown ? event.visibleFrom : event.time
    }

    private func derivedItems(_ derived: DerivedSchema, at t: Int64) -> [NaiveItem] {
        let all = customer.events.enumerated().filter { derived.from.contains($0.element.type) }
        let visible = all.filter { isVisible($0.element, at: t) }
        var keys = Set(visible.map { $0.element.property(derived.by) })
        if mutation != .linesWithoutKeyAreOne { keys.remove(.missing) }
        return keys.compactMap { key in
            let own = visible.filter { $0.element.property(derived.by) == key }
            let counted = mutation == .totalsKnowTheFuture ? all.filter { $0.element.property(derived.by) == key } : own
            let ordered = own.sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            guard let first = mutation == .derivedAtTheLastLine ? ordered.last : ordered.first else { return nil }
            var properties = [derived.by: key, derived.count: .number(Int64(counted.count))]
            for name in derived.sums {
                let total = counted.reduce(Int128(0)) { total, line in
                    if case .number(let number) = line.element.property(name) { return total + Int128(number) }
                    return total
                }
                // The least number stands for nothing.
                properties[name] = .number(max(Int64(clamping: total), .min + 1))
            }
            return NaiveItem(
                type: derived.name, time: first.element.time, place: first.offset, properties: properties)
        }
    }

    /// Whether an item is one of those that a selection means.
    func selects(_ item: NaiveItem, _ selection: EventSelection) -> Bool {
        selection.types.contains(item.type) && passes(item, selection.tests)
    }

    func selects(_ event: NaiveEvent, _ selection: EventSelection) -> Bool {
        selects(NaiveItem(type: event.type, time: event.time, place: 0, properties: event.properties), selection)
    }

    func passes(_ item: NaiveItem, _ tests: [PropertyTest]) -> Bool {
        tests.allSatisfy { test in
            guard let zone = test.zone, let part = LocalPart(rawValue: test.property) else {
                return passes(test.test, item.property(test.property))
            }
            return passes(test.test, .number(local(part, of: item.time, zone)))
        }
    }

    /// A part of the local time.
    func local(_ part: LocalPart, of instant: Int64, _ zone: ZoneReference) -> Int64 {
        let rules = mutation == .partsOfUTC ? .utc : rules(of: zone)
        let moment = Instant(milliseconds: instant)
        switch part {
        case .date: return Int64(rules.day(at: moment).daysSinceEpoch)
        // 1970-01-01 was a Thursday.
        case .weekday:
            let days = Int64(rules.day(at: moment).daysSinceEpoch) + (mutation == .weeksBeginOnSunday ? 4 : 3)
            return (days % 7 + 7) % 7 + 1
        case .hour: return Int64(rules.local(at: moment).time.hour)
        }
    }

    /// The items that a window shows, in the order of time and input.
    func visibleItems(
        _ selection: EventSelection, _ window: EventWindow, at t: Int64, trigger: Int64?
    ) -> [NaiveItem] {
        var visible = items(selection.types, at: t).filter { item in
            sees(item.time, through: window, at: t, trigger: trigger) && selects(item, selection)
        }
        if mutation == .eventsBeforeSinceIgnored { visible.removeAll { $0.time < customer.existsFrom } }
        if mutation == .sameMillisecondCountsOnce {
            var times: Set<Int64> = []
            visible.removeAll { !times.insert($0.time).inserted }
        }
        return visible
    }

    /// When a trigger by this selection fires: each item as it is when it begins to be there.
    package func triggerTimes(_ selection: EventSelection) -> [Int64] {
        Set(customer.moments).sorted().filter { t in
            let known = Set(items(selection.types, at: t - 1).map(identity))
            return items(selection.types, at: t).contains { selects($0, selection) && !known.contains(identity($0)) }
        }
    }

    /// Of a derived event its key, of others its place.
    func identity(_ item: NaiveItem) -> [NaiveValue] {
        let derived = plan.schema.derivedEvent(item.type)
        return [.text(item.type), derived.map { item.property($0.by) } ?? .number(Int64(item.place))]
    }
}
