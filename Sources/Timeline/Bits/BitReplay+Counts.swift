import CampaignPlan

/// How many customers met one outcome at one occurrence of a scheduled campaign.
package struct BitCount {
    package enum Outcome {
        case refused(Refusal)
        case pending
        case send(channel: Int, variant: Int)
        /// Not an outcome of its own: those of the other counts after whom a conversion came.
        case converted
    }

    package var campaign: Int
    package var occurrence: Int
    /// The send instant; the planned one where it is pending.
    package var instant: Int64
    /// Whether the goal's window after the instant lies in the data.
    package var isMeasured: Bool
    package var outcome: Outcome
    package var customers: Int
}

extension BitReplay {
    /// Hands out everything counted since the last time, and how many customers each occurrence considered.
    package func drain(into buffer: inout DecisionBuffer, _ count: (BitCount) -> Void) {
        for (index, grid) in plan.grids.enumerated() {
            let memory = grids[index]
            drainConsidered(grid, memory, &buffer)
            for campaign in grid.campaigns {
                drain(campaign, grid.courses[campaign.course], grid, memory, count)
                drainPending(campaign, grid, memory, count)
            }
        }
        now.pointee.customers = 0
    }

    private func drainConsidered(_ grid: BitGrid, _ memory: BitGridMemory, _ buffer: inout DecisionBuffer) {
        for place in 0...memory.count where memory.existing[place] > 0 {
            let earliest = place == 0 ? Int64.min : saturatingSum(memory.instants[place - 1], 1)
            // A moved part has the same occurrences as the other one.
            for campaign in grid.campaigns where campaign.recipients != .quietable {
                let table = plan.calendar.timetable(campaign: campaign.index, recipientZone: grid.zone)
                let existing = plan.calendar.firstOccurrence(
                    in: table.occurrences, of: table.planned, notBefore: earliest)
                buffer.consider(
                    campaign: campaign.index, existing..<table.occurrences.upperBound,
                    customers: memory.existing[place])
            }
            memory.existing[place] = 0
        }
    }

    private func drain(
        _ campaign: BitCampaign, _ course: BitCourse, _ grid: BitGrid, _ memory: BitGridMemory,
        _ count: (BitCount) -> Void
    ) {
        let categories = BitCategory.fixed + Int(campaign.variantCount * campaign.channelCount)
        var capped = [Int](repeating: 0, count: memory.panels * BitPanel.bits)
        for category in 0..<categories {
            let counter = memory.counters + (course.counters + category) * memory.panels
            let outcome = Self.outcome(category, channels: Int(campaign.channelCount))
            for panel in 0..<memory.panels {
                drain(counter + panel) { bit, customers in
                    let place = panel * BitPanel.bits + bit
                    switch category {
                    case BitCategory.capped: capped[place] = customers
                    default:
                        if category == BitCategory.ceiling || category >= BitCategory.fixed {
                            capped[place] -= customers
                        }
                        hand(place, outcome, customers, campaign, course, grid, memory, count)
                    }
                }
            }
        }
        guard served != nil else { return }
        for place in capped.indices where capped[place] > 0 {
            hand(place, .refused(.capped), capped[place], campaign, course, grid, memory, count)
        }
    }

    private func hand(
        _ place: Int, _ outcome: BitCount.Outcome, _ customers: Int, _ campaign: BitCampaign, _ course: BitCourse,
        _ grid: BitGrid, _ memory: BitGridMemory, _ count: (BitCount) -> Void
    ) {
        let (panel, bit) = (place / BitPanel.bits, BitPanel.bit(place % BitPanel.bits))
        let isMeasured = course.measured >= 0 && !(memory.masks[course.measured + panel] & bit).isZero
        count(
            BitCount(
                campaign: campaign.index, occurrence: Int(grid.occurrences[course.occurrences + place]),
                instant: memory.instants[place], isMeasured: isMeasured, outcome: outcome, customers: customers))
    }

    private func drainPending(
        _ campaign: BitCampaign, _ grid: BitGrid, _ memory: BitGridMemory, _ count: (BitCount) -> Void
    ) {
        let table = plan.calendar.timetable(campaign: campaign.index, recipientZone: grid.zone)
        let course = grid.courses[campaign.course]
        for (offset, occurrence) in course.pending.enumerated() {
            let place = course.pendingCounts + offset
            guard memory.pending[place] > 0 else { continue }
            count(
                BitCount(
                    campaign: campaign.index, occurrence: Int(occurrence),
                    instant: plan.calendar.instant(table.planned, Int(occurrence)), isMeasured: false,
                    outcome: .pending, customers: memory.pending[place]))
            memory.pending[place] = 0
        }
    }

    /// Empties a counter of one panel, bit by bit.
    private func drain(_ counter: UnsafeMutablePointer<BitCounter>, _ body: (Int, Int) -> Void) {
        guard counter.pointee.masks > 0 else { return }
        counter.pointee.settle()
        let counts = now.pointee.drained
        counts.update(repeating: 0, count: BitPanel.bits)
        var carry = BitPanel.zero
        var used = BitPanel.zero
        for level in 0..<levels {
            // No count is greater than the number of masks.
            if counter.pointee.masks >> Int32(level) == 0 { break }
            var digit = counter.pointee.digit(level, &carry)
            used = used | digit
            while !digit.isZero {
                let bit = digit.first
                counts[bit] &+= 1 << level
                digit = digit & ~.bit(bit)
            }
        }
        while !used.isZero {
            let bit = used.first
            body(bit, counts[bit])
            used = used & ~.bit(bit)
        }
        counter.pointee.clear(levels: levels)
    }

    private static func outcome(_ category: Int, channels: Int) -> BitCount.Outcome {
        switch category {
        case BitCategory.excluded: return .refused(.excluded)
        case BitCategory.reEntry: return .refused(.reEntry)
        case BitCategory.unreachable: return .refused(.unreachable)
        case BitCategory.quietHours: return .refused(.quietHours)
        case BitCategory.expired: return .refused(.expired)
        case BitCategory.holdout: return .refused(.holdout)
        case BitCategory.controlGroup: return .refused(.controlGroup)
        case BitCategory.capped: return .refused(.capped)
        case BitCategory.ceiling: return .refused(.ceiling)
        case BitCategory.converted: return .converted
        default:
            let (variant, channel) = (category - BitCategory.fixed).quotientAndRemainder(dividingBy: channels)
            return .send(channel: channel, variant: variant)
        }
    }
}
