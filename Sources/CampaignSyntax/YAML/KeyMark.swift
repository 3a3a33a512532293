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
        var bits = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
        for place in 0..<min(bytes.count, 8) { bits ^= UInt64(bytes[place]) << UInt64(8 * place) }
        self.bits = bits
    }
}
