package import CivilTime

/// What to synthesize. The same options give the same data on every machine: only integer arithmetic decides values.
///
/// - **Customers** have keys `c00000001`, `c00000002`, … Their activity is log-normal with σ = 1.5 (a hundredth of them
///   make about a fifth of the events), times the days on which they are active. Seven in ten signed up before the
///   first day, the others evenly over the days; four in ten stop at a random day.
/// - **Events** are exactly as many as asked for, all within the days. Saturday has about 1.4 times Wednesday's, the
///   evening about eighteen times the small hours (`Seasons`), in UTC. A type has three quarters of the share of the one
///   before it in `SyntheticShop.eventNames`.
/// - **Products** follow Zipf's law: the n-th of 1,000 has 1/n of the share of the first. Quantities halve: one half
///   buys 1, a quarter 2, and so on up to 8. The amount is the product's price times the quantity.
/// - **Attributes**: country, plan, zone and consents with the shares of `CustomerShares`; the age is missing for one
///   customer in eight.
package struct SynthesisOptions: Equatable, Sendable {
    package static let customerLimits = 1...99_999_999
    package static let eventLimits = 0...4_000_000_000
    package static let typeLimits = 1...256
    package static let dayLimits = 1...3_660
    /// All days lie in these years.
    package static let yearLimits = 1990...2200

    package let customers: Int
    package let events: Int
    /// Event types.
    package let types: Int
    package let days: Int
    package let seed: UInt64
    /// The first day, in UTC.
    package let start: CivilDate

    /// Nil outside the limits.
    package init?(customers: Int, events: Int, types: Int, days: Int, seed: UInt64, start: CivilDate) {
        guard Self.customerLimits.contains(customers), Self.eventLimits.contains(events),
            Self.typeLimits.contains(types), Self.dayLimits.contains(days), Self.yearLimits.contains(start.year)
        else { return nil }
        self.customers = customers
        self.events = events
        self.types = types
        self.days = days
        self.seed = seed
        self.start = start
    }

    /// Seconds since 1970 of the first day's midnight.
    var startSeconds: Int64 { Int64(start.daysSinceEpoch) * 86_400 }

    /// Names the data: equal for equal data.
    package var text: String {
        "synthesized version 1 customers \(customers) events \(events) types \(types) days \(days) seed \(seed) "
            + "start \(start)"
    }
}
