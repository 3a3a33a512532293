import CampaignPlan
import CivilTime

// Contract 6: what a condition does at the milliseconds at which it can begin or cease to hold.
extension NaiveOracle {
    /// Whether the condition began or ceased to hold in `(t − within, t]`.
    func moved(_ condition: ConditionIndex, _ movement: Movement, within: Int64, at t: Int64) -> Bool {
        if mutation == .movementEndsWithTheSegment, holds(condition, at: t) != (movement == .entered) { return false }
        let after = Int64(clamping: Int128(t) - Int128(within) - (mutation == .movementEndIncluded ? 1 : 0))
        return edges(of: condition, from: after, to: t).contains { edge in
            // The beginning of time is no instant at which something begins.
            guard edge > after, edge <= t, edge > .min else { return false }
            if mutation == .existenceIsNoEntry, edge == customer.existsFrom { return false }
            switch movement {
            case .entered: return held(condition, at: edge) && !held(condition, at: edge - 1)
            case .left: return !held(condition, at: edge) && held(condition, at: edge - 1)
            }
        }
    }

    /// `holds`, asked once for each instant: movements of movements ask for the same ones again and again.
    private func held(_ condition: ConditionIndex, at t: Int64) -> Bool {
        let question = NaiveMemory.Question(condition: condition, instant: t)
        if let answer = memory.answers[question] { return answer }
        let answer = holds(condition, at: t)
        memory.answers[question] = answer
        return answer
    }

    /// Instants in `from...to`, or outside of it, at some of which the answer may change, and none other in between.
    func edges(of condition: ConditionIndex, from: Int64, to: Int64) -> Set<Int64> {
        var edges: Set<Int64> = [customer.existsFrom]
        func addEdges(of selection: EventSelection, _ window: EventWindow) {
            let times = Set(customer.moments)
            edges.formUnion(times)
            if case .elapsed(let old, let young) = window {
                for time in times {
                    edges.insert(Int64(clamping: Int128(time) + Int128(old)))
                    edges.insert(Int64(clamping: Int128(time) + Int128(young)))
                }
            }
            if let zone = window.zone { edges.formUnion(midnights(rules(of: zone), from, to)) }
        }
        switch plan.conditions[condition] {
        case .constant: break
        case .attribute: edges.formUnion(customer.moments)
        case .not(let child): edges.formUnion(self.edges(of: child, from: from, to: to))
        case .all(let children), .any(let children):
            for child in children { edges.formUnion(self.edges(of: child, from: from, to: to)) }
        case .attributeTime(let name, let window):
            // Any of the values that it ever has.
            var values = [customer.attribute(name)]
            if let history = plan.schema.attribute(name)?.history {
                edges.formUnion(customer.moments)
                values += customer.events.filter { $0.type == history.event }.map { $0.property(history.property) }
            }
            let isDate = plan.schema.attribute(name)?.type == .date
            func add(_ zone: ZoneReference, _ offsets: [Int64], midnights: Bool) {
                let rules = rules(of: zone)
                for case .number(let value) in values {
                    let time =
                        isDate
                        ? rules.startOfDay(CivilDate(daysSinceEpoch: Int32(clamping: value))).milliseconds : value
                    edges.formUnion(offsets.map { Int64(clamping: Int128(time) + Int128($0)) })
                }
                if midnights { edges.formUnion(self.midnights(rules, from, to)) }
            }
            switch window {
            case .elapsed(let old, let young, let zone): add(zone, [young, old], midnights: false)
            case .past(_, let zone), .recent(_, let zone), .nextDays(_, let zone): add(zone, [0], midnights: true)
            case .nextElapsed(let length, let zone): add(zone, [-length, 0], midnights: false)
            }
        case .events(let selection, let window, _): addEdges(of: selection, window)
        case .behaviour(let behaviour):
            // But for cycles in milliseconds that are overdue at instants of their own.
            for selection in behaviour.selections {
                for window in behaviour.windows + [.ever] { addEdges(of: selection, window) }
            }
            for zone in behaviour.zones { edges.formUnion(midnights(rules(of: zone), from, to)) }
        case .sequence(let pattern):
            var lengths: [Int64] = [0]
            if case .elapsed(let from, _) = pattern.window { lengths.append(from) }
            if let within = pattern.absence?.within { lengths.append(within) }
            for time in Set(customer.moments) {
                edges.formUnion(lengths.map { Int64(clamping: Int128(time) + Int128($0)) })
            }
            if case .recent(_, let zone) = pattern.window { edges.formUnion(midnights(rules(of: zone), from, to)) }
        case .anniversary(let anniversary):
            edges.formUnion(customer.moments)
            edges.formUnion(midnights(rules(of: anniversary.zone), from, to))
        case .population: break
        case .movement(let child, _, let within):
            let earlier = Int64(clamping: Int128(from) - Int128(within) - 1)
            let inner = self.edges(of: child, from: earlier, to: to)
            edges.formUnion(inner)
            edges.formUnion(inner.map { Int64(clamping: Int128($0) + Int128(within)) })
        }
        return edges
    }

    private func midnights(_ rules: TimeZoneRules, _ from: Int64, _ to: Int64) -> [Int64] {
        var day = rules.day(at: Instant(milliseconds: from))
        let last = rules.day(at: Instant(milliseconds: to))
        var starts: [Int64] = []
        while day <= last {
            starts.append(rules.startOfDay(day).milliseconds)
            // The calendar ends.
            if day.adding(days: 1) == day { break }
            day = day.adding(days: 1)
        }
        return starts
    }
}
