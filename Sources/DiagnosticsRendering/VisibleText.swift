/// Text made safe to print: what a terminal would obey or hide is spelled out as `\u{1B}`.
package enum VisibleText {
    package static func escaping(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHidden) else { return text }
        return text.unicodeScalars.reduce(into: "") { result, scalar in
            if isHidden(scalar) { result += spelledOut(scalar) } else { result.unicodeScalars.append(scalar) }
        }
    }

    /// Controls, line separators, and characters that reorder their neighbours (which can make a line read as something
    /// else than what the parser saw) or cannot be seen at all.
    static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0xAD, 0x061C, 0x180E: true
        case 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x206F: true
        case 0xFEFF, 0xFFF9...0xFFFB: true
        default: false
        }
    }

    static func spelledOut(_ scalar: Unicode.Scalar) -> String {
        "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    }
}
