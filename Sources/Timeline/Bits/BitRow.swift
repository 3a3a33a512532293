import CampaignPlan

/// How a row of bits, one for each instant of a grid, comes about: a condition seen `shift` milliseconds after the
/// instants. Indices point to earlier rows of the same grid only.
enum BitRow: Sendable {
    case constant(Bool)
    case not(Int32)
    /// A range of `BitProgram.children`.
    case all(Range<Int32>)
    case any(Range<Int32>)
    case attribute(slot: Int, BoundTest)
    /// At least `back + 1` events: the latest has arrived and the one `back` before it has not expired. Offsets from an
    /// event to its arrival and its expiry; nil: it never expires.
    case count(stream: Int, arrival: Int64, expiry: Int64?, back: Int32)
    /// The intervals of a condition, projected.
    case intervals(ConditionIndex, shift: Int64)
}
