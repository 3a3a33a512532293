import CampaignPlan
import CivilTime
import Testing
import Timeline

/// Schedules against Python's `croniter` and `holidays` with `zoneinfo`, around every change of ten zones' clocks.
@Suite struct SchedulePeerTests {
    private static let zones = [
        "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Seoul", "America/Havana", "Asia/Beirut",
        "America/Santiago", "Pacific/Chatham", "America/St_Johns", "Africa/Cairo",
    ]
    private static let fixed = [
        "30 2 * * *", "30 1 * * *", "0 0 * * *", "15 0 1,15 * fri", "0 3 */2 * 1-5", "30 12 29 2 *", "0,30 1-3 * * sun",
    ]
    private static let elapsed = ["30 * * * *", "*/20 1 * * *", "0 */2 * * *"]

    @Test(
        .enabled(if: SchedulePeer.shared != nil, "skipped: croniter and holidays cannot be installed from PyPI"),
        arguments: zones)
    func zoneByZone(_ zone: String) throws {
        var plan = DecisionPlan()
        plan.zone = zone
        var names: [String: String] = [:]
        func add(_ kind: String, _ text: String, _ schedule: Schedule) {
            let name = "c\(names.count + 100)"
            names[name] = "\(zone)|\(kind)|\(text)"
            plan.campaign(named: name, schedule)
        }
        for text in Self.fixed { add("fixed", text, .cron(try CronExpression(parsing: text), .recipient)) }
        for text in Self.elapsed { add("elapsed", text, .cron(try CronExpression(parsing: text), .named(zone))) }
        for (days, text) in [(DayRule.weekdays(DecisionPlan.everyday), "15 2 * * *"), (.monthDay(15), "15 2 15 * *")] {
            let time = try #require(TimeOfDay(hour: 2, minute: 15))
            add("fixed", text, .recurring(days, at: time, from: nil, until: nil, .recipient))
        }
        for calendar in HolidayCalendar.allCases {
            let noon = try #require(TimeOfDay(hour: 12, minute: 0))
            add(
                "working", "\(calendar.rawValue) 12:00",
                .recurring(.workingDays(calendar), at: noon, from: nil, until: nil, .recipient))
        }
        let bound = plan.bound
        let calendar = OccurrenceCalendar(
            bound: bound, from: decisionInstant("2020-01-01T00:00Z"), to: decisionInstant("2041-01-01T00:00Z"))
        var evaluator = Evaluator(bound)
        evaluator.begin(DecisionPerson().timeline(bound.layout))
        var buffer = DecisionBuffer(calendar: calendar)
        evaluator.decide(calendar, into: &buffer)
        let lines = buffer.decisions.map { decision in
            "\(names[bound.plan.campaigns[decision.campaign].name] ?? "")|\(decision.planned / 1000)"
        }
        let peer = try #require(SchedulePeer.shared)
        #expect(try peer.differences(lines) == "")
    }
}
