import CampaignPlan
import Experiments

/// Replays the scheduled campaigns of a plan over one customer after another and counts what becomes of them, at all
/// instants of a grid at once; one for each thread.
///
/// All memory is made at the start; no decision is listed, and no customer allocates.
package struct BitReplay {
    let plan: BitPlan
    /// Holds all memory that the pointers point into.
    let arena: RawArena
    let grids: UnsafePointer<BitGridMemory>
    let zoneGrids: UnsafePointer<Range<Int>>
    let levels: Int
    /// Customers since the counters were drained.
    private(set) var customers = 0
    /// By campaign: customers with at least one message.
    package var recipients: UnsafeMutableBufferPointer<Int>

    let rows: UnsafePointer<BitRow>
    let rowChildren: UnsafePointer<Int32>
    let rowStates: UnsafeMutablePointer<RowState>
    let rowBits: UnsafeMutablePointer<BitPanel>
    let rowPanels: Int
    let edges: UnsafePointer<BitEdges>
    /// By edges: where in `places` they begin; -1: not known.
    let edgeStarts: UnsafeMutablePointer<Int32>
    var places: UnsafeMutablePointer<Int32>
    var placeCount = 0
    var placeCapacity: Int
    /// By stream: the slot whose times it is; -1: a selection.
    let streamSlots: UnsafePointer<Int>
    /// By stream: rows; -1: not known.
    let streamCounts: UnsafeMutablePointer<Int>
    /// Panels of the bits from a place on, for the places 0…128.
    let suffixes: UnsafePointer<BitPanel>
    let routeStates: UnsafeMutablePointer<RouteState>
    let routes: UnsafePointer<BitRouteMemory>
    let variantEnds: UnsafePointer<Int>
    var holdout: Int8 = -1
    var grid: BitGridMemory
    /// The place of the first instant at which the customer exists.
    var existsPlace = 0
    package internal(set) var work = WorkCounters()
    /// Of the customer replayed last.
    private(set) var zone = 0

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
            grid: InstantGrid([]), zone: 0, panels: 1, campaigns: [], courses: [], masks: [], occurrences: [], firstBits: [],
            counters: 0, pending: 0, triggers: [])
        grid = memories.first ?? BitGridMemory(blank, levels: levels, days: [], arena: arena)
        grids = arena.copy(memories)
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
        placeCapacity = 4096
        places = arena.make(placeCapacity, of: 0)
        streamSlots = arena.copy(bound.streams.map { Self.slot(of: $0, bound) })
        streamCounts = arena.make(bound.streams.count, of: -1)
        suffixes = arena.copy((0...BitPanel.bits).map(BitPanel.from))
        routes = arena.copy(plan.routes.map { BitRouteMemory($0, bound, arena) })
        routeStates = arena.make(plan.routes.count, of: RouteState())
        variantEnds = arena.copy(bound.variantEnds)
    }

    private static func slot(of stream: BoundStream, _ bound: BoundPlan) -> Int {
        guard stream.sources.count == 1, !stream.hasValues else { return -1 }
        let source = bound.sources[stream.sources.lowerBound]
        return source.tests.isEmpty ? source.slot : -1
    }

    /// Whether the counters are full and must be drained.
    package var isFull: Bool { customers >= 1 << levels - 1 }

    /// Counts the customer whom the evaluator has begun.
    package mutating func replay(_ evaluator: inout Evaluator) {
        customers += 1
        holdout = -1
        zone = evaluator.recipientZone
        streamCounts.update(repeating: -1, count: plan.bound.streams.count)
        routeStates.update(repeating: RouteState(), count: plan.routes.count)
        for index in zoneGrids[zone] {
            grid = grids[index]
            rowStates.update(repeating: .unknown, count: plan.rows.count)
            edgeStarts.update(repeating: -1, count: plan.edges.count)
            placeCount = 0
            existsPlace = grid.index(evaluator.timeline.existsFrom)
            grid.existing[existsPlace] += 1
            grid.messages.update(repeating: .zero, count: grid.panels * grid.messageLevels)
            for campaign in 0..<grid.campaignCount { replay(grid.campaigns + campaign, &evaluator) }
        }
    }

    /// The work since the last time.
    package mutating func takeWork() -> WorkCounters {
        defer { work = WorkCounters() }
        return work
    }

    mutating func drained() {
        customers = 0
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

// One thread at a time has it; the shared part is immutable.
extension BitReplay: @unchecked Sendable {}
