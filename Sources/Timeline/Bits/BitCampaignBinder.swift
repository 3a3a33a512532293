import CampaignPlan

/// Scheduled campaigns → their masks on a grid.
struct BitCampaignBinder {
    let bound: BoundPlan
    let calendar: OccurrenceCalendar
    let lastTime: Int64?
    /// Of the grid at hand.
    private var rows: BitRowBinder
    private(set) var routes: [BitRoute] = []
    private var routePlaces: [[Int]: Int32] = [:]

    private let stopped: [Set<Int32>]
    /// By campaign.
    private let ranks: [Int32]

    init(bound: BoundPlan, calendar: OccurrenceCalendar, lastTime: Int64?, stopped: [Set<Int32>]) {
        self.stopped = stopped
        self.bound = bound
        self.calendar = calendar
        self.lastTime = lastTime
        rows = BitRowBinder(bound: bound)
        var ranks = [Int32](repeating: 0, count: bound.campaigns.count)
        for (rank, campaign) in bound.campaignsByRank.enumerated() { ranks[campaign] = Int32(rank) }
        self.ranks = ranks
    }

    /// When a campaign is sent to the recipients of one zone.
    struct Timing: Hashable {
        var occurrences: Range<Int>
        /// Of these occurrences.
        var planned: [Int64]
        /// The same where quiet hours apply and move.
        var moved: [Int64]
        /// Whether quiet hours drop an occurrence, where they drop; else empty.
        var dropped: [Bool]
    }

    func timing(campaign: Int, zone: Int) -> Timing {
        let table = calendar.timetable(campaign: campaign, recipientZone: zone)
        let planned = table.occurrences.map { calendar.instant(table.planned, $0) }
        let moved = table.occurrences.map { calendar.instant(table.moved, $0) }
        guard bound.dropsQuiet else {
            return Timing(occurrences: table.occurrences, planned: planned, moved: moved, dropped: [])
        }
        let dropped = moved == planned ? [] : zip(planned, moved).map { $0 != $1 }
        return Timing(occurrences: table.occurrences, planned: planned, moved: planned, dropped: dropped)
    }

    /// Whether masks can tell the campaign's decisions: every occurrence has an instant of its own.
    func fitsGrid(_ campaign: Int) -> Bool {
        guard case .scheduled = bound.campaigns[campaign].trigger, bound.campaigns[campaign].exit == nil,
            !bound.campaigns[campaign].reachVaries
        else {
            return false
        }
        return (0..<bound.recipientZoneCount).allSatisfy { zone in
            let timing = timing(campaign: campaign, zone: zone)
            return [timing.planned, timing.moved].allSatisfy { sends in
                let inside = sends.filter { $0 < calendar.to }
                // What is moved behind the end must be the last, so that it can be counted as one run.
                return zip(inside, inside.dropFirst()).allSatisfy { $0 < $1 } && sends.starts(with: inside)
            }
        }
    }

    mutating func grid(_ members: [BitPart], zone: Int, number: Int) -> BitGrid {
        let instants = members.reduce(into: Set<Int64>()) { $0.formUnion($1.instants(before: calendar.to)) }
        rows = BitRowBinder(bound: bound)
        var builder = BitGridBuilder(grid: InstantGrid(instants.sorted()), to: calendar.to)
        let campaigns = members.sorted { ranks[$0.campaign] < ranks[$1.campaign] }.map { bind($0, number, &builder) }
        return builder.grid(campaigns, zone: zone, rows)
    }

    private mutating func bind(
        _ part: BitPart, _ number: Int, _ builder: inout BitGridBuilder
    ) -> BitCampaign {
        let index = part.campaign
        let campaign = bound.campaigns[index]
        let goal = bound.plan.campaigns[index].goal
        let measure = goal.flatMap { goal in lastTime.map { (within: goal.within, last: $0) } }
        let contents = campaign.variantEnds.count * campaign.channels.count
        let place = builder.course(
            BitGridBuilder.Course(
                part: part, expires: campaign.expires, measure: measure, contents: contents,
                stopped: stopped.isEmpty ? [] : stopped[index]))
        let course = builder.courses[place]
        let isSimple =
            campaign.exclude == nil && measure == nil && campaign.reEntry == .always && campaign.variantsShareChannels
            && course.expired < 0 && course.stopped < 0 && course.dropped < 0
        return BitCampaign(
            index: index, recipients: part.recipients, grid: Int32(number), rank: ranks[index],
            include: rows.row(of: campaign.include),
            exclude: campaign.exclude.map { rows.row(of: $0) } ?? -1,
            converted: measure == nil ? -1 : goal.map { rows.row(of: $0.converted, shift: $0.within) } ?? -1,
            isMarketing: campaign.isMarketing, reEntry: campaign.reEntry, route: bindRoutes(campaign),
            hasRoutePerVariant: !campaign.variantsShareChannels, variantCount: Int32(campaign.variantEnds.count),
            channelCount: Int32(campaign.channels.count), variantEnds: campaign.variantEnds.lowerBound,
            variantKey: campaign.variantKey, controlGroup: campaign.controlGroup, course: place,
            hasPending: !course.pending.isEmpty, isSimple: isSimple)
    }

    /// One route for campaigns whose variants share their channels; else one for each variant, side by side.
    private mutating func bindRoutes(_ campaign: BoundCampaign) -> Int32 {
        let variants = campaign.variantsShareChannels ? 1 : campaign.variantEnds.count
        var key = [campaign.isMarketing ? 1 : 0, variants]
        var made: [BitRoute] = []
        for variant in 0..<variants {
            let contents = campaign.contents + variant * campaign.channels.count
            let channels = campaign.channels.enumerated()
                .filter { bound.contents[contents + $0.offset] && bound.channels[$0.element].isKnown }
                .map { (position: Int32($0.offset), channel: Int32($0.element)) }
            for (position, index) in channels {
                let channel = bound.channels[Int(index)]
                key += [
                    Int(position), channel.address, channel.consent, channel.nightConsent, channel.isQuietable ? 1 : 0,
                    channel.capChannel,
                ]
            }
            key.append(-2)
            made.append(BitRoute(isMarketing: campaign.isMarketing, channels: channels))
        }
        if let known = routePlaces[key] { return known }
        let place = Int32(routes.count)
        routes += made
        routePlaces[key] = place
        return place
    }
}
