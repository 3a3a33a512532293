internal import Diagnostics

/// The largest file that is read, in bytes.
package let largestFile = 1 << 20

/// What libyaml would accept and a reviewer would misread is refused before parsing.
///
/// Returns nil where the file can be parsed.
func screen(_ source: SourceText, _ file: FileID) -> Diagnostic? {
    if source.bytes.count > largestFile {
        return Diagnostic(
            .fileTooLarge, "the file is larger than 1 MiB", at: .path(source.path),
            notes: ["at least \(source.bytes.count) bytes"],
            help: ["split it: one segment or campaign a file"])
    }
    if isPlain(source.bytes) { return nil }
    if let offset = firstInvalidUTF8(source.bytes) {
        return Diagnostic(
            .invalidUTF8, "the file is not valid UTF-8",
            at: Span(file: file, lower: offset, upper: offset + 1), label: "this byte begins no character",
            help: ["save the file as UTF-8"])
    }
    return forbiddenCharacter(source, file)
}

/// The offset of the first byte that is not part of a well-formed UTF-8 sequence.
private func firstInvalidUTF8(_ bytes: [UInt8]) -> Int? {
    var index = 0
    while index < bytes.count {
        let first = bytes[index]
        if first < 0x80 {
            index += 1
            continue
        }
        let length =
            switch first {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 0
            }
        guard length > 0, index + length <= bytes.count else { return index }
        for follow in 1..<length where bytes[index + follow] & 0xC0 != 0x80 { return index }
        let second = bytes[index + 1]
        // Overlong forms, surrogates and values above U+10FFFF.
        if first == 0xE0 && second < 0xA0 || first == 0xED && second > 0x9F || first == 0xF0 && second < 0x90
            || first == 0xF4 && second > 0x8F
        {
            return index
        }
        index += length
    }
    return nil
}

/// Of a text that is well-formed UTF-8.
private func forbiddenCharacter(_ source: SourceText, _ file: FileID) -> Diagnostic? {
    var offset = 0
    while offset < source.bytes.count {
        let first = source.bytes[offset]
        if isPlain(first) {
            offset += 1
            continue
        }
        let (scalar, width) = character(at: offset, source.bytes)
        let span = Span(file: file, lower: offset, upper: offset + width)
        switch scalar {
        case 0x85, 0x2028, 0x2029:
            return Diagnostic(
                .forbiddenCharacter, "the file contains a hidden line end, U+\(hexadecimal(scalar))", at: span,
                label: "YAML ends a line here, editors do not show it", help: ["remove the character"])
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069:
            return Diagnostic(
                .forbiddenCharacter, "the file contains a text-direction control, U+\(hexadecimal(scalar))", at: span,
                label: "it can make a line look different from what it says", help: ["remove the character"])
        case 0xFEFF where offset > 0:
            return Diagnostic(
                .forbiddenCharacter, "the file contains a byte-order mark, U+FEFF", at: span,
                label: "allowed only at the beginning of a file", help: ["remove the character"])
        case 0x00...0x08, 0x0B, 0x0C, 0x0E...0x1F, 0x7F...0x9F, 0xFFFE, 0xFFFF:
            return Diagnostic(
                .forbiddenCharacter, "the file contains a control character, U+\(hexadecimal(scalar))", at: span,
                label: "not allowed in YAML", help: ["remove the character"])
        default:
            offset += width
        }
    }
    return nil
}

/// The character that begins at `offset`, and how many bytes it has.
private func character(at offset: Int, _ bytes: [UInt8]) -> (scalar: UInt32, width: Int) {
    let first = bytes[offset]
    let width = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    let head = UInt32(first) & (width == 1 ? 0x7F : 0x7F >> UInt32(width))
    let scalar = bytes[offset..<min(offset + width, bytes.count)].dropFirst().reduce(head) {
        $0 << 6 | UInt32($1 & 0x3F)
    }
    return (scalar, width)
}

/// All bytes are. Looks at each without branching, so that it takes many at a time.
private func isPlain(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
        var others: UInt8 = 0
        for byte in bytes {
            let isOther: UInt8 = byte &- 0x20 < 0x5F ? 0 : 1
            let isNoLineEnd: UInt8 = byte == 0x0A ? 0 : 1
            let isNoReturn: UInt8 = byte == 0x0D ? 0 : 1
            let isNoTab: UInt8 = byte == 0x09 ? 0 : 1
            others |= isOther & isNoLineEnd & isNoReturn & isNoTab
        }
        return others == 0
    }
}

/// What may stand in a file whatever is around it: almost everything is.
private func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F || byte == 0x0A || byte == 0x0D || byte == 0x09
}

private func hexadecimal(_ scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
