import CampaignPlan

/// Scalars are read by what their key takes, quoted or not, while editors have read them as numbers or booleans already:
/// so each kind admits both spellings.
enum ScalarSchema {
    static func schema(of kind: String) -> JSON {
        switch kind {
        case "integer": either(text(#"^-?[0-9]+$"#), .object(["type": .string("integer")]))
        case "ratio": text(#"^[0-9]+(\.[0-9]+)?%$"#)
        case "duration": text("^(0|[1-9][0-9]*)[smhdw]$")
        case "calendar span": text(#"^[0-9]+ (day|week|month|year)s?$"#)
        case "time": text("^[0-9]{2}:[0-9]{2}(:[0-9]{2})?$")
        case "date": text("^\(date)$")
        case "instant": text("^\(date)[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?$")
        case "money":
            either(text(#"^[0-9]+(\.[0-9]{1,4})?$"#), .object(["type": .string("number"), "minimum": .integer(0)]))
        case "name": text(#"^[a-z0-9]+(-[a-z0-9]+)*$"#)
        // No ASCII but letters, `_`, and behind the first also digits, `-` and `.`.
        case "identifier":
            text(
                #"^[^\u0000-\u0040\u005b-\u005e\u0060\u007b-\u007f][^\u0000-\u002c\u002f\u003a-\u0040\u005b-\u005e\u0060\u007b-\u007f]*$"#
            )
        case "currency": text("^[A-Z]{3}$")
        case "country": text("^[A-Z]{2}$")
        default: .object(["type": .array(["string", "number", "boolean"].map { .string($0) })])
        }
    }

    private static let date = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    static func choice(_ words: [String]) -> JSON {
        let booleans = words.compactMap { $0 == "true" ? JSON.bool(true) : $0 == "false" ? .bool(false) : nil }
        return .object(["enum": .array(booleans + words.map { .string($0) })])
    }

    private static func text(_ pattern: String) -> JSON {
        .object(["type": .string("string"), "pattern": .string(pattern)])
    }

    private static func either(_ first: JSON, _ second: JSON) -> JSON { .object(["anyOf": .array([first, second])]) }
}
