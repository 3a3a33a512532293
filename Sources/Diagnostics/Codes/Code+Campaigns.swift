// PB3 messages, PB4 schedules, PB5 experiments, PB7 policy.

extension Code {
    package static let messageCodes: [Code] = [variantWithoutMessage, channelWithoutMessage, messageWithoutChannel]

    package static let variantWithoutMessage = Code(
        "PB3001", .error, title: "variant without a message",
        cause: "The variant has no message for any of the campaign's channels, so that its share would get nothing.",
        example: "channels: [email]\nvariants: { short: { sms: { text: Hello } } }",
        fix: "Write a message for one of the channels.")

    package static let channelWithoutMessage = Code(
        "PB3002", .error, title: "channel without a message",
        cause: "The campaign names the channel, and no variant has a message for it.",
        example: "channels: [email, sms]\nvariants: { only: { email: { subject: Hello, body: Hello } } }",
        fix: "Write messages for the channel, or remove it.")

    package static let messageWithoutChannel = Code(
        "PB3003", .error, title: "message without a channel",
        cause: "A variant has a message for a channel that the campaign does not use. It would never be sent.",
        example: "channels: [email]\nvariants: { only: { email: { subject: Hi, body: Hi }, sms: { text: Hi } } }",
        fix: "Add the channel to `channels`, or remove the message.")

    package static let scheduleCodes: [Code] = [
        neverFires, noEffect, reEntryUnsaid, wrongCron, unknownHolidays, journeyTrigger, stepOrder,
    ]

    package static let neverFires = Code(
        "PB4001", .error, title: "schedule that never fires",
        cause:
            "No instant satisfies the schedule: it ends before it begins, has no days, or waits for something that cannot "
            + "happen.",
        example: "every: { days: daily, at: \"12:30\", from: 2026-12-01, until: 2026-11-01 }",
        fix: "Correct the dates or days.")

    package static let noEffect = Code(
        "PB4002", .error, title: "key without effect",
        cause: "The key says something that this schedule or condition does not ask. It would be a rule that somebody "
            + "believes in.",
        example: "schedule: { at: 2026-12-24T10:00, delay: 1h }",
        fix: "Remove the key.")

    package static let reEntryUnsaid = Code(
        "PB4003", .error, title: "re-entry is not said",
        cause:
            "A marketing campaign that an event triggers would write to a customer at every such event, or once in a life: "
            + "a guess either way is wrong for somebody.",
        example: "schedule: { when: { event: purchase } }",
        fix: "Add `re_entry: never`, `re_entry: always` or `re_entry: { after: 30d }`.")

    package static let wrongCron = Code(
        "PB4004", .error, title: "cron expression that cannot be used",
        cause: """
            The five fields are minute, hour, day of the month, month and day of the week, as in Vixie's cron: numbers, \
            names, lists, ranges and steps. One that begins with `*` for the minute or the hour follows the time that \
            passes, and so needs one zone for all recipients.
            """,
        example: "schedule: { cron: \"30 24 * * 1-5\" }",
        fix: "Correct the field that is pointed at.")

    package static let unknownHolidays = Code(
        "PB4005", .error, title: "public holidays that are not known",
        cause: """
            Working days depend on public holidays, and these are known for some years only: beyond them governments and \
            laws change. On a guess messages would go out on a holiday.
            """,
        example: "every: { days: working_days, holidays: KR, at: \"12:30\", until: 2050-12-31 }",
        fix: "Name dates in the years that are known, or use a newer version.")

    package static let journeyTrigger = Code(
        "PB4006", .error, title: "journey without a trigger",
        cause: """
            A journey begins for each customer at a trigger of their own, and its steps count from there. At times that are \
            the same for everybody a campaign for each message says the same, and says it more plainly.
            """,
        example: "schedule: { every: { days: daily, at: \"12:30\" } }\nsteps: [{ name: hello, … }]",
        fix: "Write `when: { enters: audience }` or `when: { event: … }`, or one campaign for each message.")

    package static let stepOrder = Code(
        "PB4007", .error, title: "steps that are out of order",
        cause: "The `after` of a step counts from the trigger. A reader takes the steps to follow each other.",
        example: "steps: [{ name: reminder, after: 2d, … }, { name: coupon, after: 1d, … }]",
        fix: "Put the steps in the order of `after`.")

    package static let experimentCodes: [Code] = [sharesNotWhole, emptyVariant, wholeShare, variantsOfSteps]

    package static let sharesNotWhole = Code(
        "PB5001", .error, title: "shares that are not 100%",
        cause: "Each recipient gets exactly one variant, so that the shares add up to 100%.",
        example: "variants: { a: { share: 50% }, b: { share: 40% } }",
        fix: "Correct the shares. For people who get nothing use `control_group`.")

    package static let emptyVariant = Code(
        "PB5002", .warning, title: "variant with a share of 0%",
        cause: "Nobody gets the variant.",
        example: "variants: { a: { share: 100% }, b: { share: 0% } }",
        fix: "Give it a share, or remove it.")

    package static let wholeShare = Code(
        "PB5003", .error, title: "control group or holdout of 100%",
        cause: "Nobody would be left to send to.",
        example: "audience: { control_group: 100% }",
        fix: "Write a smaller share.")

    package static let variantsOfSteps = Code(
        "PB5004", .error, title: "steps with different variants",
        cause: """
            The steps of a journey share one draw: whoever gets a variant in the first step gets it in all of them. So all \
            steps have the same variants, and their shares are those of the first step.
            """,
        example: "steps:\n  - { name: hello, variants: { a: …, b: … } }\n  - { name: reminder, variants: { a: … } }",
        fix: "Write messages for the same variants in every step, and shares in the first one.")

    package static let policyCodes: [Code] = [
        quietHoursEmpty, limitOfNothing, cappedTwice, pointlessCap, impossibleStages,
    ]

    package static let quietHoursEmpty = Code(
        "PB7001", .error, title: "quiet hours without length",
        cause: "The hours begin when they end: that could mean no hours or the whole day.",
        example: "quiet_hours: { from: \"21:00\", to: \"21:00\" }",
        fix: "Write two different times.")

    package static let limitOfNothing = Code(
        "PB7002", .error, title: "limit of nothing",
        cause: "A limit of no messages would stop everything, and one over no time would stop nothing.",
        example: "frequency_caps: [{ at_most: 0, per: 7d }]",
        fix: "Write a number of 1 or more, and a time that is not empty.")

    package static let cappedTwice = Code(
        "PB7003", .error, title: "two caps for one time",
        cause: "Two caps count the same messages of the same time. Only the smaller number would have an effect.",
        example: "frequency_caps: [{ at_most: 3, per: 7d }, { at_most: 2, per: 7d }]",
        fix: "Keep the cap that is meant.")

    package static let pointlessCap = Code(
        "PB7004", .warning, title: "cap that holds nothing back",
        cause: "Another cap counts at least the same messages over at least the same time and allows no more of them.",
        example: "frequency_caps: [{ at_most: 2, per: 7d }, { channel: sms, at_most: 2, per: 24h }]",
        fix: "Remove the cap, or write a smaller number or a longer time.")

    package static let impossibleStages = Code(
        "PB7005", .error, title: "stages that do not follow each other",
        cause: "Customers are active until `at_risk`, then at risk until `lapsed`; a stage would be empty.",
        example: "lifecycle: { at_risk: 90d, lapsed: 60d }",
        fix: "Write a time above zero for `at_risk`, and a longer one for `lapsed`.")
}
