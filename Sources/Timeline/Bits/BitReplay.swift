import CampaignPlan
import Experiments

/// Replays the scheduled campaigns of a plan over blocks of customers and counts what becomes of them, at all instants of a
/// grid at once; one for each thread.
///
/// What depends on events becomes rows of bits: for a whole block where rows are read in place, else when a customer is
/// taken. Whatever combines and counts rows runs once a block is full, campaign after campaign over all its customers:
/// loops over plain memory in place of a tree walked anew for everybody. All memory is made at the start; no decision is
/// listed, and no customer allocates.
package final class BitReplay {
    let plan: BitPlan
    /// Holds all memory that the pointers point into.
    let arena: RawArena
    /// Those of the plan, then those of lanes that have only some of them.
    let grids: UnsafePointer<BitGridMemory>
    let lanes: UnsafeMutablePointer<BitLane>
    let laneCount: Int
    /// By zone of recipients, two: of those to whom quiet hours do not apply, and of those to whom they do.
    let zoneLanes: UnsafePointer<Int>
    let levels: Int
    /// Everything that changes; in raw memory, so that no access to it is checked.
    let now: UnsafeMutablePointer<BitProgress>
    /// By campaign: customers with at least one message.
    package let recipients: UnsafeMutableBufferPointer<Int>
    /// Panels of the bits from a place on, for the places 0…128.
    let suffixes: UnsafePointer<BitPanel>
    let routes: UnsafePointer<BitRouteMemory>
    let routeCount: Int
    /// By event slot: the times of all customers, where they lie; nil: a customer's rows have to be copied.
    let times: UnsafePointer<ColumnView>?
    /// Where frequency caps matter.
    let served: BitCandidates?
    let variantEnds: UnsafePointer<Int>
    /// Whether any campaign has a control group or several variants, for which keys are hashed.
    private let draws: Bool

    /// Customers of a block where a row has one panel.
    private static let blockSize = 64

    /// `day`: the day of the period of a send instant. Counters of so many levels hold 2^levels − 1 customers, at least
    /// two blocks. `tables`: where the rows of customers lie, so that they need not be copied where nothing but their
    /// times is asked for; whoever made them keeps them as long as the replay.
    package init(_ plan: BitPlan, levels: Int = 18, tables: CustomerTables? = nil, day: (Int64) -> Int) {
        self.plan = plan
        self.levels = max(levels, 8)
        let levels = self.levels
        let arena = RawArena()
        self.arena = arena
        let bound = plan.bound
        let capacity = max(8, Self.blockSize / (plan.grids.map(\.panels).max() ?? 1))
        let asksTimesAlone = plan.grids.allSatisfy { $0.asksTimesAlone(bound) }
        times = asksTimesAlone ? tables.map { arena.copy($0.events.map(\.times)) } : nil
        // Rows that are made when a block is full are forgotten before the next.
        let bits: UnsafeMutablePointer<BitPanel>? =
            times == nil ? nil : arena.make(plan.grids.map { $0.bitCount(capacity: capacity) }.max() ?? 0, of: .zero)
        var grids = plan.grids.map { grid in
            let days = grid.grid.instants[..<grid.grid.count].map { Int32(day($0)) }
            return BitGridMemory(grid, levels: levels, capacity: capacity, days: days, bits: bits, bound, arena)
        }
        let zoneRanges = plan.zoneGrids.flatMap { [plan.grids(forAll: $0), $0] }
        let ranges = Array(Set(zoneRanges)).sorted { ($0.lowerBound, $0.count) < ($1.lowerBound, $1.count) }
        let slots = times == nil ? 0 : bound.layout.events.count
        let whole = Set(plan.zoneGrids)
        let lanes = ranges.map { range in
            // A part of a zone's grids has customers of its own at the same time.
            let start = whole.contains(range) ? range.lowerBound : grids.count
            if start == grids.count {
                grids += range.map { grids[$0].another(plan.grids[$0], sharesBits: bits != nil, arena) }
            }
            return BitLane(
                grids: start..<start + range.count, asked: plan.slots(of: range), routes: plan.routes.count,
                capacity: capacity, slots: slots, arena)
        }
        self.grids = arena.copy(grids)
        self.lanes = UnsafeMutablePointer(mutating: arena.copy(lanes))
        laneCount = lanes.count
        zoneLanes = arena.copy(zoneRanges.map { range in ranges.firstIndex(of: range) ?? 0 })
        let campaignCount = bound.campaigns.count
        recipients = UnsafeMutableBufferPointer(start: arena.make(campaignCount, of: 0), count: campaignCount)
        suffixes = arena.copy((0...BitPanel.bits).map(BitPanel.from))
        (routes, routeCount) = (arena.copy(plan.routes.map { BitRouteMemory($0, bound, arena) }), plan.routes.count)
        served =
            bound.caps.isEmpty
            ? nil
            : BitCandidates(bound.caps, plan, lanes: ranges, capacity: capacity, arena)
        variantEnds = arena.copy(bound.variantEnds)
        draws = plan.grids.contains { $0.campaigns.contains(where: \.isDrawn) }
        let places = 4096
        now = arena.make(
            1,
            of: BitProgress(
                events: UnsafeMutablePointer(
                    mutating: arena.copy((0..<max(slots, 1)).map { _ in BitEvents(customers: capacity, arena) })),
                places: arena.make(places, of: 0),
                placeCapacity: places,
                drained: arena.make(BitPanel.bits, of: 0), reached: arena.make(plan.routes.count, of: BitReach()),
                isMade: arena.make(plan.grids.map(\.program.rows.count).max() ?? 1, of: false),
                active: arena.make(capacity + 1, of: 0),
                inside: arena.make(capacity * (plan.grids.map(\.panels).max() ?? 1) + 1, of: .zero)))
    }

    /// Whether the counters may not hold another block and must be drained.
    package var isFull: Bool { now.pointee.customers + Self.blockSize >= 1 << levels - 1 }

    /// Whether a customer's rows are read where they lie: the timeline then needs attributes alone.
    package var readsInPlace: Bool { times != nil }

    /// Takes the customer whom the evaluator has begun. `listed`: the days of messages that were decided elsewhere.
    /// Returns a block that is full now and must be finished.
    package func take(_ evaluator: inout Evaluator, listed: UnsafeBufferPointer<Int32>) -> Int? {
        take(&evaluator, rows: Span(), of: 0, listed: listed)
    }

    /// The same where rows are read in place: `rows` are those of so many customers as it has elements for each event
    /// slot, slot after slot; `place` is the customer's among them.
    package func take(
        _ evaluator: inout Evaluator, rows: Span<Range<Int>>, of place: Int, listed: UnsafeBufferPointer<Int32>
    ) -> Int? {
        let isQuietable = takeRoutes(&evaluator)
        let index = zoneLanes[2 &* evaluator.recipientZone &+ (isQuietable ? 1 : 0)]
        let lane = lanes + index
        let customer = lane.pointee.count
        if readsInPlace { lane.pointee.setRows(rows, of: place) }
        lane.pointee.zone[customer] = evaluator.recipientZone
        lane.pointee.setListed(listed, arena)
        if !lane.pointee.grids.isEmpty {
            if draws { lane.pointee.setKey(evaluator.timeline.key, arena) }
            lane.pointee.setRoutes(now.pointee.reached)
        }
        for index in lane.pointee.grids {
            let grid = grids + index
            takeExistence(grid, customer, evaluator.timeline.existsFrom)
            makeRows(grid, customer, &evaluator)
            countPending(grid, lane, customer, evaluator.timeline.existsFrom)
        }
        lane.pointee.count = customer + 1
        return lane.pointee.isFull ? index : nil
    }

    private func takeExistence(_ grid: UnsafePointer<BitGridMemory>, _ customer: Int, _ existsFrom: Int64) {
        let panels = grid.pointee.panels
        for track in 0..<grid.pointee.trackCount {
            let place = grid.pointee.tracks[track].firstBit(existsFrom)
            let target = track &* grid.pointee.capacity &+ customer
            grid.pointee.existsPlaces[target] = place
            for panel in 0..<panels {
                grid.pointee.exists[target &* panels &+ panel] =
                    suffixes[min(max(place &- panel &* BitPanel.bits, 0), BitPanel.bits)]
            }
        }
        // The first track is that of the grid's own instants.
        grid.pointee.existing[grid.pointee.existsPlaces[customer]] += 1
    }

    /// The blocks with customers that are not finished.
    package var openBlocks: [Int] { (0..<laneCount).filter { lanes[$0].count > 0 } }

    /// Counts a block, then hands out its customers; it is empty afterwards.
    package func finish(_ block: Int, _ body: (BitCustomer) -> Void) {
        let lane = lanes + block
        let count = lane.pointee.count
        lane.pointee.groupRoutes()
        if readsInPlace { copyEvents(lane) }
        for index in lane.pointee.grids {
            let grid = grids + index
            clearMessages(grid, count)
            countWork(grid, count)
            // Instants that quiet hours take from everybody of the block, or leave to everybody.
            guard (0..<grid.pointee.campaignCount).contains(where: { reaches(grid.pointee.campaigns + $0, lane) })
            else { continue }
            prepare(grid, lane)
            countCampaigns(grid, lane)
        }
        if let served { serve(lane, served) }
        for customer in 0..<count { body(BitCustomer(replay: self, lane: lane, index: customer)) }
        now.pointee.customers += count
        lane.pointee.removeAll()
    }

    /// Makes the rows of what is read in place.
    private func prepare(_ grid: UnsafePointer<BitGridMemory>, _ lane: UnsafePointer<BitLane>) {
        if readsInPlace {
            spreadSteady(grid, 0..<lane.pointee.count)
            makeCounts(grid, lane)
        }
    }

    /// Also where a block can be left out: who shares one depends on threads, and what is counted must not.
    private func countWork(_ grid: UnsafePointer<BitGridMemory>, _ customers: Int) {
        let program = grid.pointee.program
        now.pointee.work.wordsCombined +=
            customers * grid.pointee.panels * (program.words + 4 * grid.pointee.campaignCount)
        guard readsInPlace else { return }
        for index in 0..<program.streamCount {
            countWork(index, grid, customers, events: now.pointee.events[program.slots[index]].count)
        }
    }

    /// Makes room for the messages of so many customers.
    private func clearMessages(_ grid: UnsafePointer<BitGridMemory>, _ customers: Int) {
        for counter in 0..<customers * grid.pointee.panels {
            grid.pointee.messages[counter].clear(levels: grid.pointee.messageLevels)
        }
    }

    /// Combines and counts campaign after campaign, so that what was combined is at hand.
    private func countCampaigns(_ grid: UnsafePointer<BitGridMemory>, _ lane: UnsafePointer<BitLane>) {
        for index in 0..<grid.pointee.campaignCount {
            let campaign = grid.pointee.campaigns + index
            if campaign.pointee.ownsCombinations, !reaches(campaign, lane) { continue }
            combine(campaign.pointee.combinations, grid, lane.pointee.count)
            if campaign.pointee.isSimple {
                countSimple(campaign, grid, lane, served)
            } else {
                countEach(campaign, grid, lane, served)
            }
        }
    }

    /// The work since the last time.
    package func takeWork() -> WorkCounters {
        defer { now.pointee.work = WorkCounters() }
        return now.pointee.work
    }
}

/// How far a replay has come, and room for what is at hand.
struct BitProgress {
    /// Customers since the counters were drained.
    var customers = 0
    /// By event slot where rows are read in place; else those of one stream.
    let events: UnsafeMutablePointer<BitEvents>
    /// Their places, or those of their edges.
    var places: UnsafeMutablePointer<Int32>
    var placeCapacity: Int
    /// By bit of the counter that is emptied: its count.
    let drained: UnsafeMutablePointer<Int>
    /// By route, how the customer who is taken is reached.
    let reached: UnsafeMutablePointer<BitReach>
    /// By row: whether it is made for the customer at hand; only those that need intervals are asked.
    let isMade: UnsafeMutablePointer<Bool>
    /// Customers who are in the audience of the campaign at hand at some instant.
    let active: UnsafeMutablePointer<Int32>
    /// Panel after panel, where they are.
    let inside: UnsafeMutablePointer<BitPanel>
    var work = WorkCounters()
}

/// The channels of a route, with what of them has to be looked at.
struct BitRouteMemory {
    let isMarketing: Bool
    let count: Int
    let positions: UnsafePointer<Int32>
    let channels: UnsafePointer<BoundChannel>

    init(_ route: BitRoute, _ bound: BoundPlan, _ arena: RawArena) {
        isMarketing = route.isMarketing
        count = route.channels.count
        positions = arena.copy(route.channels.map(\.position))
        channels = arena.copy(route.channels.map { bound.channels[Int($0.channel)] })
    }
}

// One thread at a time has it.
extension BitReplay: @unchecked Sendable {}
