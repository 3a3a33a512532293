internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

extension ConditionChecker {
    func checkEvent(_ condition: EventConditionSyntax, _ context: inout CheckContext) -> CheckedCondition? {
        let zone = zone(condition.zone, &context)
        let window = zone.flatMap { checkWindow(condition, $0, &context) }
        guard let selection = checkSelection(condition.selection, zone: zone, &context), let window else { return nil }
        if condition.isNever { return .not(.leaf(.events(selection, window, .countAtLeast(1)))) }
        if let measure = condition.measure {
            return checkMeasure(measure, condition, selection, window, &context)
        }
        return checkCount(condition, selection, window, &context)
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

    /// Also used for triggers, conversions and metrics.
    func checkSelection(
        _ syntax: EventSelectionSyntax, zone: ZoneReference?, _ context: inout CheckContext
    ) -> EventSelection? {
        guard let schema = context.schema else { return nil }
        var types: [EventSchema] = []
        var isWhole = true
        switch syntax.names {
        case .any(let span):
            types = schema.events
            if types.isEmpty {
                context.report(
                    Diagnostic(
                        .unknownEvent, "the catalog declares no events", at: span, label: "`any` of none",
                        help: ["declare events in the catalog"]))
                return nil
            }
        case .listed(let names, _):
            for name in names {
                if let event = schema.event(name.value) {
                    types.append(event)
                } else {
                    isWhole = false
                    guard context.catalog.events[name.value] == nil else { continue }
                    context.reportUnknown(
                        .unknownEvent, "event", name, among: context.catalog.events, label: "not in the catalog",
                        otherwise: "declare it in the catalog under `events:`")
                }
            }
        }
        guard isWhole else { return nil }
        var tests: [PropertyTest] = []
        for test in syntax.tests {
            guard let property = find(test.property, types, &context) else {
                isWhole = false
                continue
            }
            let reader = LiteralReader(
                type: property.type, values: nil, zone: zone.flatMap { literalZone($0) })
            let checked = ComparisonChecker(reader: reader, isOptional: property.isOptional, subject: property.name)
                .check(test.comparisons, &context)
            guard let checked else {
                isWhole = false
                continue
            }
            tests += checked.map { PropertyTest(property: property.name, test: $0) }
        }
        guard isWhole else { return nil }
        return EventSelection(
            types: Set(types.map(\.name)).sorted(), tests: Array(Set(tests)).sorted { $0.sortKey < $1.sortKey })
    }

    /// The property as all of these events have it; optional where it is for one of them.
    private func find(
        _ name: Located<String>, _ types: [EventSchema], _ context: inout CheckContext
    ) -> PropertySchema? {
        let found = types.compactMap { $0.property(name.value) }
        guard !context.catalog.poisoned.contains(name.value) else { return nil }
        guard let first = found.first else {
            if ["local_date", "local_weekday", "local_hour"].contains(name.value) {
                context.report(
                    Diagnostic(
                        .notInThisBuild, "`\(name.value)` is not available in this build", at: name.span,
                        label: "part of the language, not of this version of pabal",
                        help: ["remove it, or use a newer version"]))
                return nil
            }
            var declared: [String: Span] = [:]
            for type in types { declared.merge(context.catalog.properties[type.name] ?? [:]) { first, _ in first } }
            context.reportUnknown(
                .unknownProperty, "property", name, among: declared,
                label: types.count == 1 ? "not a property of `\(types[0].name)`" : "not a property of these events",
                otherwise: declared.isEmpty
                    ? "declare it in the catalog" : "the properties are \(listed(declared.keys.sorted()))")
            return nil
        }
        guard found.count == types.count else {
            let lacking = types.filter { $0.property(name.value) == nil }.map(\.name)
            context.report(
                Diagnostic(
                    .propertyNotShared, "not all of these events have the property `\(name.value)`", at: name.span,
                    label: "\(listed(lacking)) \(lacking.count == 1 ? "lacks" : "lack") it",
                    help: ["name only events that have it, or write one condition an event under `any`"]))
            return nil
        }
        guard found.allSatisfy({ $0.type == first.type }) else {
            context.report(
                Diagnostic(
                    .propertyNotShared, "the property `\(name.value)` has different types in these events",
                    at: name.span, label: listed(found.map(\.type.name)),
                    help: ["write one condition an event under `any`"]))
            return nil
        }
        return PropertySchema(name: first.name, type: first.type, isOptional: found.contains(where: \.isOptional))
    }

    // MARK: counts and measures

    private func checkCount(
        _ condition: EventConditionSyntax, _ selection: EventSelection, _ window: EventWindow,
        _ context: inout CheckContext
    ) -> CheckedCondition? {
        var low: Int64 = condition.comparisons.isEmpty ? 1 : 0
        var high = Int64.max
        let checker = ComparisonChecker(
            reader: LiteralReader(type: .integer, values: nil, zone: nil), isOptional: false, subject: "the count")
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
        guard low < 1_000_000_000, high == .max || high < 1_000_000_000 else {
            context.report(
                Diagnostic(
                    .impossibleComparison, "nobody has a thousand million events", at: last.operandSpan,
                    label: "larger than any count", help: ["write a smaller number"]))
            return nil
        }
        var parts: [CheckedCondition] = []
        if low > 0 { parts.append(.leaf(.events(selection, window, .countAtLeast(Int(low))))) }
        if high < .max { parts.append(.not(.leaf(.events(selection, window, .countAtLeast(Int(high) + 1))))) }
        return parts.count == 1 ? parts.first : .all(parts)
    }

    private func checkMeasure(
        _ measure: MeasureSyntax, _ condition: EventConditionSyntax, _ selection: EventSelection,
        _ window: EventWindow, _ context: inout CheckContext
    ) -> CheckedCondition? {
        guard let schema = context.schema, let aggregate = Aggregate(rawValue: measure.kind.value.rawValue) else {
            return nil
        }
        let types = selection.types.compactMap { schema.event($0) }
        guard let property = find(measure.property, types, &context) else { return nil }
        guard aggregate == .distinct || isNumber(property, measure.property, aggregate, &context) else { return nil }
        guard !condition.comparisons.isEmpty else {
            context.report(
                Diagnostic(
                    .missingKey, "`\(aggregate.rawValue)` is compared with nothing", at: measure.kind.span,
                    label: "no comparison follows", help: ["add a comparison such as `at_least: 3`"]))
            return nil
        }
        return compare(aggregate, property, condition.comparisons, selection, window, &context)
    }

    private func isNumber(
        _ property: PropertySchema, _ name: Located<String>, _ aggregate: Aggregate, _ context: inout CheckContext
    ) -> Bool {
        guard !property.type.isArithmetic else { return true }
        context.report(
            Diagnostic(
                .notANumber, "`\(property.name)` cannot be measured by `\(aggregate.rawValue)`", at: name.span,
                label: "of type \(property.type.name), not a number",
                help: ["name an integer or a decimal; `distinct` counts different values of any type"]))
        return false
    }

    /// The `sum` of a metric.
    func checkSummable(_ name: Located<String>, _ selection: EventSelection, _ context: inout CheckContext) {
        let types = selection.types.compactMap { context.schema?.event($0) }
        guard let property = find(name, types, &context) else { return }
        _ = isNumber(property, name, .sum, &context)
    }

    private func compare(
        _ aggregate: Aggregate, _ property: PropertySchema, _ comparisons: [ComparisonSyntax],
        _ selection: EventSelection, _ window: EventWindow, _ context: inout CheckContext
    ) -> CheckedCondition? {
        let extraScale = aggregate == .average ? comparisons.map { extraDecimals($0, property.type) }.max() ?? 0 : 0
        let reader = LiteralReader(
            type: aggregate == .distinct ? .integer : property.type, values: nil, zone: nil, extraScale: extraScale)
        let checker = ComparisonChecker(reader: reader, isOptional: true, subject: "the \(aggregate.rawValue)")
        var parts: [CheckedCondition] = []
        var tests: [NumberTest] = []
        for comparison in comparisons {
            let test: AggregateTest
            if comparison.comparison == .missing, case .one(let flag) = comparison.operand {
                guard aggregate != .sum, aggregate != .distinct else {
                    reportNeverMissing(comparison, "a \(aggregate == .sum ? "sum" : "count")", &context)
                    return nil
                }
                test = .missing(flag.value == "true")
            } else {
                guard var number = checker.numberTest(comparison, &context) else { return nil }
                if aggregate == .average { number = exactAverage(comparison, number, reader, &context) }
                tests.append(number)
                test = .number(number, extraScale: extraScale)
            }
            parts.append(.leaf(.events(selection, window, .aggregate(aggregate, property: property.name, test))))
        }
        guard isSatisfiable(tests, comparisons, &context) else { return nil }
        if aggregate == .distinct, let last = comparisons.last {
            for case .within(let min, let max) in tests {
                if let max, max < 0 {
                    context.report(
                        Diagnostic(
                            .impossibleComparison, "a number of different values is never negative",
                            at: last.operandSpan, label: "can never be", help: ["write zero or more"]))
                    return nil
                }
                if max == nil, let min, min <= 0 {
                    context.report(
                        Diagnostic(
                            .alwaysTrue, "every number of different values satisfies this", at: last.operandSpan,
                            label: "a count is never negative", help: ["write a number above zero"]))
                    return nil
                }
            }
        }
        return parts.count == 1 ? parts.first : .all(parts)
    }

    /// An average lies between the numbers that its scale can write, so `more_than` and `less_than` are turned into the
    /// complement of `at_most` and `at_least` rather than into the next number.
    private func exactAverage(
        _ comparison: ComparisonSyntax, _ number: NumberTest, _ reader: LiteralReader, _ context: inout CheckContext
    ) -> NumberTest {
        guard case .one(let literal) = comparison.operand, let range = reader.range(literal, &context) else {
            return number
        }
        switch comparison.comparison {
        case .moreThan: return .outside(min: nil, max: range.upperBound)
        case .lessThan: return .outside(min: range.lowerBound, max: nil)
        default: return number
        }
    }

    private func extraDecimals(_ comparison: ComparisonSyntax, _ type: ValueType) -> Int {
        let scale = if case .decimal(let scale) = type { scale } else { 0 }
        guard case .one(let literal) = comparison.operand, let point = literal.value.firstIndex(of: ".") else {
            return 0
        }
        let decimals = literal.value.distance(from: point, to: literal.value.endIndex) - 1
        return min(max(0, decimals - scale), 9)
    }

    private func reportNeverMissing(
        _ comparison: ComparisonSyntax, _ what: String, _ context: inout CheckContext
    ) {
        context.report(
            Diagnostic(
                .impossibleComparison, "\(what) is never missing", at: comparison.keySpan,
                label: "over no events it is 0", help: ["compare it with a number"]))
    }
}
