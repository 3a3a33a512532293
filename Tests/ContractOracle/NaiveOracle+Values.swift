import CampaignPlan

extension NaiveOracle {
    /// Every test of a missing value is false, but the one for being missing.
    func passes(_ test: ValueTest, _ value: NaiveValue) -> Bool {
        switch (test, value) {
        case (.missing(let wanted), _):
            wanted == (value == .missing)
        case (.text(let test), .text(let text)):
            passes(test, text)
        case (.number(let test), .number(let number)):
            passes(test, Fraction(number))
        case (.text(.isNotIn), .missing), (.number(.isNotIn), .missing), (.number(.outside), .missing):
            mutation == .missingDiffersFromEverything
        case (.text, _), (.number, _):
            false
        }
    }

    /// Case-sensitive, scalar by scalar.
    private func passes(_ test: TextTest, _ text: String) -> Bool {
        func scalars(_ text: String) -> [Unicode.Scalar] {
            Array((mutation == .textCaseIgnored ? text.lowercased() : text).unicodeScalars)
        }
        let have = scalars(text)
        switch test {
        case .isIn(let texts):
            return texts.contains { scalars($0) == have }
        case .isNotIn(let texts):
            return !texts.contains { scalars($0) == have }
        case .contains(let part):
            let part = scalars(part)
            return have.indices.contains { have[$0...].starts(with: part) } || part.isEmpty
        case .startsWith(let part):
            return have.starts(with: scalars(part))
        case .endsWith(let part):
            return have.reversed().starts(with: scalars(part).reversed())
        }
    }

    func passes(_ test: NumberTest, _ value: Fraction, extraScale: Int = 0) -> Bool {
        func order(_ literal: Int64) -> Int { value.order(comparedTo: literal, extraScale: extraScale) }
        func isWithin(_ min: Int64?, _ max: Int64?) -> Bool {
            (min.map { order($0) >= 0 } ?? true) && (max.map { order($0) <= 0 } ?? true)
        }
        switch test {
        case .within(let min, let max):
            return isWithin(min, max)
        case .outside(let min, let max):
            if mutation == .outsideIncludesItsEnds, [min, max].contains(where: { $0.map(order) == 0 }) { return true }
            return !isWithin(min, max)
        case .isIn(let literals):
            return literals.contains { order($0) == 0 }
        case .isNotIn(let literals):
            return !literals.contains { order($0) == 0 }
        }
    }

    /// A number that need not be whole, exactly.
    struct Fraction {
        let numerator: Int128
        let denominator: Int128

        init(_ numerator: some BinaryInteger, over denominator: Int = 1) {
            self.numerator = Int128(numerator)
            self.denominator = Int128(denominator)
        }

        /// −1, 0 or 1: less than, equal to or more than `literal / 10^extraScale`.
        func order(comparedTo literal: Int64, extraScale: Int) -> Int {
            let power = (0..<extraScale).reduce(Int128(1)) { product, _ in product * 10 }
            return Int((numerator * power - Int128(literal) * denominator).signum())
        }
    }
}
