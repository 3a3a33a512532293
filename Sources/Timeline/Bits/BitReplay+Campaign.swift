import CampaignPlan
import Experiments

extension BitReplay {
    /// What the masks say about one campaign and the current customer, in the order of refusals.
    mutating func replay(_ campaign: UnsafePointer<BitCampaign>, _ evaluator: inout Evaluator) {
        if !campaign.pointee.quiet.pending.isEmpty { countPending(campaign, &evaluator) }
        let include = evaluate(campaign.pointee.include, &evaluator)
        if include == .never { return }
        let exclude = campaign.pointee.exclude < 0 ? .never : evaluate(campaign.pointee.exclude, &evaluator)
        let (variant, route) = reach(campaign, &evaluator)
        let course = route.isQuietable ? campaign.pointee.quiet : campaign.pointee.planned
        guard take(campaign, course, include, exclude) else { return }
        refuseReEntry(campaign.pointee.reEntry, course)
        if route.channel < 0 { return count(accepted, course, BitCategory.unreachable) }
        if course.dropped >= 0 { refuse(course.dropped, course, BitCategory.quietHours) }
        if course.expired >= 0 { refuse(course.expired, course, BitCategory.expired) }
        guard hasAccepted else { return }
        let category: Int
        if campaign.pointee.isMarketing, isInHoldout(&evaluator) {
            category = BitCategory.holdout
        } else if let share = evaluator.bound.campaigns[campaign.pointee.index].controlGroup,
            share.contains(customerKey: evaluator.timeline.key)
        {
            category = BitCategory.controlGroup
        } else {
            let chosen = variant ?? self.variant(campaign, &evaluator)
            category = BitCategory.fixed + chosen * Int(campaign.pointee.channelCount) + Int(route.channel)
            recipients[campaign.pointee.index] += 1
            countMessages()
        }
        count(accepted, course, category)
        countConversions(campaign.pointee.converted, course, &evaluator)
    }

    /// Puts into `accepted` where the customer is included and not excluded, and counts exclusions. False: nowhere.
    private mutating func take(
        _ campaign: UnsafePointer<BitCampaign>, _ course: BitCourse, _ include: RowState, _ exclude: RowState
    ) -> Bool {
        let masks = grid.masks + course.mask
        let included = bits(campaign.pointee.include)
        let excluded = bits(max(campaign.pointee.exclude, 0))
        let from = existsPlace == 0 || course.firstBits < 0 ? existsPlace : Int(grid.firstBits[course.firstBits + existsPlace])
        var isTaken = false
        var isExcluded = false
        work.wordsCombined += 2 * grid.panels
        for panel in 0..<grid.panels {
            var inside = masks[panel]
            if include == .mixed { inside = inside & included[panel] }
            if from > 0 { inside = inside & suffixes[min(max(from - panel * BitPanel.bits, 0), BitPanel.bits)] }
            switch exclude {
            case .never, .unknown: accepted[panel] = inside
            case .always:
                refused[panel] = inside
                accepted[panel] = .zero
                if !inside.isZero { isExcluded = true }
            case .mixed:
                let out = inside & excluded[panel]
                refused[panel] = out
                if !out.isZero { isExcluded = true }
                accepted[panel] = inside ^ out
            }
            if !accepted[panel].isZero { isTaken = true }
        }
        if isExcluded { count(refused, course, BitCategory.excluded) }
        return isTaken
    }

    /// Takes re-entries out of `accepted`: what is left counts as accepted, whatever refuses it then.
    private mutating func refuseReEntry(_ reEntry: ReEntry, _ course: BitCourse) {
        let length: Int64?
        switch reEntry {
        case .always: return
        case .never: length = nil
        case .after(let after): length = after
        }
        var isRefused = false
        var next = Int64.min
        for panel in 0..<grid.panels {
            var rest = accepted[panel]
            var kept = BitPanel.zero
            while !rest.isZero {
                let bit = rest.first
                let place = panel * BitPanel.bits + bit
                let trigger = course.triggers < 0 ? grid.instants[place] : grid.triggers[course.triggers + place]
                if trigger >= next {
                    kept = kept | .bit(bit)
                    next = length.map { saturatingSum(trigger, $0) } ?? .max
                    // Planned instants are places of the grid, so the next that counts is found, not walked to.
                    let first = course.triggers < 0 ? grid.index(next) - panel * BitPanel.bits : bit + 1
                    rest = rest & suffixes[min(max(first, bit + 1), BitPanel.bits)]
                } else {
                    rest = rest & suffixes[bit + 1]
                }
            }
            let out = accepted[panel] & ~kept
            refused[panel] = out
            if !out.isZero { isRefused = true }
            accepted[panel] = kept
        }
        if isRefused { count(refused, course, BitCategory.reEntry) }
    }

    private mutating func refuse(_ mask: Int, _ course: BitCourse, _ category: Int) {
        let masks = grid.masks + mask
        for panel in 0..<grid.panels {
            let out = accepted[panel] & masks[panel]
            refused[panel] = out
            accepted[panel] = accepted[panel] ^ out
        }
        count(refused, course, category)
    }

    private var hasAccepted: Bool {
        for panel in 0..<grid.panels where !accepted[panel].isZero { return true }
        return false
    }

    /// Adds 1 to a counter wherever a bit is set: a carry goes up a level where the level below had the bit already.
    @inline(__always)
    private func count(_ row: UnsafeMutablePointer<BitPanel>, _ course: BitCourse, _ category: Int) {
        var counter = grid.counters + (course.counters &+ category) &* grid.panels &* levels
        for panel in 0..<grid.panels {
            add(row[panel], to: counter)
            counter += levels
        }
    }

    @inline(__always)
    private func add(_ bits: BitPanel, to counter: UnsafeMutablePointer<BitPanel>) {
        var carry = bits
        var level = counter
        while !carry.isZero {
            let old = level.pointee
            level.pointee = old ^ carry
            carry = old & carry
            level += 1
        }
    }

    private func countMessages() {
        var level = grid.messages
        for panel in 0..<grid.panels {
            add(accepted[panel], to: level)
            level += grid.messageLevels
        }
    }

    private mutating func countConversions(_ converted: Int32, _ course: BitCourse, _ evaluator: inout Evaluator) {
        guard converted >= 0, course.measured >= 0 else { return }
        let measured = grid.masks + course.measured
        var isMeasured = false
        for panel in 0..<grid.panels {
            refused[panel] = accepted[panel] & measured[panel]
            if !refused[panel].isZero { isMeasured = true }
        }
        guard isMeasured else { return }
        switch evaluate(converted, &evaluator) {
        case .never, .unknown: return
        case .always: break
        case .mixed:
            let row = bits(converted)
            for panel in 0..<grid.panels { refused[panel] = refused[panel] & row[panel] }
        }
        count(refused, course, BitCategory.converted)
    }

    /// Counts occurrences that quiet hours move to the end of the period or later; nothing else is asked about them.
    private mutating func countPending(_ campaign: UnsafePointer<BitCampaign>, _ evaluator: inout Evaluator) {
        let (_, route) = reach(campaign, &evaluator)
        guard route.isQuietable else { return }
        let table = plan.calendar.timetable(campaign: campaign.pointee.index, recipientZone: evaluator.recipientZone)
        let pending = campaign.pointee.quiet.pending
        for occurrence in pending
        where plan.calendar.instant(table.planned, Int(occurrence)) >= evaluator.timeline.existsFrom {
            grid.pending[campaign.pointee.quiet.pendingCounts + Int(occurrence - pending.lowerBound)] += 1
        }
    }
}

// Who is reached how: the same at every instant.
extension BitReplay {
    /// The variant only where the channels depend on it.
    private func reach(
        _ campaign: UnsafePointer<BitCampaign>, _ evaluator: inout Evaluator
    ) -> (variant: Int?, route: RouteState) {
        guard campaign.pointee.hasRoutePerVariant else { return (nil, route(campaign.pointee.route, &evaluator)) }
        let variant = variant(campaign, &evaluator)
        return (variant, route(campaign.pointee.route + Int32(variant), &evaluator))
    }

    private func route(_ index: Int32, _ evaluator: inout Evaluator) -> RouteState {
        if routeStates[Int(index)].isKnown { return routeStates[Int(index)] }
        var state = RouteState(isKnown: true)
        let route = routes[Int(index)]
        for position in 0..<route.count {
            let channel = route.channels[position]
            guard evaluator.reaches(channel, isMarketing: route.isMarketing) else { continue }
            state.channel = route.positions[position]
            state.isQuietable = channel.isQuietable && !evaluator.consents(channel.nightConsent)
            break
        }
        routeStates[Int(index)] = state
        return state
    }

    private func variant(_ campaign: UnsafePointer<BitCampaign>, _ evaluator: inout Evaluator) -> Int {
        if campaign.pointee.variantCount <= 1 { return 0 }
        return evaluator.variant(evaluator.bound.campaigns[campaign.pointee.index])
    }

    private mutating func isInHoldout(_ evaluator: inout Evaluator) -> Bool {
        if holdout < 0 { holdout = evaluator.isInHoldout() ? 1 : 0 }
        return holdout == 1
    }
}
