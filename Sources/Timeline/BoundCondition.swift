import CampaignPlan
import CivilTime

/// A condition with everything looked up.
enum BoundNode: Sendable {
    case constant(Bool)
    case not(ConditionIndex)
    /// A range of `BoundPlan.children`.
    case all(Range<Int>)
    case any(Range<Int>)
    case attribute(slot: Int, BoundTest)
    /// An index into `BoundPlan.attributeAtoms`.
    case attributeTime(Int)
    /// An index into `BoundPlan.atoms`; whether the trigger matters to it.
    case events(Int)
    /// The same with a window that begins at the trigger.
    case eventsSinceTrigger(Int)
    /// An index into `BoundPlan.intervalNodes`.
    case intervals(Int)
}

/// A measure over a stream of events, seen through a window.
struct EventAtom: Sendable {
    var stream: Int
    var window: BoundWindow
    var measure: BoundMeasure
    var holdsOverNothing: Bool
}

enum BoundZone: Sendable {
    /// An index into `BoundPlan.zones`.
    case fixed(Int)
    case recipient
}

enum BoundWindow: Sendable {
    /// Also for the window since a trigger where there is no trigger.
    case ever
    case elapsed(from: Int64, to: Int64)
    case past(CalendarSpan, BoundZone)
    case recent(CalendarSpan, BoundZone)
}

enum BoundMeasure: Sendable {
    case countAtLeast(Int)
    case aggregate(Aggregate, BoundAggregateTest)
}

/// An instant or date attribute relative to now.
struct AttributeAtom: Sendable {
    var slot: Int
    var isDate: Bool
    var window: BoundAttributeWindow
    var zone: BoundZone
}

enum BoundAttributeWindow: Sendable {
    case elapsed(from: Int64, to: Int64)
    case past(CalendarSpan)
    case recent(CalendarSpan)
    case nextElapsed(Int64)
    case nextDays(CalendarSpan)
}

/// The events that a selection selects, in the order (time, input order); with the values of one property where a
/// measure needs them, then without the events that lack it.
struct BoundStream: Sendable {
    /// A range of `BoundPlan.sources`.
    var sources: Range<Int>
    var hasValues: Bool
}

/// One event type of a stream.
struct BoundSource: Sendable {
    var slot: Int
    /// A range of `BoundPlan.propertyTests`.
    var tests: Range<Int>
    /// The property's index in the slot; -1: no values.
    var valueProperty: Int
}

struct BoundPropertyTest: Sendable {
    /// The property's index in the slot.
    var property: Int
    var test: BoundTest
}
