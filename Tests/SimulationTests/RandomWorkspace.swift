import CampaignCompiler
import CampaignPlan
import CampaignSemantics
import CivilTime
import Diagnostics
import DiagnosticsRendering
import Simulation
import TestSupport

/// A random workspace over the catalog of the random shops: policy, and up to five campaigns that meet each other.
struct RandomWorkspace {
    /// By path.
    private(set) var files: [String: String] = ["catalog.yaml": RandomShop.catalog]
    let firstDay: CivilDate
    let endDay: CivilDate
    private var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        let offset = Int.random(in: 0...14, using: &random)
        firstDay = CivilDate(daysSinceEpoch: RandomShop.firstDay).adding(days: offset)
        endDay = firstDay.adding(days: Int.random(in: 10...30, using: &random))
        let zone = pick(RandomShop.zones)
        let policy = policy()
        if chance(35) {
            // Whoever bought something has a device of that name: channels and quiet hours differ from instant to instant.
            files["catalog.yaml"] = RandomShop.catalog.replacing(
                "token: { type: text,", with: "token: { type: text, history: { event: buy, property: product },")
        }
        files["pabal.yaml"] = """
            pabal: 1
            workspace: shop
            zone: \(zone)
            \(chance(60) ? "costs: { email: 0.5, sms: 9.9, push: 0.0003 }" : "")
            \(policy.isEmpty ? "" : "policy: { \(policy.joined(separator: ", ")) }")
            sources: { customers: { csv: customers.csv }, events: { csv: events.csv, columns: { recorded_at: recorded } } }

            """
        for number in 0..<Int.random(in: 1...5, using: &random) {
            files["campaign-\(number).yaml"] = "campaign: campaign-\(number)\n" + campaign()
        }
    }

    /// The same, after quiet hours that drop all there is at a fixed time, which is an error, move it instead.
    mutating func compiledWithoutDeadTimes() throws -> (plan: Plan, sources: DataSources) {
        let found = compile(files.map { WorkspaceFile(path: $0.key, bytes: Array($0.value.utf8)) }).diagnostics
        if found.contains(where: { $0.code == .neverFires }) {
            files["pabal.yaml"] = files["pabal.yaml"]?.replacing("then: drop", with: "then: next_allowed")
        }
        return try compiled()
    }

    /// The plan and where its data comes from. Throws what was found.
    func compiled() throws -> (plan: Plan, sources: DataSources) {
        let compilation = compile(files.map { WorkspaceFile(path: $0.key, bytes: Array($0.value.utf8)) })
        guard let plan = compilation.plan, let sources = compilation.workspace?.sources else {
            throw Store.Failure(
                description: ConciseRenderer().render(compilation.diagnostics, in: compilation.sources) + text)
        }
        return (plan, sources)
    }

    func period(of plan: Plan) throws -> SimulationPeriod {
        guard let zone = TimeZoneRules.named(plan.workspace.zone),
            let period = SimulationPeriod(from: zone.startOfDay(firstDay), to: zone.startOfDay(endDay), zone: zone)
        else { throw Store.Failure(description: "no period") }
        return period
    }

    /// All files but the catalog.
    var text: String {
        files.filter { $0.key != "catalog.yaml" }.sorted { $0.key < $1.key }.map { "--- \($0.key)\n\($0.value)" }
            .joined(separator: "\n") + "\nfrom \(firstDay) to \(endDay)\n"
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
    private mutating func pick(_ texts: [String]) -> String { texts.randomElement(using: &random) ?? "" }

    private mutating func policy() -> [String] {
        var policy: [String] = []
        if chance(40) { policy.append("holdout: 20%") }
        if chance(60) {
            let hours = pick([
                #"from: "21:00", to: "08:00""#, #"from: "21:00", to: "08:00""#, #"from: "22:30", to: "00:00""#,
                #"from: "00:00", to: "09:00""#, #"from: "12:15", to: "13:00""#,
            ])
            let channels = pick(["", ", channels: [sms, push]", ", channels: [email]"])
            policy.append("quiet_hours: { \(hours)\(channels), then: \(pick(["drop", "next_allowed"])) }")
        }
        let caps = ["", "email", "sms", "push"].flatMap { channel -> [String] in
            guard chance(channel.isEmpty ? 60 : 25) else { return [] }
            return ["12h", "1d", "3d", "7d"].shuffled(using: &random).prefix(chance(30) ? 2 : 1).map { per in
                let number = Int.random(in: 1...3, using: &random)
                return "{ \(channel.isEmpty ? "" : "channel: \(channel), ")at_most: \(number), per: \(per) }"
            }
        }
        if !caps.isEmpty { policy.append("frequency_caps: [\(caps.joined(separator: ", "))]") }
        return policy
    }

    private mutating func campaign() -> String {
        let form = pick([
            "enters", "event", "before", "sequence", "anniversary", "once", "every", "every", "every", "every", "cron",
        ])
        var lines = [
            "kind: \(chance(80) ? "marketing" : "transactional")", "priority: \(Int.random(in: 0...2, using: &random))",
        ]
        if chance(70) {
            let event = pick(["buy, where: { amount: { at_least: 5 } }", "look", "[buy, look]", "haul"])
            lines.append("goal: { conversion: { event: \(event), within: \(pick(["12h", "1d", "3d"])) } }")
        }
        let isTriggered = ["enters", "event", "before", "sequence", "anniversary"].contains(form)
        let audience = audience(isEntry: form == "enters", isTriggered: isTriggered)
        if !audience.isEmpty { lines.append("audience: { \(audience.joined(separator: ", ")) }") }
        let trigger = pick(form == "before" ? Self.dates : Self.triggers)
        let sames = sames(form, trigger)
        let steps = isTriggered && chance(50) ? steps(sames) : []
        let schedule = schedule(
            form, trigger, isJourney: !steps.isEmpty, waits: steps.contains { $0.contains("send: ") },
            isShort: steps.contains { $0.contains("02:45") })
        lines.append("schedule: { \(schedule.joined(separator: ", ")) }")
        if isTriggered, chance(25) {
            lines.append(
                "before_trigger: \(pick(["{ event: buy, at_most: 0, within: 7d }", "{ event: look }", "{ not: { event: [buy, look], past: 4 days } }"]))"
            )
        }
        if chance(25) {
            lines.append(
                "exit: \(pick(["{ event: buy }", "{ event: [buy, look] }", "{ event: look, since: ever, at_least: 2 }"] + Self.exits + sames))"
            )
        }
        if !steps.isEmpty {
            if chance(50), steps.last?.contains("after: ") == true { lines.append("restart: true") }
            return (lines + ["steps:"] + steps).joined(separator: "\n") + "\n"
        }
        let (channels, variants) = messages(isSplit: chance(50))
        return (lines + ["channels: [\(channels)]", "variants: { \(variants) }"]).joined(separator: "\n") + "\n"
    }

    private mutating func audience(isEntry: Bool, isTriggered: Bool) -> [String] {
        var audience: [String] = []
        if isEntry || chance(70) {
            audience.append("include: \(pick(chance(75) ? Self.includes : Self.behaviours))")
            if isTriggered, chance(30) { audience.append("evaluate: entry") }
        }
        if chance(30) {
            audience.append("exclude: \(pick(["{ event: look, within: 2d }", "{ attribute: visits, at_most: 1 }"]))")
        }
        if chance(30) { audience.append("control_group: \(pick(["10%", "50%"]))") }
        if chance(35) { audience.append("max_recipients: \(Int.random(in: 1...4, using: &random))") }
        return audience
    }

    /// What compares with the event that triggers.
    private func sames(_ form: String, _ trigger: String) -> [String] {
        if form == "event" { return trigger.hasPrefix("buy") || trigger.hasPrefix("haul") ? Self.sames : [] }
        guard form == "before" else { return [] }
        if trigger.hasPrefix("event: buy") { return Self.sames }
        let key = trigger.hasPrefix("event: stay") ? "until" : "day"
        return [
            "{ event: buy, same: \(key) }", "{ never: buy, same: \(key) }",
            "{ event: buy, same: amount, since: ever, at_least: 2 }", "{ event: buy, same: amount, within: 9d }",
        ]
    }

    /// Of a journey; the last one comes later than its trigger, most of the time.
    private mutating func steps(_ sames: [String]) -> [String] {
        let isSplit = chance(40)
        // Steps that wait for one time meet.
        let send = chance(40) ? sendTime() : nil
        let delays = [("0d", 0), ("2h", 2), ("1d", 24), ("1d", 24), ("1d", 24), ("3d", 72), ("8d", 192)]
            .shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random)).sorted { $0.1 < $1.1 }.map(\.0)
        return delays.enumerated().map { number, delay in
            var step = ["name: step-\(number)"]
            if delay != "0d" { step.append("after: \(delay)") }
            if chance(35) { step.append("if: \(pick(Self.stepConditions + Self.exits + sames))") }
            if let send {
                step.append("send: { \(send) }")
            } else if chance(15) {
                step.append("send: { \(sendTime()) }")
            }
            if chance(30) { step.append("expires: \(pick(["1h", "9h", "3d"]))") }
            let (channels, variants) = messages(isSplit: isSplit, hasShares: number == 0)
            return "  - { \(step.joined(separator: ", ")), channels: [\(channels)], variants: { \(variants) } }"
        }
    }

    private mutating func sendTime() -> String {
        let next = pick(["day", "weekday", "[sat]", "working_day, holidays: KR", "working_day, holidays: US"])
        let time = pick([
            "at: \"\(pick(RandomShop.times))\"", #"window: { from: "10:00", to: "20:00" }"#,
            #"window: { from: "20:30", to: "09:00" }"#, #"window: { from: "02:00", to: "02:45" }"#,
            #"best_time: { event: look, over: 30d, occurrences: 1, fallback: "09:00" }"#,
            #"best_time: { event: [buy, look], over: 20d, occurrences: 2, within: ["08:00", "22:00"], fallback: "12:30" }"#,
            #"best_time: { event: haul, where: { amount: { at_least: 5 } }, over: 50d, occurrences: 1, within: ["20:00", "09:30"], fallback: "23:00" }"#,
        ])
        return "next: \(next), \(time)"
    }

    private mutating func schedule(
        _ form: String, _ event: String, isJourney: Bool = false, waits: Bool = false, isShort: Bool = false
    ) -> [String] {
        var schedule: [String] = []
        var hasWallTime = true
        switch form {
        case "once":
            let at = pick(["2026-03-29T01:30", "2026-04-05T21:30", "2026-03-20T16:00Z", "2026-03-08T02:30"])
            schedule.append("at: \(at)")
            hasWallTime = !at.hasSuffix("Z")
        case "every":
            let days = pick([
                "days: daily", "days: daily", "days: weekdays", "days: [mon, sun]", "month_day: 31",
                "days: working_days, holidays: KR", "days: working_days, holidays: US",
            ])
            let bounds = chance(20) ? ", from: 2026-03-10, until: 2026-04-02" : ""
            schedule.append("every: { \(days), at: \"\(pick(RandomShop.times))\"\(bounds) }")
        case "cron":
            let isFixed = chance(60)
            let time = isFixed ? pick(["30 12", "30 2", "0,30 1,2", "15 23-23"]) : pick(["30 *", "*/30 1", "0 */6"])
            schedule.append(
                "cron: \"\(time) \(pick(["* * *", "* * mon-fri", "1,15,31 * sat", "*/7 3,4 1-6/2", "29 * 0"]))\"")
            hasWallTime = isFixed
            if !isFixed, chance(50) { schedule.append("zone: \(pick(RandomShop.zones))") }
        default:
            let trigger =
                switch form {
                case "enters": "enters: audience"
                case "event": "event: \(event)"
                case "sequence": pick(Self.sequences)
                case "anniversary": "anniversary: \(pick(Self.anniversaries))"
                default:
                    "before: \(pick(["0d", "3 days", "36h", "2 weeks", "1 month"])), of: { \(event) }"
                }
            schedule.append("when: { \(trigger) }")
            if form == "enters", chance(40) { schedule.append("include_current: true") }
            if !isJourney, chance(50) { schedule.append("delay: \(pick(["2h", "1d", "9d"]))") }
            let waits = isJourney ? waits : chance(50)
            hasWallTime = waits || form == "before" || form == "anniversary"
            if waits, !isJourney { schedule.append("send: { \(sendTime()) }") }
        }
        // In the recipient's own zone it could lie in everybody's quiet hours, which is an error.
        if isShort || schedule.contains(where: { $0.contains("02:45") }) { hasWallTime = false }
        if hasWallTime, chance(40) { schedule.append("zone: recipient") }
        if !isJourney, chance(40) { schedule.append("expires: \(pick(["1h", "1h", "1h", "9h", "11h", "3d"]))") }
        if form != "once" {
            schedule.append("re_entry: \(pick(["never", "always", "{ after: 3d }", "{ after: 7d }"]))")
        }
        return schedule
    }

    /// Channels and variants; a variant need not have a message for every channel.
    private mutating func messages(isSplit: Bool, hasShares: Bool = true) -> (channels: String, variants: String) {
        let channels = pick(["email", "email", "sms", "push, email", "sms, email", "email, push, sms"])
        let texts = [
            "email": "email: { subject: Hello, body: There. }", "sms": "sms: { text: Hello }",
            "push": "push: { title: Hello, body: There. }",
        ]
        let names = channels.split(separator: ", ").map(String.init)
        let all = names.compactMap { texts[$0] }.joined(separator: ", ")
        func share(_ text: String) -> String { hasShares ? "share: \(text), " : "" }
        guard isSplit else { return (channels, "only: { \(share("100%"))\(all) }") }
        let some = chance(50) ? texts[names[names.count - 1]] ?? all : all
        return (channels, "a: { \(share("30%"))\(some) }, b: { \(share("70%"))\(all) }")
    }

    private static let triggers = [
        "buy", "buy", "[buy, look]", "[buy, look]", "haul", "haul, where: { amount: { at_least: 5 } }",
        "look, where: { local_hour: { at_least: 12 } }", "buy, where: { local_hour: { less_than: 14 } }",
    ]

    /// Dates that events carry.
    private static let dates = [
        "event: buy, property: until", "event: buy, property: day", "event: buy, property: until",
        "event: buy, property: day", "event: stay, property: until", "event: feast, property: day",
        "event: stay, property: until, where: { rooms: { at_least: 2 } }",
        "event: feast, property: day, where: { amount: { at_least: 9 } }",
        "event: stay, property: until, where: { rooms: { at_most: 1 } }",
        "event: buy, property: day, where: { local_hour: { less_than: 14 } }",
    ]

    /// Of campaigns that buying triggers.
    private static let sames = [
        "{ event: buy, same: product }", "{ never: buy, same: product }",
        "{ event: buy, same: amount, since: ever, at_least: 2 }",
        "{ event: buy, same: product, within: 4d }", "{ event: buy, same: product, at_most: 1 }",
    ]
    private static let stepConditions = [
        "{ event: look }", "{ event: buy, at_most: 0 }", "{ event: look, since: ever, at_least: 2 }",
        "{ event: buy, within: 3d }", "{ not: { attribute: country, is: KR } }", "{ never: [buy, look] }",
    ]

    private static let sequences = [
        "sequence: [{ event: look }, { event: buy, within: 5d }]",
        "sequence: [{ event: buy }, { event: [buy, look] }], within: 6d",
        "sequence: [{ event: look }, { absent: buy, within: 2d }]",
        "sequence: [{ event: buy }, { event: buy, same: product }, { absent: look, within: 36h }], start: last",
        "sequence: [{ event: look }, { absent: buy }], within: 3d, start: last",
        "sequence: [{ event: haul, where: { amount: { at_least: 9 } } }, { event: look, within: 5d }]",
        "sequence: [{ event: haul }, { event: buy, same: product }, { absent: haul, where: { lines: { at_least: 2 } }, within: 2d }]",
        "sequence: [{ event: look, where: { local_hour: { at_least: 12 } } }, { event: haul, where: { local_weekday: { in: [sat, sun] } } }]",
    ]

    private static let anniversaries = [
        "{ of: since, next: 7 days }", "{ of: since, next: 1 day, year: 3 }", "{ of: { first: look }, next: 3 weeks }",
        "{ of: { first: buy }, next: 12 months }",
        "{ of: { first: haul, where: { amount: { at_least: 9 } } }, next: 12 months }",
    ]

    private static let exits = [
        "{ event: haul, where: { amount: { at_least: 5 } } }", "{ event: buy, latest: { product: { is: mug } } }",
        "{ share: { event: [buy, look], where: { local_hour: { less_than: 12 } } }, more_than: 50% }",
        "{ sequence: [{ event: look }, { event: haul, where: { amount: { at_least: 5 } } }] }",
    ]

    private static let includes = [
        "{ event: buy, within: 7d }", "{ event: buy, at_least: 2, within: 20d }", "{ event: look, past: 3 days }",
        "{ all: [{ event: buy }, { event: buy, at_most: 0, within: 10d }] }",
        "{ event: buy, sum: amount, at_least: 12 }", "{ attribute: country, is: KR }",
        "{ any: [{ event: look, recent: 2 days }, { attribute: since, within: 14d }] }",
        "{ not: { event: buy, where: { product: { is: mug } }, within: 5d } }", "{ event: message_sent, within: 9d }",
    ]

    private static let behaviours = [
        "{ event: haul, average: amount, at_least: 5 }",
        "{ event: haul, where: { amount: { at_least: 9 } }, within: 7d }", "{ event: haul, at_least: 2, within: 15d }",
        "{ event: buy, number: 2, of_first_within: 5d }",
        "{ event: buy, latest: { product: { is: mug } }, within: 9d }",
        "{ event: look, between: [2026-03-10, 2026-03-20] }", "{ event: look, distinct: local_date, at_least: 3 }",
        "{ measure: { event: buy, within: 5d }, less_than: { measure: { event: buy, within: { from: 10d, to: 5d } } } }",
        "{ share: { event: look, where: { local_weekday: { in: [sat, sun] } }, of_at_least: 2 }, at_least: 50% }",
        "{ purchase_interval: { event: look, median: local_days }, at_most: 3, zone: recipient }",
        "{ overdue: { event: buy, median: local_days, by: 2 } }",
        "{ sequence: [{ event: haul, where: { amount: { at_least: 6 } } }, { event: look, where: { local_hour: { at_least: 12 } } }], within: 9d }",
        "{ sequence: [{ event: look }, { absent: haul, where: { amount: { at_least: 4 } } }], recent: 8 days }",
    ]
}
