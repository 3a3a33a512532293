/// How many messages a customer gets; cheap bounds where the exact number takes a walk.
package struct MessageLoad: Hashable, Sendable {
    package var messages = 0
    /// Not less than the most on one day, and in one week.
    package var perDayAtMost = 0
    package var perWeekAtMost = 0

    package init() {}
}

extension BitReplay {
    /// The messages of the customer replayed last.
    package func messageLoad() -> MessageLoad {
        var load = MessageLoad()
        for index in zoneGrids[now.pointee.zone] {
            let memory = grids + index
            var mostPerBit = 0
            for panel in 0..<memory.pointee.panels {
                let counter = memory.pointee.messages + panel
                if counter.pointee.masks == 0 { continue }
                var carry = BitPanel.zero
                var most = 0
                for level in 0...memory.pointee.messageLevels {
                    if counter.pointee.masks >> Int32(level) == 0 { break }
                    let count = counter.pointee.digit(level, &carry).count
                    if count == 0 { continue }
                    load.messages += count << level
                    load.perWeekAtMost += min(count, memory.pointee.mostBitsPerWeek) << level
                    most += 1 << level
                }
                mostPerBit = max(mostPerBit, most)
            }
            load.perDayAtMost += mostPerBit * memory.pointee.mostBitsPerDay
        }
        return load
    }

    /// Adds the messages of the customer replayed last to their days.
    package func addMessages(to days: inout [Int]) {
        for index in zoneGrids[now.pointee.zone] {
            let memory = grids + index
            for panel in 0..<memory.pointee.panels {
                let counter = memory.pointee.messages + panel
                if counter.pointee.masks == 0 { continue }
                var carry = BitPanel.zero
                for level in 0...memory.pointee.messageLevels {
                    var rest = counter.pointee.digit(level, &carry)
                    while !rest.isZero {
                        let bit = rest.first
                        days[Int(memory.pointee.days[panel * BitPanel.bits + bit])] += 1 << level
                        rest = rest & ~.bit(bit)
                    }
                }
            }
        }
    }
}
