extension JSON {
    /// Reads one value of RFC 8259, with white space around it.
    ///
    /// Everything that could be read in two ways, or that nothing here writes, is refused: keys that come twice,
    /// fractions, exponents, `-0`, `null`, text that is not UTF-8, halves of surrogate pairs, more than 64 levels.
    package init(parsing bytes: [UInt8]) throws(JSONProblem) {
        var parser = JSONParser(bytes)
        self = try parser.document()
    }
}

private struct JSONParser {
    private let bytes: [UInt8]
    private var position = 0

    /// Recursion follows the levels, so they must be few.
    private static let deepest = 64
    private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func document() throws(JSONProblem) -> JSON {
        let value = try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw problem("there is more after the value") }
        return value
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func problem(_ message: String) -> JSONProblem { JSONProblem(place: "byte \(position)", message: message) }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        skipSpace()
        guard next == UInt8(truncatingIfNeeded: scalar.value) else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(JSONProblem) -> JSON {
        skipSpace()
        guard depth < Self.deepest else { throw problem("more than \(Self.deepest) levels") }
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"): return .integer(try integer())
        case UInt8(ascii: "t"):
            try word("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try word("false")
            return .bool(false)
        case UInt8(ascii: "n"): throw problem("null is not allowed")
        case nil: throw problem("the text ends where a value should be")
        case let byte? where Self.digits.contains(byte): return .integer(try integer())
        default: throw problem("no value begins here")
        }
    }

    private mutating func object(depth: Int) throws(JSONProblem) -> JSON {
        position += 1
        var members: [String: JSON] = [:]
        if take("}") { return .object(members) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw problem("a key is missing") }
            let start = position
            let key = try string()
            guard take(":") else { throw problem("a colon is missing") }
            let value = try value(depth: depth + 1)
            guard members.updateValue(value, forKey: key) == nil else {
                throw JSONProblem(place: "byte \(start)", message: "the key `\(key)` comes twice")
            }
        } while take(",")
        guard take("}") else { throw problem("the object is not closed") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(JSONProblem) -> JSON {
        position += 1
        var elements: [JSON] = []
        if take("]") { return .array(elements) }
        repeat { elements.append(try value(depth: depth + 1)) } while take(",")
        guard take("]") else { throw problem("the list is not closed") }
        return .array(elements)
    }

    private mutating func word(_ word: String) throws(JSONProblem) {
        for byte in word.utf8 {
            guard next == byte else { throw problem("no value begins here") }
            position += 1
        }
    }

    private mutating func integer() throws(JSONProblem) -> Int64 {
        let start = position
        if next == UInt8(ascii: "-") { position += 1 }
        let firstDigit = position
        while let byte = next, Self.digits.contains(byte) { position += 1 }
        if next == UInt8(ascii: ".") || next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            throw problem("only whole numbers are allowed")
        }
        // `Int64.init` would also take zeros in front, and minus zero.
        let digits = bytes[firstDigit..<position]
        let isPlain = digits.first != UInt8(ascii: "0") || (digits.count == 1 && start == firstDigit)
        guard isPlain, let value = Int64(String(decoding: bytes[start..<position], as: UTF8.self)) else {
            throw JSONProblem(place: "byte \(start)", message: "no whole number of 64 bits")
        }
        return value
    }

    private mutating func string() throws(JSONProblem) -> String {
        let start = position
        position += 1
        var text: [UInt8] = []
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw problem("a control character that is not escaped") }
            position += 1
            if byte == UInt8(ascii: "\\") {
                try escape(into: &text)
            } else {
                text.append(byte)
            }
        }
        guard next != nil else { throw JSONProblem(place: "byte \(start)", message: "the string is not closed") }
        position += 1
        guard let valid = String(validating: text, as: UTF8.self) else {
            throw JSONProblem(place: "byte \(start)", message: "the string is not UTF-8")
        }
        return valid
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONProblem) {
        guard let letter = next else { throw problem("the text ends inside an escape") }
        position += 1
        switch Unicode.Scalar(letter) {
        case "\"", "\\", "/": text.append(letter)
        case "b": text.append(0x08)
        case "f": text.append(0x0C)
        case "n": text.append(0x0A)
        case "r": text.append(0x0D)
        case "t": text.append(0x09)
        case "u": text += String(try escapedScalar()).utf8
        default: throw problem("an unknown escape")
        }
    }

    private mutating func escapedScalar() throws(JSONProblem) -> Character {
        let high = try codeUnit()
        if let scalar = Unicode.Scalar(high) { return Character(scalar) }
        guard (0xD800..<0xDC00).contains(high), next == UInt8(ascii: "\\") else {
            throw problem("half a surrogate pair")
        }
        position += 1
        guard next == UInt8(ascii: "u") else { throw problem("half a surrogate pair") }
        position += 1
        let low = try codeUnit()
        guard (0xDC00..<0xE000).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
        else { throw problem("half a surrogate pair") }
        return Character(scalar)
    }

    private mutating func codeUnit() throws(JSONProblem) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw problem("an escape needs four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }
}
