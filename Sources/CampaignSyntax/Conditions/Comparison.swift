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

    package var schema: SchemaShape {
        switch operandKind {
        case .one: .scalar("value")
        case .list, .pair: .list(.scalar("value"))
        case .flag: .choice(["true", "false"])
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
