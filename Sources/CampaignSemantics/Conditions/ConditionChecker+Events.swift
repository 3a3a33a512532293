internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

extension ConditionChecker {
    func checkEvent(_ condition: EventConditionSyntax, _ context: inout CheckContext) -> CheckedCondition? {
        let zone = zone(condition.zone, &context)
        let window = zone.flatMap { checkWindow(condition.window, condition.sinceEver, $0, &context) }
        let selection = checkSelection(condition.selection, zone: zone, &context)
        guard let zone, let selection, let window, condition.isWhole else {
            // What is measured may be wrong as well, and is worth a word in the same run.
            if let selection, let measure = condition.measure { _ = measured(measure, selection, zone, &context) }
            return nil
        }
        guard isOneForm(condition, &context) else { return nil }
        if let same = condition.same { return checkSame(same, condition, selection, window, &context) }
        reportIdle(condition, selection, window, &context)
        if condition.isNever { return .not(.leaf(.events(selection, window, .countAtLeast(1)))) }
        if let number = condition.number { return checkNumber(number, selection, window, zone, &context) }
        if let edge = condition.edge { return checkEdge(edge, selection, window, zone, &context) }
        if let measure = condition.measure {
            return checkMeasure(measure, condition.comparisons, selection, window, zone, &context)
        }
        return checkCount(condition.comparisons, selection, window, &context)
    }

    /// A count, a measure, the first or latest value and the n-th event are four conditions.
    private func isOneForm(_ condition: EventConditionSyntax, _ context: inout CheckContext) -> Bool {
        var keys: [Located<String>] = []
        if let number = condition.number { keys.append(Located("number", number.span)) }
        if let edge = condition.edge { keys.append(Located(edge.kind.value.rawValue, edge.kind.span)) }
        guard let own = keys.first else { return true }
        if let measure = condition.measure { keys.append(Located(measure.kind.value.rawValue, measure.kind.span)) }
        keys += condition.comparisons.map { Located($0.comparison.rawValue, $0.keySpan) }
        guard let other = keys.dropFirst().first else { return true }
        context.report(
            Diagnostic(
                .excludingKeys, "`\(own.value)` and `\(other.value)` are two conditions", at: other.span,
                label: "asks for something else", related: [.init(own.span, "the other one")],
                help: ["write two conditions under `all`"]))
        return false
    }

    private func reportIdle(
        _ condition: EventConditionSyntax, _ selection: EventSelection, _ window: EventWindow,
        _ context: inout CheckContext
    ) {
        guard let written = condition.zone, window.zone == nil,
            !looksAtClock(condition.selection, selection, context),
            !(condition.measure.map { LocalPart(rawValue: $0.property.value) != nil } ?? false)
        else { return }
        if let after = condition.number?.after?.value.attribute,
            context.schema?.attribute(after.value)?.type == .date
        {
            return
        }
        reportIdle(written, &context)
    }

    /// Whether a part of the local time is looked at, or a property is compared with instants, which may be written by
    /// a wall clock.
    func looksAtClock(
        _ syntax: EventSelectionSyntax, _ selection: EventSelection, _ context: CheckContext
    ) -> Bool {
        selection.tests.contains { $0.zone != nil }
            || syntax.tests.contains { test in
                selection.types.contains { context.schema?.event($0)?.property(test.property.value)?.type == .instant }
            }
    }

    /// The window of events; nil after a report.
    func checkWindow(
        _ window: WindowSyntax?, _ sinceEver: Span?, _ zone: ZoneReference, _ context: inout CheckContext
    ) -> EventWindow? {
        if let since = sinceEver, !isExit || window != nil {
            context.report(
                Diagnostic(
                    .noEffect, "`since` has no meaning here", at: since,
                    label: isExit ? "the condition has a window" : "only inside an exit", help: ["remove it"]))
            return nil
        }
        switch window {
        case nil: return isExit && sinceEver == nil ? .sinceTrigger : .ever
        case .within(let from, let to, let span):
            guard isWindow(from.value, to.value, span, &context) else { return nil }
            return .elapsed(from: from.value, to: to.value)
        case .past(let span): return .past(span.value, zone)
        case .recent(let span): return .recent(span.value, zone)
        case .between(let from, let to, let span):
            guard from <= to else {
                context.report(
                    Diagnostic(
                        .impossibleComparison, "the window is empty", at: span,
                        label: "the first day is after the last", help: ["write the earlier day first"]))
                return nil
            }
            return .between(from, to, zone)
        case .nextElapsed, .nextDays: return nil
        }
    }

    /// Nobody has a thousand million events.
    static let countsEnd: Int64 = 1_000_000_000

    func checkCount(
        _ comparisons: [ComparisonSyntax], _ selection: EventSelection, _ window: EventWindow,
        _ context: inout CheckContext
    ) -> CheckedCondition? {
        var low: Int64 = comparisons.isEmpty ? 1 : 0
        var high = Int64.max
        let checker = ComparisonChecker(
            reader: LiteralReader(type: .integer, values: nil, zone: nil, subject: "a count"), isOptional: false,
            subject: "the count")
        for comparison in comparisons {
            if comparison.comparison == .missing {
                reportNeverMissing(comparison, "a count", &context)
                return nil
            }
            guard case .within(let min, let max)? = checker.numberTest(comparison, &context) else { return nil }
            low = Swift.max(low, min ?? 0)
            high = Swift.min(high, max ?? .max)
        }
        guard let last = comparisons.last else {
            return .leaf(.events(selection, window, .countAtLeast(1)))
        }
        guard low <= high else {
            context.report(
                Diagnostic(
                    .impossibleComparison, "no number of events satisfies this", at: last.keySpan,
                    label: high < 0 ? "a count is never negative" : "excludes the other comparison",
                    related: high < 0
                        ? [] : comparisons.dropLast().map { .init($0.keySpan, "the other one") },
                    help: ["correct the number"]))
            return nil
        }
        guard low > 0 || high < Int64.max else {
            context.report(
                Diagnostic(
                    .alwaysTrue, "every number of events satisfies this", at: last.keySpan,
                    label: "a count is never negative", help: ["write a number above zero"]))
            return nil
        }
        guard low < Self.countsEnd, high == .max || high < Self.countsEnd else {
            let isNever = low >= Self.countsEnd
            context.report(
                Diagnostic(
                    isNever ? .impossibleComparison : .alwaysTrue,
                    "\(isNever ? "nobody" : "everybody") has \(isNever ? "so many" : "fewer") events",
                    at: last.operandSpan, label: "larger than any count", help: ["write a smaller number"]))
            return nil
        }
        var parts: [CheckedCondition] = []
        if low > 0 { parts.append(.leaf(.events(selection, window, .countAtLeast(Int(low))))) }
        if high < .max { parts.append(.not(.leaf(.events(selection, window, .countAtLeast(Int(high) + 1))))) }
        return parts.count == 1 ? parts.first : .all(parts)
    }
}
