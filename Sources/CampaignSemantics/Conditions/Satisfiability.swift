internal import CampaignPlan

extension [ValueTest] {
    /// False where no value can pass all of these tests; true also where that would take more than comparing them.
    var areSatisfiable: Bool {
        if contains(.missing(true)), contains(where: { $0 != .missing(true) }) { return false }
        let texts = compactMap { test in if case .text(let text) = test { text } else { nil } }
        let numbers = compactMap { test in if case .number(let number) = test { number } else { nil } }
        return texts.areSatisfiable && numbers.areSatisfiable
    }
}

extension [TextTest] {
    fileprivate var areSatisfiable: Bool {
        for case .isIn(let candidates) in self {
            return candidates.contains { candidate in allSatisfy { $0.accepts(candidate) } }
        }
        return true
    }
}

extension TextTest {
    /// Bytewise, as the engine compares.
    fileprivate func accepts(_ text: String) -> Bool {
        switch self {
        case .isIn(let texts): texts.contains(text)
        case .isNotIn(let texts): !texts.contains(text)
        case .contains(let part): text.utf8.contains(part.utf8)
        case .startsWith(let part): text.utf8.starts(with: part.utf8)
        case .endsWith(let part): text.utf8.reversed().starts(with: part.utf8.reversed())
        }
    }
}

extension [NumberTest] {
    fileprivate var areSatisfiable: Bool {
        for case .isIn(let candidates) in self {
            return candidates.contains { candidate in allSatisfy { $0.contains(candidate) } }
        }
        var low = Int64.min
        var high = Int64.max
        // An average may lie between two numbers that its literals can write.
        var isOpen = false
        for test in self {
            switch test {
            case .within(let min, let max):
                low = Swift.max(low, min ?? low)
                high = Swift.min(high, max ?? high)
            case .outside(nil, let max?):
                low = Swift.max(low, max)
                isOpen = true
            case .outside(let min?, nil):
                high = Swift.min(high, min)
                isOpen = true
            case .outside, .isIn, .isNotIn: break
            }
        }
        if low == high { return !isOpen && allSatisfy { $0.contains(low) } }
        return low < high
    }
}
