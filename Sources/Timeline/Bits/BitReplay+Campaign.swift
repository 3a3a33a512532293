import CampaignPlan
import Experiments

extension BitReplay {
    /// What the masks say about one campaign and the current customer, in the order of refusals.
    func replay(_ campaign: UnsafePointer<BitCampaign>, _ evaluator: inout Evaluator) {
        if campaign.pointee.hasPending { countPending(campaign, &evaluator) }
        let include = state(campaign.pointee.include, &evaluator)
        if include == .never || (include == .mixed && isEmpty(campaign.pointee.include)) { return }
        let exclude = campaign.pointee.exclude < 0 ? .never : state(campaign.pointee.exclude, &evaluator)
        let (variant, route) = reach(campaign, &evaluator)
        let course = grid.pointee.courses + (route.isQuietable ? campaign.pointee.quiet : campaign.pointee.planned)
        let included = bits(campaign.pointee.include)
        let excluded = bits(max(campaign.pointee.exclude, 0))
        let from = firstPlace(course)
        var entry = BitEntry(campaign.pointee.reEntry)
        // The same at every instant, and asked for only where somebody gets that far.
        var category = -1
        now.pointee.work.wordsCombined += 2 * grid.pointee.panels
        for panel in 0..<grid.pointee.panels {
            var inside = grid.pointee.masks[course.pointee.mask &+ panel]
            if include == .mixed { inside = inside & included[panel] }
            if from > 0 { inside = inside & suffixes[min(max(from - panel * BitPanel.bits, 0), BitPanel.bits)] }
            if inside.isZero { continue }
            if exclude != .never {
                let out = exclude == .always ? inside : inside & excluded[panel]
                count(out, panel, course, BitCategory.excluded)
                inside = inside ^ out
            }
            if !entry.isAlways, !inside.isZero {
                let kept = keep(inside, panel, course, &entry)
                count(inside ^ kept, panel, course, BitCategory.reEntry)
                inside = kept
            }
            if route.channel < 0 {
                count(inside, panel, course, BitCategory.unreachable)
                continue
            }
            if course.pointee.dropped >= 0 {
                inside = refuse(inside, panel, course.pointee.dropped, course, BitCategory.quietHours)
            }
            if course.pointee.expired >= 0 {
                inside = refuse(inside, panel, course.pointee.expired, course, BitCategory.expired)
            }
            if inside.isZero { continue }
            if category < 0 { category = self.category(campaign, variant, route, &evaluator) }
            count(inside, panel, course, category)
            if category >= BitCategory.fixed { BitCounter.add(inside, to: grid.pointee.messages + panel) }
            if campaign.pointee.converted >= 0 {
                countConversions(inside, panel, campaign.pointee.converted, course, &evaluator)
            }
        }
        if category >= BitCategory.fixed { recipients[campaign.pointee.index] += 1 }
    }

    /// Most people are in few audiences, so this is where most campaigns end.
    @inline(__always)
    private func isEmpty(_ row: Int32) -> Bool {
        let row = bits(row)
        for panel in 0..<grid.pointee.panels where !row[panel].isZero { return false }
        return true
    }

    /// The first bit of a course at which the customer exists.
    private func firstPlace(_ course: UnsafePointer<BitCourse>) -> Int {
        if now.pointee.existsPlace == 0 || course.pointee.firstBits < 0 { return now.pointee.existsPlace }
        return Int(grid.pointee.firstBits[course.pointee.firstBits + now.pointee.existsPlace])
    }

    /// The arm of the experiment, or the counter of what is sent.
    private func category(
        _ campaign: UnsafePointer<BitCampaign>, _ variant: Int?, _ route: RouteState, _ evaluator: inout Evaluator
    ) -> Int {
        if campaign.pointee.isMarketing, isInHoldout(&evaluator) { return BitCategory.holdout }
        if let share = campaign.pointee.controlGroup, share.contains(customerKey: evaluator.timeline.key) {
            return BitCategory.controlGroup
        }
        let chosen = variant ?? self.variant(campaign, &evaluator)
        return BitCategory.fixed + chosen * Int(campaign.pointee.channelCount) + Int(route.channel)
    }

    /// Those of the triggers that count as entries: they are accepted, whatever refuses them then.
    private func keep(
        _ triggers: BitPanel, _ panel: Int, _ course: UnsafePointer<BitCourse>, _ entry: inout BitEntry
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
        _ bits: BitPanel, _ panel: Int, _ mask: Int, _ course: UnsafePointer<BitCourse>, _ category: Int
    ) -> BitPanel {
        let out = bits & grid.pointee.masks[mask &+ panel]
        count(out, panel, course, category)
        return bits ^ out
    }

    @inline(__always)
    private func count(_ bits: BitPanel, _ panel: Int, _ course: UnsafePointer<BitCourse>, _ category: Int) {
        if bits.isZero { return }
        let counter = (course.pointee.counters &+ category) &* grid.pointee.panels &+ panel
        BitCounter.add(bits, to: grid.pointee.counters + counter)
    }

    private func countConversions(
        _ sends: BitPanel, _ panel: Int, _ converted: Int32, _ course: UnsafePointer<BitCourse>,
        _ evaluator: inout Evaluator
    ) {
        let measured = sends & grid.pointee.masks[course.pointee.measured &+ panel]
        if measured.isZero { return }
        switch state(converted, &evaluator) {
        case .never, .unknown: return
        case .always: count(measured, panel, course, BitCategory.converted)
        case .mixed: count(measured & bits(converted)[panel], panel, course, BitCategory.converted)
        }
    }

    /// Counts occurrences that quiet hours move to the end of the period or later; nothing else is asked about them.
    private func countPending(_ campaign: UnsafePointer<BitCampaign>, _ evaluator: inout Evaluator) {
        let (_, route) = reach(campaign, &evaluator)
        guard route.isQuietable else { return }
        let table = plan.calendar.timetable(campaign: campaign.pointee.index, recipientZone: evaluator.recipientZone)
        let course = grid.pointee.courses + campaign.pointee.quiet
        let pending = course.pointee.pending
        for occurrence in pending
        where plan.calendar.instant(table.planned, Int(occurrence)) >= evaluator.timeline.existsFrom {
            grid.pointee.pending[course.pointee.pendingCounts + Int(occurrence - pending.lowerBound)] += 1
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
        let count = Int(campaign.pointee.variantCount)
        if count <= 1 { return 0 }
        let bucket = assignmentBucket(key: campaign.pointee.variantKey, customerKey: evaluator.timeline.key)
        let ends = variantEnds + campaign.pointee.variantEnds
        for index in 0..<count where bucket < ends[index] { return index }
        return count - 1
    }

    private func isInHoldout(_ evaluator: inout Evaluator) -> Bool {
        if now.pointee.holdout < 0 { now.pointee.holdout = evaluator.isInHoldout() ? 1 : 0 }
        return now.pointee.holdout == 1
    }
}
