internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

// Conditions that begin with `measure`, `share`, `purchase_interval` or `overdue`.
extension ConditionChecker {
    func checkBehaviour(
        _ condition: BehaviourConditionSyntax, _ context: inout CheckContext
    ) -> CheckedCondition? {
        guard let zone = zone(condition.zone, &context) else { return nil }
        let checked: CheckedCondition?
        switch condition.form {
        case .measure(let events, let multiples):
            checked = checkMeasured(events, multiples, condition, zone, &context)
        case .share(let events, let least): checked = checkShare(events, least, condition, zone, &context)
        case .purchaseInterval(let cycle): checked = checkInterval(cycle, condition, zone, &context)
        case .overdue(let cycle): checked = checkOverdue(cycle, condition, zone, &context)
        }
        guard let checked, condition.isWhole else { return nil }
        if let written = condition.zone, !checked.looksAtClock, !comparesInstants(condition, context) {
            reportIdle(written, &context)
        }
        return checked
    }

    private func comparesInstants(_ condition: BehaviourConditionSyntax, _ context: CheckContext) -> Bool {
        let selections: [EventSelectionSyntax] =
            switch condition.form {
            case .measure(let events, let multiples): [events.selection] + multiples.map(\.measure.selection)
            case .share(let events, _): [events.selection]
            case .purchaseInterval(let cycle), .overdue(let cycle): [cycle.selection]
            }
        let types = context.schema?.events.map(\.name) ?? []
        return selections.contains { looksAtClock($0, EventSelection(types: types, tests: []), context) }
    }

    private func reportUncompared(
        _ condition: BehaviourConditionSyntax, _ what: String, _ example: String, _ context: inout CheckContext
    ) {
        guard condition.isWhole else { return }
        context.report(
            Diagnostic(
                .missingKey, "`\(what)` is compared with nothing", at: condition.head, label: "no comparison follows",
                help: ["add a comparison such as `\(example)`"]))
    }

    // MARK: measures

    private func checkMeasured(
        _ events: MeasuredEventsSyntax, _ multiples: [MultipleSyntax], _ condition: BehaviourConditionSyntax,
        _ zone: ZoneReference, _ context: inout CheckContext
    ) -> CheckedCondition? {
        guard let (selection, window) = checkEvents(events, zone, &context) else { return nil }
        guard !condition.comparisons.isEmpty || !multiples.isEmpty else {
            reportUncompared(condition, "measure", "at_least: 3", &context)
            return nil
        }
        var parts: [CheckedCondition] = []
        if !condition.comparisons.isEmpty {
            let part =
                if let measure = events.measure {
                    checkMeasure(measure, condition.comparisons, selection, window, zone, &context)
                } else {
                    checkCount(condition.comparisons, selection, window, &context)
                }
            guard let part else { return nil }
            parts.append(part)
        }
        for multiple in multiples {
            guard let part = check(multiple, of: events, selection, window, zone, &context) else { return nil }
            parts.append(part)
        }
        return parts.count == 1 ? parts.first : .all(parts)
    }

    private func check(
        _ multiple: MultipleSyntax, of events: MeasuredEventsSyntax, _ selection: EventSelection,
        _ window: EventWindow, _ zone: ZoneReference, _ context: inout CheckContext
    ) -> CheckedCondition? {
        guard let order = MeasureOrder(rawValue: multiple.comparison.rawValue) else {
            context.report(
                Diagnostic(
                    .wrongShape, "`\(multiple.comparison.rawValue)` takes no measure", at: multiple.keySpan,
                    label: "compares with no number",
                    help: ["use one of \(listed(MeasureOrder.allCases.map(\.rawValue)))"]))
            return nil
        }
        let times = multiple.times?.value ?? 1_000_000
        if let written = multiple.times, abs(written.value) > EventMeasure.timesMax {
            context.report(
                Diagnostic(
                    .impossibleComparison, "the factor is too large", at: written.span, label: "more than a million",
                    help: ["write a smaller number"]))
            return nil
        }
        guard let (otherSelection, otherWindow) = checkEvents(multiple.measure, zone, &context),
            let first = value(of: events.measure, selection, zone, &context),
            let second = value(of: multiple.measure.measure, otherSelection, zone, &context)
        else { return nil }
        return .leaf(
            .behaviour(
                .compared(
                    EventMeasure(selection, window, first), order, times: times,
                    EventMeasure(otherSelection, otherWindow, second))))
    }

    private func value(
        of measure: MeasureSyntax?, _ selection: EventSelection, _ zone: ZoneReference, _ context: inout CheckContext
    ) -> EventMeasure.Value? {
        guard let measure else { return .count }
        guard let (aggregate, property) = measured(measure, selection, zone, &context) else { return nil }
        if let part = LocalPart(rawValue: property.name) { return .distinctLocal(part, zone) }
        return .aggregate(aggregate, property: property.name)
    }

    private func checkEvents(
        _ events: MeasuredEventsSyntax, _ zone: ZoneReference, _ context: inout CheckContext
    ) -> (selection: EventSelection, window: EventWindow)? {
        let window = checkWindow(events.window, events.sinceEver, zone, &context)
        guard let selection = checkSelection(events.selection, zone: zone, &context), let window else { return nil }
        return (selection, window)
    }

    // MARK: shares

    private func checkShare(
        _ events: MeasuredEventsSyntax, _ least: Located<Int>?, _ condition: BehaviourConditionSyntax,
        _ zone: ZoneReference, _ context: inout CheckContext
    ) -> CheckedCondition? {
        guard let (selection, window) = checkEvents(events, zone, &context), condition.isWhole else { return nil }
        guard !selection.tests.isEmpty else {
            context.report(
                Diagnostic(
                    .missingKey, "the share says not which events match", at: condition.head,
                    label: "all of them are all of them", help: ["add `where`"]))
            return nil
        }
        if let least, least.value < 1 {
            context.report(
                Diagnostic(
                    .impossibleComparison, "there is no share of \(least.value) events", at: least.span,
                    label: "at least one event is needed", help: ["write a number from 1 on"]))
            return nil
        }
        guard !condition.comparisons.isEmpty else {
            reportUncompared(condition, "share", "at_least: 50%", &context)
            return nil
        }
        var reader = LiteralReader(type: .integer, values: nil, zone: nil, subject: "a share", extraScale: 6)
        reader.form = .percentage
        return compareFractions(condition.comparisons, reader, "the share", &context)?.asCondition { test in
            .behaviour(.share(selection, window, ofAtLeast: least?.value ?? 1, test))
        }
    }

    // MARK: cycles

    private func checkInterval(
        _ cycle: CycleSyntax, _ condition: BehaviourConditionSyntax, _ zone: ZoneReference,
        _ context: inout CheckContext
    ) -> CheckedCondition? {
        guard let selection = checkSelection(cycle.selection, zone: zone, &context),
            let checked = check(cycle, zone, &context), condition.isWhole
        else { return nil }
        let isDays = cycle.median.value == .localDays
        guard !condition.comparisons.isEmpty else {
            reportUncompared(condition, "purchase_interval", isDays ? "at_most: 21" : "at_most: 14d", &context)
            return nil
        }
        let extraScale = isDays ? condition.comparisons.map { extraDecimals($0, .integer) }.max() ?? 0 : 0
        var reader = LiteralReader(
            type: .integer, values: nil, zone: nil, subject: isDays ? "a number of days" : "a length of time",
            extraScale: extraScale)
        reader.form = isDays ? .days : .duration
        return compareFractions(condition.comparisons, reader, "the interval", &context)?.asCondition { test in
            .behaviour(.purchaseInterval(selection, checked, test))
        }
    }

    private func checkOverdue(
        _ cycle: CycleSyntax, _ condition: BehaviourConditionSyntax, _ zone: ZoneReference,
        _ context: inout CheckContext
    ) -> CheckedCondition? {
        guard let selection = checkSelection(cycle.selection, zone: zone, &context),
            let checked = check(cycle, zone, &context), let by = cycle.by, condition.isWhole
        else { return nil }
        guard (1...EventCycle.byMax).contains(by.value) else {
            context.report(
                Diagnostic(
                    .impossibleComparison, "`by` is out of range", at: by.span,
                    label: by.value < 1 ? "not above zero" : "more than a thousand medians",
                    help: ["write a number such as `2`"]))
            return nil
        }
        return .leaf(.behaviour(.overdue(selection, checked, by: by.value)))
    }

    private func check(_ cycle: CycleSyntax, _ zone: ZoneReference, _ context: inout CheckContext) -> EventCycle? {
        let occurrences = cycle.occurrences?.value ?? 2
        if let written = cycle.occurrences, !(2..<Int(Self.countsEnd)).contains(occurrences) {
            context.report(
                Diagnostic(
                    .impossibleComparison, "\(occurrences) occurrences make no cycle", at: written.span,
                    label: occurrences < 2 ? "a gap lies between two" : "larger than any count",
                    help: ["write a number from 2 on"]))
            return nil
        }
        return EventCycle(
            unit: cycle.median.value == .localDays ? .localDays(zone) : .elapsed, occurrences: occurrences)
    }
}

extension CheckedCondition {
    /// Whether any part of it looks at local days or the local time.
    fileprivate var looksAtClock: Bool {
        switch self {
        case .constant, .segment, .population: false
        case .all(let children), .any(let children): children.contains(where: \.looksAtClock)
        case .not(let child), .movement(let child, _, _): child.looksAtClock
        case .leaf(let leaf): leaf.looksAtClock
        }
    }
}

extension Condition {
    fileprivate var looksAtClock: Bool {
        switch self {
        case .constant, .not, .all, .any, .attribute, .attributeTime, .movement: return false
        case .anniversary: return true
        case .sequence(let pattern): return pattern.window.zone != nil
        case .population(let population, _):
            return population.statistics.contains { statistic in
                if case .distinctLocal = statistic.measure { return true }
                return statistic.window.zone != nil || statistic.selection.tests.contains { $0.zone != nil }
            }
        case .events(let selection, let window, let measure):
            if case .distinctLocal = measure { return true }
            return window.zone != nil || selection.tests.contains { $0.zone != nil }
        case .behaviour(let behaviour):
            return !behaviour.zones.isEmpty || behaviour.windows.contains { $0.zone != nil }
                || behaviour.selections.contains { $0.tests.contains { $0.zone != nil } }
        }
    }
}
