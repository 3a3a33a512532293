import CampaignPlan

extension BitReplay {
    func bits(_ row: Int32) -> UnsafeMutablePointer<BitPanel> { rowBits + Int(row) &* rowPanels }

    /// Makes the rows that campaigns of the grid are likely to look at, one after another without asking whether they
    /// are needed: a wrong guess of the processor would cost more than most rows.
    func makeRows(_ evaluator: inout Evaluator) {
        for index in 0..<grid.pointee.leafCount {
            let row = grid.pointee.leaves[index]
            let state = evaluateLeaf(row, &evaluator)
            if state != .mixed {
                let target = bits(row)
                let all = state == .always ? BitPanel.ones : .zero
                for panel in 0..<grid.pointee.panels { target[panel] = all }
            }
            rowStates[Int(row)] = .mixed
        }
        for index in 0..<grid.pointee.combinationCount {
            combine(grid.pointee.combinations[index])
            rowStates[Int(grid.pointee.combinations[index])] = .mixed
        }
        now.pointee.work.wordsCombined += 2 * grid.pointee.panels * grid.pointee.combinationCount
    }

    /// A row of rows that are made.
    @inline(__always)
    private func combine(_ row: Int32) {
        let target = bits(row)
        for panel in 0..<grid.pointee.panels {
            switch rows[Int(row)] {
            case .not(let child): target[panel] = ~bits(child)[panel]
            case .all(let children):
                var made = BitPanel.ones
                for index in children { made = made & bits(rowChildren[Int(index)])[panel] }
                target[panel] = made
            case .any(let children):
                var made = BitPanel.zero
                for index in children { made = made | bits(rowChildren[Int(index)])[panel] }
                target[panel] = made
            case .constant, .attribute, .count, .intervals: break
            }
        }
    }

    private func evaluateLeaf(_ row: Int32, _ evaluator: inout Evaluator) -> RowState {
        switch rows[Int(row)] {
        case .constant(let holds): return holds ? .always : .never
        case .attribute(let slot, let test):
            now.pointee.work.atomsEvaluated += 1
            return evaluator.bound.tests.holds(test, evaluator.timeline.attributes[slot]) ? .always : .never
        case .count(let stream, let arrival, let expiry, let back):
            return count(Int(stream), arrival, expiry, Int(back), into: row, &evaluator)
        case .intervals(let node, let shift): return project(node, shift, into: row, &evaluator)
        case .not, .all, .any: return .unknown
        }
    }

    /// What is known of a row for the current customer and grid, which is made once, when it is needed.
    @inline(__always)
    func state(_ row: Int32, _ evaluator: inout Evaluator) -> RowState {
        let known = rowStates[Int(row)]
        return known != .unknown ? known : evaluate(row, &evaluator)
    }

    @inline(never)
    private func evaluate(_ row: Int32, _ evaluator: inout Evaluator) -> RowState {
        let state: RowState
        switch rows[Int(row)] {
        case .not(let child): state = invert(child, into: row, &evaluator)
        case .all(let children): state = intersect(children, into: row, &evaluator)
        case .any(let children): state = unite(children, into: row, &evaluator)
        case .constant, .attribute, .count, .intervals: state = evaluateLeaf(row, &evaluator)
        }
        rowStates[Int(row)] = state
        return state
    }

    private func invert(_ child: Int32, into row: Int32, _ evaluator: inout Evaluator) -> RowState {
        switch state(child, &evaluator) {
        case .never: return .always
        case .always: return .never
        case .mixed, .unknown:
            let (source, target) = (bits(child), bits(row))
            for panel in 0..<grid.pointee.panels { target[panel] = ~source[panel] }
            now.pointee.work.wordsCombined += 2 * grid.pointee.panels
            return .mixed
        }
    }

    private func intersect(
        _ children: Range<Int32>, into row: Int32, _ evaluator: inout Evaluator
    ) -> RowState {
        let target = bits(row)
        var made = RowState.always
        var words = 0
        for index in children {
            let child = rowChildren[Int(index)]
            switch state(child, &evaluator) {
            case .never: return .never
            case .always: continue
            case .mixed, .unknown:
                let source = bits(child)
                if made == .always {
                    for panel in 0..<grid.pointee.panels { target[panel] = source[panel] }
                    made = .mixed
                } else {
                    for panel in 0..<grid.pointee.panels { target[panel] = target[panel] & source[panel] }
                    words &+= 2 &* grid.pointee.panels
                }
            }
        }
        now.pointee.work.wordsCombined += words
        return made == .always ? .always : finish(target)
    }

    private func unite(_ children: Range<Int32>, into row: Int32, _ evaluator: inout Evaluator) -> RowState {
        let target = bits(row)
        var made = RowState.never
        for index in children {
            let child = rowChildren[Int(index)]
            switch state(child, &evaluator) {
            case .always: return .always
            case .never: continue
            case .mixed, .unknown:
                let source = bits(child)
                if made == .never {
                    for panel in 0..<grid.pointee.panels { target[panel] = source[panel] }
                    made = .mixed
                } else {
                    for panel in 0..<grid.pointee.panels { target[panel] = target[panel] | source[panel] }
                    now.pointee.work.wordsCombined += 2 * grid.pointee.panels
                }
            }
        }
        return made
    }

    private func project(
        _ node: ConditionIndex, _ shift: Int64, into row: Int32, _ evaluator: inout Evaluator
    ) -> RowState {
        let list = evaluator.list(of: node)
        if list.isEmpty { return .never }
        if evaluator.arena.isAlways(list) { return .always }
        let target = bits(row)
        for panel in 0..<grid.pointee.panels { target[panel] = .zero }
        for index in 0..<list.count {
            let interval = evaluator.arena[list, index]
            let from = interval.from == .min ? 0 : grid.pointee.index(saturatingDifference(interval.from, shift))
            let to =
                interval.to == .max ? grid.pointee.count : grid.pointee.index(saturatingDifference(interval.to, shift))
            fill(target, from, to)
        }
        return finish(target)
    }

    private func count(
        _ stream: Int, _ arrival: Int32, _ expiry: Int32, _ back: Int, into row: Int32, _ evaluator: inout Evaluator
    ) -> RowState {
        now.pointee.work.atomsEvaluated += 1
        let count = rowCount(stream, &evaluator)
        if count <= back { return .never }
        let starts = edgeStart(arrival, stream, count, &evaluator)
        if expiry < 0 {
            let target = bits(row)
            for panel in 0..<grid.pointee.panels { target[panel] = .zero }
            fill(target, Int(now.pointee.places[starts + back]), grid.pointee.count)
            return finish(target)
        }
        let ends = edgeStart(expiry, stream, count, &evaluator)
        let target = bits(row)
        let arrivals = now.pointee.places + starts
        let expiries = now.pointee.places + ends
        if grid.pointee.panels == 1 {
            var made = BitPanel.zero
            for index in back..<count {
                made = made | (suffixes[Int(arrivals[index])] & ~suffixes[Int(expiries[index &- back])])
            }
            target.pointee = made
            now.pointee.work.wordsCombined += 2 * (count - back)
            return made.isZero ? .never : .mixed
        }
        for panel in 0..<grid.pointee.panels { target[panel] = .zero }
        // Overlapping ranges are one, so that no word is written twice.
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
        return finish(target)
    }

    /// How many events a stream has.
    private func rowCount(_ stream: Int, _ evaluator: inout Evaluator) -> Int {
        let known = streamCounts[stream]
        if known >= 0 { return known }
        let slot = streamSlots[stream]
        let count: Int
        if slot >= 0 {
            count = evaluator.timeline.rowCount(slot: slot)
            now.pointee.work.eventsRead += count
        } else {
            count = evaluator.streams.select(stream, evaluator.timeline, &evaluator.work).count
        }
        streamCounts[stream] = count
        return count
    }

    /// Where in `places` the edges of a stream begin.
    private func edgeStart(_ edge: Int32, _ stream: Int, _ count: Int, _ evaluator: inout Evaluator) -> Int {
        let known = edgeStarts[Int(edge)]
        if known >= 0 { return Int(known) }
        let start = now.pointee.placeCount
        if start + count > now.pointee.placeCapacity { growPlaces(to: start + count) }
        now.pointee.placeCount = start + count
        edgeStarts[Int(edge)] = Int32(truncatingIfNeeded: start)
        let offset = edges[Int(edge)].offset
        let target = now.pointee.places + start
        let slot = streamSlots[stream]
        if slot >= 0 {
            let first = evaluator.timeline.columnStart(slot: slot, column: CustomerTimeline.timeColumn)
            evaluator.timeline.columns.withUnsafeBufferPointer {
                place($0, first, count, offset, target)
            }
        } else {
            let times = evaluator.streams.select(stream, evaluator.timeline, &evaluator.work).times
            evaluator.streams.times.withUnsafeBufferPointer {
                place($0, times.lowerBound, count, offset, target)
            }
        }
        return start
    }

    @inline(__always)
    private func place(
        _ times: UnsafeBufferPointer<Int64>, _ first: Int, _ count: Int, _ offset: Int64,
        _ target: UnsafeMutablePointer<Int32>
    ) {
        precondition(first >= 0 && first + count <= times.count, "events outside the timeline")
        guard let times = times.baseAddress else { return }
        let (instants, cells) = (grid.pointee.instants, grid.pointee.cells)
        let (base, end, shift) = (grid.pointee.base, grid.pointee.end, grid.pointee.shift)
        guard grid.pointee.isSparse else {
            for index in 0..<count {
                target[index] = Int32(
                    truncatingIfNeeded: grid.pointee.index(saturatingSum(times[first &+ index], offset)))
            }
            return
        }
        for index in 0..<count {
            let inside = min(max(saturatingSum(times[first &+ index], offset), base), end)
            let place = cells[Int(truncatingIfNeeded: (inside &- base) &>> shift)]
            target[index] = place &+ (instants[Int(place)] < inside ? 1 : 0)
        }
    }

    private func growPlaces(to count: Int) {
        var capacity = now.pointee.placeCapacity
        while capacity < count { capacity *= 2 }
        let grown = arena.make(capacity, of: Int32(0))
        grown.update(from: now.pointee.places, count: now.pointee.placeCount)
        now.pointee.places = grown
        now.pointee.placeCapacity = capacity
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

    private func finish(_ target: UnsafeMutablePointer<BitPanel>) -> RowState {
        for panel in 0..<grid.pointee.panels where !target[panel].isZero { return .mixed }
        return .never
    }
}
