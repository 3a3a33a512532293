import CampaignPlan
import CivilTime

extension NaiveOracle {
    func satisfied(_ behaviour: Behaviour, at t: Int64, trigger: Int64?) -> Bool {
        switch behaviour {
        case .numbered(let selection, let window, let number):
            return isNumbered(selection, window, number, at: t, trigger: trigger)
        case .compared(let first, let order, let times, let second):
            return isCompared(first, order, times, second, at: t, trigger: trigger)
        case .share(let selection, let window, let least, let test):
            let all = EventSelection(types: selection.types, tests: [])
            let shown = visibleItems(all, window, at: t, trigger: trigger)
            guard shown.count >= (mutation == .shareOfAnyNumber ? 1 : least), !shown.isEmpty else {
                return passes(test, nil)
            }
            let matching = shown.filter { passes($0, selection.tests) }
            return passes(test, Fraction(matching.count, over: shown.count))
        case .purchaseInterval(let selection, let cycle, let test):
            return passes(test, median(of: occurrences(selection, cycle, at: t), cycle))
        case .overdue(let selection, let cycle, let by):
            return isOverdue(selection, cycle, by, at: t)
        case .matching(let match):
            return matches(match, at: t, trigger: trigger)
        }
    }

    private func isNumbered(
        _ selection: EventSelection, _ window: EventWindow, _ number: EventNumber, at t: Int64, trigger: Int64?
    ) -> Bool {
        let all = visibleItems(selection, .ever, at: t, trigger: trigger)
        guard all.count >= number.number else { return false }
        let time = all[number.number - 1].time
        guard sees(time, through: window, at: t, trigger: trigger) else { return false }
        if let length = number.ofFirstWithin {
            let passed = Int128(time) - Int128(all[0].time)
            guard passed < length || (passed == length && mutation != .ofFirstEndExcluded) else { return false }
        }
        if let after = number.after {
            guard let start = self.time(ofAttribute: after.attribute, after.zone) else { return false }
            let passed = Int128(time) - Int128(start)
            guard passed >= 0 || mutation == .afterMayBeBefore, passed <= after.within else { return false }
        }
        return true
    }

    /// An instant, or the beginning of a date's local day; nil: missing.
    private func time(ofAttribute name: String, _ zone: ZoneReference) -> Int64? {
        guard case .number(let value) = customer.attribute(name) else { return nil }
        guard plan.schema.attribute(name)?.type == .date else { return value }
        return rules(of: zone).startOfDay(CivilDate(daysSinceEpoch: Int32(clamping: value))).milliseconds
    }

    private func isCompared(
        _ first: EventMeasure, _ order: MeasureOrder, _ times: Int64, _ second: EventMeasure, at t: Int64,
        trigger: Int64?
    ) -> Bool {
        let nothing = mutation == .missingMeasureIsZero ? Fraction(0) : nil
        guard let a = value(of: first, at: t, trigger: trigger) ?? nothing,
            let b = value(of: second, at: t, trigger: trigger) ?? nothing
        else { return false }
        // a.n / (a.d · 10^sa) against times · b.n / (10⁶ · b.d · 10^sb), as products of digits.
        let factor = mutation == .factorRoundedDown ? times / 1_000_000 * 1_000_000 : times
        let left = Digits(a.numerator) * Digits(b.denominator) * Digits.power(6 + scale(of: second))
        let right =
            Digits(b.numerator) * Digits(a.denominator) * Digits(Int128(factor)) * Digits.power(scale(of: first))
        let comparison = left.order(comparedTo: right)
        switch order {
        case .atLeast: return comparison >= 0
        case .atMost: return comparison <= 0
        case .moreThan: return comparison > 0
        case .lessThan: return comparison < 0
        case .exactly: return comparison == 0
        }
    }

    private func value(of measure: EventMeasure, at t: Int64, trigger: Int64?) -> Fraction? {
        let shown = visibleItems(measure.selection, measure.window, at: t, trigger: trigger)
        switch measure.value {
        case .count: return Fraction(shown.count)
        case .aggregate(let aggregate, let property):
            return result(of: aggregate, shown.map { $0.property(property) }.filter { $0 != .missing })
        case .distinctLocal(let part, let zone):
            return Fraction(Set(shown.map { local(part, of: $0.time, zone) }).count)
        }
    }

    private func scale(of measure: EventMeasure) -> Int {
        switch measure.value {
        case .count, .distinctLocal, .aggregate(.distinct, _): return 0
        case .aggregate(_, let property):
            let type = plan.schema.event(measure.selection.types[0])?.property(property)?.type
            if case .decimal(let scale)? = type { return scale }
            return 0
        }
    }

    // MARK: cycles

    /// Days or milliseconds, ascending.
    private func occurrences(_ selection: EventSelection, _ cycle: EventCycle, at t: Int64) -> [Int64] {
        let times = visibleItems(selection, .ever, at: t, trigger: nil).map(\.time)
        switch cycle.unit {
        case .elapsed: return times
        case .localDays(let zone):
            let days = times.map { local(.date, of: $0, zone) }
            return mutation == .everyEventIsADay ? days : Set(days).sorted()
        }
    }

    private func median(of occurrences: [Int64], _ cycle: EventCycle) -> Fraction? {
        guard occurrences.count >= max(cycle.occurrences, 2) else { return nil }
        let gaps = zip(occurrences, occurrences.dropFirst()).map { Int128($1) - Int128($0) }.sorted()
        let (lower, upper) = (gaps[(gaps.count - 1) / 2], gaps[gaps.count / 2])
        if mutation == .medianIsTheLower { return Fraction(lower) }
        return Fraction(lower + upper, over: 2)
    }

    private func isOverdue(_ selection: EventSelection, _ cycle: EventCycle, _ by: Int64, at t: Int64) -> Bool {
        let occurrences = occurrences(selection, cycle, at: t)
        guard let last = occurrences.last, let median = median(of: occurrences, cycle) else { return false }
        let now: Int64
        switch cycle.unit {
        case .elapsed: now = t
        case .localDays(let zone): now = local(.date, of: t, zone)
        }
        let passed = Digits(Int128(now) - Int128(last)) * Digits(1_000_000) * Digits(median.denominator)
        let order = passed.order(comparedTo: Digits(Int128(by)) * Digits(median.numerator))
        return mutation == .overdueOnTheDay ? order >= 0 : order > 0
    }
}

/// A whole number of any size, digit by digit.
private struct Digits {
    /// From the last one on; no zeros in front.
    var digits: [Int]
    var isNegative: Bool

    init(_ value: Int128) {
        digits = String(value.magnitude).reversed().compactMap(\.wholeNumberValue)
        isNegative = value < 0
        trim()
    }

    static func power(_ exponent: Int) -> Digits {
        var power = Digits(1)
        power.digits = [Int](repeating: 0, count: exponent) + [1]
        return power
    }

    static func * (a: Digits, b: Digits) -> Digits {
        var product = Digits(0)
        product.digits = [Int](repeating: 0, count: a.digits.count + b.digits.count)
        for (i, x) in a.digits.enumerated() {
            for (j, y) in b.digits.enumerated() { product.digits[i + j] += x * y }
        }
        for place in product.digits.indices.dropLast() {
            product.digits[place + 1] += product.digits[place] / 10
            product.digits[place] %= 10
        }
        product.isNegative = a.isNegative != b.isNegative
        product.trim()
        return product
    }

    private mutating func trim() {
        while digits.last == 0 { digits.removeLast() }
        if digits.isEmpty { isNegative = false }
    }

    /// −1, 0 or 1.
    func order(comparedTo other: Digits) -> Int {
        if isNegative != other.isNegative { return isNegative ? -1 : 1 }
        let sign = isNegative ? -1 : 1
        if digits.count != other.digits.count { return digits.count < other.digits.count ? -sign : sign }
        for (x, y) in zip(digits.reversed(), other.digits.reversed()) where x != y { return x < y ? -sign : sign }
        return 0
    }
}
