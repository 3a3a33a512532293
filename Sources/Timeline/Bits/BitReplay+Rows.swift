import CampaignPlan

// Rows that are made customer by customer.
extension BitReplay {
    /// Makes what depends on the customer's attributes, and on the events if they are not read in place.
    func makeRows(_ grid: UnsafePointer<BitGridMemory>, _ customer: Int, _ evaluator: inout Evaluator) {
        let program = grid.pointee.program
        for index in 0..<program.steadyCount {
            let holds: Bool
            switch program.rows[Int(program.steady[index])] {
            case .constant(let value): holds = value
            case .attribute(let slot, let test):
                now.pointee.work.atomsEvaluated += 1
                holds = evaluator.bound.tests.holds(test, evaluator.timeline.attributes[slot])
            case .not, .all, .any, .count, .intervals: continue
            }
            grid.pointee.steadyHolds[index &* grid.pointee.capacity &+ customer] = holds
        }
        if readsInPlace { return }
        spreadSteady(grid, customer..<customer + 1)
        makeCounts(grid, customer, &evaluator)
        if program.projectedCount == 0 { return }
        now.pointee.isMade.update(repeating: false, count: program.rowCount)
        for index in 0..<program.projectedCount { _ = make(program.projected[index], grid, customer, &evaluator) }
    }

    /// Makes the rows that are the same at every instant.
    func spreadSteady(_ grid: UnsafePointer<BitGridMemory>, _ customers: Range<Int>) {
        let panels = grid.pointee.panels
        for index in 0..<grid.pointee.program.steadyCount {
            let target = grid.pointee.row(grid.pointee.program.steady[index])
            let holds = grid.pointee.steadyHolds + index &* grid.pointee.capacity
            for customer in customers {
                let bits = BitPanel.repeating(holds[customer])
                for panel in 0..<panels { target[customer &* panels &+ panel] = bits }
            }
        }
    }

    /// Sets the bits `from..<to`.
    func fill(_ target: UnsafeMutablePointer<BitPanel>, _ from: Int, _ to: Int) {
        guard from < to else { return }
        let last = (to - 1) / BitPanel.bits
        var panel = from / BitPanel.bits
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
            guard from < to else { continue }
            now.pointee.work.wordsCombined += 2 * ((to - 1) / BitPanel.bits - from / BitPanel.bits + 1)
            fill(target, from, to)
        }
    }
}
