/// One customer: everything but the events.
struct SyntheticCustomer {
    /// Place in `CustomerShares.homes`.
    var home: Int
    /// Place in `CustomerShares.plans`.
    var plan: Int
    /// Nil where missing.
    var age: Int64?
    var emailConsent: Bool
    var smsConsent: Bool
    var smsNightConsent: Bool
    var pushConsent: Bool
    /// Seconds since 1970.
    var signedUpAt: Int64
}

/// The random streams of one customer, and when and how much the customer is active.
struct CustomerActivity {
    private let stream: UInt64
    /// Days since the first; the events fall on these. Never empty.
    let days: Range<Int>
    /// The day of signing up since the first, negative before.
    private let signUpDay: Int
    /// Events are in proportion to it.
    let weight: UInt64

    init(_ customer: Int, _ options: SynthesisOptions) {
        stream = RandomBits.draw(RandomBits.mix(options.seed), UInt64(truncatingIfNeeded: customer))
        let when = RandomBits.draw(stream, 0)
        let isOld = when & 0xFF < 179 || options.days == 1
        // Nobody signs up on the last day, because activity begins the day after.
        signUpDay = RandomBits.pick(when, from: isOld ? -720..<0 : 0..<(options.days - 1))
        let first = max(0, signUpDay + 1)
        let lapse = RandomBits.draw(stream, 1)
        let last = lapse & 0xFF < 102 ? RandomBits.pick(lapse, from: first..<options.days) : options.days - 1
        days = first..<(last + 1)
        weight = logNormal(stream) * UInt64(days.count)
    }

    /// The stream of the customer's events.
    var events: UInt64 { RandomBits.draw(stream, 2) }

    func customer(_ options: SynthesisOptions) -> SyntheticCustomer {
        let bits = RandomBits.draw(stream, 3)
        let age = RandomBits.draw(stream, 4)
        let second = RandomBits.draw(stream, 5)
        return SyntheticCustomer(
            home: CustomerShares.pick(bits, CustomerShares.homes.lazy.map(\.share)),
            plan: CustomerShares.pick(bits >> 8, CustomerShares.plans.lazy.map(\.share)),
            // The sum of two draws: most are in their forties.
            age: Int(age & 0xFF) < CustomerShares.ageMissing ? nil : 18 + Int64((age >> 8 & 31) + (age >> 16 & 31)),
            emailConsent: Int(bits >> 16 & 0xFF) < CustomerShares.emailConsent,
            smsConsent: Int(bits >> 24 & 0xFF) < CustomerShares.smsConsent,
            smsNightConsent: Int(bits >> 32 & 0xFF) < CustomerShares.smsNightConsent,
            pushConsent: Int(bits >> 40 & 0xFF) < CustomerShares.pushConsent,
            signedUpAt: options.startSeconds + Int64(signUpDay) * 86_400
                + Int64(RandomBits.pick(second, from: 0..<86_400)))
    }
}

/// 2^16 times a log-normal number of median 1 and σ = 1.5, in whole numbers.
///
/// The normal number is the sum of twelve even ones, which stays within six deviations, so the result within
/// e^(±9): below 2^29. 2^f between whole powers is 1 + f(0.6565 + 0.3435 f), which is right to 0.3%.
private func logNormal(_ stream: UInt64) -> UInt64 {
    var sum: Int64 = 0
    for index in 0..<3 {
        let bits = RandomBits.draw(stream, 16 + UInt64(index))
        sum += Int64(bits & 0xFFFF) + Int64(bits >> 16 & 0xFFFF) + Int64(bits >> 32 & 0xFFFF) + Int64(bits >> 48)
    }
    // 1.5 / ln 2 = 2.16404; the exponent of two in 1/65,536.
    let exponent = ((sum - 6 * 65_536) * 141_823) >> 16
    let fraction = UInt64(exponent & 0xFFFF)
    let power = 65_536 + ((fraction * (43_024 + ((22_512 * fraction) >> 16))) >> 16)
    let shift = exponent >> 16
    return max(1, shift >= 0 ? power << UInt64(shift) : power >> UInt64(-shift))
}
