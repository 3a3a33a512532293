import CampaignPlan
import Experiments

extension BitReplay {
    /// Whether anybody of the block is among those whom the campaign's instants are for.
    func reaches(_ campaign: UnsafePointer<BitCampaign>, _ lane: UnsafePointer<BitLane>) -> Bool {
        let routeCount = campaign.pointee.hasRoutePerVariant ? Int(campaign.pointee.variantCount) : 1
        return (0..<routeCount).contains { variant in
            let route = Int(campaign.pointee.route) + variant
            let groups = UnsafeBufferPointer(start: lane.pointee.groups(route), count: lane.pointee.groupCounts[route])
            return groups.contains { campaign.pointee.recipients.include(isQuietable: $0.isQuietable) }
        }
    }

    /// Counts any campaign, customer by customer.
    func countEach(
        _ campaign: UnsafePointer<BitCampaign>, _ grid: UnsafePointer<BitGridMemory>, _ lane: UnsafePointer<BitLane>,
        _ served: BitCandidates?
    ) {
        let panels = grid.pointee.panels
        let include = grid.pointee.row(campaign.pointee.include)
        let mask = grid.pointee.masks + grid.pointee.courses[campaign.pointee.course].mask
        let active = now.pointee.active
        var found = 0
        for customer in 0..<lane.pointee.count {
            var any = BitPanel.zero
            for panel in 0..<panels {
                any = any | (include[customer &* panels &+ panel] & mask[panel])
            }
            active[found] = Int32(truncatingIfNeeded: customer)
            found &+= any.oneIfAny
        }
        for place in 0..<found { countOne(campaign, grid, lane, served, Int(active[place])) }
    }

    /// What the masks say about one campaign and customer, in the order of refusals.
    private func countOne(
        _ campaign: UnsafePointer<BitCampaign>, _ grid: UnsafePointer<BitGridMemory>, _ lane: UnsafePointer<BitLane>,
        _ served: BitCandidates?, _ customer: Int
    ) {
        let panels = grid.pointee.panels
        let variant = campaign.pointee.hasRoutePerVariant ? variant(campaign, customer, lane) : 0
        let routeIndex = (Int(campaign.pointee.route) &+ variant) &* lane.pointee.capacity &+ customer
        let route = lane.pointee.routes[routeIndex]
        guard campaign.pointee.recipients.include(isQuietable: route.isQuietable) else { return }
        let course = grid.pointee.courses + campaign.pointee.course
        let include = grid.pointee.row(campaign.pointee.include, customer: customer)
        let exclude =
            campaign.pointee.exclude < 0 ? nil : grid.pointee.row(campaign.pointee.exclude, customer: customer)
        let from = grid.pointee.existsPlaces[course.pointee.track &* grid.pointee.capacity &+ customer]
        var entry = BitEntry(campaign.pointee.reEntry)
        // The same at every instant, and asked for only where somebody gets that far.
        var category = -1
        var candidate: UnsafeMutablePointer<BitPanel>?
        var isRecipient = false
        for panel in 0..<panels {
            var inside = include[panel] & grid.pointee.masks[course.pointee.mask &+ panel]
            if from > 0 { inside = inside & suffixes[min(max(from - panel * BitPanel.bits, 0), BitPanel.bits)] }
            if inside.isZero { continue }
            if let exclude {
                let out = inside & exclude[panel]
                add(out, panel, course, grid, BitCategory.excluded)
                inside = inside ^ out
            }
            if !entry.isAlways, !inside.isZero {
                let kept = keep(inside, panel, course, grid, &entry)
                add(inside ^ kept, panel, course, grid, BitCategory.reEntry)
                inside = kept
            }
            if route.channel < 0 {
                add(inside, panel, course, grid, BitCategory.unreachable)
                continue
            }
            if course.pointee.dropped >= 0 {
                inside = refuse(inside, panel, course.pointee.dropped, course, grid, BitCategory.quietHours)
            }
            if course.pointee.expired >= 0 {
                inside = refuse(inside, panel, course.pointee.expired, course, grid, BitCategory.expired)
            }
            if inside.isZero { continue }
            if category < 0 {
                category = Int(route.category)
                if category >= BitCategory.fixed { category = draw(campaign, category, customer, lane) }
            }
            if served != nil, category >= BitCategory.fixed { add(inside, panel, course, grid, BitCategory.capped) }
            if let served, category >= BitCategory.fixed, route.capChannel >= 0 {
                if candidate == nil {
                    let (candidates, number) = served.open(
                        campaign, course, category: category, channel: route.capChannel)
                    candidate = candidates.pointee.append(number, of: customer)
                    candidate?.update(repeating: .zero, count: panels)
                }
                candidate?[panel] = inside
            } else if category >= BitCategory.fixed {
                if send(inside, panel, course, grid, category, customer) { isRecipient = true }
            } else {
                add(inside, panel, course, grid, category)
            }
            if campaign.pointee.converted >= 0 {
                let measured = inside & grid.pointee.masks[course.pointee.measured &+ panel]
                let converted = grid.pointee.row(campaign.pointee.converted, customer: customer)
                add(measured & converted[panel], panel, course, grid, BitCategory.converted)
            }
        }
        if isRecipient { recipients[campaign.pointee.index] += 1 }
    }

    /// Those of the triggers that count as entries: they are accepted, whatever refuses them then.
    private func keep(
        _ triggers: BitPanel, _ panel: Int, _ course: UnsafePointer<BitCourse>, _ grid: UnsafePointer<BitGridMemory>,
        _ entry: inout BitEntry
    ) -> BitPanel {
        var rest = triggers
        var kept = BitPanel.zero
        let start = panel &* BitPanel.bits
        let moved = course.pointee.triggers
        while !rest.isZero {
            let bit = rest.first
            let trigger = moved < 0 ? grid.pointee.instants[start &+ bit] : grid.pointee.triggers[moved &+ start &+ bit]
            guard entry.admits(trigger) else {
                rest = rest & suffixes[bit &+ 1]
                continue
            }
            kept = kept | .bit(bit)
            // Planned instants are the grid's, so the next that counts is found, not walked to.
            let next = moved < 0 ? grid.pointee.index(entry.next) &- start : bit &+ 1
            rest = rest & suffixes[min(max(next, bit &+ 1), BitPanel.bits)]
        }
        return kept
    }

    @inline(__always)
    private func refuse(
        _ bits: BitPanel, _ panel: Int, _ mask: Int, _ course: UnsafePointer<BitCourse>,
        _ grid: UnsafePointer<BitGridMemory>, _ category: Int
    ) -> BitPanel {
        let out = bits & grid.pointee.masks[mask &+ panel]
        add(out, panel, course, grid, category)
        return bits ^ out
    }

    /// Counts what goes out, but for occurrences that a ceiling stops; whether anything is left.
    @inline(__always)
    func send(
        _ bits: BitPanel, _ panel: Int, _ course: UnsafePointer<BitCourse>, _ grid: UnsafePointer<BitGridMemory>,
        _ category: Int, _ customer: Int
    ) -> Bool {
        var bits = bits
        if course.pointee.stopped >= 0 {
            bits = refuse(bits, panel, course.pointee.stopped, course, grid, BitCategory.ceiling)
        }
        if bits.isZero { return false }
        add(bits, panel, course, grid, category)
        BitCounter.add(bits, to: grid.pointee.messages + (customer &* grid.pointee.panels &+ panel))
        return true
    }

    @inline(__always)
    func add(
        _ bits: BitPanel, _ panel: Int, _ course: UnsafePointer<BitCourse>, _ grid: UnsafePointer<BitGridMemory>,
        _ category: Int
    ) {
        if bits.isZero { return }
        let counter = (course.pointee.counters &+ category) &* grid.pointee.panels &+ panel
        BitCounter.add(bits, to: grid.pointee.counters + counter)
    }
}

// Who is drawn into which group and variant.
extension BitReplay {
    /// The arm of the experiment, or the counter of what is sent, for a customer whom nothing else refuses.
    @inline(never)
    func draw(
        _ campaign: UnsafePointer<BitCampaign>, _ category: Int, _ customer: Int, _ lane: UnsafePointer<BitLane>
    ) -> Int {
        if let share = campaign.pointee.controlGroup,
            lane.pointee.bucket(share.key, customer) < share.partsPerMillion
        {
            return BitCategory.controlGroup
        }
        return category + variant(campaign, customer, lane) * Int(campaign.pointee.channelCount)
    }

    private func variant(
        _ campaign: UnsafePointer<BitCampaign>, _ customer: Int, _ lane: UnsafePointer<BitLane>
    ) -> Int {
        let count = Int(campaign.pointee.variantCount)
        if count <= 1 { return 0 }
        let bucket = lane.pointee.bucket(campaign.pointee.variantKey, customer)
        let ends = variantEnds + campaign.pointee.variantEnds
        for index in 0..<count where bucket < ends[index] { return index }
        return count - 1
    }
}

// What is asked when a customer is taken: it needs the customer's attributes.
extension BitReplay {
    /// Writes down how each route reaches the customer: the same at every instant. Returns whether quiet hours apply to
    /// any of them.
    func takeRoutes(_ evaluator: inout Evaluator) -> Bool {
        if routeCount == 0 { return false }
        let isInHoldout = evaluator.bound.holdout != nil && evaluator.isInHoldout()
        var isQuietable = false
        for index in 0..<routeCount {
            let route = routes + index
            var reach = BitReach()
            for position in 0..<route.pointee.count {
                let channel = route.pointee.channels[position]
                guard evaluator.reaches(channel, isMarketing: route.pointee.isMarketing) else { continue }
                reach.channel = route.pointee.positions[position]
                reach.capChannel = Int32(truncatingIfNeeded: channel.capChannel)
                reach.isQuietable = channel.isQuietable && !evaluator.consents(channel.nightConsent)
                break
            }
            reach.category =
                if reach.channel < 0 { Int32(BitCategory.unreachable) } else if route.pointee.isMarketing, isInHoldout {
                    Int32(BitCategory.holdout)
                } else { Int32(BitCategory.fixed) + reach.channel }
            now.pointee.reached[index] = reach
            isQuietable = isQuietable || reach.isQuietable
        }
        return isQuietable
    }

    /// Counts occurrences that quiet hours move to the end of the period or later; nothing else is asked about them.
    func countPending(
        _ grid: UnsafePointer<BitGridMemory>, _ lane: UnsafePointer<BitLane>, _ customer: Int, _ existsFrom: Int64
    ) {
        for index in 0..<grid.pointee.pendingCampaignCount {
            let campaign = grid.pointee.campaigns + Int(grid.pointee.pendingCampaigns[index])
            let variant = campaign.pointee.hasRoutePerVariant ? variant(campaign, customer, lane) : 0
            let route = lane.pointee.routes[
                (Int(campaign.pointee.route) &+ variant) &* lane.pointee.capacity &+ customer]
            guard route.isQuietable else { continue }
            let table = plan.calendar.timetable(
                campaign: campaign.pointee.index, recipientZone: lane.pointee.zone[customer])
            let course = grid.pointee.courses + campaign.pointee.course
            let pending = course.pointee.pending
            for occurrence in pending where plan.calendar.instant(table.planned, Int(occurrence)) >= existsFrom {
                grid.pointee.pending[course.pointee.pendingCounts + Int(occurrence - pending.lowerBound)] += 1
            }
        }
    }
}
