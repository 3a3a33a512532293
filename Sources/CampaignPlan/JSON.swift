/// A JSON value that has exactly one text: RFC 8785 with integers only, so that no float formatting is involved.
package indirect enum JSON: Hashable, Sendable {
    case object([String: JSON])
    case array([JSON])
    case string(String)
    /// Written as a number within ±(2^53 − 1), which every reader keeps exactly, and as a string beyond.
    case integer(Int64)
    case bool(Bool)

    package init(_ value: Int) { self = .integer(Int64(value)) }

    /// The canonical text: no white space, keys in the order of their UTF-16 code units.
    package var canonicalText: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .object(let members):
            text += "{"
            let keys = members.keys.sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) }
            for (index, key) in keys.enumerated() {
                if index > 0 { text += "," }
                JSON.write(key, to: &text)
                text += ":"
                members[key]?.write(to: &text)
            }
            text += "}"
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += "," }
                element.write(to: &text)
            }
            text += "]"
        case .string(let value): JSON.write(value, to: &text)
        case .integer(let value):
            let isExact = abs(value.clamped) < 1 << 53
            text += isExact ? "\(value)" : "\"\(value)\""
        case .bool(let value): text += value ? "true" : "false"
        }
    }

    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\u{8}": text += "\\b"
            case "\u{9}": text += "\\t"
            case "\u{A}": text += "\\n"
            case "\u{C}": text += "\\f"
            case "\u{D}": text += "\\r"
            case "\u{0}"..<"\u{20}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

extension Int64 {
    /// `Int64.min` has no absolute value.
    fileprivate var clamped: Int64 { Swift.max(self, -Int64.max) }
}

extension JSON {
    /// An object without the members that are nil.
    package static func members(_ members: [String: JSON?]) -> JSON {
        .object(members.compactMapValues { $0 })
    }
}
