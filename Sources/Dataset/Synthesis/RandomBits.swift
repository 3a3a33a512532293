/// Random numbers without state: draw `k` of a stream can be had without those before it.
enum RandomBits {
    private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// The `index`-th number of the stream; SplitMix64.
    @inline(__always)
    static func draw(_ stream: UInt64, _ index: UInt64) -> UInt64 { mix(stream &+ (index &+ 1) &* step) }

    /// A number from `range`, which is not empty and shorter than 2^32, out of the upper 32 bits.
    @inline(__always)
    static func pick(_ bits: UInt64, from range: Range<Int>) -> Int {
        range.lowerBound + Int(((bits >> 32) &* UInt64(truncatingIfNeeded: range.count)) >> 32)
    }

    @inline(__always)
    static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
