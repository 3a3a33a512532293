import CampaignPlan

// Rows that are made customer by customer.
extension BitReplay {
    /// Makes what depends on the customer's attributes and events.
    func makeRows(
        _ grid: UnsafePointer<BitGridMemory>, _ customer: Int, _ rows: [Range<Int>], _ evaluator: inout Evaluator
    ) {
        let program = grid.pointee.program
        for index in 0..<program.steadyCount {
            let row = program.steady[index]
            let holds: Bool
            switch program.rows[Int(row)] {
            case .constant(let value): holds = value
            case .attribute(let slot, let test):
                now.pointee.work.atomsEvaluated += 1
                holds = evaluator.bound.tests.holds(test, evaluator.timeline.attributes[slot])
            case .not, .all, .any, .count, .intervals: continue
            }
            let target = grid.pointee.row(row, customer: customer)
            for panel in 0..<grid.pointee.panels { target[panel] = holds ? .ones : .zero }
        }
        for index in 0..<program.streamCount {
            makeCounts(
                program.streams + index, program.slots[index], program.isStepped[index], grid, customer, rows,
                &evaluator)
        }
        if program.projectedCount == 0 { return }
        now.pointee.isMade.update(repeating: false, count: program.rowCount)
        for index in 0..<program.projectedCount { _ = make(program.projected[index], grid, customer, &evaluator) }
    }

    private func makeCounts(
        _ stream: UnsafePointer<BitStream>, _ slot: Int, _ isStepped: Bool, _ grid: UnsafePointer<BitGridMemory>,
        _ customer: Int, _ placedRows: [Range<Int>], _ evaluator: inout Evaluator
    ) {
        let rows = stream.pointee.counts
        let placed = slot >= 0 ? placed(slot, placedRows) : nil
        now.pointee.work.atomsEvaluated += rows.count
        let count: Int
        if let placed {
            count = placed.rows.count
            now.pointee.work.eventsRead += count
        } else if slot >= 0 {
            count = evaluator.timeline.rowCount(slot: slot)
            now.pointee.work.eventsRead += count
        } else {
            let index = stream.pointee.stream
            count = evaluator.streams.select(index, evaluator.timeline, &evaluator.work).count
        }
        let counts = grid.pointee.program.counts
        if count == 0 {
            for index in rows { clear(grid.pointee.row(counts[index].row, customer: customer), grid.pointee.panels) }
            return
        }
        let steps = isStepped ? grid.pointee.steps : nil
        let placeCount = steps != nil ? count : stream.pointee.offsets.count * count
        if placeCount > now.pointee.placeCapacity {
            now.pointee.places = arena.grow(now.pointee.places, 0, &now.pointee.placeCapacity, to: placeCount, with: 0)
        }
        let places = now.pointee.places
        if let placed, let steps {
            placed.times.forEachTime(placed.rows) { places[$0] = steps.place($1) }
        } else if let placed {
            place(count, stream.pointee.offsets, grid) { offset, target in
                placed.times.forEachTime(placed.rows) { target[$0] = saturatingSum($1, offset) }
            }
        } else {
            withTimes(of: stream.pointee.stream, slot, count, &evaluator) { times in
                if let steps {
                    for event in 0..<count { places[event] = steps.place(times[event]) }
                } else {
                    place(count, stream.pointee.offsets, grid) { offset, target in
                        for event in 0..<count { target[event] = saturatingSum(times[event], offset) }
                    }
                }
            }
        }
        if let steps, count == 1, grid.pointee.panels == 1 {
            makeSingleCounts(rows, steps.suffixes, grid, customer)
        } else if let steps {
            for index in rows {
                let row = grid.pointee.row(counts[index].row, customer: customer)
                if grid.pointee.panels == 1 {
                    makeSteppedCount(counts + index, count, steps.suffixes, row)
                } else {
                    makeSteppedCount(counts + index, count, steps.suffixes, grid.pointee.panels, row)
                }
            }
        } else if grid.pointee.panels == 1 {
            for index in rows {
                makeCount(counts + index, count, grid.pointee.row(counts[index].row, customer: customer))
            }
        } else {
            for index in rows { makeLongCount(counts + index, count, grid, customer) }
        }
    }

    @inline(__always)
    private func clear(_ row: UnsafeMutablePointer<BitPanel>, _ panels: Int) {
        row[0] = .zero
        if panels > 1 { (row + 1).update(repeating: .zero, count: panels - 1) }
    }

    /// The times of a stream's events, ascending.
    @inline(__always)
    private func withTimes(
        of stream: Int, _ slot: Int, _ count: Int, _ evaluator: inout Evaluator,
        _ body: (UnsafePointer<Int64>) -> Void
    ) {
        if slot >= 0 {
            let first = evaluator.timeline.columnStart(slot: slot, column: CustomerTimeline.timeColumn)
            evaluator.timeline.columns.withUnsafeBufferPointer { run(body, on: $0, first, count) }
        } else {
            let times = evaluator.streams.select(stream, evaluator.timeline, &evaluator.work).times
            evaluator.streams.times.withUnsafeBufferPointer { run(body, on: $0, times.lowerBound, count) }
        }
    }

    @inline(__always)
    private func run(
        _ body: (UnsafePointer<Int64>) -> Void, on times: UnsafeBufferPointer<Int64>, _ first: Int, _ count: Int
    ) {
        precondition(first >= 0 && first + count <= times.count, "events outside the timeline")
        if let start = times.baseAddress { body(start + first) }
    }

    /// The places in the grid of a stream's events, moved by each offset. `move` writes the moved instants.
    @inline(__always)
    private func place(
        _ count: Int, _ offsets: Range<Int>, _ grid: UnsafePointer<BitGridMemory>,
        _ move: (_ offset: Int64, _ target: UnsafeMutablePointer<Int64>) -> Void
    ) {
        if count > now.pointee.movedCapacity {
            now.pointee.moved = arena.grow(now.pointee.moved, 0, &now.pointee.movedCapacity, to: count, with: 0)
        }
        let moved = now.pointee.moved
        var target = now.pointee.places
        let (instants, cells) = (grid.pointee.instants, grid.pointee.cells)
        let (base, end, shift) = (grid.pointee.base, grid.pointee.end, grid.pointee.shift)
        for index in offsets {
            move(grid.pointee.program.offsets[index], moved)
            if grid.pointee.isSparse {
                for event in 0..<count {
                    let inside = min(max(moved[event], base), end)
                    let place = cells[Int(truncatingIfNeeded: (inside &- base) &>> shift)]
                    target[event] = place &+ (instants[Int(place)] < inside ? 1 : 0)
                }
            } else {
                for event in 0..<count {
                    target[event] = Int32(truncatingIfNeeded: grid.pointee.index(moved[event]))
                }
            }
            target += count
        }
    }

    @inline(__always)
    private func makeCount(
        _ row: UnsafePointer<BitCountRow>, _ count: Int, _ target: UnsafeMutablePointer<BitPanel>
    ) {
        let back = Int(row.pointee.back)
        guard back < count else {
            target.pointee = .zero
            return
        }
        let arrivals = now.pointee.places + Int(row.pointee.arrival) &* count
        guard row.pointee.hasExpiry else {
            target.pointee = suffixes[Int(arrivals[back])]
            return
        }
        let expiries = now.pointee.places + Int(row.pointee.expiry) &* count
        var made = BitPanel.zero
        for index in back..<count {
            made = made | (suffixes[Int(arrivals[index])] & ~suffixes[Int(expiries[index &- back])])
        }
        target.pointee = made
        now.pointee.work.wordsCombined &+= 2 &* (count &- back)
    }

    /// The counts over one event, which most streams of most people have: without a loop whose end has to be guessed.
    private func makeSingleCounts(
        _ rows: Range<Int>, _ suffixes: UnsafePointer<BitPanel>, _ grid: UnsafePointer<BitGridMemory>, _ customer: Int
    ) {
        let place = suffixes + Int(now.pointee.places[0])
        for index in rows {
            let count = grid.pointee.program.counts + index
            let target = grid.pointee.row(count.pointee.row, customer: customer)
            if count.pointee.back > 0 {
                target.pointee = .zero
            } else if count.pointee.hasExpiry {
                target.pointee = place[Int(count.pointee.arrival)] & ~place[Int(count.pointee.expiry)]
                now.pointee.work.wordsCombined &+= 2
            } else {
                target.pointee = place[Int(count.pointee.arrival)]
            }
        }
    }

    /// The same where edges are steps from the events' own places.
    @inline(__always)
    private func makeSteppedCount(
        _ row: UnsafePointer<BitCountRow>, _ count: Int, _ suffixes: UnsafePointer<BitPanel>,
        _ target: UnsafeMutablePointer<BitPanel>
    ) {
        let back = Int(row.pointee.back)
        guard back < count else {
            target.pointee = .zero
            return
        }
        let places = UnsafePointer(now.pointee.places)
        let arrivals = suffixes + Int(row.pointee.arrival)
        guard row.pointee.hasExpiry else {
            target.pointee = arrivals[Int(places[back])]
            return
        }
        let expiries = suffixes + Int(row.pointee.expiry)
        var made = BitPanel.zero
        for index in back..<count {
            made = made | (arrivals[Int(places[index])] & ~expiries[Int(places[index &- back])])
        }
        target.pointee = made
        now.pointee.work.wordsCombined &+= 2 &* (count &- back)
    }

    private func makeSteppedCount(
        _ row: UnsafePointer<BitCountRow>, _ count: Int, _ suffixes: UnsafePointer<BitPanel>, _ panels: Int,
        _ target: UnsafeMutablePointer<BitPanel>
    ) {
        for panel in 0..<panels { target[panel] = .zero }
        let back = Int(row.pointee.back)
        guard back < count else { return }
        let places = UnsafePointer(now.pointee.places)
        let arrivals = suffixes + Int(row.pointee.arrival) &* panels
        guard row.pointee.hasExpiry else {
            let from = arrivals + Int(places[back]) &* panels
            for panel in 0..<panels { target[panel] = from[panel] }
            return
        }
        let expiries = suffixes + Int(row.pointee.expiry) &* panels
        for index in back..<count {
            let from = arrivals + Int(places[index]) &* panels
            let to = expiries + Int(places[index &- back]) &* panels
            for panel in 0..<panels { target[panel] = target[panel] | (from[panel] & ~to[panel]) }
        }
        now.pointee.work.wordsCombined &+= 2 &* panels &* (count &- back)
    }

    /// Overlapping ranges are one, so that no word is written twice.
    private func makeLongCount(
        _ row: UnsafePointer<BitCountRow>, _ count: Int, _ grid: UnsafePointer<BitGridMemory>, _ customer: Int
    ) {
        let target = grid.pointee.row(row.pointee.row, customer: customer)
        target.update(repeating: .zero, count: grid.pointee.panels)
        let back = Int(row.pointee.back)
        guard back < count else { return }
        let arrivals = now.pointee.places + Int(row.pointee.arrival) &* count
        guard row.pointee.hasExpiry else {
            fill(target, Int(arrivals[back]), grid.pointee.count)
            return
        }
        let expiries = now.pointee.places + Int(row.pointee.expiry) &* count
        var from = arrivals[back]
        var to = expiries[0]
        for index in (back + 1)..<max(count, back + 1) {
            if arrivals[index] > to {
                fill(target, Int(from), Int(to))
                from = arrivals[index]
            }
            to = max(to, expiries[index &- back])
        }
        fill(target, Int(from), Int(to))
    }

    /// Sets the bits `from..<to`.
    private func fill(_ target: UnsafeMutablePointer<BitPanel>, _ from: Int, _ to: Int) {
        guard from < to else { return }
        let last = (to - 1) / BitPanel.bits
        var panel = from / BitPanel.bits
        now.pointee.work.wordsCombined += 2 * (last - panel + 1)
        while panel <= last {
            let start = panel * BitPanel.bits
            target[panel] =
                target[panel]
                | (suffixes[max(from - start, 0)] & ~suffixes[min(to - start, BitPanel.bits)])
            panel += 1
        }
    }
}

// Rows that need intervals, which cost too much to be made where what is cheaper decides.
extension BitReplay {
    /// Makes a row and those below it that are not made; whether it has any bit.
    private func make(
        _ row: Int32, _ grid: UnsafePointer<BitGridMemory>, _ customer: Int, _ evaluator: inout Evaluator
    ) -> Bool {
        let target = grid.pointee.row(row, customer: customer)
        let panels = grid.pointee.panels
        let program = grid.pointee.program
        switch program.rows[Int(row)] {
        case .constant, .attribute, .count: break
        case .intervals(let node, let shift):
            if !now.pointee.isMade[Int(row)] { project(node, shift, into: target, grid, &evaluator) }
        case .not(let child):
            if now.pointee.isMade[Int(row)] { break }
            _ = make(child, grid, customer, &evaluator)
            let source = grid.pointee.row(child, customer: customer)
            for panel in 0..<panels { target[panel] = ~source[panel] }
        case .all(let children):
            if now.pointee.isMade[Int(row)] { break }
            target.update(repeating: .ones, count: panels)
            for index in children {
                let child = program.children[Int(index)]
                guard make(child, grid, customer, &evaluator) else {
                    target.update(repeating: .zero, count: panels)
                    break
                }
                let source = grid.pointee.row(child, customer: customer)
                for panel in 0..<panels { target[panel] = target[panel] & source[panel] }
            }
            now.pointee.work.wordsCombined += 2 * panels * children.count
        case .any(let children):
            if now.pointee.isMade[Int(row)] { break }
            target.update(repeating: .zero, count: panels)
            for index in children {
                let child = program.children[Int(index)]
                guard make(child, grid, customer, &evaluator) else { continue }
                let source = grid.pointee.row(child, customer: customer)
                for panel in 0..<panels { target[panel] = target[panel] | source[panel] }
            }
            now.pointee.work.wordsCombined += 2 * panels * children.count
        }
        now.pointee.isMade[Int(row)] = true
        for panel in 0..<panels where !target[panel].isZero { return true }
        return false
    }

    private func project(
        _ node: ConditionIndex, _ shift: Int64, into target: UnsafeMutablePointer<BitPanel>,
        _ grid: UnsafePointer<BitGridMemory>, _ evaluator: inout Evaluator
    ) {
        target.update(repeating: .zero, count: grid.pointee.panels)
        let list = evaluator.list(of: node)
        for index in 0..<list.count {
            let interval = evaluator.arena[list, index]
            let from = interval.from == .min ? 0 : grid.pointee.index(saturatingDifference(interval.from, shift))
            let to =
                interval.to == .max ? grid.pointee.count : grid.pointee.index(saturatingDifference(interval.to, shift))
            fill(target, from, to)
        }
    }
}

// Rows of rows, for all customers of a block at once.
extension BitReplay {
    func combine(_ grid: UnsafePointer<BitGridMemory>, _ customers: Int) {
        let program = grid.pointee.program
        let count = customers &* grid.pointee.panels
        for index in 0..<program.combinationCount {
            let row = program.combinations[index]
            let target = grid.pointee.row(row)
            switch program.rows[Int(row)] {
            case .constant, .attribute, .count, .intervals: break
            case .not(let child):
                let source = grid.pointee.row(child)
                for place in 0..<count { target[place] = ~source[place] }
            case .all(let children): combine(children, program, grid, count, into: target, empty: .ones) { $0 & $1 }
            case .any(let children): combine(children, program, grid, count, into: target, empty: .zero) { $0 | $1 }
            }
        }
    }

    /// Two at a time, so that what was combined is seldom read again.
    @inline(__always)
    private func combine(
        _ children: Range<Int32>, _ program: BitProgramMemory, _ grid: UnsafePointer<BitGridMemory>, _ count: Int,
        into target: UnsafeMutablePointer<BitPanel>, empty: BitPanel, _ operation: (BitPanel, BitPanel) -> BitPanel
    ) {
        func row(_ index: Int32) -> UnsafePointer<BitPanel> {
            UnsafePointer(grid.pointee.row(program.children[Int(index)]))
        }
        guard let first = children.first else {
            target.update(repeating: empty, count: count)
            return
        }
        var next = first
        if children.count >= 2 {
            let (a, b) = (row(first), row(first + 1))
            for place in 0..<count { target[place] = operation(a[place], b[place]) }
            next = first + 2
        } else {
            target.update(from: row(first), count: count)
            next = first + 1
        }
        while next + 1 < children.upperBound {
            let (a, b) = (row(next), row(next + 1))
            for place in 0..<count { target[place] = operation(operation(a[place], b[place]), target[place]) }
            next += 2
        }
        if next < children.upperBound {
            let a = row(next)
            for place in 0..<count { target[place] = operation(a[place], target[place]) }
        }
    }
}
