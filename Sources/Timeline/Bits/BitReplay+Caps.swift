// Messages that frequency caps may refuse: all campaigns of one customer at once, in the order of time.
extension BitReplay {
    /// Serves the candidates of every customer of a block and counts what goes out.
    func serve(_ lane: UnsafePointer<BitLane>, _ served: BitCandidates) {
        let first = grids + lane.pointee.grids.lowerBound
        let gridCount = lane.pointee.grids.count
        for customer in 0..<lane.pointee.count {
            var count = 0
            for grid in 0..<gridCount { count &+= served.grids[grid].counts[customer] }
            if count == 0 { continue }
            serve(customer, first, gridCount, served)
            for grid in 0..<gridCount {
                countServed(served.grids + grid, first + grid, customer)
                served.grids[grid].counts[customer] = 0
            }
        }
    }

    /// At each step the earliest instant of all grids.
    private func serve(
        _ customer: Int, _ grids: UnsafePointer<BitGridMemory>, _ gridCount: Int, _ served: BitCandidates
    ) {
        served.caps.reset()
        var instant = Int64.max
        for grid in 0..<gridCount {
            served.grids[grid].open(customer, grids + grid)
            instant = min(instant, served.grids[grid].instant)
        }
        while instant < .max {
            var dueGrids = 0
            var dueGrid = 0
            for grid in 0..<gridCount where served.grids[grid].instant == instant {
                dueGrids &+= 1
                dueGrid = grid
            }
            if dueGrids == 1, served.grids[dueGrid].counts[customer] <= 64 {
                serve(customer, at: instant, served.grids + dueGrid, served.caps)
            } else {
                serve(customer, at: instant, gridCount, served)
            }
            instant = advance(past: instant, grids, gridCount, served)
        }
    }

    /// Moves every grid on to what may go out next; returns the earliest of these instants.
    @inline(__always)
    private func advance(
        past instant: Int64, _ grids: UnsafePointer<BitGridMemory>, _ gridCount: Int, _ served: BitCandidates
    ) -> Int64 {
        // Until then everybody's messages are refused.
        let opening = served.caps.opening
        var next = Int64.max
        for grid in 0..<gridCount {
            let own = served.grids + grid
            if opening > instant {
                if own.pointee.instant < opening { own.pointee.advance(from: grids[grid].index(opening), grids + grid) }
            } else if own.pointee.instant == instant {
                own.pointee.advance(from: own.pointee.place &+ 1, grids + grid)
            }
            next = min(next, own.pointee.instant)
        }
        return next
    }

    /// Sends what is due at an instant, by rank, as far as caps allow; where it is due on one grid only.
    @inline(__always)
    private func serve(
        _ customer: Int, at instant: Int64, _ grid: UnsafePointer<BitGridCandidates>, _ caps: BitCaps
    ) {
        var due = grid.pointee.due(customer, from: 0)
        let candidates = grid.pointee.candidates(of: customer)
        while due != 0, caps.release <= instant {
            let index = due.trailingZeroBitCount
            due &= due &- 1
            if caps.release(candidates[index].pointee.channel) > instant { continue }
            grid.pointee.send(index)
            caps.record(candidates[index].pointee.channel, at: instant)
        }
    }

    /// The same for any number of grids.
    private func serve(_ customer: Int, at instant: Int64, _ gridCount: Int, _ served: BitCandidates) {
        for grid in 0..<gridCount where served.grids[grid].instant == instant {
            served.grids[grid].collectDue(customer)
        }
        while served.caps.release <= instant {
            var (best, bestGrid, bestRank) = (-1, 0, Int32.max)
            for grid in 0..<gridCount where served.grids[grid].instant == instant {
                let index = served.grids[grid].firstDue(customer)
                if index < 0 { continue }
                let rank = served.grids[grid].candidates(of: customer)[index].pointee.rank
                if rank < bestRank { (best, bestGrid, bestRank) = (index, grid, rank) }
            }
            if best < 0 { return }
            let grid = served.grids + bestGrid
            grid.pointee.drop(best)
            let channel = grid.pointee.candidates(of: customer)[best].pointee.channel
            if served.caps.release(channel) > instant { continue }
            grid.pointee.send(best)
            served.caps.record(channel, at: instant)
        }
    }

    private func countServed(
        _ served: UnsafePointer<BitGridCandidates>, _ grid: UnsafePointer<BitGridMemory>, _ customer: Int
    ) {
        let candidates = served.pointee.candidates(of: customer)
        for index in 0..<served.pointee.counts[customer] {
            let candidate = candidates[index]
            let sent = served.pointee.sent(index)
            let course = grid.pointee.courses + Int(candidate.pointee.course)
            var isRecipient = false
            for panel in 0..<grid.pointee.panels {
                if sent[panel].isZero { continue }
                let category = Int(candidate.pointee.category)
                if send(sent[panel], panel, course, grid, category, customer) { isRecipient = true }
            }
            if isRecipient { recipients[Int(candidate.pointee.campaign)] += 1 }
        }
    }
}
