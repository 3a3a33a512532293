/// The triggers of one customer's journey in a period, ascending, and what became of each.
struct JourneyEntries {
    struct Entry {
        var trigger: Int64
        /// Why the journey does not begin; nil: it does.
        var refusal: Refusal?
        /// From when on a newer trigger has taken its place.
        var replaced: Int64 = .max
    }

    /// The campaign of the first step, an index into `BoundPlan.campaigns`; -1: none is known.
    var first = -1
    var entries: [Entry] = []
}
