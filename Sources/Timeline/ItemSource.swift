import CampaignPlan

/// Where items of a stream come from: the rows of one event type, or the lines that are one derived event.
struct ItemSource: Sendable {
    /// A range of `BoundPlan.lineSources`; one where nothing is derived.
    var lines: Range<Int>
    /// Whether lines with the same key are one item.
    var isDerived: Bool
    /// How many values each line has; those of a derived event are totals.
    var valueCount: Int
    /// A range of `BoundPlan.itemTests`: an item counts while it passes all.
    var tests: Range<Int>
    var value: ItemValue
    /// Whether a derived event is looked at only as it is at its time.
    var isTrigger: Bool
}

/// The rows of one event slot.
struct LineSource: Sendable {
    var slot: Int
    /// The index in the slot of the property that is the key; -1: no key.
    var key: Int
    /// A range of `BoundPlan.lineProperties`: the values, by their index in the slot.
    var values: Range<Int>
}

/// What an item is worth.
enum ItemValue: Sendable {
    /// Only counted.
    case none
    case field(ItemField)
    /// Whether it passes this range of `BoundPlan.itemTests`.
    case passes(Range<Int>)
    /// A range of `BoundPlan.itemFields`, whose values lie in `ItemBuilder.fieldValues`; a piece says where.
    case fields(Range<Int>)
}

struct ItemTest: Sendable {
    var field: ItemField
    var test: BoundTest
}

enum ItemField: Sendable {
    case key
    /// The number of lines so far.
    case lineCount
    /// A value of the row, or a total of the lines so far.
    case value(Int)
    case local(LocalPart, BoundZone)
}
