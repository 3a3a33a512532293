import Diagnostics

extension FindingCase {
    private static let base = SampleFiles.whole

    static let schedules: [FindingCase] = [
        FindingCase(
            .neverFires, "ends-before",
            base.schedule(#"{ every: { days: daily, at: "12:30", from: 2026-12-01, until: 2026-11-01 } }"#)),
        FindingCase(
            .neverFires, "no-day-between",
            base.schedule(#"{ every: { days: [sun], at: "12:30", from: 2026-11-02, until: 2026-11-06 } }"#)),
        FindingCase(
            .neverFires, "no-month-day-between",
            base.schedule(#"{ every: { month_day: 31, at: "12:30", from: 2026-02-01, until: 2026-02-27 } }"#)),
        FindingCase(.neverFires, "month-day", base.schedule(#"{ every: { month_day: 32, at: "12:30" } }"#)),
        FindingCase(.neverFires, "no-days", base.schedule(#"{ every: { days: [], at: "12:30" } }"#)),
        FindingCase(.neverFires, "expires", base.schedule(#"{ every: { days: daily, at: "12:30" }, expires: 0s }"#)),
        FindingCase(
            .neverFires, "everybody",
            base.schedule("{ when: { enters: audience } }").campaign("  include: { segment: lapsed }\n", "").with(
                "campaigns/other.yaml",
                "campaign: other\naudience: { include: { segment: lapsed } }\nschedule: { at: 2026-12-24T10:00 }\nchannels: [sms]\nvariants: { only: { sms: { text: Hello } } }\n"
            )),
        FindingCase(
            .neverFires, "attributes",
            base.schedule("{ when: { enters: audience } }").segment(
                "{ all: [{ attribute: country, is: KR }, { not: { attribute: is_member, is: true } }] }")),
        FindingCase(.noEffect, "delay", base.schedule("{ at: 2026-12-24T10:00, delay: 1h }")),
        FindingCase(
            .noEffect, "send", base.schedule(#"{ every: { days: daily, at: "12:30" }, send: { at: "10:00" } }"#)),
        FindingCase(.noEffect, "re-entry", base.schedule("{ at: 2026-12-24T10:00, re_entry: never }")),
        FindingCase(
            .noEffect, "re-entry-after-nothing",
            base.schedule("{ when: { enters: audience }, re_entry: { after: 0d } }")),
        FindingCase(.noEffect, "zone-of-a-trigger", base.schedule("{ when: { enters: audience }, zone: recipient }")),
        FindingCase(.noEffect, "zone-of-an-instant", base.schedule("{ at: 2026-12-24T10:00Z, zone: recipient }")),
        FindingCase(
            .noEffect, "zone-of-a-condition", base.segment("{ event: purchase, within: 30d, zone: America/New_York }")),
        FindingCase(
            .noEffect, "zone-of-an-attribute", base.segment("{ attribute: country, is: KR, zone: America/New_York }")),
        FindingCase(.noEffect, "since-outside-an-exit", base.segment("{ event: purchase, since: ever }")),
        FindingCase(
            .noEffect, "since-with-a-window",
            base.campaign("exit: { event: purchase }", "exit: { event: purchase, since: ever, within: 3d }")),
        FindingCase(
            .reEntryUnsaid, "event",
            base.schedule("{ when: { event: purchase, where: { amount: { at_least: 100 } } }, delay: 1d }")),
        FindingCase(
            .reEntryUnsaid, "sequence",
            base.schedule("{ when: { sequence: [{ event: purchase }, { event: refund }] } }")),
        FindingCase(
            .reEntryUnsaid, "anniversary",
            base.schedule("{ when: { anniversary: { of: { first: purchase }, next: 1 day } } }")),
        FindingCase(
            .noEffect, "where-of-a-trigger",
            base.schedule("{ when: { enters: audience, where: { amount: { at_least: 100 } } } }")),
        FindingCase(
            .noEffect, "where-of-a-sequence-trigger",
            base.schedule(
                "{ when: { sequence: [{ event: purchase }, { event: refund }], where: { size: { is: S } } }, re_entry: always }"
            )),
        FindingCase(
            .noEffect, "within-of-a-trigger",
            base.schedule("{ when: { event: purchase, within: 3d }, re_entry: always }")),
        FindingCase(
            .noEffect, "start-of-a-trigger", base.schedule("{ when: { enters: audience, start: last } }")),
        FindingCase(
            .excludingKeys, "trigger-and-sequence",
            base.schedule(
                "{ when: { event: purchase, sequence: [{ event: purchase }, { event: refund }] }, re_entry: always }")),
        FindingCase(
            .sequenceSteps, "trigger",
            base.schedule("{ when: { sequence: [{ event: purchase }] }, re_entry: always }")),
        FindingCase(
            .sequenceSteps, "trigger-window",
            base.schedule(
                "{ when: { sequence: [{ event: purchase }, { event: refund }], within: { from: 5d, to: 1d } }, re_entry: always }"
            )),
        FindingCase(
            .noEffect, "zone-of-an-anniversary",
            base.schedule(
                "{ when: { anniversary: { of: { first: purchase }, next: 1 day, zone: Asia/Seoul } }, zone: recipient, re_entry: never }"
            )),
        FindingCase(
            .comparisonType, "anniversary-trigger",
            base.schedule("{ when: { anniversary: { of: country, next: 1 day } }, re_entry: never }")),
        bestTime(
            .excludingKeys, "best-time-and-time", #"event: purchase, over: 90d, fallback: "12:30" }, at: "10:00""#),
        bestTime(.missingKey, "best-time-over", #"event: purchase, fallback: "12:30" }"#),
        bestTime(.missingKey, "best-time-fallback", "event: purchase, over: 90d }"),
        bestTime(.unknownEvent, "best-time", #"event: purchse, over: 90d, fallback: "12:30" }"#),
        bestTime(.impossibleComparison, "best-time-over", #"event: purchase, over: 0d, fallback: "12:30" }"#),
        bestTime(
            .impossibleComparison, "best-time-occurrences",
            #"event: purchase, over: 90d, occurrences: 0, fallback: "12:30" }"#),
        bestTime(
            .wrongShape, "best-time-within", #"event: purchase, over: 90d, within: ["09:00"], fallback: "12:30" }"#),
        bestTime(
            .neverFires, "best-time-within",
            #"event: purchase, over: 90d, within: ["09:00", "09:00"], fallback: "12:30" }"#),
        bestTime(
            .noEffect, "best-time-within",
            #"event: purchase, over: 90d, within: ["09:10", "09:50"], fallback: "12:30" }"#),
        FindingCase(
            .noEffect, "best-time-of-a-schedule",
            base.schedule(
                #"{ at: 2026-12-24T10:00, send: { best_time: { event: purchase, over: 90d, fallback: "12:30" } } }"#)),
        FindingCase(
            .neverFires, "window-in-quiet-hours",
            base.settings("channels: [sms], then", "channels: [email, sms], then").schedule(
                #"{ when: { enters: audience }, send: { window: { from: "22:00", to: "06:00" } }, zone: recipient }"#)),
        FindingCase(
            .neverFires, "time-in-quiet-hours",
            base.settings("channels: [sms], then: next_allowed", "channels: [email, sms], then: drop").schedule(
                #"{ every: { days: daily, at: "22:00" }, zone: recipient }"#)),
        FindingCase(
            .neverFires, "send-time-in-quiet-hours",
            base.settings("channels: [sms], then: next_allowed", "channels: [email, sms], then: drop").schedule(
                #"{ when: { enters: audience }, send: { at: "22:00" }, zone: recipient }"#)),
        FindingCase(.wrongCron, "hour", base.schedule(#"{ cron: "30 24 * * 1-5" }"#)),
        FindingCase(.wrongCron, "name", base.schedule("{ cron: 30 12 * * mon-fry }")),
        FindingCase(.wrongCron, "six-fields", base.schedule("{ cron: '0 30 12 * * 1' }")),
        FindingCase(.wrongCron, "escaped", base.schedule(#"{ cron: "30 12 * \x2a 8" }"#)),
        FindingCase(.wrongCron, "short-form", base.schedule(#"{ cron: "@daily" }"#)),
        FindingCase(.wrongCron, "for-recipients", base.schedule(#"{ cron: "30 * * * 1-5", zone: recipient }"#)),
        FindingCase(.neverFires, "cron", base.schedule(#"{ cron: "30 12 30,31 2 *" }"#)),
        FindingCase(.noEffect, "delay-of-cron", base.schedule(#"{ cron: "30 12 * * *", delay: 1h }"#)),
        FindingCase(
            .unknownHolidays, "until",
            base.schedule(
                #"{ every: { days: working_days, holidays: KR, at: "12:30", from: 2026-01-01, until: 2031-01-01 } }"#)),
        FindingCase(
            .unknownHolidays, "from",
            base.schedule(#"{ every: { days: working_days, holidays: US, at: "12:30", from: 2019-12-31 } }"#)),
        FindingCase(
            .literalType, "date-of-an-event",
            base.schedule(
                "{ when: { before: 3 days, of: { event: purchase, property: amount } }, re_entry: always }")),
        FindingCase(
            .unknownProperty, "date-of-an-event",
            base.schedule(
                "{ when: { before: 3 days, of: { event: purchase, property: paid_on } }, re_entry: always }")),
        FindingCase(
            .reEntryUnsaid, "date",
            base.schedule("{ when: { before: 24h, of: { event: purchase, property: paid_at } } }")),
        FindingCase(.missingKey, "date-of-an-event", base.schedule("{ when: { before: 3 days }, re_entry: always }")),
        FindingCase(
            .missingKey, "before-a-date",
            base.schedule("{ when: { of: { event: purchase, property: paid_at } }, re_entry: always }")),
        FindingCase(
            .excludingKeys, "trigger-and-date",
            base.schedule(
                "{ when: { event: purchase, before: 3 days, of: { event: purchase, property: paid_at } }, re_entry: always }"
            )),
        FindingCase(
            .noEffect, "evaluate",
            base.campaign("  control_group: 10%\n", "  control_group: 10%\n  evaluate: entry\n")),
        FindingCase(
            .noEffect, "evaluate-everybody",
            base.schedule("{ when: { event: purchase }, re_entry: never }").campaign(
                "  include: { segment: lapsed }\n", "  exclude: { segment: lapsed }\n  evaluate: entry\n")),
        FindingCase(
            .noEffect, "include-current",
            base.schedule("{ when: { event: purchase }, re_entry: never, include_current: true }")),
        FindingCase(
            .noEffect, "before-trigger",
            base.campaign("exit: {", "before_trigger: { never: purchase }\nexit: {")),
        FindingCase(
            .missingKey, "holidays", base.schedule(#"{ every: { days: working_days, at: "12:30" } }"#)),
        FindingCase(
            .noEffect, "holidays", base.schedule(#"{ every: { days: weekdays, holidays: KR, at: "12:30" } }"#)),
        FindingCase(
            .noEffect, "holidays-of-no-day",
            base.schedule(#"{ when: { enters: audience }, send: { holidays: KR, at: "12:30" } }"#)),
        FindingCase(
            .neverFires, "holidays-only",
            base.schedule(
                #"{ every: { days: working_days, holidays: KR, at: "12:30", from: 2025-10-03, until: 2025-10-09 } }"#)),
        FindingCase(
            .neverFires, "window",
            base.schedule(
                #"{ when: { enters: audience }, send: { window: { from: "10:00", to: "10:00" } } }"#)),
        FindingCase(
            .excludingKeys, "send-time",
            base.schedule(
                #"{ when: { enters: audience }, send: { at: "12:30", window: { from: "10:00", to: "20:00" } } }"#)),
    ]

    private static func capped(_ caps: String) -> SampleFiles {
        base.settings("  holdout: 5%\n", "  holdout: 5%\n  frequency_caps: [\(caps)]\n")
    }

    static let campaigns: [FindingCase] = [
        FindingCase(
            .variantWithoutMessage, "other-channel",
            base.campaign("    email: { subject: Hello, body: Hello again }", "    sms: { text: Hello }").campaign(
                "[email, sms]", "[email]"
            ).campaign("    sms: { text: \"안녕하세요\" }\n", "")),
        FindingCase(
            .variantWithoutMessage, "nothing", base.campaign("    email: { subject: Hello, body: Hello again }\n", "")),
        FindingCase(.channelWithoutMessage, "one", base.campaign("    sms: { text: \"안녕하세요\" }\n", "")),
        FindingCase(.messageWithoutChannel, "one", base.campaign("[email, sms]", "[email]")),
        FindingCase(.sharesNotWhole, "less", base.campaign("  long:\n    share: 50%\n", "  long:\n    share: 33.3%\n")),
        FindingCase(.sharesNotWhole, "more", base.campaign("  long:\n    share: 50%\n", "  long:\n    share: 60%\n")),
        FindingCase(
            .sharesNotWhole, "only-one",
            base.campaign("  long:\n    share: 50%\n    email: { subject: Hello, body: Hello again }\n", "")),
        FindingCase(
            .emptyVariant, "one",
            base.campaign("  short:\n    share: 50%\n", "  short:\n    share: 100%\n").campaign(
                "  long:\n    share: 50%\n", "  long:\n    share: 0%\n")),
        FindingCase(.wholeShare, "control-group", base.campaign("control_group: 10%", "control_group: 100%")),
        FindingCase(.wholeShare, "holdout", base.settings("holdout: 5%", "holdout: 100%")),
        FindingCase(
            .emptyList, "variants",
            base.with(
                "campaigns/hello.yaml",
                "campaign: hello\naudience: { include: { segment: lapsed } }\nschedule: { at: 2026-12-24T10:00 }\nchannels: [sms]\nvariants: {}\n"
            )),
        FindingCase(.quietHoursEmpty, "same-time", base.settings(#"to: "08:00""#, #"to: "21:00""#)),
        FindingCase(.limitOfNothing, "cap-of-0", capped("{ at_most: 0, per: 7d }")),
        FindingCase(
            .limitOfNothing, "negative-cap", capped("{ at_most: -1, per: 7d }, { channel: sms, at_most: 1, per: 1d }")),
        FindingCase(.limitOfNothing, "no-time", capped("{ at_most: 3, per: 0h }")),
        FindingCase(
            .limitOfNothing, "recipients",
            base.campaign("control_group: 10%", "control_group: 10%\n  max_recipients: 0")),
        FindingCase(.unknownChannel, "cap", capped("{ channel: smss, at_most: 1, per: 24h }")),
        FindingCase(.emptyList, "caps", capped("")),
        FindingCase(.cappedTwice, "all", capped("{ at_most: 3, per: 7d }, { at_most: 2, per: 1w }")),
        FindingCase(
            .cappedTwice, "channel",
            capped(
                "{ channel: sms, at_most: 3, per: 7d }, { at_most: 9, per: 7d }, { channel: sms, at_most: 1, per: 7d }")
        ),
        FindingCase(.pointlessCap, "all", capped("{ at_most: 2, per: 7d }, { channel: sms, at_most: 2, per: 24h }")),
        FindingCase(
            .pointlessCap, "channel",
            capped("{ channel: sms, at_most: 5, per: 6d }, { channel: sms, at_most: 3, per: 7d }")),
        FindingCase(.missingKey, "cap", capped("{ at_most: 3 }")),
        FindingCase(.malformedValue, "cap", capped("{ at_most: 3, per: 3 days }")),
    ]

    private static func bestTime(_ code: Code, _ name: String, _ rest: String) -> FindingCase {
        FindingCase(code, name, base.schedule("{ when: { enters: audience }, send: { best_time: { \(rest) } }"))
    }
}
