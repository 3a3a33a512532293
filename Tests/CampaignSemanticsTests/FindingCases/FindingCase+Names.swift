import Diagnostics

extension FindingCase {
    private static let base = SampleFiles.whole
    private static let loyal = "segments/loyal.yaml"

    static let names: [FindingCase] = [
        FindingCase(.unknownSegment, "near", base.campaign("exit: { event: purchase }", "exit: { segment: lapsd }")),
        FindingCase(
            .unknownSegment, "none-near", base.campaign("exit: { event: purchase }", "exit: { segment: employees }")),
        FindingCase(
            .unknownSegment, "campaign", base.campaign("exit: { event: purchase }", "exit: { segment: hello }")),
        FindingCase(
            .unknownSegment, "file-not-read",
            base.without("segments/lapsed.yaml").with("segments/lapsed.yml", bytes: nil)),
        FindingCase(.segmentCycle, "itself", base.segment("{ not: { segment: lapsed } }")),
        FindingCase(
            .segmentCycle, "two",
            base.segment("{ not: { segment: loyal } }").with(
                loyal, "segment: loyal\nwhere: { not: { segment: lapsed } }\n")),
        FindingCase(
            .segmentCycle, "three",
            base.segment("{ segment: loyal }")
                .with(loyal, "segment: loyal\nwhere: { all: [{ event: purchase }, { segment: third }] }\n")
                .with("segments/third.yaml", "segment: third\nwhere: { segment: lapsed }\n")),
        FindingCase(
            .unusedSegment, "one", base.with(loyal, "segment: loyal\nwhere: { event: purchase, at_least: 5 }\n")),
        FindingCase(.unknownAttribute, "near", base.segment("{ attribute: contry, is: KR }")),
        FindingCase(
            .unknownAttribute, "wide",
            base.segment("{ all: [{ attribute: country, is_not: 한국 }, { attribute: 나라, is: 한국 }] }").catalog(
                ", values: [KR, US, JP]", "")),
        FindingCase(.unknownAttribute, "key", base.segment("{ attribute: customer_id, is: \"17850\" }")),
        FindingCase(
            .unknownAttribute, "since", base.catalog("  key: customer_id", "  key: customer_id\n  since: joined_on")),
        FindingCase(.unknownAttribute, "address", base.catalog("{ address: email }", "{ address: e-mail }")),
        FindingCase(.unknownEvent, "near", base.segment("{ event: purchse, within: 30d }")),
        FindingCase(.unknownEvent, "one-of-a-list", base.segment("{ event: [purchase, cart], within: 30d }")),
        FindingCase(
            .unknownEvent, "none-declared",
            base.with(
                "catalog.yaml",
                "catalog: gift-shop\ncustomer: { key: customer_id }\nchannels: { email: {}, sms: {} }\nevents: {}\n"
            ).segment("{ event: any }").campaign("exit: { event: purchase }\n", "").campaign(
                "goal: { metric: revenue, conversion: { event: purchase, within: 7d } }\n", ""
            ).settings("{ customer: customer_id, time: timestamp }", "{ time: timestamp }")),
        FindingCase(
            .unknownEvent, "metric", base.catalog("{ event: purchase, sum: amount }", "{ event: order, sum: amount }")),
        FindingCase(.unknownProperty, "near", base.segment("{ event: purchase, where: { prodct: { is: mug } } }")),
        FindingCase(
            .unknownProperty, "near-local-part",
            base.segment("{ event: purchase, where: { local_hours: { at_least: 18 } } }")),
        FindingCase(
            .unknownProperty, "none-near", base.segment("{ event: purchase, where: { category: { is: mugs } } }")),
        FindingCase(
            .unknownProperty, "of-two-events", base.segment("{ event: [purchase, refund], sum: price, at_least: 3 }")),
        FindingCase(
            .unknownZone, "segment", base.replacing("where:", in: "segments/lapsed.yaml", by: "zone: Asia/Soul\nwhere:")
        ),
        FindingCase(.unknownZone, "workspace", base.settings("zone: Asia/Seoul", "zone: KST")),
        FindingCase(
            .unknownZone, "source",
            base.settings("{ csv: data/customers.csv }", "{ csv: data/customers.csv, zone: recipient }")),
        FindingCase(
            .noZoneAttribute, "schedule",
            base.catalog("    zone:        { type: zone, optional: true }\n", "").schedule(
                #"{ every: { days: daily, at: "12:30" }, zone: recipient }"#)),
        FindingCase(.propertyNotShared, "lacking", base.segment("{ event: any, where: { size: { is: S } } }")),
        FindingCase(
            .propertyNotShared, "types", base.segment("{ event: [purchase, refund], where: { product: { is: mug } } }")),
        FindingCase(.unknownChannel, "near", base.campaign("[email, sms]", "[e-mail, sms]")),
        FindingCase(.unknownChannel, "none-near", base.campaign("[email, sms]", "[email, sms, fax]")),
        FindingCase(.unknownChannel, "quiet-hours", base.settings("channels: [sms]", "channels: [sms, push]")),
        FindingCase(.unknownChannel, "cost", base.settings("{ sms: 9.9 }", "{ sms: 9.9, kakao: 15 }")),
        FindingCase(.unknownMetric, "near", base.campaign("metric: revenue", "metric: revenu")),
    ]

    static let catalog: [FindingCase] = [
        FindingCase(
            .catalogDeclaration, "scale-of-a-text",
            base.catalog("email:       { type: email,", "email:       { type: email, scale: 2,")),
        FindingCase(
            .catalogDeclaration, "scale-range",
            base.catalog("product: { type: text }", "price: { type: decimal, scale: 12 }")),
        FindingCase(
            .catalogDeclaration, "values-of-a-number",
            base.catalog("visits:      { type: integer }", "visits:      { type: integer, values: [1, 2] }")),
        FindingCase(.catalogDeclaration, "event-any", base.catalog("events:", "events:\n  any: {}")),
        FindingCase(.catalogDeclaration, "name", base.catalog("visits:      {", "number of visits: {")),
        FindingCase(
            .catalogDeclaration, "since-optional",
            base.catalog("  key: customer_id", "  key: customer_id\n  since: birthday")),
        FindingCase(
            .catalogDeclaration, "since-optional-instant",
            base.catalog("joined_at:   { type: instant }", "joined_at:   { type: instant, optional: true }").catalog(
                "  key: customer_id", "  key: customer_id\n  since: joined_at")),
        FindingCase(
            .catalogDeclaration, "two-zones", base.catalog("visits:", "home_zone:   { type: zone }\n    visits:")),
        FindingCase(.catalogDeclaration, "address-type", base.catalog("{ address: email }", "{ address: visits }")),
        FindingCase(
            .catalogDeclaration, "consent-type", base.catalog("consent: sms_consent }", "consent: is_member }")),
    ]
}
