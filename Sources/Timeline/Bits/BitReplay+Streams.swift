import CampaignPlan

// Rows that count the events of a stream.
extension BitReplay {
    /// Makes them for all customers of a block, whose events are at hand. Row after row: what is written lies together,
    /// and so does what is read.
    func makeCounts(_ grid: UnsafePointer<BitGridMemory>, _ lane: UnsafePointer<BitLane>) {
        for index in 0..<grid.pointee.program.streamCount {
            let events = now.pointee.events + grid.pointee.program.slots[index]
            makeCounts(index, grid, 0..<lane.pointee.count, events)
        }
    }

    /// Puts the times of a block together, for all its grids.
    func copyEvents(_ lane: UnsafePointer<BitLane>) {
        guard let times else { return }
        for index in 0..<lane.pointee.askedSlotCount {
            let slot = lane.pointee.askedSlots[index]
            let (runs, runCount) = (lane.pointee.runs(slot), lane.pointee.runCounts[slot])
            let events = now.pointee.events + slot
            events.pointee.removeAll()
            for run in 0..<runCount { events.pointee.append(runs[run].customer, count: runs[run].rows.count) }
            events.pointee.makeRoom(arena)
            Self.copyTimes(of: runs, runCount, from: times[slot], to: events.pointee.times)
        }
    }

    /// Rows of customers who follow each other lie together, so they are copied together.
    private static func copyTimes(
        of runs: UnsafePointer<BitRun>, _ runCount: Int, from times: ColumnView, to start: UnsafeMutablePointer<Int64>
    ) {
        var target = start
        var run = 0
        while run < runCount {
            var rows = runs[run].rows
            run &+= 1
            while run < runCount, runs[run].rows.lowerBound == rows.upperBound {
                rows = rows.lowerBound..<runs[run].rows.upperBound
                run &+= 1
            }
            times.forEachTime(rows) { target[$0] = $1 }
            target += rows.count
        }
    }

    /// Makes them for one customer, whom the evaluator has begun.
    func makeCounts(_ grid: UnsafePointer<BitGridMemory>, _ customer: Int, _ evaluator: inout Evaluator) {
        let program = grid.pointee.program
        for index in 0..<program.streamCount {
            let slot = program.slots[index]
            let stream = program.streams[index].stream
            now.pointee.events.pointee.removeAll()
            if slot >= 0 {
                let count = evaluator.timeline.rowCount(slot: slot)
                let first = evaluator.timeline.columnStart(slot: slot, column: CustomerTimeline.timeColumn)
                evaluator.timeline.columns.withUnsafeBufferPointer { copyTimes(of: customer, $0, first, count) }
            } else {
                let times = evaluator.streams.select(stream, evaluator.timeline, &evaluator.work).times
                evaluator.streams.times.withUnsafeBufferPointer {
                    copyTimes(of: customer, $0, times.lowerBound, times.count)
                }
            }
            countWork(index, grid, 1, events: now.pointee.events.pointee.count)
            makeCounts(index, grid, customer..<customer + 1, now.pointee.events)
        }
    }

    private func copyTimes(of customer: Int, _ times: UnsafeBufferPointer<Int64>, _ first: Int, _ count: Int) {
        precondition(first >= 0 && first + count <= times.count, "events outside the timeline")
        guard count > 0, let start = times.baseAddress else { return }
        let events = now.pointee.events
        events.pointee.append(customer, count: count)
        events.pointee.makeRoom(arena)
        events.pointee.times.update(from: start + first, count: count)
    }

    /// Makes the rows of the stream at a place of the program for some customers with such events.
    private func makeCounts(
        _ index: Int, _ grid: UnsafePointer<BitGridMemory>, _ customers: Range<Int>, _ events: UnsafePointer<BitEvents>
    ) {
        let program = grid.pointee.program
        let stream = program.streams + index
        let rows = stream.pointee.counts
        let panels = grid.pointee.panels
        let steps = program.isStepped[index] ? grid.pointee.steps : nil
        place(events, stream.pointee.offsets, steps, grid)
        for row in rows {
            let count = program.counts + row
            let target = grid.pointee.row(count.pointee.row, customer: customers.lowerBound)
            target.update(repeating: .zero, count: customers.count &* panels)
            let start = grid.pointee.row(count.pointee.row)
            if let steps {
                let edges = BitEdges(
                    arrivals: UnsafePointer(now.pointee.places), expiries: UnsafePointer(now.pointee.places),
                    from: steps.suffixes + Int(count.pointee.arrival) &* panels,
                    to: steps.suffixes + Int(count.pointee.expiry) &* panels)
                switch panels {
                case 1: makeCount(count, events, edges, 1, start)
                case 2: makeCount(count, events, edges, 2, start)
                default: makeCount(count, events, edges, panels, start)
                }
                continue
            }
            let stride = events.pointee.count
            let edges = BitEdges(
                arrivals: now.pointee.places + Int(count.pointee.arrival) &* stride,
                expiries: now.pointee.places + Int(count.pointee.expiry) &* stride, from: suffixes, to: suffixes)
            if panels == 1 {
                makeCount(count, events, edges, 1, start)
            } else {
                makeLongCount(count, events, edges, grid, start)
            }
        }
    }

    /// Counts the work for the stream at a place of the program.
    func countWork(_ index: Int, _ grid: UnsafePointer<BitGridMemory>, _ customers: Int, events: Int) {
        let rows = grid.pointee.program.streams[index].counts.count
        now.pointee.work.atomsEvaluated &+= rows &* customers
        now.pointee.work.wordsCombined &+= 2 &* grid.pointee.panels &* rows &* events
    }

    /// Writes the places of the events in the grid: their own, from which edges are steps, or those of each edge.
    private func place(
        _ events: UnsafePointer<BitEvents>, _ offsets: Range<Int>, _ steps: BitSteps?,
        _ grid: UnsafePointer<BitGridMemory>
    ) {
        let (times, count) = (events.pointee.times, events.pointee.count)
        let placeCount = steps != nil ? count : offsets.count &* count
        if placeCount > now.pointee.placeCapacity {
            now.pointee.places = arena.grow(now.pointee.places, 0, &now.pointee.placeCapacity, to: placeCount, with: 0)
        }
        var target = now.pointee.places
        if let steps {
            for event in 0..<count { target[event] = steps.place(times[event]) }
            return
        }
        for index in offsets {
            let offset = grid.pointee.program.offsets[index]
            for event in 0..<count {
                target[event] = Int32(truncatingIfNeeded: grid.pointee.index(saturatingSum(times[event], offset)))
            }
            target += count
        }
    }

    /// At least `back + 1` events: the latest has arrived and the one `back` before it has not expired.
    @inline(__always)
    private func makeCount(
        _ row: UnsafePointer<BitCountRow>, _ events: UnsafePointer<BitEvents>, _ edges: BitEdges, _ panels: Int,
        _ target: UnsafeMutablePointer<BitPanel>
    ) {
        let back = Int(row.pointee.back)
        let hasExpiry = row.pointee.hasExpiry
        for index in 0..<events.pointee.peopleCount {
            let person = events.pointee.people[index]
            if back >= person.count { continue }
            let arrivals = edges.arrivals + (person.first &+ back)
            let expiries = edges.expiries + person.first
            for panel in 0..<panels {
                var made = BitPanel.zero
                if hasExpiry {
                    for event in 0..<person.count &- back {
                        made =
                            made
                            | (edges.from[Int(arrivals[event]) &* panels &+ panel]
                                & ~edges.to[Int(expiries[event]) &* panels &+ panel])
                    }
                } else {
                    made = edges.from[Int(arrivals[0]) &* panels &+ panel]
                }
                target[person.customer &* panels &+ panel] = made
            }
        }
    }

    /// The same for rows of many panels: overlapping ranges are one, so that no word is written twice.
    private func makeLongCount(
        _ row: UnsafePointer<BitCountRow>, _ events: UnsafePointer<BitEvents>, _ edges: BitEdges,
        _ grid: UnsafePointer<BitGridMemory>, _ start: UnsafeMutablePointer<BitPanel>
    ) {
        let back = Int(row.pointee.back)
        for index in 0..<events.pointee.peopleCount {
            let person = events.pointee.people[index]
            if back >= person.count { continue }
            let target = start + person.customer &* grid.pointee.panels
            let arrivals = edges.arrivals + (person.first &+ back)
            guard row.pointee.hasExpiry else {
                fill(target, Int(arrivals[0]), grid.pointee.count)
                continue
            }
            let expiries = edges.expiries + person.first
            var from = arrivals[0]
            var to = expiries[0]
            for event in 1..<max(person.count &- back, 1) {
                if arrivals[event] > to {
                    fill(target, Int(from), Int(to))
                    from = arrivals[event]
                }
                to = max(to, expiries[event])
            }
            fill(target, Int(from), Int(to))
        }
    }
}

/// Where the places of a stream's events are looked up: by event, and by place the bits from there on.
private struct BitEdges {
    let arrivals: UnsafePointer<Int32>
    let expiries: UnsafePointer<Int32>
    let from: UnsafePointer<BitPanel>
    let to: UnsafePointer<BitPanel>
}
