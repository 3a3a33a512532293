import CampaignPlan
import Experiments

/// Replays the scheduled campaigns of a plan over one customer after another and counts what becomes of them, at all
/// instants of a grid at once; one for each thread.
///
/// All memory is made at the start; no decision is listed, and no customer allocates.
package final class BitReplay {
    let plan: BitPlan
    /// Holds all memory that the pointers point into.
    let arena: RawArena
    let grids: UnsafePointer<BitGridMemory>
    let zoneGrids: UnsafePointer<Range<Int>>
    let levels: Int
    /// Everything that changes; in raw memory, so that no access to it is checked.
    let now: UnsafeMutablePointer<BitProgress>
    /// By campaign: customers with at least one message.
    package let recipients: UnsafeMutableBufferPointer<Int>

    let rows: UnsafePointer<BitRow>
    let rowChildren: UnsafePointer<Int32>
    let rowStates: UnsafeMutablePointer<RowState>
    let rowBits: UnsafeMutablePointer<BitPanel>
    let rowPanels: Int
    let edges: UnsafePointer<BitEdges>
    /// By edges: where in `places` they begin; -1: not known.
    let edgeStarts: UnsafeMutablePointer<Int32>
    /// By stream: the slot whose times it is; -1: a selection.
    let streamSlots: UnsafePointer<Int>
    /// By stream: rows; -1: not known.
    let streamCounts: UnsafeMutablePointer<Int>
    /// Panels of the bits from a place on, for the places 0…128.
    let suffixes: UnsafePointer<BitPanel>
    let routeStates: UnsafeMutablePointer<RouteState>
    let routes: UnsafePointer<BitRouteMemory>
    let variantEnds: UnsafePointer<Int>
    enum RowState: UInt8 {
        case unknown
        case never
        case always
        case mixed
    }

    struct RouteState {
        var isKnown = false
        var isQuietable = false
        /// -1: unreachable.
        var channel: Int32 = -1
    }

    /// `day`: the day of the period of a send instant. Counters of so many levels hold 2^levels − 1 customers.
    package init(_ plan: BitPlan, levels: Int = 16, day: (Int64) -> Int) {
        self.plan = plan
        self.levels = levels
        let arena = RawArena()
        self.arena = arena
        let bound = plan.bound
        let memories = plan.grids.map { grid in
            let days = grid.grid.instants[..<grid.grid.count].map { Int32(day($0)) }
            return BitGridMemory(grid, levels: levels, days: days, arena: arena)
        }
        let blank = BitGrid(
            grid: InstantGrid([]), zone: 0, panels: 1, campaigns: [], courses: [], leaves: [], combinations: [],
            masks: [], occurrences: [], firstBits: [],
            counters: 0, pending: 0, triggers: [])
        grids = arena.copy(memories.isEmpty ? [BitGridMemory(blank, levels: levels, days: [], arena: arena)] : memories)
        zoneGrids = arena.copy(plan.zoneGrids)
        let campaignCount = bound.campaigns.count
        recipients = UnsafeMutableBufferPointer(start: arena.make(campaignCount, of: 0), count: campaignCount)
        rows = arena.copy(plan.rows)
        rowChildren = arena.copy(plan.rowChildren)
        rowStates = arena.make(plan.rows.count, of: .unknown)
        rowPanels = plan.grids.map(\.panels).max() ?? 1
        rowBits = arena.make(plan.rows.count * rowPanels, of: BitPanel.zero)
        edges = arena.copy(plan.edges)
        edgeStarts = arena.make(plan.edges.count, of: -1)
        streamSlots = arena.copy(bound.streams.map { Self.slot(of: $0, bound) })
        streamCounts = arena.make(bound.streams.count, of: -1)
        suffixes = arena.copy((0...BitPanel.bits).map(BitPanel.from))
        routes = arena.copy(plan.routes.map { BitRouteMemory($0, bound, arena) })
        routeStates = arena.make(plan.routes.count, of: RouteState())
        variantEnds = arena.copy(bound.variantEnds)
        let places = 4096
        now = arena.make(1, of: BitProgress(grid: grids, places: arena.make(places, of: 0), placeCapacity: places))
    }

    private static func slot(of stream: BoundStream, _ bound: BoundPlan) -> Int {
        guard stream.sources.count == 1, !stream.hasValues else { return -1 }
        let source = bound.sources[stream.sources.lowerBound]
        return source.tests.isEmpty ? source.slot : -1
    }

    var grid: UnsafePointer<BitGridMemory> {
        @inline(__always) get { now.pointee.grid }
    }

    /// Whether the counters are full and must be drained.
    package var isFull: Bool { now.pointee.customers >= 1 << levels - 1 }

    /// Counts the customer whom the evaluator has begun.
    package func replay(_ evaluator: inout Evaluator) {
        now.pointee.customers += 1
        now.pointee.holdout = -1
        now.pointee.zone = evaluator.recipientZone
        streamCounts.update(repeating: -1, count: plan.bound.streams.count)
        routeStates.update(repeating: RouteState(), count: plan.routes.count)
        for index in zoneGrids[evaluator.recipientZone] {
            let grid = grids + index
            now.pointee.grid = grid
            now.pointee.placeCount = 0
            rowStates.update(repeating: .unknown, count: plan.rows.count)
            edgeStarts.update(repeating: -1, count: plan.edges.count)
            let existsPlace = grid.pointee.index(evaluator.timeline.existsFrom)
            now.pointee.existsPlace = existsPlace
            grid.pointee.existing[existsPlace] += 1
            for panel in 0..<grid.pointee.panels { grid.pointee.messages[panel].clear(grid.pointee.messageLevels + 1) }
            makeRows(&evaluator)
            for campaign in 0..<grid.pointee.campaignCount { replay(grid.pointee.campaigns + campaign, &evaluator) }
        }
    }

    /// The work since the last time.
    package func takeWork() -> WorkCounters {
        defer { now.pointee.work = WorkCounters() }
        return now.pointee.work
    }
}

/// How far a replay has come.
struct BitProgress {
    /// Customers since the counters were drained.
    var customers = 0
    /// Of recipients: that of the current customer.
    var zone = 0
    var holdout: Int8 = -1
    var grid: UnsafePointer<BitGridMemory>
    /// The place of the first instant at which the customer exists.
    var existsPlace = 0
    var places: UnsafeMutablePointer<Int32>
    var placeCount = 0
    var placeCapacity: Int
    var work = WorkCounters()

    init(grid: UnsafePointer<BitGridMemory>, places: UnsafeMutablePointer<Int32>, placeCapacity: Int) {
        self.grid = grid
        self.places = places
        self.placeCapacity = placeCapacity
    }
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
