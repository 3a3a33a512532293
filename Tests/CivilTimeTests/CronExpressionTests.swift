import CivilTime
import Testing

@Suite struct CronExpressionTests {
    private func text(_ text: String) -> String {
        switch CronExpression.parse(text) {
        case .success(let expression): expression.text
        case .failure(let problem): "\(problem.range.lowerBound)–\(problem.range.upperBound) \(problem.found)"
        }
    }

    @Test(arguments: [
        ("30 12 * * 1-5", "30 12 * * 1-5"), ("  30\t12 * *  mon-FRI ", "30 12 * * 1-5"),
        ("05 09,18 1,15 jan-mar *", "5 9,18 1,15 1-3 *"), ("*/15 8-20/2 * * sat,sun", "*/15 8-20/2 * * 6,0"),
        ("0 0 * * fri-sun", "0 0 * * 5-7"), ("0 0 * * 7", "0 0 * * 7"), ("0 0 29 feb *", "0 0 29 2 *"),
        ("0 0 */2,5 * *", "0 0 */2,5 * *"), ("0 0 31 2 mon", "0 0 31 2 1"), ("0-59/59 0 * * *", "0-59/59 0 * * *"),
    ])
    func reads(_ example: (written: String, canonical: String)) {
        #expect(text(example.written) == example.canonical)
        #expect(text(example.canonical) == example.canonical)
    }

    /// Bytes from where to where, and what stands there.
    @Test(arguments: [
        ("60 12 * * *", "0–2 minute 60"), ("0 24 * * *", "2–4 hour 24"), ("0 12 0 * *", "5–6 day of the month 0"),
        ("0 12 * 13 *", "7–9 month 13"), ("0 12 * * 8", "9–10 day of the week 8"),
        ("0 9,18,25 * * *", "7–9 hour 25"), ("0 12 * * mo", "9–11 `mo`"), ("0 12 mon * *", "5–8 `mon`"),
        ("0 18-9 * * *", "2–6 a range that ends before it begins"), ("5/15 * * * *", "0–4 a step without a range"),
        ("0 12 L * *", "5–6 `L`"), ("0 12 * * 1#2", "9–12 `1#2`"), ("0 12 ? * *", "5–6 `?`"),
        ("0 12, * * *", "5–5 nothing"),
        ("*/0 * * * *", "0–3 `*/0`"), ("*/90 * * * *", "0–4 a step of 90, which leaves minute 0 alone"),
        ("0 12 * *", "0–8 4 fields"), ("0 0 12 * * 1", "0–12 6 fields"), ("noon", "0–4 1 field"), ("", "0–0 0 fields"),
        ("@daily", "0–6 a short form"), ("1-2-3 0 * * *", "0–5 `1-2-3`"), ("+5 0 * * *", "0–2 `+5`"),
        ("-5 0 * * *", "0–2 `-5`"), ("00000 0 * * *", "0–5 `00000`"), ("일 0 * * *", "0–3 `일`"),
        ("0 12 31 2 *", "5–9 a day that none of these months has"),
        ("0 12 31 4,6,9,11 *", "5–16 a day that none of these months has"),
        ("0 12 30 2 */2", "5–9 a day that none of these months has"),
    ])
    func refuses(_ example: (written: String, problem: String)) {
        #expect(text(example.written) == example.problem)
    }

    private func dates(_ text: String, _ from: String, _ count: Int) -> [String] {
        guard case .success(let expression) = CronExpression.parse(text), let first = CivilDate(parsing: from) else {
            return []
        }
        return (0..<4000).map { first.adding(days: $0) }.filter(expression.contains).prefix(count).map { "\($0)" }
    }

    @Test func bothDaysAreEitherOr() {
        // 2026-11-01 was a Sunday.
        #expect(dates("0 0 13 * 5", "2026-11-01", 4) == ["2026-11-06", "2026-11-13", "2026-11-20", "2026-11-27"])
        #expect(dates("0 0 13 * *", "2026-11-01", 2) == ["2026-11-13", "2026-12-13"])
        #expect(dates("0 0 * * 5", "2026-11-01", 2) == ["2026-11-06", "2026-11-13"])
        // A star with a step leaves its day open: both must fit.
        #expect(dates("0 0 */2 * 5", "2026-11-01", 3) == ["2026-11-13", "2026-11-27", "2026-12-11"])
        #expect(dates("0 0 29 2 *", "2026-11-01", 2) == ["2028-02-29", "2032-02-29"])
        #expect(dates("0 0 * * 7", "2026-11-01", 2) == dates("0 0 * * 0", "2026-11-01", 2))
        #expect(dates("0 0 31 2 1", "2026-11-01", 2) == ["2027-02-01", "2027-02-08"])
    }

    @Test func times() throws {
        let expression = try CronExpression(parsing: "0,30 9-11/2 * * *")
        #expect(expression.times.map { "\($0)" } == ["09:00", "09:30", "11:00", "11:30"])
        #expect(!expression.followsElapsedTime)
        #expect(try CronExpression(parsing: "30 * * * *").followsElapsedTime)
        #expect(try CronExpression(parsing: "*/5 9 * * *").followsElapsedTime)
        #expect(try CronExpression(parsing: "* * * * *").times.count == 1440)
    }

    @Test func instantsThatShowATime() throws {
        let london = try #require(TimeZoneRules.named("Europe/London"))
        let lordHowe = try #require(TimeZoneRules.named("Australia/Lord_Howe"))
        let apia = try #require(TimeZoneRules.named("Pacific/Apia"))
        func shown(_ text: String, _ zone: TimeZoneRules) throws -> [String] {
            zone.instants(showing: try #require(InstantText(parsing: text)).local).map { "\($0)" }
        }
        #expect(try shown("2026-07-01T12:00", london) == ["2026-07-01T11:00:00Z"])
        #expect(try shown("2026-03-29T01:30", london) == [])
        #expect(try shown("2026-10-25T01:30", london) == ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"])
        // Half an hour, and a day that was left out.
        #expect(try shown("2026-04-05T01:45", lordHowe) == ["2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z"])
        #expect(try shown("2011-12-30T12:00", apia) == [])
    }
}
