internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

extension ConditionChecker {
    func checkPopulation(_ condition: PopulationSyntax, _ context: inout CheckContext) -> CheckedCondition? {
        switch condition {
        case .rank(let rank): checkRank(rank, &context)
        case .rfm(let rfm): checkRFM(rfm, &context)
        }
    }

    private func checkRank(_ rank: RankSyntax, _ context: inout CheckContext) -> CheckedCondition? {
        guard let statistic = checkStatistic(rank.by, &context) else { return nil }
        let test: PopulationTest
        if let top = rank.top {
            guard top.value > 0 else {
                context.report(
                    Diagnostic(
                        .impossibleComparison, "the first 0% are nobody", at: top.span, label: "holds for nobody",
                        help: ["write a larger share such as `10%`"]))
                return nil
            }
            test = .top(partsPerMillion: top.value)
        } else {
            switch rank.percentile?.value {
            case .atLeast(let share): test = .atLeastPercentile(partsPerMillion: share)
            case .atMost(let share): test = .atMostPercentile(partsPerMillion: share)
            case nil: return nil
            }
        }
        return .population([statistic], test, refresh: refresh(rank.refresh))
    }

    private func checkRFM(_ rfm: RFMSyntax, _ context: inout CheckContext) -> CheckedCondition? {
        let recency = checkRecency(rfm.recency, &context)
        let frequency = checkStatistic(rfm.frequency, &context)
        let monetary = checkStatistic(rfm.monetary, &context)
        let count = rfm.groups?.value ?? RFMGroups.count
        guard (2...100).contains(count) else {
            context.report(
                Diagnostic(
                    .impossibleComparison, "there are no \(count) groups", at: rfm.groups?.span ?? rfm.head,
                    label: "from 2 to 100", help: ["write a number such as `5`"]))
            return nil
        }
        let ranges: [ClosedRange<Int>]?
        if let name = rfm.name {
            guard count == RFMGroups.count else {
                context.report(
                    Diagnostic(
                        .noEffect, "named groups are of five", at: rfm.groups?.span ?? name.span,
                        label: "`\(name.value)` has no meaning among \(count) groups",
                        help: ["remove `groups`, or write `r`, `f` and `m`"]))
                return nil
            }
            ranges = self.ranges(name, &context)
        } else {
            ranges = context.checkRanges(rfm.ranges, of: count)
        }
        guard let recency, let frequency, let monetary, let ranges else { return nil }
        return .population(
            [recency, frequency, monetary], .groups(of: count, ranges), refresh: refresh(rfm.refresh))
    }

    private func ranges(_ name: Located<String>, _ context: inout CheckContext) -> [ClosedRange<Int>]? {
        guard let groups = context.rfm else { return nil }
        if let known = groups.ranges[name.value] { return known }
        let names = groups.ranges.keys.sorted()
        context.report(
            Diagnostic(
                .unknownChoice, "unknown group `\(name.value)`", at: name.span,
                label: "not a name of `policy: rfm:`, nor one of the usual ten",
                help: [
                    nearestName(to: name.value, among: names).map { "write `\($0)`" }
                        ?? "the names are \(listed(names))"
                ]))
        return nil
    }

    private func refresh(_ written: RefreshSyntax?) -> PopulationRefresh? {
        switch written {
        case .daily: .daily
        case .weekly: .weekly
        case .monthly: .monthly
        case nil: nil
        }
    }

    private func checkRecency(_ syntax: StatisticSyntax, _ context: inout CheckContext) -> Population.Statistic? {
        if let measure = syntax.measure {
            context.report(
                Diagnostic(
                    .noEffect, "recency measures when the latest event was", at: measure.kind.span,
                    label: "measures something else", help: ["remove it"]))
            return nil
        }
        guard var statistic = checkStatistic(syntax, &context) else { return nil }
        statistic.measure = .latest
        return statistic
    }

    private func checkStatistic(_ syntax: StatisticSyntax, _ context: inout CheckContext) -> Population.Statistic? {
        let zone = zone(syntax.zone, &context)
        let selection = checkSelection(syntax.selection, zone: zone, &context)
        guard let zone else { return nil }
        // Not since a trigger, also inside an exit: a population is compared for everybody alike.
        let window = syntax.window == nil ? .ever : checkWindow(syntax.window, nil, zone, &context)
        guard let window else { return nil }
        guard let selection else { return nil }
        if let written = syntax.zone, window.zone == nil, !looksAtClock(syntax.selection, selection, context),
            syntax.measure.flatMap({ LocalPart(rawValue: $0.property.value) }) == nil
        {
            reportIdle(written, &context)
        }
        guard let measure = syntax.measure else {
            return Population.Statistic(selection: selection, window: window, measure: .count)
        }
        guard let (aggregate, property) = measured(measure, selection, zone, &context) else { return nil }
        return Population.Statistic(
            selection: selection, window: window,
            measure: LocalPart(rawValue: property.name).map { .distinctLocal($0, zone) }
                ?? .aggregate(aggregate, property: property.name))
    }
}
