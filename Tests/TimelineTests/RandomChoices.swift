import TestSupport

extension SeededGenerator {
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
