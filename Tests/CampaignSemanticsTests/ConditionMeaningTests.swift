import CampaignPlan
import CampaignSemantics
import CivilTime
import Diagnostics
import Testing

/// What conditions become: resolved names, typed literals, windows.
@Suite struct ConditionMeaningTests {
    /// The condition of the sample's segment, or the findings.
    private func check(_ condition: String, _ files: SampleFiles = .whole) -> String {
        let sample = CheckedSample(files.segment(condition))
        return sample.workspace?.segments.first.map { describe($0.condition) } ?? sample.codes.joined(separator: " ")
    }

    @Test func sequencesKnowDerivedEvents() {
        let files = SampleFiles.whole.catalog(
            "metrics:", "derived: { order: { from: purchase, by: product, sum: [amount] } }\nmetrics:")
        #expect(
            check(
                """
                { sequence: [{ event: order, where: { amount: { at_least: 5 } } }, { event: purchase, same: product }, \
                { absent: [order, purchase], where: { lines: { at_least: 2 } }, within: 1d }] }
                """, files) == "PB2114")
        #expect(
            check(
                """
                { sequence: [{ event: order, where: { amount: { at_least: 5 } } }, { event: purchase, same: product }, \
                { absent: order, where: { lines: { at_least: 2 } }, within: 1d }] }
                """, files)
                == "order(amount 500…) ever ≥ 1 → purchase ever ≥ 1 same [\"product\"] → order(lines 2…) ever ≥ 1 "
                + "within 86400000 absent ever")
    }

    /// An exit of the sample's campaign.
    private func checkExit(_ condition: String) -> String {
        let sample = CheckedSample(SampleFiles.whole.campaign("exit: { event: purchase }", "exit: \(condition)"))
        return sample.workspace?.campaigns.first?.exit.map { describe($0) } ?? sample.codes.joined(separator: " ")
    }

    @Test(arguments: [
        (
            "{ event: purchase, between: [2026-12-01, 2026-12-31] }",
            "purchase between 2026-12-01 2026-12-31 Asia/Seoul ≥ 1"
        ),
        (
            "{ event: purchase, latest: { size: { is: S } }, within: 1d }",
            "purchase within 86400000…0 latest(size) in [S]"
        ),
        (
            "{ event: purchase, first: { amount: { at_least: 5, less_than: 9 } } }",
            "all(purchase ever first(amount) 500…, purchase ever first(amount) …899)"
        ),
        ("{ event: purchase, number: 3 }", "purchase ever ≥ 3"),
        ("{ event: purchase, number: 2, of_first_within: 1d }", "#2 purchase ever of first 86400000"),
        ("{ event: purchase, number: 2, within: 1d }", "#2 purchase within 86400000…0"),
        (
            "{ event: purchase, number: 1, after: { attribute: birthday, within: 1d }, zone: UTC }",
            "#1 purchase ever after birthday 86400000 UTC"
        ),
        (
            "{ measure: { event: purchase, sum: amount, within: 1d }, at_least: 5 }",
            "purchase within 86400000…0 sum(amount) 500…"
        ),
        ("{ measure: { event: purchase }, at_most: 5 }", "not(purchase ever ≥ 6)"),
        (
            "{ measure: { event: refund, sum: amount }, at_most: { times: -50%, measure: { event: purchase } } }",
            "sum(amount) refund ever at_most -500000 × count purchase ever"
        ),
        (
            "{ measure: { event: purchase }, more_than: { times: 1.5, measure: { event: refund, within: 1d } } }",
            "count purchase ever more_than 1500000 × count refund within 86400000…0"
        ),
        (
            "{ measure: { event: purchase }, exactly: { measure: { event: refund } } }",
            "count purchase ever exactly 1000000 × count refund ever"
        ),
        (
            "{ event: purchase, where: { local_weekday: { in: [sun, sat] } } }",
            "purchase(local_weekday Asia/Seoul in [6, 7]) ever ≥ 1"
        ),
        (
            "{ event: purchase, where: { local_hour: { at_least: 18 } }, zone: recipient }",
            "purchase(local_hour recipient 18…) ever ≥ 1"
        ),
        (
            "{ event: purchase, where: { local_date: { is: 1970-01-03 } }, zone: UTC }",
            "purchase(local_date UTC 2…2) ever ≥ 1"
        ),
        (
            "{ event: purchase, distinct: local_date, at_least: 3, zone: UTC }",
            "purchase ever distinct(local_date UTC) 3…"
        ),
        (
            "{ share: { event: purchase, where: { size: { is: S } }, of_at_least: 5 }, at_least: 50% }",
            "share purchase(size in [S]) ever of 5 500000… +6"
        ),
        (
            "{ share: { event: purchase, where: { size: { is: S } }, within: 1d }, more_than: 33.3333% }",
            "share purchase(size in [S]) within 86400000…0 of 1 outside …333333 +6"
        ),
        (
            "{ purchase_interval: { event: purchase, median: local_days, occurrences: 4 }, at_most: 21 }",
            "interval purchase days Asia/Seoul ≥ 4 …21"
        ),
        (
            "{ purchase_interval: { event: purchase, median: local_days }, at_least: 10.5, zone: UTC }",
            "interval purchase days UTC ≥ 2 105… +1"
        ),
        (
            "{ purchase_interval: { event: purchase, median: elapsed }, less_than: 1d }",
            "interval purchase elapsed ≥ 2 outside 86400000…"
        ),
        (
            "{ overdue: { event: purchase, median: local_days, by: 2 } }",
            "overdue purchase days Asia/Seoul ≥ 2 by 2000000"
        ),
        (
            "{ overdue: { event: purchase, median: elapsed, occurrences: 3, by: 1.5 } }",
            "overdue purchase elapsed ≥ 3 by 1500000"
        ),
        ("{ attribute: country, is: KR }", "country in [KR]"),
        ("{ attribute: country, is_not: KR }", "country not in [KR]"),
        ("{ attribute: country, in: [US, KR, US] }", "country in [KR, US]"),
        ("{ attribute: visits, is: 5 }", "visits 5…5"),
        ("{ attribute: visits, is_not: 5 }", "visits outside 5…5"),
        ("{ attribute: visits, more_than: 5 }", "visits 6…"),
        ("{ attribute: visits, less_than: -5 }", "visits …-6"),
        ("{ attribute: visits, at_least: 007 }", "visits 7…"),
        ("{ attribute: visits, between: [5, 5] }", "visits 5…5"),
        ("{ attribute: visits, in: [5] }", "visits 5…5"),
        ("{ attribute: visits, not_in: [5, 5] }", "visits outside 5…5"),
        ("{ attribute: visits, not_in: [7, 5] }", "visits not in [5, 7]"),
        ("{ attribute: visits, at_least: 3, at_most: 9 }", "all(visits 3…, visits …9)"),
        ("{ attribute: visits, at_least: 9223372036854775808 }", "PB2107"),
        ("{ attribute: visits, at_most: -9223372036854775808 }", "visits …-9223372036854775808"),
        ("{ attribute: is_member, is: true }", "is_member 1…1"),
        ("{ attribute: is_member, is_not: \"true\" }", "is_member outside 1…1"),
        ("{ attribute: sms_consent, is: false }", "sms_consent 0…0"),
        ("{ attribute: birthday, missing: true }", "birthday missing"),
        ("{ attribute: birthday, missing: false }", "birthday there"),
        ("{ attribute: birthday, before: 1970-01-11 }", "birthday …9"),
        ("{ attribute: birthday, after: 1970-01-11 }", "birthday 11…"),
        ("{ attribute: birthday, between: [1970-01-01, 1970-01-03] }", "birthday 0…2"),
        ("{ attribute: email, starts_with: 1.50 }", "email starts with 1.50"),
        ("{ attribute: email, is: \"\" }", "email in []"),
        ("{ attribute: email, is: e\u{301} }", "email in [\u{E9}]"),
        ("{ attribute: phone, is: 01012345678 }", "phone in [01012345678]"),
        // A date means the local day; Seoul is nine hours ahead.
        ("{ attribute: joined_at, is: 1970-01-02 }", "joined_at 54000000…140399999"),
        ("{ attribute: joined_at, before: 1970-01-02 }", "joined_at …53999999"),
        ("{ attribute: joined_at, after: 1970-01-02 }", "joined_at 140400000…"),
        ("{ attribute: joined_at, at_least: 1970-01-02T00:00 }", "joined_at 54000000…"),
        ("{ attribute: joined_at, at_least: 1970-01-02T00:00Z }", "joined_at 86400000…"),
        ("{ attribute: joined_at, at_least: 1970-01-02T00:00-05:00 }", "joined_at 104400000…"),
        ("{ attribute: joined_at, at_least: 1970-01-02T00:00, zone: America/New_York }", "joined_at 104400000…"),
        ("{ attribute: joined_at, at_least: 1970-01-02T00:00Z, zone: recipient }", "joined_at 86400000…"),
        ("{ attribute: joined_at, at_least: 1970-01-02T00:00, zone: recipient }", "PB2107"),
        ("{ attribute: joined_at, within: 90d }", "joined_at within 7776000000…0 Asia/Seoul"),
        ("{ attribute: joined_at, past: 2 days, zone: UTC }", "joined_at past 2 days UTC"),
        ("{ attribute: birthday, next: 7 days, zone: recipient }", "birthday next 7 days recipient"),
        ("{ attribute: birthday, next: 24h }", "birthday next 86400000 Asia/Seoul"),
        (
            "{ attribute: joined_at, within: 90d, before: 1970-01-02 }",
            "all(joined_at within 7776000000…0 Asia/Seoul, joined_at …53999999)"
        ),
    ])
    func attributes(_ condition: String, _ meaning: String) {
        #expect(check(condition) == meaning)
    }

    @Test(arguments: [
        ("{ event: purchase }", "purchase ever ≥ 1"),
        ("{ event: [refund, purchase, refund] }", "purchase+refund ever ≥ 1"),
        ("{ event: any, within: 2w }", "purchase+refund within 1209600000…0 ≥ 1"),
        ("{ never: purchase }", "not(purchase ever ≥ 1)"),
        ("{ event: purchase, at_most: 0 }", "not(purchase ever ≥ 1)"),
        ("{ event: purchase, at_most: 3 }", "not(purchase ever ≥ 4)"),
        ("{ event: purchase, less_than: 3 }", "not(purchase ever ≥ 3)"),
        ("{ event: purchase, more_than: 3 }", "purchase ever ≥ 4"),
        ("{ event: purchase, exactly: 0 }", "not(purchase ever ≥ 1)"),
        ("{ event: purchase, exactly: 3 }", "all(purchase ever ≥ 3, not(purchase ever ≥ 4))"),
        ("{ event: purchase, at_least: 2, at_most: 5 }", "all(purchase ever ≥ 2, not(purchase ever ≥ 6))"),
        ("{ event: purchase, at_least: 0, at_most: 5 }", "not(purchase ever ≥ 6)"),
        ("{ event: purchase, within: { from: 60d, to: 30d } }", "purchase within 5184000000…2592000000 ≥ 1"),
        ("{ event: purchase, past: 1 month }", "purchase past 1 month Asia/Seoul ≥ 1"),
        ("{ event: purchase, recent: 7 days, zone: recipient }", "purchase recent 7 days recipient ≥ 1"),
        ("{ event: purchase, next: 7 days }", "PB1001"),
        (
            "{ event: purchase, where: { product: { is: mug }, amount: { at_least: 5 } } }",
            "purchase(amount 500…, product in [mug]) ever ≥ 1"
        ),
        (
            "{ event: purchase, where: { amount: { at_least: 5, less_than: 9.99 } } }",
            "purchase(amount …998, amount 500…) ever ≥ 1"
        ),
        ("{ event: purchase, where: { items: { missing: true } } }", "purchase(items missing) ever ≥ 1"),
        (
            "{ event: purchase, where: { paid_at: { before: 1970-01-02 } }, zone: UTC }",
            "purchase(paid_at …86399999) ever ≥ 1"
        ),
        ("{ event: [purchase, refund], where: { amount: { at_least: 5 } } }", "purchase+refund(amount 500…) ever ≥ 1"),
        ("{ event: purchase, sum: amount, at_least: 100 }", "purchase ever sum(amount) 10000…"),
        ("{ event: purchase, sum: amount, more_than: 100 }", "purchase ever sum(amount) 10001…"),
        ("{ event: purchase, sum: amount, at_least: -5 }", "purchase ever sum(amount) -500…"),
        ("{ event: purchase, minimum: items, exactly: 3 }", "purchase ever minimum(items) 3…3"),
        ("{ event: purchase, maximum: items, missing: true }", "purchase ever maximum(items) missing"),
        ("{ event: purchase, distinct: product, at_least: 3 }", "purchase ever distinct(product) 3…"),
        ("{ event: purchase, distinct: product, exactly: 0 }", "purchase ever distinct(product) 0…0"),
        ("{ event: purchase, average: amount, at_least: 20 }", "purchase ever average(amount) 2000…"),
        // More decimals than the property has, and bounds that are left out.
        ("{ event: purchase, average: amount, at_least: 20.125 }", "purchase ever average(amount) 20125… +1"),
        ("{ event: purchase, average: amount, more_than: 20.125 }", "purchase ever average(amount) outside …20125 +1"),
        ("{ event: purchase, average: items, less_than: 2.5 }", "purchase ever average(items) outside 25… +1"),
        ("{ event: purchase, average: amount, at_least: 20.5, at_most: 20.1234 }", "PB2109"),
        (
            "{ event: purchase, average: amount, at_least: 1.5, less_than: 20.1234 }",
            "all(purchase ever average(amount) 15000… +2, purchase ever average(amount) outside 201234… +2)"
        ),
        ("{ event: purchase, average: amount, at_least: 1.123456789012 }", "PB2107"),
        ("{ event: purchase, sum: amount, at_least: 20.125 }", "PB2107"),
        ("{ event: purchase, distinct: product, at_least: 2.5 }", "PB2107"),
    ])
    func events(_ condition: String, _ meaning: String) {
        #expect(check(condition) == meaning)
    }

    @Test(arguments: [
        ("{ event: purchase }", "purchase since trigger ≥ 1"),
        ("{ event: purchase, since: ever }", "purchase ever ≥ 1"),
        ("{ event: purchase, within: 3d }", "purchase within 259200000…0 ≥ 1"),
        ("{ never: purchase }", "not(purchase since trigger ≥ 1)"),
        ("{ never: purchase, since: ever }", "not(purchase ever ≥ 1)"),
        ("{ any: [{ event: refund }, { segment: lapsed }] }", "any(refund since trigger ≥ 1, segment lapsed)"),
        ("{ event: purchase, sum: amount, at_least: 5 }", "purchase since trigger sum(amount) 500…"),
    ])
    func exits(_ condition: String, _ meaning: String) {
        #expect(checkExit(condition) == meaning)
    }

    @Test(arguments: [
        ("{ all: [{ event: purchase }, { never: refund }] }", "all(purchase ever ≥ 1, not(refund ever ≥ 1))"),
        ("{ any: [{ event: purchase }, { never: refund }] }", "any(purchase ever ≥ 1, not(refund ever ≥ 1))"),
        ("{ none: [{ event: purchase }, { event: refund }] }", "not(any(purchase ever ≥ 1, refund ever ≥ 1))"),
        ("{ not: { event: purchase } }", "not(purchase ever ≥ 1)"),
    ])
    func combinations(_ condition: String, _ meaning: String) {
        #expect(check(condition) == meaning)
    }

    @Test func theSegmentsOwnZoneWins() {
        let files = SampleFiles.whole.replacing("where:", in: "segments/lapsed.yaml", by: "zone: Europe/London\nwhere:")
        #expect(check("{ event: purchase, past: 3 days }", files) == "purchase past 3 days Europe/London ≥ 1")
        #expect(check("{ event: purchase, past: 3 days, zone: UTC }", files) == "purchase past 3 days UTC ≥ 1")
        let recipient = files.replacing("Europe/London", in: "segments/lapsed.yaml", by: "recipient")
        #expect(check("{ event: purchase, past: 3 days }", recipient) == "purchase past 3 days recipient ≥ 1")
    }

    @Test(arguments: [
        ("{ lifecycle: { event: purchase, is: new } }", "not(purchase ever ≥ 1)"),
        ("{ lifecycle: { event: purchase, is: active } }", "purchase within 7776000000…0 ≥ 1"),
        (
            "{ lifecycle: { event: purchase, is: at_risk } }",
            "all(purchase within 31536000000…0 ≥ 1, not(purchase within 7776000000…0 ≥ 1))"
        ),
        (
            "{ lifecycle: { event: [purchase, refund], is: lapsed } }",
            "all(purchase+refund ever ≥ 1, not(purchase+refund within 31536000000…0 ≥ 1))"
        ),
        (
            "{ lifecycle: { event: purchase, in: [active, new] } }",
            "any(not(purchase ever ≥ 1), purchase within 7776000000…0 ≥ 1)"
        ),
        ("{ entered: { segment: loyal, within: 14d } }", "entered(segment loyal, 1209600000)"),
        ("{ left: { segment: loyal, within: 1h } }", "left(segment loyal, 3600000)"),
        (
            "{ moved: { from: loyal, to: others, within: 1d } }",
            "all(segment others, not(segment loyal), left(segment loyal, 86400000))"
        ),
        (
            "{ sequence: [{ event: purchase }, { absent: refund, same: amount, within: 24h }], within: 7d, start: last }",
            "purchase ever ≥ 1 → refund ever ≥ 1 same [\"amount\"] within 86400000 absent within 604800000…0 last"
        ),
        (
            "{ sequence: [{ event: purchase }, { event: refund, of_first_within: 1h }], recent: 2 days }",
            "purchase ever ≥ 1 → refund ever ≥ 1 of first 3600000 recent 2 days Asia/Seoul"
        ),
        (
            "{ sequence: [{ event: purchase, where: { local_hour: { at_least: 18 } } }, { event: refund }], zone: UTC }",
            "purchase(local_hour UTC 18…) ever ≥ 1 → refund ever ≥ 1 ever"
        ),
        (
            "{ sequence: [{ event: purchase }, { absent: refund, where: { local_weekday: { is: sat } } }], zone: UTC }",
            "purchase ever ≥ 1 → refund(local_weekday UTC 6…6) ever ≥ 1 absent ever"
        ),
        (
            "{ anniversary: { of: birthday, next: 7 days, zone: UTC } }",
            "return any of birthday 7 days UTC"
        ),
        (
            "{ anniversary: { of: { first: purchase }, next: 1 day, year: 2 } }",
            "return 2 of first purchase ever ≥ 1 1 day Asia/Seoul"
        ),
        (
            "{ rank: { by: { event: purchase, sum: amount, within: 1d }, top: 12.5% } }",
            "sum(amount) of purchase within 86400000…0 ≥ 1 top(partsPerMillion: 125000) default"
        ),
        (
            "{ rank: { by: { event: purchase, distinct: local_date, zone: UTC }, top: 10% } }",
            "distinct(local_date UTC) of purchase ever ≥ 1 top(partsPerMillion: 100000) default"
        ),
        (
            "{ rank: { by: { event: purchase }, percentile: { at_most: 12.5 }, refresh: weekly } }",
            "count of purchase ever ≥ 1 atMostPercentile(partsPerMillion: 125000) weekly"
        ),
        (
            """
            { rfm: { recency: { event: purchase }, frequency: { event: refund }, \
            monetary: { event: purchase, sum: amount }, is: at_risk } }
            """,
            """
            latest of purchase ever ≥ 1; count of refund ever ≥ 1; sum(amount) of purchase ever ≥ 1 \
            groups(of: 5, [ClosedRange(1...2), ClosedRange(3...4), ClosedRange(1...5)]) default
            """
        ),
    ])
    func lives(_ condition: String, _ meaning: String) {
        let files = SampleFiles.whole.with("segments/loyal.yaml", "segment: loyal\nwhere: { event: refund }\n")
            .with("segments/others.yaml", "segment: others\nwhere: { never: refund }\n")
        #expect(check(condition, files) == meaning)
    }

    @Test func thresholdsOfTheWorkspace() {
        let files = SampleFiles.whole.settings("  holdout: 5%", "  lifecycle: { at_risk: 1d, lapsed: 2d }")
        #expect(
            check("{ lifecycle: { event: purchase, is: at_risk } }", files)
                == "all(purchase within 172800000…0 ≥ 1, not(purchase within 86400000…0 ≥ 1))")
    }
}
