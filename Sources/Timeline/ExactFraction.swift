/// A numerator over a count: what an aggregate came to, without rounding.
struct ExactFraction: Sendable {
    var numerator: Int128
    /// 0: there is no value.
    var denominator: Int128

    static let missing = ExactFraction(numerator: 0, denominator: 0)

    init(numerator: Int128, denominator: Int128) {
        self.numerator = numerator
        self.denominator = denominator
    }

    init(_ value: Int64) {
        self.init(numerator: Int128(value), denominator: 1)
    }

    var isMissing: Bool { denominator == 0 }

    /// Negative, 0 or positive as this is less than, equal to or more than `literal / power`.
    func compared(to literal: Int64, power: Int128) -> Int {
        let other = Int128(literal) * denominator
        if power == 1 { return numerator < other ? -1 : numerator > other ? 1 : 0 }
        let (scaled, overflow) = numerator.multipliedReportingOverflow(by: power)
        // A denominator counts events, so the other side stays below 2^126 and below whatever overflows.
        if overflow { return numerator < 0 ? -1 : 1 }
        return scaled < other ? -1 : scaled > other ? 1 : 0
    }
}
