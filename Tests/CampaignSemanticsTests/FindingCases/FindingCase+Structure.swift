import Diagnostics

extension FindingCase {
    private static let base = SampleFiles.whole

    static let structure: [FindingCase] = [
        FindingCase(.unknownKey, "campaign", base.campaign("channels: [email, sms]", "chanels: [email, sms]")),
        FindingCase(.unknownKey, "no-near-name", base.campaign("owner: growth", "budget: 300")),
        FindingCase(
            .unknownKey, "audience",
            base.campaign("include: { segment", "inclde: { segment").schedule("{ when: { enters: audience } }")),
        FindingCase(.unknownKey, "in-a-condition", base.segment("{ event: purchase, at_lest: 3 }")),
        FindingCase(.unknownKey, "only-comparison", base.segment("{ attribute: visits, at_lest: 3 }")),
        FindingCase(.unknownKey, "of-a-form", base.segment("{ all: [{ never: purchase }], within: 7d }")),
        FindingCase(.unknownKey, "source-column", base.settings("customer: customer_id", "custmer: customer_id")),
        FindingCase(.unknownKey, "catalog", base.catalog("channels:", "chanels:")),
        FindingCase(.missingKey, "campaign", base.campaign("channels: [email, sms]\n", "")),
        FindingCase(
            .missingKey, "message", base.campaign("{ subject: Hello, body: Hello again }", "{ body: Hello again }")),
        FindingCase(.missingKey, "schedule", base.schedule("{ zone: recipient }")),
        FindingCase(.missingKey, "days", base.schedule(#"{ every: { at: "12:30" } }"#)),
        FindingCase(.missingKey, "trigger", base.schedule("{ when: {}, re_entry: never }")),
        FindingCase(
            .missingKey, "send-time",
            base.schedule("{ when: { enters: audience }, send: { next: weekday }, zone: recipient }")),
        FindingCase(.missingKey, "conversion", base.campaign(", conversion: { event: purchase, within: 7d }", "")),
        FindingCase(.missingKey, "comparison", base.segment("{ attribute: country }")),
        FindingCase(
            .missingKey, "comparison-of-a-measure", base.segment("{ event: purchase, sum: amount, within: 30d }")),
        FindingCase(.missingKey, "share", base.campaign("  long:\n    share: 50%\n", "  long:\n")),
        FindingCase(
            .missingKey, "events", base.with("catalog.yaml", "catalog: gift-shop\ncustomer: { key: customer_id }\n")),
        FindingCase(.missingKey, "metric", base.catalog("{ event: purchase, sum: amount }", "{ sum: amount }")),
        FindingCase(.wrongShape, "list-wanted", base.campaign("channels: [email, sms]", "channels: email, sms")),
        FindingCase(.wrongShape, "mapping-wanted", base.schedule("daily")),
        FindingCase(
            .wrongShape, "block-mapping", base.campaign("owner: growth", "owner:\n  team: growth\n  lead: 김민지")),
        FindingCase(.wrongShape, "comparison-wanted", base.segment("{ event: purchase, where: { product: mug } }")),
        FindingCase(.wrongShape, "between", base.segment("{ attribute: visits, between: [1, 2, 3] }")),
        FindingCase(
            .wrongShape, "attribute-type",
            base.catalog("{ type: text, values: [KR, US, JP] }", "text").segment("{ attribute: country, is: KR }")),
        FindingCase(.malformedValue, "duration", base.segment("{ event: purchase, within: 90 days }")),
        FindingCase(.malformedValue, "duration-of-an-attribute", base.segment("{ attribute: joined_at, within: 90 }")),
        FindingCase(.malformedValue, "days", base.segment("{ event: purchase, past: 30d }")),
        FindingCase(.malformedValue, "next", base.segment("{ attribute: birthday, next: soon }")),
        FindingCase(.malformedValue, "ratio", base.campaign("control_group: 10%", "control_group: 0.1")),
        FindingCase(.malformedValue, "share", base.campaign("  long:\n    share: 50%\n", "  long:\n    share: half\n")),
        FindingCase(.malformedValue, "time", base.schedule("{ every: { days: daily, at: 25:00 } }")),
        FindingCase(
            .malformedValue, "date", base.schedule(#"{ every: { days: daily, at: "12:30", from: 2026-02-30 } }"#)),
        FindingCase(.malformedValue, "instant", base.schedule("{ at: 2026-12-24 }")),
        FindingCase(.malformedValue, "number", base.campaign("owner: growth", "priority: high")),
        FindingCase(
            .malformedValue, "name", base.with("segments/Lapsed.yaml", "segment: Lapsed\nwhere: { never: purchase }\n")),
        FindingCase(.malformedValue, "variant-name", base.campaign("  short:", "  Short text:")),
        FindingCase(.malformedValue, "money", base.settings("{ sms: 9.9 }", "{ sms: 9.9 KRW }")),
        FindingCase(.malformedValue, "currency", base.settings("currency: KRW", "currency: 원")),
        FindingCase(.malformedValue, "jurisdiction", base.settings("[KR]", "[Korea]")),
        FindingCase(.malformedValue, "event-name", base.segment("{ event: [purchase, 1st order] }")),
        FindingCase(.notInThisBuild, "key", base.campaign("owner: growth", "experiment: { significance: 5% }")),
        FindingCase(
            .notInThisBuild, "condition",
            base.segment("{ purchase_probability: { event: purchase, next: 30d, at_least: 60% } }")),
        FindingCase(.notInThisBuild, "channel", base.campaign("[email, sms]", "[email, sms, webhook]")),
        FindingCase(.notInThisBuild, "event", base.segment("{ event: message_opened, within: 30d }")),
        FindingCase(.notInThisBuild, "test", base.with("tests/first.yaml", "test: first\n")),
        FindingCase(
            .unknownKind, "order",
            base.with("segments/lapsed.yaml", "description: Away.\nsegment: lapsed\nwhere: { never: purchase }\n")),
        FindingCase(
            .unknownKind, "misspelt", base.with("segments/lapsed.yaml", "segmnt: lapsed\nwhere: { never: purchase }\n")),
        FindingCase(.unknownKind, "unknown", base.with("segments/lapsed.yaml", "journey: lapsed\n")),
        FindingCase(.unknownKind, "text", base.with("segments/lapsed.yaml", "lapsed\n")),
        FindingCase(.unknownKind, "list", base.with("segments/lapsed.yaml", "- segment: lapsed\n- segment: loyal\n")),
        FindingCase(.emptyValue, "text", base.campaign("owner: growth", "owner:")),
        FindingCase(.emptyValue, "mapping", base.schedule("")),
        FindingCase(.emptyValue, "condition", base.segment("")),
        FindingCase(.emptyValue, "literal", base.segment("{ attribute: country, is: }")),
        FindingCase(.unknownChoice, "kind", base.campaign("owner: growth", "kind: promotional")),
        FindingCase(.unknownChoice, "near", base.schedule(#"{ every: { days: [mon, thurs], at: "12:30" } }"#)),
        FindingCase(
            .unknownChoice, "boolean", base.catalog("optional: true }\n    email", "optional: yes }\n    email")),
        FindingCase(
            .unknownChoice, "type",
            base.catalog("country:     { type: text, values: [KR, US, JP] }", "country:     { type: string }").segment(
                "{ attribute: country, is: KR }")),
        FindingCase(
            .unknownChoice, "property-type",
            base.catalog("amount:  { type: decimal, scale: 2 }", "amount:  { type: number }").segment(
                "{ event: purchase, sum: amount, at_least: 3 }")),
        FindingCase(.unknownChoice, "re-entry", base.schedule("{ when: { event: purchase }, re_entry: sometimes }")),
        FindingCase(
            .nameNotFileName, "segment",
            base.replacing("segment: lapsed", in: "segments/lapsed.yaml", by: "segment: lapsed-customers").campaign(
                "segment: lapsed", "segment: lapsed-customers")),
        FindingCase(
            .nameNotFileName, "file-that-is-no-name",
            base.without("campaigns/hello.yaml").with(
                "campaigns/안녕.yaml",
                "campaign: hello\naudience: { include: { segment: lapsed } }\nschedule: { at: 2026-12-24T10:00 }\nchannels: [sms]\nvariants: { only: { sms: { text: Hello } } }\n"
            )),
        FindingCase(
            .nameTaken, "segment", base.with("old/lapsed.yaml", "segment: lapsed\nwhere: { never: purchase }\n")),
        FindingCase(
            .nameTaken, "campaign",
            base.with(
                "campaigns/lapsed.yaml",
                "campaign: lapsed\naudience: { include: { segment: lapsed } }\nschedule: { at: 2026-12-24T10:00 }\nchannels: [sms]\nvariants: { only: { sms: { text: Hello } } }\n"
            )),
        FindingCase(.nameTaken, "channel", base.campaign("[email, sms]", "[email, sms, email]")),
        FindingCase(
            .nameTaken, "key", base.catalog("country:     {", "customer_id: { type: text }\n    country:     {")),
        FindingCase(.conditionForm, "text", base.campaign("{ segment: lapsed }", "lapsed")),
        FindingCase(.conditionForm, "list", base.segment("- { never: purchase }\n  - { attribute: country, is: KR }")),
        FindingCase(.conditionForm, "empty", base.segment("{}")),
        FindingCase(.conditionForm, "two", base.segment("{ event: purchase, never: refund }")),
        FindingCase(.conditionForm, "misspelt", base.segment("{ evnt: purchase, within: 30d }")),
        FindingCase(.conditionForm, "unknown", base.segment("{ country: KR }")),
        FindingCase(
            .conditionForm, "unknown-with-a-segment",
            base.segment("{ all: [{ segment: loyal, attribute: country }] }").with(
                "segments/loyal.yaml", "segment: loyal\nwhere: { event: purchase, at_least: 5 }\n")),
        FindingCase(.excludingKeys, "windows", base.segment("{ event: purchase, within: 30d, past: 30 days }")),
        FindingCase(
            .excludingKeys, "measures", base.segment("{ event: purchase, sum: amount, distinct: product, at_least: 3 }")
        ),
        FindingCase(
            .excludingKeys, "schedules",
            base.schedule(#"{ at: 2026-12-24T10:00, every: { days: daily, at: "12:30" } }"#)),
        FindingCase(.excludingKeys, "days", base.schedule(#"{ every: { days: daily, month_day: 1, at: "12:30" } }"#)),
        FindingCase(
            .excludingKeys, "triggers",
            base.schedule("{ when: { event: purchase, enters: audience }, re_entry: never }")),
        FindingCase(.excludingKeys, "metric", base.catalog("sum: amount }", "sum: amount, count: events }")),
        FindingCase(.unknownEdition, "two", base.settings("pabal: 1", "pabal: 2")),
        FindingCase(.catalogCount, "file-not-read", base.without("catalog.yaml").with("catalog.yml", bytes: nil)),
        FindingCase(.catalogCount, "none", base.without("catalog.yaml")),
        FindingCase(
            .catalogCount, "two", base.with("other.yaml", "catalog: other\ncustomer: { key: id }\nevents: {}\n")),
        FindingCase(.workspaceFile, "none", base.without("pabal.yaml")),
        FindingCase(
            .workspaceFile, "another-kind",
            base.with("pabal.yaml", "segment: pabal\nwhere: { never: purchase }\n").campaign(
                "segment: lapsed", "any: [{ segment: lapsed }, { segment: pabal }]")),
        FindingCase(.workspaceFile, "second", base.with("shop.yaml", "pabal: 1\nworkspace: shop\nzone: Asia/Seoul\n")),
        FindingCase(.noCampaigns, "none", base.without("campaigns/hello.yaml").without("segments/lapsed.yaml")),
    ]
}
