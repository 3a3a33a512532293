/// How many messages a customer gets; cheap bounds where the exact number takes a walk.
package struct MessageLoad: Hashable, Sendable {
    package var messages = 0
    /// Not less than the most on one day, and in one week.
    package var perDayAtMost = 0
    package var perWeekAtMost = 0

    package init() {}
}

/// A customer of a block that was counted, with all messages: those of the block, and those listed elsewhere. Good for as
/// long as the block's customers are handed out.
package struct BitCustomer {
    let replay: BitReplay
    let lane: UnsafePointer<BitLane>
    let index: Int

    package func messageLoad() -> MessageLoad {
        let listed = lane.pointee.listedStarts[index + 1] - lane.pointee.listedStarts[index]
        var load = MessageLoad()
        load.messages = listed
        load.perDayAtMost = listed
        load.perWeekAtMost = listed
        for index in lane.pointee.grids { add(replay.grids + index, to: &load) }
        return load
    }

    private func add(_ grid: UnsafePointer<BitGridMemory>, to load: inout MessageLoad) {
        var mostPerBit = 0
        for panel in 0..<grid.pointee.panels {
            let counter = counter(grid, panel)
            if counter.pointee.isUnfolded {
                let masks = Int(counter.pointee.masks)
                for index in 0..<masks {
                    let count = counter.pointee.mask(index).count
                    load.messages += count
                    load.perWeekAtMost += min(count, grid.pointee.mostBitsPerWeek)
                }
                mostPerBit = max(mostPerBit, masks)
                continue
            }
            counter.pointee.settle()
            var carry = BitPanel.zero
            var most = 0
            for level in 0...grid.pointee.messageLevels {
                if counter.pointee.masks >> Int32(level) == 0 { break }
                let count = counter.pointee.digit(level, &carry).count
                if count == 0 { continue }
                load.messages += count << level
                load.perWeekAtMost += min(count, grid.pointee.mostBitsPerWeek) << level
                most += 1 << level
            }
            mostPerBit = max(mostPerBit, most)
        }
        load.perDayAtMost += mostPerBit * grid.pointee.mostBitsPerDay
    }

    /// Hands out days of the period and numbers of messages that lie on them; a day may come several times.
    package func forEachDay(_ body: (_ day: Int, _ messages: Int) -> Void) { handDays(to: body) }

    @inline(__always)
    func handDays(to body: (_ day: Int, _ messages: Int) -> Void) {
        for place in lane.pointee.listedStarts[index]..<lane.pointee.listedStarts[index + 1] {
            body(Int(lane.pointee.listed[place]), 1)
        }
        for index in lane.pointee.grids {
            let grid = replay.grids + index
            for panel in 0..<grid.pointee.panels { hand(counter(grid, panel), panel, grid, body) }
        }
    }

    @inline(__always)
    private func hand(
        _ counter: UnsafeMutablePointer<BitCounter>, _ panel: Int, _ grid: UnsafePointer<BitGridMemory>,
        _ body: (_ day: Int, _ messages: Int) -> Void
    ) {
        if counter.pointee.masks == 0 { return }
        counter.pointee.settle()
        var carry = BitPanel.zero
        for level in 0...grid.pointee.messageLevels {
            var rest = counter.pointee.digit(level, &carry)
            while !rest.isZero {
                let bit = rest.first
                body(Int(grid.pointee.days[panel * BitPanel.bits + bit]), 1 << level)
                rest = rest & ~.bit(bit)
            }
        }
    }

    private func counter(_ grid: UnsafePointer<BitGridMemory>, _ panel: Int) -> UnsafeMutablePointer<BitCounter> {
        grid.pointee.messages + index * grid.pointee.panels + panel
    }
}
