import CampaignCompiler
import TestSupport

/// A workspace that uses the whole language of this build, written anew with every seed: in another order wherever order
/// means nothing.
struct RichWorkspace {
    private var generator: SeededGenerator

    /// Nil: as written here.
    init(shuffledBy seed: UInt64?) {
        generator = SeededGenerator(seed: seed ?? 0)
        isShuffled = seed != nil
    }

    private let isShuffled: Bool

    private mutating func any(_ parts: [String]) -> [String] {
        isShuffled ? parts.shuffled(using: &generator) : parts
    }

    private mutating func list(_ parts: String...) -> String { "[" + any(parts).joined(separator: ", ") + "]" }

    private mutating func mapping(_ parts: String...) -> String { "{ " + any(parts).joined(separator: ", ") + " }" }

    /// A document whose first key stays first.
    private mutating func document(_ head: String, _ parts: [String]) -> String {
        ([head] + any(parts)).joined(separator: "\n") + "\n"
    }

    mutating func files() -> [WorkspaceFile] {
        let texts = [
            ("pabal.yaml", settings()), ("catalog.yaml", catalog()), ("segments/active.yaml", active()),
            ("segments/loyal.yaml", loyal()), ("segments/seoul-mornings.yaml", mornings()),
            ("weekly/digest.yaml", digest()), ("weekly/second-order.yaml", secondOrder()),
            ("once/holiday.yaml", holiday()),
            ("service/receipt.yaml", receipt()), ("service/month-end.yaml", monthEnd()),
        ]
        let files = texts.map { WorkspaceFile(path: $0.0, bytes: Array($0.1.utf8)) }
        return isShuffled ? files.shuffled(using: &generator) : files
    }

    private mutating func settings() -> String {
        let quiet = mapping("from: \"21:00\"", "to: \"08:00\"", "channels: \(list("sms", "push"))", "then: drop")
        let caps = list(
            mapping("at_most: 3", "per: 1w"), mapping("at_most: 1", "per: 24h"),
            mapping("channel: sms", "at_most: 2", "per: 30d"))
        return document(
            "pabal: 1",
            [
                "workspace: rich", "zone: Asia/Seoul", "currency: KRW", "jurisdictions: \(list("KR", "JP"))",
                "policy: \(mapping("holdout: 2.5%", "quiet_hours: \(quiet)", "frequency_caps: \(caps)"))",
                "costs: \(mapping("sms: 9.9", "email: 0.5"))",
            ])
    }

    private mutating func catalog() -> String {
        let attributes = mapping(
            "country: { type: text, values: \(list("KR", "US", "JP")) }", "zone: { type: zone, optional: true }",
            "email: { type: email, personal: true }", "phone: { type: phone, optional: true }", "token: { type: text }",
            "joined_at: { type: instant }", "birthday: { type: date, optional: true }", "visits: { type: integer }",
            "spent: { type: decimal }", "is_member: { type: boolean }", "consent: { type: consent }",
            "night: { type: consent }")
        let purchase = mapping(
            "product: { type: text }", "amount: { type: decimal, scale: 2 }",
            "items: { type: integer, optional: true }",
            "paid_at: { type: instant }", "이름: { type: text, optional: true }")
        return document(
            "catalog: rich",
            [
                "customer: \(mapping("key: customer_id", "since: joined_at", "attributes: \(attributes)"))",
                "channels: \(mapping("email: { address: email, consent: consent }", "sms: { address: phone, consent: consent, night_consent: night }", "push: { address: token }"))",
                "events: \(mapping("purchase: { properties: \(purchase) }", "refund: { properties: { amount: { type: decimal, scale: 2 } } }", "visit: {}"))",
                "metrics: { revenue: { event: purchase, sum: amount } }",
            ])
    }

    private mutating func active() -> String {
        let behaviour = list(
            "{ event: purchase, within: 90d }",
            "{ event: \(list("visit", "purchase")), within: { from: 60d, to: 30d }, at_least: 3 }",
            "{ event: any, recent: 2 weeks, at_most: 9 }", "{ attribute: joined_at, past: 1 month }",
            "{ attribute: birthday, next: 7 days, zone: recipient }")
        return document("segment: active", ["description: \"활동\"", "owner: growth", "where: { any: \(behaviour) }"])
    }

    private mutating func loyal() -> String {
        let filter = mapping(
            "product: \(mapping("not_in: \(list("gift", "card"))", "starts_with: a"))",
            "amount: { between: [10, 99.5] }",
            "이름: { contains: \"머그\" }", "items: { missing: false }")
        let parts = list(
            "{ segment: active }", "{ event: purchase, where: \(filter) }",
            "{ event: purchase, sum: amount, more_than: 1000 }",
            "{ event: purchase, average: amount, less_than: 20.125 }",
            "{ event: purchase, distinct: product, at_least: 3, within: 365d }",
            "{ event: purchase, minimum: items, exactly: 2 }", "{ event: purchase, maximum: items, missing: true }",
            "{ attribute: country, in: \(list("KR", "JP")) }", "{ attribute: visits, not_in: \(list("1", "2", "3")) }",
            "{ attribute: spent, at_least: 12.5 }", "{ attribute: is_member, is: true }",
            "{ attribute: birthday, before: 2001-01-01 }",
            "{ attribute: joined_at, between: [2020-01-01, 2026-12-31] }",
            "{ not: { attribute: email, ends_with: example.org } }",
            "{ none: \(list("{ never: visit }", "{ event: refund }")) }")
        return document("segment: loyal", ["where: { all: \(parts) }"])
    }

    private mutating func mornings() -> String {
        document("segment: seoul-mornings", ["zone: recipient", "where: { event: visit, past: 3 days, exactly: 2 }"])
    }

    private mutating func digest() -> String {
        let every = mapping(
            "days: \(list("tue", "mon", "thu"))", "at: \"12:30\"", "from: 2026-01-01", "until: 2026-12-31")
        return document(
            "campaign: digest",
            [
                "description: What is new", "owner: growth", "priority: 70", "kind: marketing",
                "goal: \(mapping("metric: revenue", "conversion: { event: purchase, where: { amount: { more_than: 0 } }, within: 7d }"))",
                "audience: \(mapping("include: { segment: loyal }", "exclude: { segment: seoul-mornings }", "control_group: 10%", "max_recipients: 200000"))",
                "schedule: \(mapping("every: \(every)", "zone: recipient", "expires: 2d", "re_entry: { after: 30d }"))",
                "channels: [push, email]",
                "variants: { calm: \(mapping("share: 33.3333%", "push: \(mapping("title: Hello", "body: \"{ {customer.name} }\""))")), loud: \(mapping("share: 66.6667%", "email: \(mapping("subject: Hello", "preheader: New", "body: Hello"))")) }",
                "exit: { any: \(list("{ event: purchase }", "{ event: refund, since: ever, at_least: 2 }")) }",
            ])
    }

    private mutating func secondOrder() -> String {
        let send = mapping("next: weekday", "at: \"10:00\"")
        return document(
            "campaign: second-order",
            [
                "audience: { include: { all: \(list("{ event: purchase, exactly: 1 }", "{ attribute: country, in: \(list("JP", "KR")) }")) } }",
                "schedule: \(mapping("when: { enters: audience }", "delay: 30m", "send: \(send)", "zone: Europe/London"))",
                "channels: [sms]", "salt: second", "variants: { only: { sms: { text: \"두 번째 주문\" } } }",
            ])
    }

    private mutating func holiday() -> String {
        document(
            "campaign: holiday",
            [
                "audience: { include: { segment: active } }", "schedule: { at: 2026-12-24T18:00+09:00, expires: 6h }",
                "channels: [email]", "variants: { only: { email: \(mapping("subject: Holiday", "body: Holiday")) } }",
            ])
    }

    private mutating func receipt() -> String {
        document(
            "campaign: receipt",
            [
                "kind: transactional", "schedule: { when: { event: purchase, where: { amount: { more_than: 0 } } } }",
                "channels: [email]", "variants: { only: { email: \(mapping("subject: Receipt", "body: Thanks")) } }",
            ])
    }

    private mutating func monthEnd() -> String {
        document(
            "campaign: month-end",
            [
                "schedule: { every: \(mapping("month_day: 31", "at: \"09:00:30\"")) }", "channels: [push]",
                "variants: { only: { push: \(mapping("title: Month", "body: End", "link: https://example.com", "image: a.png")) } }",
            ])
    }
}
