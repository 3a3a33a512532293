/// 128 instants of a grid, a bit each. Rows are made of panels, so that ninety days need one.
struct BitPanel: Hashable, Sendable {
    /// One register of the processor.
    private var words: SIMD2<UInt64>

    @inline(__always) var low: UInt64 { words[0] }
    @inline(__always) var high: UInt64 { words[1] }

    @inline(__always) init(low: UInt64, high: UInt64) { words = SIMD2(low, high) }
    @inline(__always) private init(_ words: SIMD2<UInt64>) { self.words = words }

    static let bits = 128
    /// Of 64 bits, the lower bits first.
    static let words = 2
    @inline(__always) static var zero: BitPanel { BitPanel(low: 0, high: 0) }
    @inline(__always) static var ones: BitPanel { BitPanel(low: .max, high: .max) }

    /// All bits, or none.
    @inline(__always) static func repeating(_ bit: Bool) -> BitPanel {
        let word: UInt64 = bit ? .max : 0
        return BitPanel(low: word, high: word)
    }

    /// How many panels hold so many bits; at least one.
    static func panels(for bits: Int) -> Int { max(1, (bits + Self.bits - 1) / Self.bits) }

    @inline(__always) var isZero: Bool { low | high == 0 }
    /// 1 for a panel that is not zero: for sums whose next place cannot be guessed, which a branch would be slower for.
    @inline(__always) var oneIfAny: Int {
        let any = low | high
        return Int(truncatingIfNeeded: (any | (0 &- any)) &>> 63)
    }
    @inline(__always) var count: Int { low.nonzeroBitCount + high.nonzeroBitCount }

    /// The bits from a place on; all of them for places below 0, none beyond the end.
    @inline(__always) static func from(_ place: Int) -> BitPanel {
        BitPanel(low: .max << place, high: place < 64 ? .max : .max << (place - 64))
    }

    @inline(__always) static func & (a: BitPanel, b: BitPanel) -> BitPanel {
        BitPanel(a.words & b.words)
    }

    @inline(__always) static func | (a: BitPanel, b: BitPanel) -> BitPanel {
        BitPanel(a.words | b.words)
    }

    @inline(__always) static func ^ (a: BitPanel, b: BitPanel) -> BitPanel {
        BitPanel(a.words ^ b.words)
    }

    @inline(__always) static prefix func ~ (a: BitPanel) -> BitPanel { BitPanel(a.words ^ SIMD2(repeating: .max)) }

    /// The place of the lowest bit; 128: none.
    @inline(__always) var first: Int {
        low != 0 ? low.trailingZeroBitCount : 64 + high.trailingZeroBitCount
    }

    @inline(__always) static func bit(_ place: Int) -> BitPanel {
        place < 64
            ? BitPanel(low: 1 << UInt64(truncatingIfNeeded: place), high: 0)
            : BitPanel(low: 0, high: 1 << UInt64(truncatingIfNeeded: place - 64))
    }
}
