import CampaignPlan
import CivilTime
import Experiments

/// The scheduled campaigns of a plan on grids of their send instants: what a replay over many customers shares.
///
/// Campaigns that cannot be told by masks are left to the walk over decisions: those with an exit, which looks at each
/// trigger, those whose channels look at attributes with a history, and those two of whose occurrences fall on one instant.
package struct BitPlan: Sendable {
    /// Those that are not on a grid, by rank.
    package let listed: [Int]
    /// Those that are.
    package let replayed: [Int]

    let bound: BoundPlan
    let calendar: OccurrenceCalendar
    /// By zone of recipients: a range of `grids`.
    private(set) var zoneGrids: [Range<Int>] = []
    private(set) var grids: [BitGrid] = []
    private(set) var routes: [BitRoute] = []

    /// Whether the masks tell what frequency caps refuse: every campaign that they concern is on a grid.
    package let servesCaps: Bool

    /// Conversions are known for windows that end not after `lastTime`; nil: no events. `isListing`: no campaign is
    /// put on a grid. `stopped`: by campaign, the occurrences that a ceiling stops; empty: none.
    package init(
        bound: BoundPlan, calendar: OccurrenceCalendar, lastTime: Int64?, isListing: Bool = false,
        stopped: [Set<Int32>] = []
    ) {
        self.bound = bound
        self.calendar = calendar
        let binder = BitCampaignBinder(bound: bound, calendar: calendar, lastTime: lastTime, stopped: stopped)
        let fits = bound.campaigns.indices.filter { !isListing && binder.fitsGrid($0) }
        replayed = fits
        let isReplayed = Set(fits)
        listed = bound.campaignsByRank.filter { !isReplayed.contains($0) }
        servesCaps =
            bound.caps.isEmpty
            || (bound.earlierSends == nil && !isListing && !listed.contains(where: bound.isCapped))
        bind(binder)
    }

    /// Not less than the messages that any customer gets in an interval so long, in milliseconds, as far as frequency caps
    /// tell it.
    package func mostMessages(within length: Int64) -> Int {
        let areCapped =
            servesCaps && listed.isEmpty
            && replayed.allSatisfy { bound.channels[bound.campaigns[$0].channels].allSatisfy { $0.capChannel >= 0 } }
        return areCapped ? bound.caps.most(within: length) : .max
    }

    private mutating func bind(_ unbound: BitCampaignBinder) {
        var binder = unbound
        var known: [[BitCampaignBinder.Timing]: Range<Int>] = [:]
        for zone in 0..<bound.recipientZoneCount {
            let timings = replayed.map { binder.timing(campaign: $0, zone: zone) }
            if let range = known[timings] {
                zoneGrids.append(range)
                continue
            }
            let start = grids.count
            let parts = zip(replayed, timings).flatMap { BitPart.parts(of: $0, $1) }
            let groups = Self.groups(parts.map { $0.instants(before: calendar.to) })
                .map { members in members.map { parts[$0] } }
            // Those for nobody but the quietable come last: all others do without them.
            let isForSome = groups.map { members in members.allSatisfy { $0.recipients == .quietable } }
            for isLast in [false, true] {
                for (members, isForSome) in zip(groups, isForSome) where isForSome == isLast {
                    let number = grids.count - start
                    grids.append(binder.grid(members, zone: zone, number: number))
                }
            }
            known[timings] = start..<grids.count
            zoneGrids.append(start..<grids.count)
        }
        routes = binder.routes
    }

    /// The first grids of a range: those for more than the quietable.
    func grids(forAll range: Range<Int>) -> Range<Int> {
        let end = range.firstIndex { grids[$0].campaigns.allSatisfy { $0.recipients == .quietable } }
        return range.lowerBound..<(end ?? range.upperBound)
    }

    /// The event slots whose times some of its grids count.
    func slots(of range: Range<Int>) -> [Int] {
        let streams = Set(grids[range].flatMap { $0.program.streams.map(\.stream) })
        return Set(streams.map { BitProgramMemory.slot(of: bound.streams[$0], bound) }.filter { $0 >= 0 }).sorted()
    }

    /// Campaigns with the same instants share a grid, and grids that fill less than a panel share one: a campaign at
    /// noon need not drag the bits of one at nine along.
    private static func groups(_ clocks: [[Int64]]) -> [[Int]] {
        var members: [[Int64]: [Int]] = [:]
        for (index, clock) in clocks.enumerated() { members[clock, default: []].append(index) }
        // Longest first, so that the days of a week find the grid of all days.
        let order = members.keys.sorted { a, b in
            a.count == b.count ? a.lexicographicallyPrecedes(b) : a.count > b.count
        }
        var groups: [(instants: Set<Int64>, members: [Int])] = []
        for clock in order {
            let place = groups.indices.suffix(Self.groupsCompared).first { group in
                let union = groups[group].instants.union(clock).count
                return union <= BitPanel.bits || union == groups[group].instants.count
            }
            if let place {
                groups[place].instants.formUnion(clock)
                groups[place].members += members[clock] ?? []
            } else {
                groups.append((Set(clock), members[clock] ?? []))
            }
        }
        return groups.map { $0.members.sorted() }
    }

    /// Bounds the work where every campaign has instants of its own.
    private static let groupsCompared = 16
}

extension BoundPlan {
    /// Whether messages of a campaign count towards caps.
    func isCapped(_ campaign: Int) -> Bool {
        channels[campaigns[campaign].channels].contains { $0.capChannel >= 0 }
    }
}

/// Campaigns over one set of send instants.
struct BitGrid: Sendable {
    let grid: InstantGrid
    /// A zone of recipients whose timetables it has.
    let zone: Int
    /// Panels of a row.
    let panels: Int
    /// By rank.
    let campaigns: [BitCampaign]
    let courses: [BitCourse]
    let program: BitProgram
    /// All masks of the campaigns, panel after panel.
    let masks: [BitPanel]
    /// Place of a bit → occurrence of a course.
    let occurrences: [Int32]
    let tracks: [BitTrack]
    /// How many counters its campaigns have, and how many occurrences that may be pending.
    let counters: Int
    let pending: Int
    /// Each instant's trigger, where it is not the instant itself.
    let triggers: [Int64]
}

/// A campaign on a grid; where quiet hours matter, for some of its recipients.
struct BitCampaign: Sendable {
    var index: Int
    var recipients: BitRecipients
    /// The number of the grid among those of a recipient.
    var grid: Int32
    /// Among all campaigns.
    var rank: Int32
    var include: Int32
    var exclude: Int32
    /// In `BitProgram.combinations`: what has to be combined before it is counted.
    var combinations: Range<Int> = 0..<0
    /// Whether they may be left out where nobody gets the campaign.
    var ownsCombinations = false
    /// The goal's conversion after a send; -1: no goal.
    var converted: Int32
    var isMarketing: Bool
    var reEntry: ReEntry
    /// The route for its only content, or those of its variants one after the other.
    var route: Int32
    var hasRoutePerVariant: Bool
    var variantCount: Int32
    var channelCount: Int32
    /// In `BoundPlan.variantEnds`.
    var variantEnds: Int
    var variantKey: AssignmentKeyWords
    var controlGroup: BoundShare?
    /// In `BitGrid.courses`.
    var course: Int
    /// Whether quiet hours can move an occurrence behind the period.
    var hasPending: Bool

    /// Whether the audience, reachability, groups and caps are all that decides: nobody is excluded or waits.
    var isSimple: Bool
    /// Whether a control group or several variants are drawn.
    var isDrawn: Bool { controlGroup != nil || variantCount > 1 }
}

/// The send instants of a campaign, as masks of a grid. Offsets are those in `BitGrid`; -1: no bits.
struct BitCourse: Sendable {
    var mask = -1
    /// Which are dropped for quiet hours.
    var dropped = -1
    /// Which are later than the campaign's `expires` allows.
    var expired = -1
    /// Which are stopped by a ceiling.
    var stopped = -1
    /// Whose conversion window lies in the data.
    var measured = -1
    var occurrences = -1
    /// In `BitGrid.tracks`.
    var track = 0
    var triggers = -1
    var counters = 0
    /// Where the counts of its pending occurrences begin.
    var pendingCounts = 0
    /// Occurrences that are sent at the end of the period or later.
    var pending: Range<Int32> = 0..<0
}

/// The channels of a campaign with one content, in the order of preference.
struct BitRoute: Sendable {
    var isMarketing: Bool
    /// (position in the campaign's channels, index in `BoundPlan.channels`).
    var channels: [(position: Int32, channel: Int32)]
}
