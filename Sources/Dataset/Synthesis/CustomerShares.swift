/// What customers are like, in 1/256 of all.
enum CustomerShares {
    struct Home: Sendable {
        var country: String
        var zone: String
        var share: Int
    }

    static let homes = [
        Home(country: "KR", zone: "Asia/Seoul", share: 72), Home(country: "US", zone: "America/New_York", share: 36),
        Home(country: "US", zone: "America/Chicago", share: 20),
        Home(country: "US", zone: "America/Los_Angeles", share: 24),
        Home(country: "GB", zone: "Europe/London", share: 40), Home(country: "DE", zone: "Europe/Berlin", share: 28),
        Home(country: "JP", zone: "Asia/Tokyo", share: 24), Home(country: "AU", zone: "Australia/Sydney", share: 12),
    ]
    static let plans = [(name: "free", share: 176), (name: "plus", share: 60), (name: "pro", share: 20)]
    static let emailConsent = 200
    static let smsConsent = 116
    static let smsNightConsent = 30
    static let pushConsent = 140
    static let ageMissing = 32

    /// The place of the share in which the lowest eight bits fall.
    static func pick(_ bits: UInt64, _ shares: some Sequence<Int>) -> Int {
        var rest = Int(bits & 0xFF)
        var place = 0
        for share in shares {
            if rest < share { return place }
            rest -= share
            place += 1
        }
        return max(0, place - 1)
    }
}
