/// A campaign for those of its recipients who get it at the same instants: quiet hours may move it for some.
struct BitPart {
    var campaign: Int
    var recipients: BitRecipients
    var timing: BitCampaignBinder.Timing
    /// The send instants of the timing's occurrences.
    var sends: [Int64]
    /// Whether quiet hours drop an occurrence, where they drop; else empty.
    var dropped: [Bool]

    static func parts(of campaign: Int, _ timing: BitCampaignBinder.Timing) -> [BitPart] {
        let isChanged = timing.moved != timing.planned || !timing.dropped.isEmpty
        let planned = BitPart(
            campaign: campaign, recipients: isChanged ? .undisturbed : .all, timing: timing, sends: timing.planned,
            dropped: [])
        guard isChanged else { return [planned] }
        let quiet = BitPart(
            campaign: campaign, recipients: .quietable, timing: timing, sends: timing.moved, dropped: timing.dropped)
        return [planned, quiet]
    }

    /// Those before `end` are on the grid.
    func instants(before end: Int64) -> [Int64] { sends.filter { $0 < end } }
}

/// To whom a part of a campaign goes.
enum BitRecipients: Sendable {
    case all
    /// To whose channel quiet hours apply.
    case quietable
    /// To whose channel they do not.
    case undisturbed

    @inline(__always) func include(isQuietable: Bool) -> Bool {
        switch self {
        case .all: true
        case .quietable: isQuietable
        case .undisturbed: !isQuietable
        }
    }
}

/// Where the existence of customers begins on a grid, for courses that are sent at other instants than planned: whether
/// somebody exists is asked at the planned ones.
struct BitTrack: Sendable {
    /// The planned instants.
    var clock: InstantGrid
    /// By the number of planned instants before somebody exists: the first bit after that. Empty: the same number.
    var firstBits: [Int32]
}
