package import CivilTime

/// A place in `Plan.conditions`. Children come before their parents, so an index only points backwards.
package typealias ConditionIndex = Int

/// One node of the condition graph. Equal conditions of all campaigns are one node.
package enum Condition: Hashable, Sendable {
    case constant(Bool)
    case not(ConditionIndex)
    /// At least two children, ascending, none twice.
    case all([ConditionIndex])
    /// At least two children, ascending, none twice.
    case any([ConditionIndex])
    /// A customer attribute compared with literals; the same at every instant.
    case attribute(String, ValueTest)
    /// An instant or date attribute relative to now.
    case attributeTime(String, AttributeWindow)
    /// Behaviour: a measure over the selected events that the window sees.
    case events(EventSelection, EventWindow, Measure)
    case behaviour(Behaviour)
    /// The condition began or ceased to hold within so many milliseconds, > 0, whatever it did afterwards: on
    /// `[a, a + within)` for each such instant `a`. The beginning of existence is an instant at which what holds then
    /// begins, but not where a customer exists at all times. The condition does not look at a trigger.
    case movement(ConditionIndex, Movement, within: Int64)
    /// Ordered behaviour.
    case sequence(SequencePattern)
    case anniversary(Anniversary)
    /// The customer's place among all.
    case population(Population, PopulationTest)
}

package enum Movement: String, Hashable, Sendable, CaseIterable {
    case entered
    case left
}

/// Which events: any of these types, each satisfying every test.
package struct EventSelection: Hashable, Sendable {
    /// Sorted, none twice, at least one; `any` is written out.
    package var types: [String]
    /// Sorted by property, then in the order of `PropertyTest.sortKey`.
    package var tests: [PropertyTest]

    package init(types: [String], tests: [PropertyTest]) {
        self.types = types
        self.tests = tests
    }
}

package struct PropertyTest: Hashable, Sendable {
    /// A property of the catalog, or the name of a `LocalPart`.
    package var property: String
    /// What a local part is read in; nil for a property.
    package var zone: ZoneReference?
    package var test: ValueTest

    package init(property: String, test: ValueTest) {
        self.property = property
        self.test = test
    }

    package init(_ part: LocalPart, in zone: ZoneReference, test: ValueTest) {
        property = part.rawValue
        self.zone = zone
        self.test = test
    }
}

/// A test of one value. Every test but `missing(true)` is false for a missing value.
package enum ValueTest: Hashable, Sendable {
    /// `missing(true)`: there is no value; `missing(false)`: there is one.
    case missing(Bool)
    case text(TextTest)
    /// Integers, scaled decimals (at the scale of the catalog), booleans 0/1, instants in milliseconds, dates in days.
    case number(NumberTest)
}

/// A test of a text, case-sensitive after NFC; literals are in NFC.
package enum TextTest: Hashable, Sendable {
    /// Sorted bytewise, none twice.
    case isIn([String])
    /// Sorted bytewise, none twice.
    case isNotIn([String])
    case contains(String)
    case startsWith(String)
    case endsWith(String)
}

/// A test of a number.
package enum NumberTest: Hashable, Sendable {
    /// Both ends included; nil: no bound. At least one end is set.
    case within(min: Int64?, max: Int64?)
    /// The complement of `within` for values that are there.
    case outside(min: Int64?, max: Int64?)
    /// Sorted, none twice, at least two.
    case isIn([Int64])
    /// Sorted, none twice, at least two.
    case isNotIn([Int64])

    package func contains(_ value: Int64) -> Bool {
        switch self {
        case .within(let min, let max): (min.map { value >= $0 } ?? true) && (max.map { value <= $0 } ?? true)
        case .outside(let min, let max): !((min.map { value >= $0 } ?? true) && (max.map { value <= $0 } ?? true))
        case .isIn(let values): values.contains(value)
        case .isNotIn(let values): !values.contains(value)
        }
    }
}

/// The zone that says what a local day is.
package enum ZoneReference: Hashable, Sendable {
    case named(String)
    /// The customer's own zone attribute; the workspace's zone where it is missing or unknown.
    case recipient
}

/// Which events at `s` a condition sees at `t`; always `s ≤ t`. Elapsed lengths in milliseconds.
package enum EventWindow: Hashable, Sendable {
    /// All time so far.
    case ever
    /// `t − from < s ≤ t − to`; `within: d` has `to` 0. `from > to ≥ 0`.
    case elapsed(from: Int64, to: Int64)
    /// The whole local days before today's: local day of `s` in `[today − span, today)`.
    case past(CalendarSpan, ZoneReference)
    /// The same ending now, today included: local day of `s` in `(today − span, today]`, and `s ≤ t`.
    case recent(CalendarSpan, ZoneReference)
    /// Between two local days, both included, and `s ≤ t`. The first is not after the second.
    case between(CivilDate, CivilDate, ZoneReference)
    /// `(trigger, t]`: only inside an exit.
    case sinceTrigger
}

/// An instant attribute counts like an event at that time, a date like an event at its local midnight.
package enum AttributeWindow: Hashable, Sendable {
    case elapsed(from: Int64, to: Int64, ZoneReference)
    case past(CalendarSpan, ZoneReference)
    case recent(CalendarSpan, ZoneReference)
    /// `t < s ≤ t + length`, in milliseconds.
    case nextElapsed(Int64, ZoneReference)
    /// The mirror of `recent`: local day of `s` in `[today, today + span)`, and `s > t` where the attribute is an
    /// instant; a date counts for the whole of its local day.
    case nextDays(CalendarSpan, ZoneReference)
}

/// What is measured over the selected, visible events, with its comparison.
package enum Measure: Hashable, Sendable {
    /// At least this many events, ≥ 1. Other comparisons of a count are lowered to this, `not` and `all`.
    case countAtLeast(Int)
    /// Over the values of a numeric property, missing ones skipped.
    /// Literals of `average` have `extraScale` decimals more than the property.
    case aggregate(Aggregate, property: String, AggregateTest)
    /// The number of different local dates, weekdays or hours; 0 over nothing.
    case distinctLocal(LocalPart, ZoneReference, AggregateTest)
    /// The first or latest value of a property, missing ones skipped, in the order of time and input. Missing over
    /// nothing.
    case edge(ValueEdge, property: String, ValueTest)
}

package enum ValueEdge: String, Hashable, Sendable, CaseIterable {
    case first
    case latest
}

package enum Aggregate: String, Hashable, Sendable, CaseIterable {
    /// 0 over nothing.
    case sum
    /// Missing over nothing; compared exactly, as a fraction.
    case average
    /// Missing over nothing.
    case minimum
    /// Missing over nothing.
    case maximum
    /// The number of different values of a property of any type; 0 over nothing.
    case distinct
}

package enum AggregateTest: Hashable, Sendable {
    case missing(Bool)
    /// `extraScale` is 0 except for averages: the literals are at the property's scale plus this many decimals.
    case number(NumberTest, extraScale: Int)
}
