internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

extension ConditionChecker {
    func checkEvent(_ condition: EventConditionSyntax, _ context: inout CheckContext) -> CheckedCondition? {
        let zone = zone(condition.zone, &context)
        let window = zone.flatMap { checkWindow(condition, $0, &context) }
        let selection = checkSelection(condition.selection, zone: zone, &context)
        guard let selection, let window, condition.isWhole else {
            // What is measured may be wrong as well, and is worth a word in the same run.
            if let selection, let measure = condition.measure { _ = measured(measure, selection, &context) }
            return nil
        }
        if let written = condition.zone, !hasLocalDays(window), !hasInstants(condition.selection, selection, context) {
            reportIdle(written, &context)
        }
        if condition.isNever { return .not(.leaf(.events(selection, window, .countAtLeast(1)))) }
        if let measure = condition.measure {
            return checkMeasure(measure, condition, selection, window, &context)
        }
        return checkCount(condition, selection, window, &context)
    }

    private func hasLocalDays(_ window: EventWindow) -> Bool {
        switch window {
        case .past, .recent: true
        case .ever, .elapsed, .sinceTrigger: false
        }
    }

    /// Whether a property is compared with instants, which may be written by a wall clock.
    private func hasInstants(
        _ syntax: EventSelectionSyntax, _ selection: EventSelection, _ context: CheckContext
    ) -> Bool {
        syntax.tests.contains { test in
            selection.types.contains { context.schema?.event($0)?.property(test.property.value)?.type == .instant }
        }
    }

    private func checkWindow(
        _ condition: EventConditionSyntax, _ zone: ZoneReference, _ context: inout CheckContext
    ) -> EventWindow? {
        if let since = condition.sinceEver, !isExit || condition.window != nil {
            context.report(
                Diagnostic(
                    .noEffect, "`since` has no meaning here", at: since,
                    label: isExit ? "the condition has a window" : "only inside an exit", help: ["remove it"]))
            return nil
        }
        switch condition.window {
        case nil: return isExit && condition.sinceEver == nil ? .sinceTrigger : .ever
        case .within(let from, let to, let span):
            guard isWindow(from.value, to.value, span, &context) else { return nil }
            return .elapsed(from: from.value, to: to.value)
        case .past(let span): return .past(span.value, zone)
        case .recent(let span): return .recent(span.value, zone)
        case .nextElapsed, .nextDays: return nil
        }
    }

    /// Nobody has a thousand million events.
    private static let countsEnd: Int64 = 1_000_000_000

    private func checkCount(
        _ condition: EventConditionSyntax, _ selection: EventSelection, _ window: EventWindow,
        _ context: inout CheckContext
    ) -> CheckedCondition? {
        var low: Int64 = condition.comparisons.isEmpty ? 1 : 0
        var high = Int64.max
        let checker = ComparisonChecker(
            reader: LiteralReader(type: .integer, values: nil, zone: nil, subject: "a count"), isOptional: false,
            subject: "the count")
        for comparison in condition.comparisons {
            if comparison.comparison == .missing {
                reportNeverMissing(comparison, "a count", &context)
                return nil
            }
            guard case .within(let min, let max)? = checker.numberTest(comparison, &context) else { return nil }
            low = Swift.max(low, min ?? 0)
            high = Swift.min(high, max ?? .max)
        }
        guard let last = condition.comparisons.last else {
            return .leaf(.events(selection, window, .countAtLeast(1)))
        }
        guard low <= high else {
            context.report(
                Diagnostic(
                    .impossibleComparison, "no number of events satisfies this", at: last.keySpan,
                    label: high < 0 ? "a count is never negative" : "excludes the other comparison",
                    related: high < 0
                        ? [] : condition.comparisons.dropLast().map { .init($0.keySpan, "the other one") },
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
