import CampaignPlan

/// What makes a row a bad one. Columns are named as in the source; values of personal attributes are left out.
enum RowDefect: Error, Equatable {
    case fieldCount(Int, expected: Int)
    case textAfterQuote(String)
    case invalidUTF8(String)
    case missing(String)
    case notA(ValueType, column: String, value: String?)
    case tooManyDecimals(scale: Int, column: String, value: String?)
    case outOfRange(column: String, value: String?)
    case notListed(column: String, value: String?)
    case unknownCustomer(String)
    case repeatedCustomer(String, line: Int)

    var message: String {
        switch self {
        case .fieldCount(let count, let expected):
            "the row has \(count) \(count == 1 ? "field" : "fields") instead of \(expected)"
        case .textAfterQuote(let column): "text follows the closing quote of `\(column)`"
        case .invalidUTF8(let column): "`\(column)` is not UTF-8 text"
        case .missing(let column): "`\(column)` is missing"
        case .notA(let type, let column, let value): "`\(column)` is not \(type.article)\(suffix(value))"
        case .tooManyDecimals(let scale, let column, let value):
            "`\(column)` has more than \(scale) \(scale == 1 ? "decimal" : "decimals")\(suffix(value))"
        case .outOfRange(let column, let value): "`\(column)` is out of range\(suffix(value))"
        case .notListed(let column, let value): "`\(column)` is not one of the values in the catalog\(suffix(value))"
        case .unknownCustomer(let key): "customer `\(excerpt(key))` is not in the customers' source"
        case .repeatedCustomer(let key, let line):
            "customer `\(excerpt(key))` is there already, on line \(line)"
        }
    }

    private func suffix(_ value: String?) -> String { value.map { ": `\(excerpt($0))`" } ?? "" }

    /// One short line of printable characters.
    private func excerpt(_ value: String) -> String {
        var text = ""
        for scalar in value.unicodeScalars.prefix(40) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse:
                text += "\\u{\(String(scalar.value, radix: 16))}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return value.unicodeScalars.count > 40 ? text + "…" : text
    }
}

extension ValueType {
    /// With its article, as in "is not an integer".
    fileprivate var article: String {
        switch self {
        case .text: "a text"
        case .integer: "an integer"
        case .decimal: "a decimal"
        case .boolean, .consent: "true or false"
        case .instant: "an instant"
        case .date: "a date"
        case .zone: "a known time zone"
        case .email: "an email address"
        case .phone: "a phone number"
        }
    }
}
