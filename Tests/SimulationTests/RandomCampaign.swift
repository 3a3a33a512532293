/// A random campaign of the random store.
struct RandomCampaign {
    static let times = ["09:00", "12:30", "21:30"]

    let yaml: String

    init(using random: inout some RandomNumberGenerator) {
        func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
        func pick(_ texts: [String]) -> String { texts.randomElement(using: &random) ?? "" }
        let isEntry = chance(25)
        let isEvent = !isEntry && chance(30)
        let isOnce = !isEntry && !isEvent && chance(20)
        var lines = [
            "kind: \(chance(75) ? "marketing" : "transactional")", "priority: \(Int.random(in: 0...3, using: &random))",
        ]
        if chance(80) {
            lines.append(
                "goal: { conversion: { event: \(pick(["buy, where: { amount: { at_least: 5 } }", "look", "[buy, look]"])), "
                    + "within: \(pick(["12h", "3d", "20d"])) } }")
        }

        var audience: [String] = []
        if isEntry || chance(75) { audience.append("include: \(pick(Self.includes))") }
        if isEntry || isEvent, chance(30), !audience.isEmpty { audience.append("evaluate: entry") }
        if chance(40) { audience.append("exclude: { event: look, within: 2d }") }
        if chance(40) { audience.append("control_group: \(pick(["10%", "50%"]))") }
        if !audience.isEmpty { lines.append("audience: { \(audience.joined(separator: ", ")) }") }

        var schedule: [String] = []
        if isEntry || isEvent {
            schedule.append(isEntry ? "when: { enters: audience }" : "when: { event: \(pick(["buy", "[buy, look]"])) }")
            if chance(50) { schedule.append("delay: \(pick(["2h", "1d", "20d"]))") }
            if chance(50) {
                let time = pick(["at: \"\(pick(Self.times))\"", #"window: { from: "20:30", to: "09:30" }"#])
                schedule.append("send: { next: \(pick(["day", "weekday", "[sat]"])), \(time) }")
            }
            if isEntry, chance(30) { schedule.append("include_current: true") }
            if chance(30) { lines.append("before_trigger: { event: buy, at_most: 0, within: 7d }") }
            if chance(30) { lines.append("exit: { event: buy }") }
        } else if isOnce {
            schedule.append(
                "at: \(pick(["2026-03-29T09:00", "2026-04-05T21:30", "2026-04-04T16:00Z", "2026-03-01T12:30"]))")
        } else if chance(25) {
            schedule.append("cron: \"\(pick(["30 12 * * mon-fri", "0,30 1,2 * * *", "30 2 1,15 * sun"]))\"")
        } else {
            let days = pick(["days: daily", "days: weekdays", "days: [mon, sun]", "month_day: 31"])
            let bounds = chance(20) ? ", from: 2026-03-10, until: 2026-04-10" : ""
            schedule.append("every: { \(days), at: \"\(pick(Self.times))\"\(bounds) }")
        }
        if chance(40), hasWallTime(schedule) { schedule.append("zone: recipient") }
        if chance(40) { schedule.append("expires: \(pick(["1h", "12h", "3d"]))") }
        if !isOnce { schedule.append("re_entry: \(pick(["never", "always", "{ after: 10d }"]))") }
        lines.append("schedule: { \(schedule.joined(separator: ", ")) }")

        let channels = pick(["[email]", "[push, email]", "[email, push]"])
        lines.append("channels: \(channels)")
        let email = "email: { subject: Hello, body: There. }"
        let messages = channels == "[email]" ? email : "\(email), push: { title: Hello, body: There. }"
        lines.append(
            chance(50)
                ? "variants: { only: { share: 100%, \(messages) } }"
                : "variants: { a: { share: 30%, \(messages) }, b: { share: 70%, \(messages) } }")
        yaml = lines.joined(separator: "\n") + "\n"

        /// A zone without one is an error.
        func hasWallTime(_ schedule: [String]) -> Bool {
            schedule.contains {
                $0.contains("at: ") && !$0.hasSuffix("Z") || $0.contains("window: ") || $0.contains("cron: ")
            }
        }
    }

    private static let includes = [
        "{ event: buy, within: 7d }", "{ event: buy, at_least: 2, within: 20d }", "{ event: look, past: 3 days }",
        "{ all: [{ event: buy }, { event: buy, at_most: 0, within: 10d }] }",
        "{ event: buy, sum: amount, at_least: 12 }",
        "{ any: [{ event: look, recent: 2 days }, { attribute: since, within: 14d }] }",
        "{ event: bill, at_least: 2, within: 30d }", "{ event: buy, number: 2, of_first_within: 20d }",
        "{ not: { overdue: { event: buy, median: local_days, by: 1 }, zone: recipient } }",
    ]
}
