/// Collects the masks of a grid's campaigns; equal masks are one.
struct BitGridBuilder {
    let grid: InstantGrid
    let to: Int64
    private(set) var courses: [BitCourse] = []
    private let panels: Int
    private var masks: [BitPanel] = []
    private var maskPlaces: [[BitPanel]: Int] = [:]
    private var occurrences: [Int32] = []
    private var tracks: [BitTrack]
    private var trackPlaces: [[Int64]: Int] = [:]
    private var triggers: [Int64] = []
    private var counters = 0
    private var pending = 0

    /// What a course is made of.
    struct Course {
        var part: BitPart
        var expires: Int64?
        /// How long a conversion may take, and the end of the data.
        var measure: (within: Int64, last: Int64)?
        /// Variants × channels.
        var contents: Int
        /// Occurrences that a ceiling stops.
        var stopped: Set<Int32>
    }

    init(grid: InstantGrid, to: Int64) {
        self.grid = grid
        self.to = to
        panels = BitPanel.panels(for: grid.count)
        tracks = [BitTrack(clock: grid, firstBits: [])]
    }

    func grid(_ campaigns: [BitCampaign], zone: Int, _ rows: BitRowBinder) -> BitGrid {
        let program = BitProgram(
            rows, roots: campaigns.map { [$0.include, $0.exclude, $0.converted].filter { $0 >= 0 } })
        var campaigns = campaigns
        for index in campaigns.indices {
            campaigns[index].combinations = program.campaignCombinations[index]
            campaigns[index].ownsCombinations = program.ownsCombinations[index]
        }
        return BitGrid(
            grid: grid, zone: zone, panels: panels, campaigns: campaigns, courses: courses,
            program: program, masks: masks, occurrences: occurrences, tracks: tracks,
            counters: counters, pending: pending, triggers: triggers)
    }

    /// The place of the new course.
    mutating func course(_ source: Course) -> Int {
        let (planned, sends) = (source.part.timing.planned, source.part.sends)
        let bits = sends.filter { $0 < to }.map { grid.index($0) }
        let first = Int32(source.part.timing.occurrences.lowerBound)
        var course = BitCourse()
        course.pending = first + Int32(bits.count)..<first + Int32(sends.count)
        course.pendingCounts = pending
        pending += course.pending.count
        course.mask = mask(bits)
        let dropped = source.part.dropped
        if !dropped.isEmpty { course.dropped = mask(bits.indices.filter { dropped[$0] }.map { bits[$0] }) }
        if let expires = source.expires {
            let late = bits.indices.filter { sends[$0] > saturatingSum(planned[$0], expires) }
            if !late.isEmpty { course.expired = mask(late.map { bits[$0] }) }
        }
        if !source.stopped.isEmpty {
            course.stopped = mask(bits.indices.filter { source.stopped.contains(first + Int32($0)) }.map { bits[$0] })
        }
        if let (within, last) = source.measure {
            let measured = bits.indices.filter { index in
                let (end, isBeyond) = sends[index].addingReportingOverflow(within)
                return !isBeyond && end <= last
            }
            course.measured = mask(measured.map { bits[$0] })
        }
        course.occurrences = occurrences.count
        occurrences += [Int32](repeating: -1, count: grid.count)
        for (index, bit) in bits.enumerated() { occurrences[course.occurrences + bit] = first + Int32(index) }
        if sends != planned { addTriggers(bits, planned, &course) }
        course.counters = counters
        counters += BitCategory.fixed + source.contents
        courses.append(course)
        return courses.count - 1
    }

    /// Re-entry and existence look at the planned instants, whatever quiet hours make of them.
    private mutating func addTriggers(_ bits: [Int], _ planned: [Int64], _ course: inout BitCourse) {
        course.triggers = triggers.count
        triggers += grid.instants[..<grid.count]
        for (index, bit) in bits.enumerated() { triggers[course.triggers + bit] = planned[index] }
        let clock = Array(planned[..<bits.count])
        let firstBits = bits + [grid.count]
        // With both a track is the same.
        let key = clock + firstBits.map { Int64($0) }
        course.track = trackPlaces[key] ?? tracks.count
        if course.track < tracks.count { return }
        trackPlaces[key] = tracks.count
        tracks.append(BitTrack(clock: InstantGrid(clock), firstBits: firstBits.map { Int32($0) }))
    }

    private mutating func mask(_ bits: [Int]) -> Int {
        var made = [BitPanel](repeating: .zero, count: panels)
        for bit in bits { made[bit / BitPanel.bits] = made[bit / BitPanel.bits] | .bit(bit % BitPanel.bits) }
        if let known = maskPlaces[made] { return known }
        masks += made
        maskPlaces[made] = masks.count - panels
        return masks.count - panels
    }
}

/// What the counters of a course count, by their order; behind these come the sends, variant after variant, a counter
/// for each channel.
enum BitCategory {
    static let excluded = 0
    static let reEntry = 1
    static let unreachable = 2
    static let quietHours = 3
    static let expired = 4
    static let holdout = 5
    static let controlGroup = 6
    /// Where there are caps: all that passes every filter and group. What is left after sends and ceilings was capped.
    static let capped = 7
    static let ceiling = 8
    static let converted = 9
    static let fixed = 10
}
