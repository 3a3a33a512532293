import CampaignPlan

/// How a row of bits, one for each instant of a grid, comes about: a condition seen `shift` milliseconds after the
/// instants. Indices point into `BitPlan.rows`, to earlier rows only.
enum BitRow: Sendable {
    case constant(Bool)
    case not(Int32)
    /// A range of `BitPlan.rowChildren`.
    case all(Range<Int32>)
    case any(Range<Int32>)
    case attribute(slot: Int, BoundTest)
    /// At least `back + 1` events: the latest has arrived and the one `back` before it has not expired. The edges are
    /// indices into `BitPlan.edges`; no expiry: -1.
    case count(stream: Int32, arrival: Int32, expiry: Int32, back: Int32)
    /// The intervals of a condition, projected.
    case intervals(ConditionIndex, shift: Int64)
}

/// The places in the grid of a stream's events, each moved by an offset.
struct BitEdges: Hashable, Sendable {
    var stream: Int
    var offset: Int64
}
