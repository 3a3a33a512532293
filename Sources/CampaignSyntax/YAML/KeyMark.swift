/// Tells almost all keys apart in one comparison: the first eight bytes, mixed with the length. Equal keys have equal marks.
package struct KeyMark: Equatable, Sendable {
    private let bits: UInt64

    /// Of the empty key.
    static let none = KeyMark(bits: 0)

    private init(bits: UInt64) { self.bits = bits }

    package init(_ key: String) {
        let text = key.utf8
        self.init(text.span)
    }

    init(_ bytes: Span<UInt8>) {
        bits = Self.beginning(bytes.bytes) ^ UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
    }

    /// The first eight bytes, in two loads that overlap where there are fewer.
    private static func beginning(_ bytes: RawSpan) -> UInt64 {
        let count = bytes.byteCount
        if count >= 8 { return bytes.unsafeLoadUnaligned(as: UInt64.self) }
        if count >= 4 {
            let low = bytes.unsafeLoadUnaligned(as: UInt32.self)
            let high = bytes.unsafeLoadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
            return UInt64(low) | UInt64(high) << UInt64(8 * (count - 4))
        }
        var bits: UInt64 = 0
        for place in 0..<count {
            bits |= UInt64(bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt8.self)) << UInt64(8 * place)
        }
        return bits
    }
}
