// Rows of rows, for all customers of a block at once.
extension BitReplay {
    func combine(_ combinations: Range<Int>, _ grid: UnsafePointer<BitGridMemory>, _ customers: Int) {
        let count = customers &* grid.pointee.panels
        for index in combinations {
            combine(grid.pointee.program.combinations + index, grid.pointee.program.operands, grid, count)
        }
    }

    /// Up to four at a time, so that what was combined is seldom read again.
    private func combine(
        _ combination: UnsafePointer<BitCombination>, _ operands: UnsafePointer<BitOperand>,
        _ grid: UnsafePointer<BitGridMemory>, _ count: Int
    ) {
        let target = grid.pointee.row(combination.pointee.row)
        let first = operands + combination.pointee.first
        let isWhole = combination.pointee.count <= 4
        let result: BitPanel = combination.pointee.isInverted ? .ones : .zero
        let flip = isWhole ? result : .zero
        func row(_ index: Int) -> UnsafePointer<BitPanel> { UnsafePointer(grid.pointee.row(first[index].row)) }
        func mask(_ index: Int) -> BitPanel { first[index].mask }
        switch combination.pointee.count {
        case 0: target.update(repeating: ~flip, count: count)
        case 1:
            let (a, maskA) = (row(0), mask(0) ^ flip)
            for place in 0..<count { target[place] = a[place] ^ maskA }
        case 2:
            let (a, b, maskA, maskB) = (row(0), row(1), mask(0), mask(1))
            for place in 0..<count { target[place] = ((a[place] ^ maskA) & (b[place] ^ maskB)) ^ flip }
        case 3:
            let (a, b, c, maskA, maskB, maskC) = (row(0), row(1), row(2), mask(0), mask(1), mask(2))
            for place in 0..<count {
                target[place] = ((a[place] ^ maskA) & (b[place] ^ maskB) & (c[place] ^ maskC)) ^ flip
            }
        default:
            let (a, b, c, d) = (row(0), row(1), row(2), row(3))
            let (maskA, maskB, maskC, maskD) = (mask(0), mask(1), mask(2), mask(3))
            for place in 0..<count {
                let left = (a[place] ^ maskA) & (b[place] ^ maskB)
                let right = (c[place] ^ maskC) & (d[place] ^ maskD)
                target[place] = (left & right) ^ flip
            }
            if !isWhole { combineMore(combination, first, grid, count, flip: result) }
        }
    }

    /// The operands behind the fourth, one after the other.
    private func combineMore(
        _ combination: UnsafePointer<BitCombination>, _ operands: UnsafePointer<BitOperand>,
        _ grid: UnsafePointer<BitGridMemory>, _ count: Int, flip: BitPanel
    ) {
        let target = grid.pointee.row(combination.pointee.row)
        let last = combination.pointee.count - 1
        for index in 4...last {
            let a = UnsafePointer(grid.pointee.row(operands[index].row))
            let (mask, flip) = (operands[index].mask, index == last ? flip : .zero)
            for place in 0..<count { target[place] = (target[place] & (a[place] ^ mask)) ^ flip }
        }
    }
}
