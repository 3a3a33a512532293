package import CivilTime
package import Diagnostics

/// A condition as written: names unresolved, literals as text.
package indirect enum ConditionSyntax: Sendable {
    /// The span is that of the key.
    case all([ConditionSyntax], Span)
    case any([ConditionSyntax], Span)
    case none([ConditionSyntax], Span)
    case not(ConditionSyntax, Span)
    case segment(Located<String>)
    case attribute(AttributeConditionSyntax)
    case event(EventConditionSyntax)
    /// Reported already.
    case invalid(Span)
}

package struct AttributeConditionSyntax: Sendable {
    package let name: Located<String>
    package let comparisons: [ComparisonSyntax]
    package let window: WindowSyntax?
    package let zone: Located<String>?
    package let span: Span
}

package struct EventConditionSyntax: Sendable {
    package let selection: EventSelectionSyntax
    package let window: WindowSyntax?
    package let measure: MeasureSyntax?
    package let comparisons: [ComparisonSyntax]
    /// `never: …`: no such event.
    package let isNever: Bool
    /// `since: ever` inside an exit.
    package let sinceEver: Span?
    package let zone: Located<String>?
    package let span: Span
}

/// `event: purchase`, `event: [view, cart]` or `event: any`, with `where:`.
package struct EventSelectionSyntax: Sendable {
    package enum Names: Sendable {
        case any(Span)
        case listed([Located<String>], Span)
    }

    package let names: Names
    package let tests: [PropertyConditionSyntax]

    package var span: Span {
        switch names {
        case .any(let span), .listed(_, let span): span
        }
    }
}

/// `category: { is: X }` below `where:`.
package struct PropertyConditionSyntax: Sendable {
    package let property: Located<String>
    package let comparisons: [ComparisonSyntax]
    package let span: Span
}

package struct ComparisonSyntax: Sendable {
    package enum Operand: Sendable {
        case one(Located<String>)
        case list([Located<String>], Span)
    }

    package let comparison: Comparison
    package let keySpan: Span
    package let operand: Operand

    package var operandSpan: Span {
        switch operand {
        case .one(let value): value.span
        case .list(_, let span): span
        }
    }
}

package enum WindowSyntax: Sendable {
    /// Milliseconds; `to` is 0 for `within: d`.
    case within(from: Located<Int64>, to: Located<Int64>, Span)
    case past(Located<CalendarSpan>)
    case recent(Located<CalendarSpan>)
    case nextElapsed(Located<Int64>)
    case nextDays(Located<CalendarSpan>)

    package var span: Span {
        switch self {
        case .within(_, _, let span): span
        case .past(let value), .recent(let value), .nextDays(let value): value.span
        case .nextElapsed(let value): value.span
        }
    }
}

package struct MeasureSyntax: Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case sum, average, minimum, maximum, distinct
    }

    package let kind: Located<Kind>
    package let property: Located<String>
}

/// The comparisons of the language, in the order in which documentation lists them.
package enum Comparison: String, CaseIterable, Sendable {
    case `is`
    case isNot = "is_not"
    case isIn = "in"
    case isNotIn = "not_in"
    case exactly
    case atLeast = "at_least"
    case atMost = "at_most"
    case moreThan = "more_than"
    case lessThan = "less_than"
    case between
    case contains
    case startsWith = "starts_with"
    case endsWith = "ends_with"
    case missing
    case before
    case after

    package enum OperandKind: Sendable {
        case one, list, pair, flag
    }

    package var operandKind: OperandKind {
        switch self {
        case .isIn, .isNotIn: .list
        case .between: .pair
        case .missing: .flag
        case .is, .isNot, .exactly, .atLeast, .atMost, .moreThan, .lessThan, .contains, .startsWith, .endsWith, .before,
            .after:
            .one
        }
    }

    package var doc: String {
        switch self {
        case .is: "Equal to the value."
        case .isNot: "There is a value, and it is another one."
        case .isIn: "Equal to one of the values."
        case .isNotIn: "There is a value, and it is none of these."
        case .exactly: "The count or measure is this number."
        case .atLeast: "The value or more."
        case .atMost: "The value or less."
        case .moreThan: "More than the value."
        case .lessThan: "Less than the value."
        case .between: "From the first to the second, both included."
        case .contains: "The text occurs somewhere in it."
        case .startsWith: "It begins with the text."
        case .endsWith: "It ends with the text."
        case .missing: "`true`: there is no value; `false`: there is one."
        case .before: "Earlier than the instant or date."
        case .after: "Later than the instant or date."
        }
    }

    package var example: String {
        switch self {
        case .is, .isNot: "KR"
        case .isIn, .isNotIn: "[KR, JP]"
        case .exactly, .atLeast, .atMost, .moreThan, .lessThan: "3"
        case .between: "[10, 20]"
        case .contains, .startsWith, .endsWith: "gift"
        case .missing: "true"
        case .before, .after: "2026-12-24"
        }
    }
}
