/// How many terminal columns text takes: 2 for wide characters and emoji, 0 for marks, 1 for the rest.
///
/// Follows Unicode's East Asian Width (UAX #11; ambiguous counts as narrow) and what current terminals do with grapheme
/// clusters. Text that holds controls has no width; make it visible first.
package enum TextWidth {
    package static func columns(of text: some StringProtocol) -> Int {
        text.reduce(0) { $0 + columns(of: $1) }
    }

    package static func columns(of character: Character) -> Int {
        let scalars = character.unicodeScalars
        guard let first = scalars.first, scalars.count > 1 else {
            return scalars.first.map(columns(of:)) ?? 0
        }
        if first.properties.isEmoji, scalars.dropFirst().contains(where: joinsEmoji) { return 2 }
        return scalars.reduce(0) { $0 + columns(of: $1) }
    }

    package static func columns(of scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        if isZeroWidth(scalar) { return 0 }
        return isWide(scalar) ? 2 : 1
    }

    /// Whether a scalar after an emoji makes one two-column picture of both.
    private static func joinsEmoji(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200D, 0xFE0F, 0x20E3: true  // joiner, emoji presentation, keycap
        case 0x1F1E6...0x1F1FF, 0x1F3FB...0x1F3FF: true  // the second letter of a flag, skin tones
        default: false
        }
    }

    private static func isZeroWidth(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1160...0x11FF, 0xD7B0...0xD7FF: return true  // Korean vowels and finals join the initial before them
        case 0x200C...0x200D, 0xE0000...0xE007F: return true  // joiners, and the tags of subdivision flags
        default: break
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return true
        default: return false
        }
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2329...0x232A, 0x2630...0x2637, 0x268A...0x268F: true
        case 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0xA4CF: true  // radicals, kana, bopomofo, Han, Yi
        case 0xA960...0xA97C, 0xAC00...0xD7A3: true  // Korean initials and syllables
        case 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6: true
        case 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1D300...0x1D376, 0x1F200...0x1F265: true
        case 0x20000...0x2FFFD, 0x30000...0x3FFFD: true
        default: scalar.properties.isEmojiPresentation
        }
    }
}
