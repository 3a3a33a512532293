import CampaignPlan

// Campaigns that neither exclude nor wait: the audience, reachability, groups and caps are all that decides.
extension BitReplay {
    /// Counts such a campaign. Customers with the same delivery are taken together, so that nothing has to be asked
    /// about each of them.
    func countSimple(
        _ campaign: UnsafePointer<BitCampaign>, _ grid: UnsafePointer<BitGridMemory>, _ lane: UnsafePointer<BitLane>,
        _ served: BitCandidates?
    ) {
        let route = Int(campaign.pointee.route)
        for index in 0..<lane.pointee.groupCounts[route] {
            let group = lane.pointee.groups(route) + index
            guard campaign.pointee.recipients.include(isQuietable: group.pointee.isQuietable) else { continue }
            let members = lane.pointee.members(route)
            switch grid.pointee.panels {
            case 1: countSimple(campaign, group, members, grid, lane, served, 1)
            default: countSimple(campaign, group, members, grid, lane, served, grid.pointee.panels)
            }
        }
    }

    @inline(__always)
    private func countSimple(
        _ campaign: UnsafePointer<BitCampaign>, _ group: UnsafePointer<BitDelivery>, _ members: UnsafePointer<Int32>,
        _ grid: UnsafePointer<BitGridMemory>, _ lane: UnsafePointer<BitLane>, _ served: BitCandidates?, _ panels: Int
    ) {
        let found = find(campaign, group, members, grid, panels)
        if found == 0 { return }
        let category = Int(group.pointee.category)
        let active = now.pointee.active
        if campaign.pointee.isDrawn, category >= BitCategory.fixed {
            for index in 0..<found {
                let customer = Int(active[index])
                let drawn = draw(campaign, category, customer, lane)
                count(index..<index + 1, campaign, grid, drawn, group.pointee.capChannel, served, panels)
            }
        } else {
            count(0..<found, campaign, grid, category, group.pointee.capChannel, served, panels)
        }
    }

    /// Writes down who of a group is in the audience at some instants, and at which; returns how many are.
    @inline(__always)
    private func find(
        _ campaign: UnsafePointer<BitCampaign>, _ group: UnsafePointer<BitDelivery>, _ members: UnsafePointer<Int32>,
        _ grid: UnsafePointer<BitGridMemory>, _ panels: Int
    ) -> Int {
        let course = grid.pointee.courses + campaign.pointee.course
        let include = UnsafePointer(grid.pointee.row(campaign.pointee.include))
        let mask = grid.pointee.masks + course.pointee.mask
        let members = UnsafeBufferPointer(start: members + group.pointee.first, count: group.pointee.count)
        let capacity = grid.pointee.capacity
        let exists = UnsafePointer(grid.pointee.exists + course.pointee.track &* capacity &* panels)
        let (inside, active) = (now.pointee.inside, now.pointee.active)
        if panels == 1 { return Self.find(include, mask.pointee, exists, members, inside, active) }
        var found = 0
        for customer in members {
            var any = BitPanel.zero
            for panel in 0..<panels {
                let place = Int(customer) &* panels &+ panel
                let bits = include[place] & mask[panel] & exists[place]
                inside[panel &* capacity &+ found] = bits
                any = any | bits
            }
            active[found] = customer
            found &+= any.oneIfAny
        }
        return found
    }

    /// The same for one panel; apart, so that its loop has all registers.
    @inline(never)
    private static func find(
        _ include: UnsafePointer<BitPanel>, _ mask: BitPanel, _ exists: UnsafePointer<BitPanel>,
        _ members: UnsafeBufferPointer<Int32>, _ inside: UnsafeMutablePointer<BitPanel>,
        _ active: UnsafeMutablePointer<Int32>
    ) -> Int {
        var found = 0
        for customer in members {
            let bits = include[Int(customer)] & mask & exists[Int(customer)]
            inside[found] = bits
            active[found] = customer
            found &+= bits.oneIfAny
        }
        return found
    }

    /// Counts some of those who were found.
    @inline(__always)
    private func count(
        _ found: Range<Int>, _ campaign: UnsafePointer<BitCampaign>, _ grid: UnsafePointer<BitGridMemory>,
        _ category: Int, _ capChannel: Int32, _ served: BitCandidates?, _ panels: Int
    ) {
        let course = grid.pointee.courses + campaign.pointee.course
        let (inside, active, capacity) = (now.pointee.inside, now.pointee.active, grid.pointee.capacity)
        let isSend = category >= BitCategory.fixed
        let counted = isSend && served != nil ? BitCategory.capped : category
        add(found, counted, course, grid, panels)
        guard isSend else { return }
        if let served, capChannel >= 0 {
            let (candidates, number) = served.open(campaign, course, category: category, channel: capChannel)
            for index in found {
                let target = candidates.pointee.append(number, of: Int(active[index]))
                for panel in 0..<panels { target[panel] = inside[panel &* capacity &+ index] }
            }
            return
        }
        if served != nil { add(found, category, course, grid, panels) }
        for index in found {
            let messages = grid.pointee.messages + Int(active[index]) &* panels
            for panel in 0..<panels { BitCounter.add(inside[panel &* capacity &+ index], to: messages + panel) }
        }
        recipients[campaign.pointee.index] += found.count
    }

    @inline(__always)
    private func add(
        _ found: Range<Int>, _ category: Int, _ course: UnsafePointer<BitCourse>,
        _ grid: UnsafePointer<BitGridMemory>, _ panels: Int
    ) {
        let counters = grid.pointee.counters + (course.pointee.counters &+ category) &* panels
        for panel in 0..<panels {
            let masks = now.pointee.inside + (panel &* grid.pointee.capacity &+ found.lowerBound)
            BitCounter.add(masks, count: found.count, to: counters + panel)
        }
    }
}
