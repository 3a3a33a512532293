/// Base64 of RFC 4648 with padding.
enum Base64 {
    /// In the standard alphabet, on one line.
    static func text(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<min(start + 3, bytes.count)]
            let bits = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
            for index in 0..<4 {
                text.append(index <= part.count ? alphabet[bits >> (18 - 6 * index) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil unless the text is what `text` writes for some bytes, in the standard or the URL-safe alphabet; a DSSE
    /// verifier must accept either.
    static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        let letters = Array(text.utf8)
        guard letters.count % 4 == 0 else { return nil }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: letters.count, by: 4) {
            let group = letters[start..<start + 4]
            let isLast = start + 4 == letters.count
            let padding = isLast ? group.reversed().prefix { $0 == UInt8(ascii: "=") }.count : 0
            guard padding <= 2 else { return nil }
            var bits = 0
            for letter in group.dropLast(padding) {
                guard let value = value(of: letter) else { return nil }
                bits = bits << 6 | value
            }
            bits <<= 6 * padding
            // Bits that no byte takes must be zero, or one thing could be written in several ways.
            guard bits & (1 << (8 * padding) - 1) == 0 else { return nil }
            for index in 0..<(3 - padding) { bytes.append(UInt8(truncatingIfNeeded: bits >> (16 - 8 * index))) }
        }
        return bytes
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static func value(of letter: UInt8) -> Int? {
        switch Unicode.Scalar(letter) {
        case "A"..."Z": Int(letter) - 65
        case "a"..."z": Int(letter) - 71
        case "0"..."9": Int(letter) + 4
        case "+", "-": 62
        case "/", "_": 63
        default: nil
        }
    }
}
