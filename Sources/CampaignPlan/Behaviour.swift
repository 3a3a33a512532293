package import CivilTime

/// Behaviour that takes more than one measure over one window.
package enum Behaviour: Hashable, Sendable {
    /// The n-th of all selected events so far, in the order of time and input, lies in the window and where it should.
    case numbered(EventSelection, EventWindow, EventNumber)
    /// A measure compared with a multiple of another one; false where one of them is missing.
    case compared(EventMeasure, MeasureOrder, times: Int64, EventMeasure)
    /// Of the events of these types that the window shows, the part that passes the selection's tests; missing where
    /// fewer than `ofAtLeast` are shown. Literals have six decimals.
    case share(EventSelection, EventWindow, ofAtLeast: Int, AggregateTest)
    /// The median of the gaps between all selected events so far, in days or milliseconds; an even number of gaps has
    /// the mean of the middle two. Missing below the cycle's occurrences.
    case purchaseInterval(EventSelection, EventCycle, AggregateTest)
    /// More than so many millionths of that median have passed since the last event: local days by the calendar.
    case overdue(EventSelection, EventCycle, by: Int64)
    case matching(TriggerMatch)
}

/// Which event counts, and how late it may come.
package struct EventNumber: Hashable, Sendable {
    /// From 1.
    package var number: Int
    /// At most so many milliseconds after the first one.
    package var ofFirstWithin: Int64?
    package var after: AfterAttribute?

    package init(number: Int, ofFirstWithin: Int64?, after: AfterAttribute?) {
        self.number = number
        self.ofFirstWithin = ofFirstWithin
        self.after = after
    }
}

/// Not before an instant or date attribute and at most so many milliseconds after it. A date begins with its local day.
package struct AfterAttribute: Hashable, Sendable {
    package var attribute: String
    package var within: Int64
    package var zone: ZoneReference

    package init(attribute: String, within: Int64, zone: ZoneReference) {
        self.attribute = attribute
        self.within = within
        self.zone = zone
    }
}

/// A number made of the events that a window shows.
package struct EventMeasure: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        case count
        /// Of a numeric property; `distinct` of any.
        case aggregate(Aggregate, property: String)
        case distinctLocal(LocalPart, ZoneReference)
    }

    package var selection: EventSelection
    package var window: EventWindow
    package var value: Value

    package init(_ selection: EventSelection, _ window: EventWindow, _ value: Value) {
        self.selection = selection
        self.window = window
        self.value = value
    }
}

package enum MeasureOrder: String, Hashable, Sendable, CaseIterable {
    case atLeast = "at_least"
    case atMost = "at_most"
    case moreThan = "more_than"
    case lessThan = "less_than"
    case exactly
}

/// How a customer's cycle is measured.
package struct EventCycle: Hashable, Sendable {
    package enum Unit: Hashable, Sendable {
        /// Between consecutive different local days with events.
        case localDays(ZoneReference)
        /// Milliseconds between consecutive events.
        case elapsed
    }

    package var unit: Unit
    /// So many events, or different days, there must be; at least 2.
    package var occurrences: Int

    package init(unit: Unit, occurrences: Int) {
        self.unit = unit
        self.occurrences = occurrences
    }
}

/// A part of an event's local time, which every event has.
package enum LocalPart: String, Hashable, Sendable, CaseIterable {
    /// Days since 1970-01-01.
    case date = "local_date"
    /// 1 (Monday) to 7.
    case weekday = "local_weekday"
    /// 0 to 23, by the wall clock.
    case hour = "local_hour"

    package var type: ValueType {
        switch self {
        case .date: .date
        case .weekday, .hour: .integer
        }
    }

    /// The part of an instant, as it is compared.
    package func value(at instant: Instant, in zone: TimeZoneRules) -> Int64 {
        switch self {
        case .date: Int64(zone.day(at: instant).daysSinceEpoch)
        case .weekday: Int64(zone.day(at: instant).weekday.rawValue)
        case .hour: Int64(zone.local(at: instant).time.hour)
        }
    }
}

extension Behaviour {
    package var selections: [EventSelection] {
        switch self {
        case .numbered(let selection, _, _), .share(let selection, _, _, _), .purchaseInterval(let selection, _, _),
            .overdue(let selection, _, _):
            [selection]
        case .compared(let first, _, _, let second): [first.selection, second.selection]
        case .matching(let match): [match.selection, match.trigger.selection]
        }
    }

    package var windows: [EventWindow] {
        switch self {
        case .numbered(_, let window, _), .share(_, let window, _, _): [window]
        case .compared(let first, _, _, let second): [first.window, second.window]
        case .purchaseInterval, .overdue: []
        case .matching(let match): [match.window]
        }
    }

    /// Zones besides those of selections and windows.
    package var zones: [ZoneReference] {
        switch self {
        case .numbered(_, _, let number): return [number.after?.zone].compactMap { $0 }
        case .share: return []
        case .compared(let first, _, _, let second): return [first.value.zone, second.value.zone].compactMap { $0 }
        case .purchaseInterval(_, let cycle, _), .overdue(_, let cycle, _):
            if case .localDays(let zone) = cycle.unit { return [zone] }
            return []
        case .matching(let match):
            if case .date(let date) = match.trigger { return [date.zone] }
            return []
        }
    }
}

extension Behaviour {
    fileprivate var looksAtTrigger: Bool {
        if case .matching = self { return true }
        return windows.contains(.sinceTrigger)
    }
}

extension EventMeasure.Value {
    package var zone: ZoneReference? {
        switch self {
        case .count, .aggregate: nil
        case .distinctLocal(_, let zone): zone
        }
    }
}

extension EventWindow {
    /// The zone whose days it has.
    package var zone: ZoneReference? {
        switch self {
        case .ever, .elapsed, .sinceTrigger: nil
        case .past(_, let zone), .recent(_, let zone), .between(_, _, let zone): zone
        }
    }
}

extension Condition {
    /// Whether it looks at the trigger itself, not by its children.
    package var beginsAtTrigger: Bool {
        switch self {
        case .constant, .not, .all, .any, .attribute, .attributeTime, .movement, .anniversary, .population: false
        case .sequence(let pattern): pattern.window == .sinceTrigger
        case .events(_, let window, _): window == .sinceTrigger
        case .behaviour(let behaviour): behaviour.looksAtTrigger
        }
    }
}
