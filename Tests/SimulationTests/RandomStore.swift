import CivilTime
import TestSupport

/// A random small workspace with random small data: everything follows from the seed.
struct RandomStore {
    struct Customer {
        let key: String
        let since: Int64
        /// Nil: the workspace's.
        let zone: TimeZoneRules?
        let row: String
    }

    struct Event {
        let customer: Int
        let type: String
        let time: Int64
        let amount: Int?
    }

    static let first = "2026-03-01"
    static let end = "2026-04-20"
    /// Spring forward and back again lie around the period in these.
    static let zones = ["Europe/London", "America/New_York", "Asia/Seoul", "Australia/Lord_Howe"]

    let zone: TimeZoneRules
    private(set) var customers: [Customer] = []
    private(set) var events: [Event] = []
    private(set) var campaigns: [String: RandomCampaign] = [:]
    private var settings = ""
    private var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        let zone = TimeZoneRules.named(Self.zones.randomElement(using: &random) ?? "") ?? .utc
        self.zone = zone
        for number in 0..<Int.random(in: 0...40, using: &random) { addCustomer(number) }
        for _ in 0..<(customers.isEmpty ? 0 : Int.random(in: 0...200, using: &random)) { addEvent() }
        for number in 0..<Int.random(in: 1...4, using: &random) {
            campaigns["campaign-\(number)"] = RandomCampaign(using: &random)
        }
        if chance(60) { settings += "costs: { email: 0.5, push: 0.0003 }\n" }
        let policies = [
            chance(40) ? "holdout: 20%" : nil,
            chance(50)
                ? "quiet_hours: { from: \"21:00\", to: \"08:00\", then: \(chance(50) ? "drop" : "next_allowed") }"
                : nil,
        ].compactMap(\.self)
        if !policies.isEmpty { settings += "policy: { \(policies.joined(separator: ", ")) }\n" }
    }

    func bound() throws -> Store {
        let rows = events.map { event in
            "\(customers[event.customer].key),\(event.type),\(Instant(milliseconds: event.time)),"
                + (event.amount.map(String.init) ?? "")
        }
        return try Store(
            files: StoreFiles.files(zone: zone.name, settings: settings, campaigns: campaigns.mapValues(\.yaml)),
            customers: ([StoreFiles.customerHeader] + customers.map(\.row)).joined(separator: "\n") + "\n",
            events: ([StoreFiles.eventHeader] + rows).joined(separator: "\n") + "\n")
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func addCustomer(_ number: Int) {
        let since = chance(70) ? Instant(milliseconds: 1_700_000_000_000) : Instant(milliseconds: moment())
        let zone = chance(80) ? Self.zones.randomElement(using: &random) : nil
        let key = "c\(Int.random(in: 0...9, using: &random))-\(number)"
        let row = [
            key, "\(since)", zone ?? "", chance(80) ? "\(key)@example.com" : "", chance(50) ? "token" : "",
            "\(chance(70))", "\(chance(70))",
        ].joined(separator: ",")
        customers.append(
            Customer(key: key, since: since.milliseconds, zone: zone.flatMap { TimeZoneRules.named($0) }, row: row))
    }

    private mutating func addEvent() {
        let isPurchase = chance(60)
        events.append(
            Event(
                customer: Int.random(in: 0..<customers.count, using: &random), type: isPurchase ? "buy" : "look",
                time: moment(), amount: isPurchase && chance(80) ? Int.random(in: 0...9, using: &random) : nil))
    }

    /// From three weeks before the period to two weeks after it, often at a time at which campaigns look.
    private mutating func moment() -> Int64 {
        let day = 20_513 + Int32.random(in: -21...64, using: &random)
        if chance(40) {
            let time = RandomCampaign.times.randomElement(using: &random) ?? ""
            let wall = TimeOfDay(parsing: time).map { CivilDateTime(date: CivilDate(daysSinceEpoch: day), time: $0) }
            if let wall { return zone.instant(of: wall).milliseconds }
        }
        return Int64(day) * 86_400_000 + Int64.random(in: 0..<86_400, using: &random) * 1000
    }
}
