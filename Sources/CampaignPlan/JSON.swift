/// A JSON value that has exactly one text: RFC 8785 with integers only, so that no float formatting is involved.
package enum JSON: Hashable, Sendable {
    case object([String: JSON])
    case array([JSON])
    case string(String)
    /// Written as a number within ±(2^53 − 1), which every reader keeps exactly, and as a string beyond.
    case integer(Int64)
    case bool(Bool)

    package init(_ value: Int) { self = .integer(Int64(value)) }

    /// The canonical text: no white space, keys in the order of their UTF-16 code units.
    package var canonicalText: String {
        var text: [UInt8] = []
        write(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    private func write(to text: inout [UInt8]) {
        switch self {
        case .object(let members):
            text.append(UInt8(ascii: "{"))
            var isFirst = true
            for (key, value) in members.sorted(by: { JSON.precedes($0.key, $1.key) }) {
                if !isFirst { text.append(UInt8(ascii: ",")) }
                isFirst = false
                JSON.write(key, to: &text)
                text.append(UInt8(ascii: ":"))
                value.write(to: &text)
            }
            text.append(UInt8(ascii: "}"))
        case .array(let elements):
            text.append(UInt8(ascii: "["))
            var isFirst = true
            for element in elements {
                if !isFirst { text.append(UInt8(ascii: ",")) }
                isFirst = false
                element.write(to: &text)
            }
            text.append(UInt8(ascii: "]"))
        case .string(let value): JSON.write(value, to: &text)
        case .integer(let value):
            let isExact = abs(value.clamped) < 1 << 53
            if !isExact { text.append(UInt8(ascii: "\"")) }
            JSON.write(value, to: &text)
            if !isExact { text.append(UInt8(ascii: "\"")) }
        case .bool(let value): text += (value ? "true" : "false").utf8
        }
    }

    /// By UTF-16 code units. Bytes of UTF-8 order texts the same but for those beyond U+FFFF, which begin with F0 or
    /// more.
    private static func precedes(_ a: String, _ b: String) -> Bool {
        var found: Bool?
        a.utf8.withContiguousStorageIfAvailable { left in
            b.utf8.withContiguousStorageIfAvailable { right in found = precedes(left, right) }
        }
        return found ?? a.utf16.lexicographicallyPrecedes(b.utf16)
    }

    /// nil: bytes do not tell.
    private static func precedes(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool? {
        for index in 0..<min(a.count, b.count) where a[index] != b[index] {
            return a[index] >= 0xF0 || b[index] >= 0xF0 ? nil : a[index] < b[index]
        }
        return a.count < b.count
    }

    private static func write(_ value: Int64, to text: inout [UInt8]) {
        if value < 0 { text.append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        let start = text.count
        repeat {
            text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        text[start...].reverse()
    }

    private static func write(_ string: String, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        // Most texts are as they are.
        let isWritten = string.utf8.withContiguousStorageIfAvailable { bytes in
            guard bytes.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) else {
                return false
            }
            text.append(contentsOf: bytes)
            return true
        }
        if isWritten != true { writeEscaped(string, to: &text) }
        text.append(UInt8(ascii: "\""))
    }

    private static func writeEscaped(_ string: String, to text: inout [UInt8]) {
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""): text += "\\\"".utf8
            case UInt8(ascii: "\\"): text += "\\\\".utf8
            case 0x8: text += "\\b".utf8
            case 0x9: text += "\\t".utf8
            case 0xA: text += "\\n".utf8
            case 0xC: text += "\\f".utf8
            case 0xD: text += "\\r".utf8
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                text += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
            default: text.append(byte)
            }
        }
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
