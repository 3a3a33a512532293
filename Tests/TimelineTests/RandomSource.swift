/// SplitMix64: the same numbers for the same seed on every machine.
struct RandomSource: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    mutating func number<Number: FixedWidthInteger>(_ range: ClosedRange<Number>) -> Number {
        Number.random(in: range, using: &self)
    }

    mutating func chance(percent: Int) -> Bool { number(1...100) <= percent }

    /// One of `choices`, of which there must be one at least.
    mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[number(0...choices.count - 1)] }

    /// Between `least` and `most` different ones of `choices`, ascending; fewer where there are fewer.
    mutating func subset<Choice: Comparable>(of choices: [Choice], least: Int, most: Int) -> [Choice] {
        Array(choices.shuffled(using: &self).prefix(number(least...most))).sorted()
    }
}

extension Int64 {
    /// The nearest representable sum.
    func saturatingSum(_ other: Int64) -> Int64 { Int64(clamping: Int128(self) + Int128(other)) }

    func saturatingProduct(_ other: Int64) -> Int64 { Int64(clamping: Int128(self) * Int128(other)) }
}
