/// Conditions of one customer at one instant that are taken to hold, or not to hold, and whether they can all be so.
struct ConditionFacts {
    private var known: [ConditionIndex: Bool] = [:]
    private var values: [ValueKey: ValueKnowledge] = [:]
    private var times: [AttributeTimeRange.Scale: ValueKnowledge] = [:]
    private var counts = Counts()
    private var movements: [MovementKey: Bounds] = [:]
    private var places: [PopulationKey: Bounds] = [:]
    private var groups: [GroupKey: Groups] = [:]

    private enum ValueKey: Hashable {
        case attribute(String)
        case aggregate(EventSelection, EventWindow, Aggregate, String)
        case distinct(EventSelection, EventWindow, LocalPart, ZoneReference)
        case edge(EventSelection, EventWindow, ValueEdge, String)
    }

    private struct MovementKey: Hashable {
        var child: ConditionIndex
        var movement: Movement
    }

    private struct PopulationKey: Hashable {
        enum Kind { case top, atLeastPercentile, atMostPercentile }
        var population: Population
        var kind: Kind
    }

    private struct GroupKey: Hashable {
        var population: Population
        var count: Int
    }

    /// Something that holds from a number on holds for greater ones as well.
    private struct Bounds {
        var leastHolding = Int64.max
        var greatestFailing = Int64.min

        /// False: both cannot be.
        mutating func add(_ number: Int64, _ holds: Bool) -> Bool {
            if holds {
                leastHolding = min(leastHolding, number)
            } else {
                greatestFailing = max(greatestFailing, number)
            }
            return leastHolding > greatestFailing
        }
    }

    /// What is known of a condition that was added; nil: nothing.
    subscript(_ condition: ConditionIndex) -> Bool? { known[condition] }

    /// Adds a condition that is neither constant nor made of others by `not`, `all` or `any`. False: what is known
    /// excludes each other.
    mutating func add(_ index: ConditionIndex, _ condition: Condition, _ holds: Bool) -> Bool {
        if let before = known.updateValue(holds, forKey: index) { return before == holds }
        switch condition {
        case .attribute(let name, let test): return add(.attribute(name), holds) { $0.add(test, holds) }
        case .attributeTime(let name, let window):
            let range = AttributeTimeRange(name, window)
            times[range.scale, default: ValueKnowledge()].add(range.times, holds)
            return times[range.scale]?.isImpossible != true
        case .events(let selection, let window, let measure): return add(selection, window, measure, holds)
        case .movement(let child, let movement, let within):
            return movements[MovementKey(child: child, movement: movement), default: Bounds()].add(within, holds)
        case .population(let population, let test): return add(population, test, holds)
        case .constant, .not, .all, .any, .behaviour, .sequence, .anniversary: return true
        }
    }

    private mutating func add(
        _ selection: EventSelection, _ window: EventWindow, _ measure: Measure, _ holds: Bool
    ) -> Bool {
        let key: ValueKey
        let isPossible: Bool
        // Whether a value says that there is an event.
        let isEvidence: Bool
        switch measure {
        case .countAtLeast(let number):
            return counts.add(.init(selection: selection, window: window, number: number), holds)
        case .aggregate(let aggregate, let property, let test):
            key = .aggregate(selection, window, aggregate, property)
            isPossible = add(key, holds) { $0.add(test, holds, isFraction: aggregate == .average) }
            switch aggregate {
            case .sum, .distinct: isEvidence = values[key]?.isThereAndNotZero == true
            case .average, .minimum, .maximum: isEvidence = values[key]?.isThere == true
            }
        case .distinctLocal(let part, let zone, let test):
            key = .distinct(selection, window, part, zone)
            isPossible = add(key, holds) { $0.add(test, holds, isFraction: false) }
            isEvidence = values[key]?.isThereAndNotZero == true
        case .edge(let edge, let property, let test):
            key = .edge(selection, window, edge, property)
            isPossible = add(key, holds) { $0.add(test, holds) }
            isEvidence = values[key]?.isThere == true
        }
        guard isPossible, isEvidence else { return isPossible }
        return counts.add(.init(selection: selection, window: window, number: 1), true)
    }

    private mutating func add(
        _ key: ValueKey, _ holds: Bool, _ learn: (inout ValueKnowledge) -> Void
    ) -> Bool {
        learn(&values[key, default: ValueKnowledge()])
        return values[key]?.isImpossible != true
    }

    private mutating func add(_ population: Population, _ test: PopulationTest, _ holds: Bool) -> Bool {
        func key(_ kind: PopulationKey.Kind) -> PopulationKey { PopulationKey(population: population, kind: kind) }
        switch test {
        case .top(let part): return places[key(.top), default: Bounds()].add(Int64(part), holds)
        case .atMostPercentile(let part):
            return places[key(.atMostPercentile), default: Bounds()].add(Int64(part), holds)
        case .atLeastPercentile(let part):
            return places[key(.atLeastPercentile), default: Bounds()].add(-Int64(part), holds)
        case .groups(let count, let ranges):
            let key = GroupKey(population: population, count: count)
            return groups[key, default: Groups()].add(ranges, holds)
        }
    }
}

/// How many events there are at least, and of which there are fewer.
private struct Counts {
    struct Count {
        var selection: EventSelection
        var window: EventWindow
        var number: Int
    }

    private var atLeast: [Count] = []
    private var fewer: [Count] = []

    mutating func add(_ count: Count, _ holds: Bool) -> Bool {
        if holds {
            if count.selection.isImpossible { return false }
            atLeast.append(count)
            return !fewer.contains { Self.exclude(count, $0) }
        }
        fewer.append(count)
        return !atLeast.contains { Self.exclude($0, count) }
    }

    private static func exclude(_ atLeast: Count, _ fewer: Count) -> Bool {
        fewer.number <= atLeast.number && atLeast.window.isInside(fewer.window)
            && atLeast.selection.isInside(fewer.selection)
    }
}

/// In which groups of a population the customer is, statistic after statistic.
private struct Groups {
    /// Nil: the customer need not take part.
    private var inside: [ClosedRange<Int>]?
    private var outside: [[ClosedRange<Int>]] = []

    mutating func add(_ ranges: [ClosedRange<Int>], _ holds: Bool) -> Bool {
        if holds {
            guard let before = inside else {
                inside = ranges
                return isPossible
            }
            let both = zip(before, ranges).map { own, new in own.overlaps(new) ? own.clamped(to: new) : nil }
            let left = both.compactMap(\.self)
            guard left.count == ranges.count, left.count == before.count else { return false }
            inside = left
        } else {
            outside.append(ranges)
        }
        return isPossible
    }

    private var isPossible: Bool {
        guard let inside else { return true }
        return !outside.contains { box in
            box.count == inside.count
                && zip(inside, box).allSatisfy { $1.contains($0.lowerBound) && $1.contains($0.upperBound) }
        }
    }
}
