/// What tests that hold and tests that do not hold say together about one value, which can be missing.
///
/// Every claim is safe: where more would have to be known, the value counts as possible.
package struct ValueKnowledge {
    private var canBeMissing = true
    private var canBeThere = true
    private var numbers = NumberSet.all
    private var texts: [(test: TextTest, holds: Bool)] = []
    /// Literals at different scales are not compared: those that came first count.
    private var extraScale: Int?

    package init() {}

    /// `isFraction`: the value may lie between two numbers that literals can write.
    package mutating func add(_ test: ValueTest, _ holds: Bool, isFraction: Bool = false) {
        // A test of a missing value does not hold.
        switch test {
        case .missing(let isMissing):
            if isMissing == holds { canBeThere = false } else { canBeMissing = false }
        case .number(let number):
            if holds { canBeMissing = false }
            guard let set = NumberSet(number, isFraction: isFraction) else { return }
            restrict(holds ? set : set.complement)
        case .text(let text):
            if holds { canBeMissing = false }
            texts.append((text, holds))
        }
    }

    mutating func add(_ test: AggregateTest, _ holds: Bool, isFraction: Bool) {
        switch test {
        case .missing(let isMissing): add(.missing(isMissing), holds)
        case .number(let number, let scale):
            if let extraScale, extraScale != scale {
                if holds { canBeMissing = false }
                return
            }
            extraScale = scale
            add(.number(number), holds, isFraction: isFraction)
        }
    }

    /// The value lies in a set of numbers, or does not: a missing one never does.
    mutating func add(_ set: NumberSet, _ holds: Bool) {
        if holds { canBeMissing = false }
        restrict(holds ? set : set.complement)
    }

    /// Whether there is a value, and it is not 0.
    var isThereAndNotZero: Bool { !canBeMissing && !numbers.contains(0) }
    var isThere: Bool { !canBeMissing }

    /// No value, missing or not, is left.
    package var isImpossible: Bool {
        !canBeMissing && (!canBeThere || numbers.isEmpty || textsExcludeEachOther)
    }

    private mutating func restrict(_ set: NumberSet) { numbers = numbers.intersection(set) }

    private var textsExcludeEachOther: Bool {
        for case (.isIn(let candidates), true) in texts { return !candidates.contains(where: passesAll) }
        for case (.isNotIn(let candidates), false) in texts { return !candidates.contains(where: passesAll) }
        for (place, text) in texts.enumerated() {
            if texts[..<place].contains(where: { Self.exclude($0, text) || Self.exclude(text, $0) }) { return true }
            if !text.holds, text.test.acceptsEverything { return true }
        }
        return false
    }

    private func passesAll(_ candidate: String) -> Bool {
        texts.allSatisfy { $0.test.accepts(candidate) == $0.holds }
    }

    /// No text passes the first test and does with the second as it says.
    private static func exclude(_ a: (test: TextTest, holds: Bool), _ b: (test: TextTest, holds: Bool)) -> Bool {
        guard a.holds else { return false }
        switch (a.test, b.test, b.holds) {
        case (.startsWith(let one), .startsWith(let other), true):
            return !one.utf8.starts(with: other.utf8) && !other.utf8.starts(with: one.utf8)
        case (.endsWith(let one), .endsWith(let other), true):
            return !one.utf8.reversed().starts(with: other.utf8.reversed())
                && !other.utf8.reversed().starts(with: one.utf8.reversed())
        case (.startsWith(let one), .startsWith(let other), false): return one.utf8.starts(with: other.utf8)
        case (.endsWith(let one), .endsWith(let other), false):
            return one.utf8.reversed().starts(with: other.utf8.reversed())
        case (.startsWith(let one), .contains(let other), false), (.endsWith(let one), .contains(let other), false),
            (.contains(let one), .contains(let other), false):
            return one.utf8.contains(other.utf8)
        case (.isIn, _, _), (.isNotIn, _, _), (.contains, _, _), (.startsWith, _, _), (.endsWith, _, _): return false
        }
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

    fileprivate var acceptsEverything: Bool {
        switch self {
        case .isIn, .isNotIn: false
        case .contains(let part), .startsWith(let part), .endsWith(let part): part.isEmpty
        }
    }
}
