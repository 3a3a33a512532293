/// libyaml's marks count Unicode scalars after a byte-order mark; we count bytes of the file.
struct ScalarOffsets {
    /// Nil where every character is one byte.
    private let starts: [Int]?
    private let base: Int
    var areBytes: Bool { starts == nil }
    private let count: Int

    init(_ bytes: [UInt8]) {
        base = byteOrderMarkLength(bytes)
        count = bytes.count
        let span = bytes.span
        if isASCII(span) {
            starts = nil
        } else {
            starts = bytes.indices.dropFirst(base).filter { bytes[$0] & 0xC0 != 0x80 }
        }
    }

    func byte(_ index: Int) -> Int {
        guard let starts else { return min(base + index, count) }
        return index < starts.count ? starts[index] : count
    }
}

/// 3 where the file begins with a byte-order mark, else 0.
func byteOrderMarkLength(_ bytes: [UInt8]) -> Int {
    bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
}
