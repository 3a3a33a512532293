import CampaignPlan
import CivilTime
import ContractOracle
import Dataset
import Diagnostics
import TestSupport

/// A random small data set, as rows for the import and as people for the oracle: everything follows from the seed.
struct RandomShop {
    static let zones = ["Europe/London", "America/New_York", "Asia/Seoul", "Australia/Lord_Howe"]
    /// Local times at which campaigns look and things often happen.
    static let times = ["00:00", "02:30", "08:00", "09:00", "12:30", "21:30", "23:00"]
    /// Days since 1970 of 2026-03-01; clocks change in some zones on 8 and 29 March and on 5 April.
    static let firstDay: Int32 = 20_513
    /// Of random campaigns, and one of another workspace.
    static let campaignNames = (0..<6).map { "campaign-\($0)" } + ["elsewhere"]

    let people: [NaiveSimulation.Person]
    private let rows: (customers: [String], events: [String])

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var keys: Set<String> = []
        let busyDays = (0..<3).map { _ in Self.firstDay + Int32.random(in: 0...35, using: &random) }
        for _ in 0..<Int.random(in: 0...12, using: &random) {
            keys.insert("k\(Int.random(in: 0...999, using: &random))")
        }
        var customers: [String] = []
        var events: [String] = []
        let isLate = Int.random(in: 0..<3, using: &random) > 0
        people = keys.sorted().shuffled(using: &random).map { key in
            var maker = RandomPerson(random: random, busyDays: busyDays)
            if isLate { maker.drawLateness() }
            let person = maker.person(key)
            random = maker.random
            customers.append(maker.customerRow)
            events += maker.eventRows
            return person
        }
        rows = (customers, events)
    }

    /// Imports the rows.
    func dataset(in folder: TemporaryDirectory, schema: DataSchema, sources: DataSources) throws -> Dataset {
        let header =
            "id,since,zone,country,visits,email,phone,token,email_consent,sms_consent,push_consent,night_consent"
        try folder.write(([header] + rows.customers).joined(separator: "\n") + "\n", to: sources.customers.path)
        let events = ["customer_id,event,timestamp,amount,product,campaign,channel,until,day,recorded"] + rows.events
        try folder.write(events.joined(separator: "\n") + "\n", to: sources.events.path)
        let (summary, diagnostics) = try importDataset(
            schema: schema, sources: sources, workspaceRoot: folder.path, to: folder.path + "/data.pabal",
            options: ImportOptions(catalogDigest: "", sourcesDigest: ""))
        guard summary != nil else { throw Store.Failure(description: "\(diagnostics.map(\.message))") }
        return try Dataset.open(at: folder.path + "/data.pabal")
    }

    static let catalog = """
        catalog: shop
        customer:
          key: id
          since: since
          attributes:
            since: { type: instant }
            zone: { type: zone, optional: true }
            country: { type: text, optional: true }
            visits: { type: integer, optional: true }
            email: { type: email, personal: true, optional: true }
            phone: { type: phone, personal: true, optional: true }
            token: { type: text, personal: true, optional: true }
            email_consent: { type: consent }
            sms_consent: { type: consent }
            push_consent: { type: consent }
            night_consent: { type: consent }
        channels:
          email: { address: email, consent: email_consent }
          sms: { address: phone, consent: sms_consent, night_consent: night_consent }
          push: { address: token, consent: push_consent }
        events:
          buy: { properties: { amount: { type: integer, optional: true }, product: { type: text, optional: true }, until: { type: instant, optional: true }, day: { type: date, optional: true } } }
          look: {}
          message_sent:
            properties: { campaign: { type: text, optional: true }, channel: { type: text, optional: true } }
        derived:
          haul: { from: buy, by: product, sum: amount }
          stay: { from: buy, by: until, sum: amount, count: rooms }
          feast: { from: buy, by: day, sum: amount }

        """
}

/// One person of a random shop.
private struct RandomPerson {
    var random: SeededGenerator
    /// On which much happens to many.
    let busyDays: [Int32]
    /// Of a hundred events so many became known late.
    var lateness = 0
    var customerRow = ""
    var eventRows: [String] = []
    private var lastEvent = Int64(RandomShop.firstDay) * 86_400_000
    private var lastUntil: Int64?
    private var lastDay: CivilDate?

    init(random: SeededGenerator, busyDays: [Int32]) {
        self.random = random
        self.busyDays = busyDays
    }

    mutating func drawLateness() { lateness = [0, 0, 30, 100].randomElement(using: &random) ?? 0 }

    mutating func person(_ key: String) -> NaiveSimulation.Person {
        let since = chance(70) ? 1_700_000_000_000 : moment()
        var attributes: [String: NaiveValue] = ["since": .number(since)]
        var cells = [key, "\(Instant(milliseconds: since))"]
        for (name, text) in [
            ("zone", chance(80) ? pick(RandomShop.zones) : nil), ("country", chance(80) ? pick(["DE", "KR"]) : nil),
            ("visits", nil), ("email", chance(80) ? "\(key)@example.com" : nil), ("phone", chance(60) ? "0100" : nil),
            ("token", chance(50) ? "token" : nil),
        ] {
            if name == "visits" {
                let visits = chance(80) ? Int64.random(in: 0...5, using: &random) : nil
                cells.append(visits.map(String.init) ?? "")
                attributes[name] = visits.map { .number($0) }
            } else {
                cells.append(text ?? "")
                attributes[name] = text.map { .text($0) }
            }
        }
        for name in ["email_consent", "sms_consent", "push_consent", "night_consent"] {
            let isGiven = chance(name == "night_consent" ? 30 : 75)
            cells.append("\(isGiven)")
            attributes[name] = .number(isGiven ? 1 : 0)
        }
        customerRow = cells.joined(separator: ",")
        let events = (0..<Int.random(in: 0...7, using: &random)).map { _ in event(key) }
        return .init(
            key: key, customer: NaiveCustomer(existsFrom: since, attributes: attributes, events: events))
    }

    private mutating func event(_ key: String) -> NaiveEvent {
        let type = pick(["buy", "buy", "look", "message_sent"])
        var properties: [String: NaiveValue] = [:]
        // Things that happen again after exactly a day meet what campaigns plan for then.
        let time = chance(20) ? lastEvent + 86_400_000 : moment()
        lastEvent = time
        var cells = [key, type, "\(Instant(milliseconds: time))"]
        let amount = type == "buy" && chance(80) ? Int64.random(in: 0...9, using: &random) : nil
        properties["amount"] = amount.map { .number($0) }
        cells.append(amount.map(String.init) ?? "")
        for (name, values, wanted) in [
            ("product", ["mug", "card"], "buy"), ("campaign", RandomShop.campaignNames, "message_sent"),
            ("channel", ["email", "sms", "push", "webhook", "fax"], "message_sent"),
        ] {
            let text = type == wanted && chance(85) ? pick(values) : nil
            properties[name] = text.map { .text($0) }
            cells.append(text ?? "")
        }
        // Later than the event by some days, or any time: what is over reminds of nothing.
        let later = time + 86_400_000 * Int64.random(in: 3...40, using: &random)
        // Several rows make one stay, and one feast.
        let drawn = chance(60) ? later : moment()
        let until = type == "buy" && chance(60) ? (chance(35) ? lastUntil ?? drawn : drawn) : nil
        lastUntil = until ?? lastUntil
        properties["until"] = until.map { .number($0) }
        cells.append(until.map { "\(Instant(milliseconds: $0))" } ?? "")
        let drawnDay = CivilDate(daysSinceEpoch: RandomShop.firstDay + Int32.random(in: -5...50, using: &random))
        let day = type == "buy" && chance(60) ? (chance(35) ? lastDay ?? drawnDay : drawnDay) : nil
        lastDay = day ?? lastDay
        properties["day"] = day.map { .number(Int64($0.daysSinceEpoch)) }
        cells.append(day.map { "\($0)" } ?? "")
        // Sometimes an instant that says nothing, because it is earlier.
        let recorded =
            chance(lateness)
            ? (chance(50) ? moment() : time + Int64.random(in: 0...72, using: &random) * 3_600_000) : nil
        cells.append(recorded.map { "\(Instant(milliseconds: $0))" } ?? "")
        eventRows.append(cells.joined(separator: ","))
        return NaiveEvent(type: type, time: time, recorded: recorded, properties: properties)
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
    private mutating func pick(_ texts: [String]) -> String { texts.randomElement(using: &random) ?? "" }

    /// From two weeks before the first day to seven weeks after it, often at a time at which campaigns look.
    private mutating func moment() -> Int64 {
        let busy = chance(50) ? busyDays.randomElement(using: &random) : nil
        let day = busy ?? RandomShop.firstDay + Int32.random(in: -14...50, using: &random)
        let zone = TimeZoneRules.named(pick(RandomShop.zones)) ?? .utc
        guard chance(60), let time = TimeOfDay(parsing: pick(RandomShop.times)) else {
            return Int64(day) * 86_400_000 + Int64.random(in: 0..<86_400, using: &random) * 1000
        }
        return zone.instant(of: CivilDateTime(date: CivilDate(daysSinceEpoch: day), time: time)).milliseconds
    }
}
