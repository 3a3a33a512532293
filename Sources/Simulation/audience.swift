package import CampaignPlan
package import CivilTime
internal import Dataset
internal import Timeline

/// Who is asked for.
package enum AudienceQuery: Hashable, Sendable {
    case condition(ConditionIndex)
    case audience(include: ConditionIndex, exclude: ConditionIndex?)
}

extension Plan {
    /// A segment's people, or a campaign's include minus exclude; nil where nothing has this name.
    package func audienceQuery(_ name: String) -> AudienceQuery? {
        if let segment = segments.first(where: { $0.name == name }) { return .condition(segment.condition) }
        return campaigns.first { $0.name == name }.map { .audience(include: $0.include, exclude: $0.exclude) }
    }
}

extension Plan {
    /// A plan with nothing but what the query needs, so that no other column is read.
    package func restricted(to query: AudienceQuery) -> (plan: Plan, query: AudienceQuery) {
        let roots =
            switch query {
            case .condition(let condition): [condition]
            case .audience(let include, let exclude): [include, exclude].compactMap { $0 }
            }
        var graph = ConditionGraph()
        for condition in conditions { _ = graph.add(condition) }
        let (nodes, places) = graph.pruned(to: roots)
        var plan = self
        plan.conditions = nodes
        plan.segments = []
        plan.campaigns = []
        plan.workspace.frequencyCaps = []
        switch query {
        case .condition(let condition): return (plan, .condition(places[condition] ?? 0))
        case .audience(let include, let exclude):
            return (plan, .audience(include: places[include] ?? 0, exclude: exclude.map { places[$0] ?? 0 }))
        }
    }
}

/// The ids of the customers in the audience at an instant, ascending, which is the bytewise order of their keys.
package func findAudience(
    _ query: AudienceQuery, in source: BoundDataset, at instant: Instant, threads: Int
) -> [Int] {
    guard !source.isLate, !query.conditions.contains(where: { source.bound.needsIntervals[$0] }) else {
        let source = source.comparing(at: instant.milliseconds, threads: threads)
        return findAudienceByIntervals(query, in: source, at: instant, threads: threads)
    }
    let tables = source.tables
    let found = runShards(
        count: source.dataset.customerCount, threads: threads, shards: 64, make: { [Int]() },
        work: { customers, members in
            var evaluator = InstantEvaluator(source.bound, tables)
            var loader = RowLoader(source, from: customers.lowerBound)
            for customer in customers {
                loader.load(customer, into: &evaluator)
                if evaluator.holds(query, at: instant.milliseconds) { members.append(customer) }
            }
        }, merge: { $0 += $1 })
    return found.sorted()
}

/// The same where single instants are no answer, or events became known late: each customer is copied, and the intervals of all time are made.
private func findAudienceByIntervals(
    _ query: AudienceQuery, in source: BoundDataset, at instant: Instant, threads: Int
) -> [Int] {
    let found = runShards(
        count: source.dataset.customerCount, threads: threads, shards: 64, make: { [Int]() },
        work: { customers, members in
            var evaluator = Evaluator(source.bound, horizon: instant.milliseconds)
            let loader = TimelineLoader(source, from: customers.lowerBound)
            for customer in customers {
                _ = loader.find(customer)
                loader.load(into: &evaluator.timeline)
                evaluator.begin()
                if evaluator.holds(query, at: instant.milliseconds) { members.append(customer) }
            }
        }, merge: { $0 += $1 })
    return found.sorted()
}

extension AudienceQuery {
    fileprivate var conditions: [ConditionIndex] {
        switch self {
        case .condition(let condition): [condition]
        case .audience(let include, let exclude): [include, exclude].compactMap { $0 }
        }
    }
}

extension Evaluator {
    fileprivate mutating func holds(_ query: AudienceQuery, at instant: Int64) -> Bool {
        switch query {
        case .condition(let condition): return holds(condition, at: instant)
        case .audience(let include, nil): return holds(include, at: instant)
        case .audience(let include, let exclude?):
            // Not in one expression: both change the evaluator.
            guard holds(include, at: instant) else { return false }
            return !holds(exclude, at: instant)
        }
    }
}

extension InstantEvaluator {
    fileprivate mutating func holds(_ query: AudienceQuery, at instant: Int64) -> Bool {
        switch query {
        case .condition(let condition): holds(condition, at: instant)
        case .audience(let include, nil): holds(include, at: instant)
        case .audience(let include, let exclude?):
            holds(include, at: instant) && !holds(exclude, at: instant)
        }
    }
}
