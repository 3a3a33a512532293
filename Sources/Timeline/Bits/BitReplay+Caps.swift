// Messages that frequency caps may refuse: all campaigns of one customer at once, in the order of time.
extension BitReplay {
    /// Serves the candidates of every customer of a block and counts what goes out.
    func serve(_ lane: UnsafePointer<BitLane>, _ served: BitCandidates) {
        for customer in 0..<lane.pointee.count where served.counts[customer] > 0 {
            serve(customer, lane, served)
            served.counts[customer] = 0
        }
    }

    private func serve(_ customer: Int, _ lane: UnsafePointer<BitLane>, _ served: BitCandidates) {
        let count = served.counts[customer]
        let candidates = served.candidates(of: customer)
        let first = grids + lane.pointee.grids.lowerBound
        let gridCount = lane.pointee.grids.count
        for grid in 0..<gridCount {
            for panel in 0..<first[grid].panels { served.rest(grid)[panel] = .zero }
        }
        for place in 0..<count {
            let grid = Int(candidates[place].grid)
            let bits = served.bits(of: customer, place)
            for panel in 0..<first[grid].panels {
                served.rest(grid)[panel] = served.rest(grid)[panel] | bits[panel]
            }
        }
        served.sent.update(repeating: .zero, count: count &* served.panels)
        served.caps.reset()
        if gridCount == 1 {
            serveOne(customer, count, first, served)
        } else {
            serveMany(customer, count, first, gridCount, served)
        }
        for place in 0..<count {
            let grid = first + Int(candidates[place].grid)
            countServed(candidates[place], served.sent(place), grid, customer)
        }
    }

    /// One grid.
    private func serveOne(
        _ customer: Int, _ count: Int, _ grid: UnsafePointer<BitGridMemory>, _ served: BitCandidates
    ) {
        let candidates = served.candidates(of: customer)
        let panels = grid.pointee.panels
        let stride = served.panels
        // No instant before this place is left.
        var from = 0
        for panel in 0..<panels {
            let bits = served.bits(of: customer, 0) + panel
            let sent = served.sent + panel
            let start = panel &* BitPanel.bits
            var rest = served.rest[panel] & suffixes[min(max(from &- start, 0), BitPanel.bits)]
            while !rest.isZero {
                let place = rest.first
                let bit = BitPanel.bit(place)
                let instant = grid.pointee.instants[start &+ place]
                var open = Int64.min
                for index in 0..<count {
                    let channel = Int(candidates[index].channel)
                    if (bits[index &* stride] & bit).isZero || served.caps.releases[channel] > instant { continue }
                    sent[index &* stride] = sent[index &* stride] | bit
                    open = served.caps.record(channel: channel, at: instant)
                    if open > instant { break }
                }
                // Until then everybody's messages are refused.
                from = start &+ place &+ 1
                if open > instant { from = max(from, grid.pointee.index(open)) }
                rest = rest & suffixes[min(max(from &- start, 0), BitPanel.bits)]
            }
        }
    }

    /// Any number of grids: at each step the earliest instant of them all.
    private func serveMany(
        _ customer: Int, _ count: Int, _ grids: UnsafePointer<BitGridMemory>, _ gridCount: Int, _ served: BitCandidates
    ) {
        let candidates = served.candidates(of: customer)
        for grid in 0..<gridCount { advance(grid, from: 0, grids, served) }
        while true {
            var instant = Int64.max
            for grid in 0..<gridCount { instant = min(instant, served.heads[grid].instant) }
            if instant == .max { return }
            var open = Int64.min
            for index in 0..<count {
                let candidate = candidates[index]
                let head = served.heads[Int(candidate.grid)]
                guard head.instant == instant, served.caps.releases[Int(candidate.channel)] <= instant else { continue }
                let (panel, bit) = (head.place / BitPanel.bits, BitPanel.bit(head.place % BitPanel.bits))
                if (served.bits(of: customer, index)[panel] & bit).isZero { continue }
                served.sent(index)[panel] = served.sent(index)[panel] | bit
                open = served.caps.record(channel: Int(candidate.channel), at: instant)
                if open > instant { break }
            }
            for grid in 0..<gridCount {
                let head = served.heads[grid]
                if open > instant {
                    advance(grid, from: max(grids[grid].index(open), head.place), grids, served)
                } else if head.instant == instant {
                    advance(grid, from: head.place + 1, grids, served)
                }
            }
        }
    }

    /// Moves the head of a grid to its first instant that is not served, from a place on.
    private func advance(
        _ grid: Int, from place: Int, _ grids: UnsafePointer<BitGridMemory>, _ served: BitCandidates
    ) {
        let rest = served.rest(grid)
        var panel = place / BitPanel.bits
        var bits = panel < grids[grid].panels ? rest[panel] & suffixes[place % BitPanel.bits] : .zero
        while bits.isZero {
            panel += 1
            guard panel < grids[grid].panels else {
                served.heads[grid] = (grids[grid].count, .max)
                return
            }
            bits = rest[panel]
        }
        let found = panel * BitPanel.bits + bits.first
        served.heads[grid] = (found, grids[grid].instants[found])
    }

    private func countServed(
        _ candidate: BitCandidate, _ sent: UnsafePointer<BitPanel>, _ grid: UnsafePointer<BitGridMemory>,
        _ customer: Int
    ) {
        let course = grid.pointee.courses + Int(candidate.course)
        var isRecipient = false
        for panel in 0..<grid.pointee.panels {
            if sent[panel].isZero { continue }
            if send(sent[panel], panel, course, grid, Int(candidate.category), customer) { isRecipient = true }
        }
        if isRecipient { recipients[Int(candidate.campaign)] += 1 }
    }
}
