import Diagnostics

extension FindingCase {
    static let journeys: [FindingCase] = [
        FindingCase(.journeyTrigger, "at", journey([hello], schedule: "{ at: 2026-12-24T10:00 }")),
        FindingCase(
            .journeyTrigger, "every", journey([hello], schedule: #"{ every: { days: daily, at: "12:30" } }"#)),
        FindingCase(
            .stepOrder, "earlier",
            journey([step("reminder", "after: 2d, "), step("coupon", "after: 1d, "), step("end", "after: 3d, ")])),
        FindingCase(.stepOrder, "at-once", journey([step("reminder", "after: 2d, "), hello])),
        FindingCase(
            .variantsOfSteps, "another",
            journey([hello, step("reminder", variants: "only: { sms: { text: Hi } }, more: { sms: { text: Hi } }")])),
        FindingCase(
            .variantsOfSteps, "missing",
            journey([step("hello", variants: split), step("reminder", variants: "a: { sms: { text: Hi } }")])),
        FindingCase(
            .variantsOfSteps, "share",
            journey([
                step("hello", variants: split),
                step("reminder", variants: "b: { sms: { text: Hi } }, a: { share: 40%, sms: { text: Hi } }"),
            ])),
        FindingCase(.sharesNotWhole, "step", journey([step("hello", variants: split.replacing("50%", with: "40%"))])),
        FindingCase(.nameTaken, "step", journey([hello, step("hello", "after: 1d, ")])),
        FindingCase(.excludingKeys, "channels-beside-steps", journey([hello], more: "channels: [sms]\n")),
        FindingCase(
            .excludingKeys, "variants-beside-steps",
            journey([hello], more: "variants: { only: { sms: { text: Hello } } }\n")),
        FindingCase(.emptyList, "steps", journey([])),
        FindingCase(
            .emptyList, "channels-of-a-step", journey(["{ name: hello, channels: [], variants: { \(only) } }"])),
        FindingCase(.missingKey, "step-name", journey(["{ channels: [sms], variants: { \(only) } }"])),
        FindingCase(.missingKey, "step-variants", journey([hello, "{ name: reminder, after: 1d, channels: [sms] }"])),
        FindingCase(.wrongShape, "steps", journey([]).campaign("steps: []", "steps: { name: hello }")),
        FindingCase(.malformedValue, "step-after", journey([step("hello", "after: 2 days, ")])),
        FindingCase(.unknownKey, "step-delay", journey([step("hello", "delay: 2d, ")])),
        FindingCase(.neverFires, "step-expires", journey([step("hello", "expires: 0s, ")])),
        FindingCase(
            .noEffect, "delay-of-a-journey", journey([hello], schedule: "{ when: { enters: audience }, delay: 1h }")),
        FindingCase(
            .noEffect, "expires-of-a-journey",
            journey([hello], schedule: "{ when: { enters: audience }, expires: 1h }")),
        FindingCase(
            .noEffect, "zone-of-a-journey",
            journey([hello], schedule: "{ when: { enters: audience }, zone: recipient }")),
        FindingCase(.noEffect, "restart-at-once", journey([hello], more: "restart: true\n")),
        FindingCase(
            .noEffect, "restart-of-one-message",
            base.campaign("exit: { event: purchase }", "exit: { event: purchase }\nrestart: true")),
        FindingCase(.unknownSegment, "step-if", journey([step("hello", "if: { segment: lapsd }, ")])),
        FindingCase(.noEffect, "same-outside-an-exit", base.segment("{ event: purchase, same: product }")),
        FindingCase(
            .noEffect, "same-without-an-event",
            base.campaign("exit: { event: purchase }", "exit: { never: purchase, same: product }")),
        FindingCase(
            .notInThisBuild, "same-of-a-sum", bought("{ event: purchase, same: product, sum: amount, at_least: 3 }")),
        FindingCase(.unknownProperty, "same-local-date", bought("{ event: purchase, same: local_date }")),
        FindingCase(
            .unknownProperty, "date-of-local-time",
            base.schedule(
                "{ when: { before: 3 days, of: { event: purchase, property: local_date } }, re_entry: always }")),
        FindingCase(.unknownProperty, "same", bought("{ event: purchase, same: prodct }")),
        FindingCase(.propertyNotShared, "same-of-another-type", bought("{ event: refund, same: product }")),
        FindingCase(
            .noEffect, "same-with-a-sequence",
            journey(
                [hello],
                schedule: "{ when: { sequence: [{ event: purchase }, { event: refund }] }, re_entry: always }",
                more: "exit: { event: purchase, same: product }\n")),
        FindingCase(
            .unknownEvent, "best-time-of-a-step",
            journey([step("hello", #"send: { best_time: { event: purchse, over: 90d, fallback: "12:30" } }, "#)])),
        FindingCase(
            .neverFires, "window-of-a-step-in-quiet-hours",
            journey(
                [hello, step("reminder", #"after: 1d, send: { window: { from: "22:00", to: "06:00" } }, "#)],
                schedule: "{ when: { enters: audience }, zone: recipient }")),
        FindingCase(
            .unusedSegment, "beside-a-journey",
            journey([step("hello", "if: { segment: lapsed }, ")]).with(
                "segments/unused.yaml", "segment: unused\nwhere: { event: purchase }\n")),
    ]

    private static let base = SampleFiles.whole
    private static let only = "only: { sms: { text: Hello } }"
    private static let split = "a: { share: 50%, sms: { text: Hello } }, b: { share: 50%, sms: { text: Hi } }"
    private static let hello = step("hello")

    private static func step(_ name: String, _ keys: String = "", variants: String = only) -> String {
        "{ name: \(name), \(keys)channels: [sms], variants: { \(variants) } }"
    }

    /// A journey that begins with a purchase, and its exit.
    private static func bought(_ exit: String) -> SampleFiles {
        journey([hello], schedule: "{ when: { event: purchase }, re_entry: always }", more: "exit: \(exit)\n")
    }

    /// The sample with a journey in the place of its campaign.
    private static func journey(
        _ steps: [String], schedule: String = "{ when: { enters: audience } }", more: String = ""
    ) -> SampleFiles {
        let list = steps.isEmpty ? " []" : "\n" + steps.map { "  - \($0)" }.joined(separator: "\n")
        return base.with(
            "campaigns/hello.yaml",
            "campaign: hello\naudience: { include: { segment: lapsed } }\nschedule: \(schedule)\n\(more)steps:\(list)\n"
        )
    }
}
