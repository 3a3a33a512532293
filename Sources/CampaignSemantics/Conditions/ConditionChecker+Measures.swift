internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

extension ConditionChecker {
    func checkMeasure(
        _ measure: MeasureSyntax, _ comparisons: [ComparisonSyntax], _ selection: EventSelection,
        _ window: EventWindow, _ zone: ZoneReference, _ context: inout CheckContext
    ) -> CheckedCondition? {
        guard let (aggregate, property) = measured(measure, selection, zone, &context) else { return nil }
        guard !comparisons.isEmpty else {
            context.report(
                Diagnostic(
                    .missingKey, "`\(aggregate.rawValue)` is compared with nothing", at: measure.kind.span,
                    label: "no comparison follows", help: ["add a comparison such as `at_least: 3`"]))
            return nil
        }
        let part = LocalPart(rawValue: property.name)
        return compare(aggregate, property, comparisons, &context)?.asCondition { test in
            let measure: Measure =
                part.map { .distinctLocal($0, zone, test) }
                ?? .aggregate(aggregate, property: property.name, test)
            return .events(selection, window, measure)
        }
    }

    /// What is measured; nil after a report.
    func measured(
        _ measure: MeasureSyntax, _ selection: EventSelection, _ zone: ZoneReference?, _ context: inout CheckContext
    ) -> (aggregate: Aggregate, property: PropertySchema)? {
        guard let schema = context.schema, let aggregate = Aggregate(rawValue: measure.kind.value.rawValue) else {
            return nil
        }
        let types = selection.types.compactMap { schema.event($0) }
        guard let property = find(measure.property, types, &context) else { return nil }
        guard aggregate == .distinct || isNumber(property, measure.property, aggregate, &context) else { return nil }
        return (aggregate, property)
    }

    private func isNumber(
        _ property: PropertySchema, _ name: Located<String>, _ aggregate: Aggregate, _ context: inout CheckContext
    ) -> Bool {
        let isLocal = LocalPart(rawValue: property.name) != nil
        guard isLocal || !property.type.isArithmetic else { return true }
        context.report(
            Diagnostic(
                .notANumber, "`\(property.name)` cannot be measured by `\(aggregate.rawValue)`", at: name.span,
                label: isLocal ? "a part of the local time" : "of type \(property.type.name), not a number",
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
        _ context: inout CheckContext
    ) -> [AggregateTest]? {
        let extraScale = aggregate == .average ? comparisons.map { extraDecimals($0, property.type) }.max() ?? 0 : 0
        let reader = LiteralReader(
            type: aggregate == .distinct ? .integer : property.type, values: nil, zone: nil,
            subject: aggregate == .distinct ? "a count" : nil, extraScale: extraScale)
        let checker = ComparisonChecker(reader: reader, isOptional: true, subject: "the \(aggregate.rawValue)")
        var tests: [ValueTest] = []
        for comparison in comparisons {
            if comparison.comparison == .missing, case .one(let flag) = comparison.operand {
                guard aggregate != .sum, aggregate != .distinct else {
                    reportNeverMissing(comparison, "a \(aggregate == .sum ? "sum" : "count")", &context)
                    return nil
                }
                tests.append(.missing(flag.value == "true"))
            } else {
                guard var number = checker.numberTest(comparison, &context) else { return nil }
                if aggregate == .average { number = exactAverage(comparison, number, reader, &context) }
                guard aggregate != .distinct || isMeaningful(number, comparison, &context) else { return nil }
                tests.append(.number(number))
            }
        }
        guard checker.areSatisfiable(tests, comparisons, &context) else { return nil }
        return tests.map { $0.ofAggregate(extraScale: extraScale) }
    }

    /// Comparisons of a number that lies between those that literals write.
    func compareFractions(
        _ comparisons: [ComparisonSyntax], _ reader: LiteralReader, _ subject: String, _ context: inout CheckContext
    ) -> [AggregateTest]? {
        let checker = ComparisonChecker(reader: reader, isOptional: true, subject: subject)
        var tests: [ValueTest] = []
        for comparison in comparisons {
            if comparison.comparison == .missing, case .one(let flag) = comparison.operand {
                tests.append(.missing(flag.value == "true"))
            } else {
                guard let number = checker.numberTest(comparison, &context) else { return nil }
                tests.append(.number(exactAverage(comparison, number, reader, &context)))
            }
        }
        guard checker.areSatisfiable(tests, comparisons, &context) else { return nil }
        return tests.map { $0.ofAggregate(extraScale: reader.extraScale) }
    }

    /// A number of different values is never negative.
    private func isMeaningful(
        _ test: NumberTest, _ comparison: ComparisonSyntax, _ context: inout CheckContext
    ) -> Bool {
        guard case .within(let min, let max) = test else { return true }
        if let max, max < 0 {
            context.report(
                Diagnostic(
                    .impossibleComparison, "no number of different values satisfies this", at: comparison.keySpan,
                    label: "a count is never negative", help: ["correct the number"]))
            return false
        }
        if max == nil, let min, min <= 0 {
            context.report(
                Diagnostic(
                    .alwaysTrue, "every number of different values satisfies this", at: comparison.keySpan,
                    label: "a count is never negative", help: ["write a number above zero"]))
            return false
        }
        return true
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

    func extraDecimals(_ comparison: ComparisonSyntax, _ type: ValueType) -> Int {
        let scale = if case .decimal(let scale) = type { scale } else { 0 }
        guard case .one(let literal) = comparison.operand, let point = literal.value.firstIndex(of: ".") else {
            return 0
        }
        let decimals = literal.value.distance(from: point, to: literal.value.endIndex) - 1
        return min(max(0, decimals - scale), 9)
    }

    func reportNeverMissing(
        _ comparison: ComparisonSyntax, _ what: String, _ context: inout CheckContext
    ) {
        context.report(
            Diagnostic(
                .impossibleComparison, "\(what) is never missing", at: comparison.keySpan,
                label: "over no events it is 0", help: ["compare it with a number"]))
    }
}

extension ValueTest {
    /// A test of a text is none of an aggregate, which is a number.
    fileprivate func ofAggregate(extraScale: Int) -> AggregateTest {
        switch self {
        case .missing(let flag): .missing(flag)
        case .number(let number): .number(number, extraScale: extraScale)
        case .text: .missing(true)
        }
    }
}

extension [AggregateTest] {
    /// All of the tests, each as a condition.
    func asCondition(_ condition: (AggregateTest) -> Condition) -> CheckedCondition? {
        let parts = map { CheckedCondition.leaf(condition($0)) }
        return parts.count == 1 ? parts.first : .all(parts)
    }
}
