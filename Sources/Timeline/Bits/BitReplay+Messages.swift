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
            let memory = grids[index]
            var mostPerBit = 0
            for level in 0..<memory.messageLevels {
                var count = 0
                for panel in 0..<memory.panels { count += memory.messages[panel * memory.messageLevels + level].count }
                guard count > 0 else { continue }
                load.messages += count << level
                load.perWeekAtMost += min(count, memory.mostBitsPerWeek) << level
                mostPerBit += 1 << level
            }
            load.perDayAtMost += mostPerBit * memory.mostBitsPerDay
        }
        return load
    }

    /// Adds the messages of the customer replayed last to their days.
    package func addMessages(to days: inout [Int]) {
        for index in zoneGrids[now.pointee.zone] {
            let memory = grids[index]
            for panel in 0..<memory.panels {
                for level in 0..<memory.messageLevels {
                    var rest = memory.messages[panel * memory.messageLevels + level]
                    while !rest.isZero {
                        let bit = rest.first
                        days[Int(memory.days[panel * BitPanel.bits + bit])] += 1 << level
                        rest = rest & ~.bit(bit)
                    }
                }
            }
        }
    }
}
