internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

/// Turns comparisons into tests of stored values.
struct ComparisonChecker {
    let reader: LiteralReader
    let isOptional: Bool
    /// The attribute or property, for messages.
    let subject: String

    /// All comparisons, or nil after a report.
    func check(_ comparisons: [ComparisonSyntax], _ context: inout CheckContext) -> [ValueTest]? {
        var tests: [ValueTest] = []
        var isWhole = true
        for comparison in comparisons {
            if let test = check(comparison, &context) { tests.append(test) } else { isWhole = false }
        }
        guard isWhole, areSatisfiable(tests, comparisons, &context) else { return nil }
        return tests
    }

    /// Comparisons of one value that exclude each other are reported at the last of them.
    func areSatisfiable(
        _ tests: [ValueTest], _ comparisons: [ComparisonSyntax], _ context: inout CheckContext
    ) -> Bool {
        guard !tests.areSatisfiable, let first = comparisons.first, let last = comparisons.last else { return true }
        context.report(
            Diagnostic(
                .impossibleComparison,
                comparisons.count == 2
                    ? "no value satisfies both comparisons" : "no value satisfies all of these comparisons",
                at: last.keySpan, label: comparisons.count == 2 ? "excludes the other" : "the last of them",
                related: [.init(first.keySpan, comparisons.count == 2 ? "the other one" : "the first")],
                help: ["correct one of the values"]))
        return false
    }

    private func check(_ comparison: ComparisonSyntax, _ context: inout CheckContext) -> ValueTest? {
        if comparison.comparison == .missing { return missing(comparison, &context) }
        guard fits(comparison.comparison) else {
            let isWeekday = reader.form == .weekday
            let fitting = Comparison.allCases.filter(fits).map(\.rawValue) + (isWeekday ? [] : ["missing"])
            let phrase = isWeekday ? "a weekday" : reader.type.phrase
            context.report(
                Diagnostic(
                    .comparisonType, "`\(comparison.comparison.rawValue)` does not go with \(phrase)",
                    at: comparison.keySpan,
                    label: isWeekday ? "weeks have no last day" : "`\(subject)` is of type \(reader.type.name)",
                    help: ["the comparisons of \(phrase) are \(listed(fitting))"]))
            return nil
        }
        switch reader.type.storage {
        case .text: return textTest(comparison, &context).map { .text($0) }
        case .number: return numberTest(comparison, &context).map { .number($0) }
        }
    }

    private func missing(_ comparison: ComparisonSyntax, _ context: inout CheckContext) -> ValueTest? {
        guard case .one(let flag) = comparison.operand else { return nil }
        guard isOptional else {
            context.report(
                Diagnostic(
                    .impossibleComparison, "`\(subject)` is never missing", at: comparison.keySpan,
                    label: LocalPart(rawValue: subject) == nil
                        ? "the catalog does not call it optional" : "every event has a time",
                    help: [
                        LocalPart(rawValue: subject) == nil
                            ? "remove the comparison, or declare `optional: true`" : "remove the comparison"
                    ]))
            return nil
        }
        return .missing(flag.value == "true")
    }

    private func fits(_ comparison: Comparison) -> Bool {
        if reader.form == .weekday { return [.is, .isNot, .isIn, .isNotIn].contains(comparison) }
        return switch (comparison, reader.type) {
        case (.missing, _), (.exactly, _): false
        case (.is, _), (.isNot, _): true
        case (.isIn, .boolean), (.isNotIn, .boolean), (.isIn, .consent), (.isNotIn, .consent), (.isIn, .instant),
            (.isNotIn, .instant):
            false
        case (.isIn, _), (.isNotIn, _): true
        case (.atLeast, .integer), (.atMost, .integer), (.moreThan, .integer), (.lessThan, .integer),
            (.between, .integer), (.atLeast, .decimal), (.atMost, .decimal), (.moreThan, .decimal),
            (.lessThan, .decimal), (.between, .decimal):
            true
        case (.before, .instant), (.after, .instant), (.atLeast, .instant), (.atMost, .instant), (.between, .instant),
            (.before, .date), (.after, .date), (.atLeast, .date), (.atMost, .date), (.between, .date):
            true
        case (.contains, _), (.startsWith, _), (.endsWith, _): reader.type.storage == .text
        case (.atLeast, _), (.atMost, _), (.moreThan, _), (.lessThan, _), (.between, _), (.before, _), (.after, _):
            false
        }
    }

    private func textTest(_ comparison: ComparisonSyntax, _ context: inout CheckContext) -> TextTest? {
        switch comparison.operand {
        case .one(let literal):
            let isEquality = comparison.comparison == .is || comparison.comparison == .isNot
            guard let text = reader.text(literal, mustBeListed: isEquality, &context) else { return nil }
            switch comparison.comparison {
            case .is: return .isIn([text])
            case .isNot: return .isNotIn([text])
            case .contains, .startsWith, .endsWith:
                guard !text.isEmpty else {
                    context.report(
                        Diagnostic(
                            .alwaysTrue, "every text contains the empty text", at: literal.span,
                            label: "tests nothing", help: ["write a text, or use `missing: false`"]))
                    return nil
                }
                return comparison.comparison == .contains
                    ? .contains(text) : comparison.comparison == .startsWith ? .startsWith(text) : .endsWith(text)
            default: return nil
            }
        case .list(let literals, let span):
            let texts = literals.compactMap { reader.text($0, mustBeListed: true, &context) }
            guard texts.count == literals.count else { return nil }
            guard !coversAllValues(texts) else {
                let isAlways = comparison.comparison == .isIn
                context.report(
                    Diagnostic(
                        isAlways ? .alwaysTrue : .impossibleComparison, "these are all values that the catalog allows",
                        at: span, label: isAlways ? "holds for everybody" : "holds for nobody",
                        help: ["name fewer values, or remove the comparison"]))
                return nil
            }
            let sorted = Set(texts).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            return comparison.comparison == .isIn ? .isIn(sorted) : .isNotIn(sorted)
        }
    }

    private func coversAllValues(_ texts: [String]) -> Bool {
        guard !isOptional, let values = reader.values else { return false }
        return Set(texts).isSuperset(of: values)
    }

    /// Also used for measures, whose comparisons are those of numbers and `exactly`.
    func numberTest(_ comparison: ComparisonSyntax, _ context: inout CheckContext) -> NumberTest? {
        switch comparison.operand {
        case .one(let literal):
            guard let range = reader.range(literal, &context) else { return nil }
            switch comparison.comparison {
            case .is, .exactly: return .within(min: range.lowerBound, max: range.upperBound)
            case .isNot: return .outside(min: range.lowerBound, max: range.upperBound)
            case .atLeast: return .within(min: range.lowerBound, max: nil)
            case .atMost: return .within(min: nil, max: range.upperBound)
            case .moreThan, .after:
                guard range.upperBound < .max else { return impossible(comparison, &context) }
                return .within(min: range.upperBound + 1, max: nil)
            case .lessThan, .before:
                guard range.lowerBound > .min else { return impossible(comparison, &context) }
                return .within(min: nil, max: range.lowerBound - 1)
            default: return nil
            }
        case .list(let literals, let span):
            let ranges = literals.compactMap { reader.range($0, &context) }
            guard ranges.count == literals.count, let first = ranges.first, let last = ranges.last else { return nil }
            if comparison.comparison == .between {
                guard first.lowerBound <= last.upperBound else {
                    context.report(
                        Diagnostic(
                            .impossibleComparison, "nothing lies between these two values", at: span,
                            label: "the first is greater than the second",
                            help: ["write the smaller value first"]))
                    return nil
                }
                return .within(min: first.lowerBound, max: last.upperBound)
            }
            let values = Set(ranges.map(\.lowerBound)).sorted()
            if let only = values.first, values.count == 1 {
                return comparison.comparison == .isIn ? .within(min: only, max: only) : .outside(min: only, max: only)
            }
            return comparison.comparison == .isIn ? .isIn(values) : .isNotIn(values)
        }
    }

    private func impossible(_ comparison: ComparisonSyntax, _ context: inout CheckContext) -> NumberTest? {
        context.report(
            Diagnostic(
                .impossibleComparison, "no value can satisfy this comparison", at: comparison.operandSpan,
                label: "the end of the range of numbers", help: ["write a smaller number"]))
        return nil
    }
}

extension ValueType {
    /// `an integer`.
    fileprivate var phrase: String {
        switch self {
        case .integer, .instant, .email: "an \(name)"
        case .text, .decimal, .boolean, .date, .zone, .phone, .consent: "a \(name)"
        }
    }
}
