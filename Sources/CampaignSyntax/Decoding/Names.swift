/// Lower-case ASCII words and digits joined by single hyphens.
package func isName(_ text: String) -> Bool {
    guard (1...100).contains(text.utf8.count) else { return false }
    // A hyphen needs a letter or digit on both sides.
    var isBehindHyphen = true
    for byte in text.utf8 {
        switch byte {
        case 0x61...0x7A, 0x30...0x39: isBehindHyphen = false
        case 0x2D where !isBehindHyphen: isBehindHyphen = true
        default: return false
        }
    }
    return !isBehindHyphen
}

package func isIdentifier(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 200 else { return false }
    let isLetter = { (byte: UInt8) in
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || byte == 0x5F || byte >= 0x80
    }
    return isLetter(first)
        && text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E }
}

/// Whether a text reads the same without quotes within brackets and braces.
func isHarmless(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 200 && text.first != " " && text.last != " "
        && text.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
                || [0x20, 0x2C, 0x2D, 0x2E, 0x5F].contains(byte)
        } && !text.hasPrefix("-") && !text.hasPrefix(",")
}

/// As many capital ASCII letters.
func isCode(_ text: String, length: Int) -> Bool {
    text.utf8.count == length && text.utf8.allSatisfy { (0x41...0x5A).contains($0) }
}
