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

/// A text as it is written within brackets and braces, in quotes where it needs them; nil for one that cannot be written
/// on one line, or that nobody would want there.
func inBrackets(_ text: String) -> String? {
    guard !text.isEmpty, text.utf8.count <= 200 else { return nil }
    if isHarmless(text) { return text }
    let isSimple = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F && $0 != "\"" && $0 != "\\" }
    return isSimple ? "\"\(text)\"" : nil
}

/// The list that somebody meant who wrote a single value, or several with commas between them. Nil where that is not clear.
func bracketed(_ scalar: YAMLScalar, count: Int? = nil) -> String? {
    guard scalar.isPlain, scalar.text.utf8.contains(UInt8(ascii: ",")) else {
        return count == nil ? inBrackets(scalar.text).map { "[\($0)]" } : nil
    }
    let parts = scalar.text.split(separator: ",", omittingEmptySubsequences: false).map { part in
        String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    guard parts.allSatisfy(isHarmless), count.map({ $0 == parts.count }) ?? true else { return nil }
    return "[\(parts.joined(separator: ", "))]"
}

/// Whether a text reads the same without quotes within brackets and braces: words and numbers.
private func isHarmless(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 200, text.utf8.last != 0x20 else { return false }
    func isWord(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F
    }
    // A hyphen that stands apart begins the item of a list.
    return isWord(first) && text.utf8.allSatisfy { isWord($0) || [0x20, 0x2D, 0x2E].contains($0) }
        && !text.contains(" -")
}

/// As many capital ASCII letters.
func isCode(_ text: String, length: Int) -> Bool {
    text.utf8.count == length && text.utf8.allSatisfy { (0x41...0x5A).contains($0) }
}
