/// What nothing but frequency caps can refuse, for the customers of a block: campaigns in the order in which they are
/// served, each with its instants.
struct BitCandidates {
    /// By customer.
    let counts: UnsafeMutablePointer<Int>
    /// Customer after customer, as many as there are campaigns.
    let candidates: UnsafeMutablePointer<BitCandidate>
    /// The same: their instants, panel after panel.
    let bits: UnsafeMutablePointer<BitPanel>
    /// Of one customer: what goes out.
    let sent: UnsafeMutablePointer<BitPanel>
    private let perCustomer: Int
    /// Of a candidate, used or not.
    let panels: Int
    let caps: BitCaps
    /// Of one customer, grid after grid: instants of candidates that are not served yet, panel after panel.
    let rest: UnsafeMutablePointer<BitPanel>
    /// By grid: the place and the instant to be served next.
    let heads: UnsafeMutablePointer<(place: Int, instant: Int64)>

    init(_ caps: FrequencyCaps, capacity: Int, campaigns: Int, grids: Int, panels: Int, _ arena: RawArena) {
        perCustomer = campaigns
        self.panels = panels
        self.caps = BitCaps(caps, arena)
        counts = arena.make(capacity, of: 0)
        candidates = arena.make(capacity * campaigns, of: BitCandidate())
        bits = arena.make(capacity * campaigns * panels, of: .zero)
        sent = arena.make(campaigns * panels, of: .zero)
        rest = arena.make(grids * panels, of: .zero)
        heads = arena.make(grids, of: (0, .max))
    }

    @inline(__always) func candidates(of customer: Int) -> UnsafeMutablePointer<BitCandidate> {
        candidates + customer &* perCustomer
    }

    /// The instants of the candidate at a place.
    @inline(__always) func bits(of customer: Int, _ place: Int) -> UnsafeMutablePointer<BitPanel> {
        bits + (customer &* perCustomer &+ place) &* panels
    }

    @inline(__always) func sent(_ place: Int) -> UnsafeMutablePointer<BitPanel> { sent + place &* panels }

    @inline(__always) func rest(_ grid: Int) -> UnsafeMutablePointer<BitPanel> { rest + grid &* panels }

    /// Adds a candidate without instants; the caller writes them.
    @inline(__always)
    func append(_ candidate: BitCandidate, of customer: Int) -> UnsafeMutablePointer<BitPanel> {
        let place = counts[customer]
        counts[customer] = place &+ 1
        candidates(of: customer)[place] = candidate
        return bits(of: customer, place)
    }
}

/// One campaign and customer.
struct BitCandidate {
    /// Of the lane's grids.
    var grid: Int32
    /// In `BitGrid.courses`.
    var course: Int32
    /// The counter of what is sent.
    var category: Int32
    /// A channel of `FrequencyCaps`.
    var channel: Int32
    /// An index into the plan's campaigns.
    var campaign: Int32

    init(
        _ campaign: UnsafePointer<BitCampaign>, _ course: Int, _ category: Int, _ channel: Int32
    ) {
        grid = campaign.pointee.grid
        self.course = Int32(truncatingIfNeeded: course)
        self.category = Int32(truncatingIfNeeded: category)
        self.channel = channel
        self.campaign = Int32(truncatingIfNeeded: campaign.pointee.index)
    }

    /// None, to make room.
    init() {
        (grid, course, category, channel, campaign) = (0, 0, 0, 0, 0)
    }
}
