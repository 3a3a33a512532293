internal import CivilTime
package import Diagnostics

/// One campaign. An object, because it is large and handed on from rule to rule.
package final class CampaignDocument: Sendable {
    package enum Kind: String, CaseIterable, Sendable { case marketing, transactional }

    package struct Goal: Sendable {
        package let metric: Located<String>?
        package let conversion: EventSelectionSyntax?
        package let within: Located<Int64>?
    }

    package struct Audience: Sendable {
        package let include: Located<ConditionSyntax>?
        package let exclude: Located<ConditionSyntax>?
        package let controlGroup: Located<Int>?
        package let maxRecipients: Located<Int>?
        package let evaluate: Located<Evaluate>?
    }

    /// When `include` is looked at.
    package enum Evaluate: String, CaseIterable, Sendable { case send, entry }

    package let name: Located<String>
    package let description: Located<String>?
    package let owner: Located<String>?
    package let kind: Kind
    package let priority: Located<Int>?
    package let salt: Located<String>?
    package let goal: Located<Goal>?
    package let audience: Audience?
    /// No part of the audience was reported: what is missing was not written.
    package let isAudienceWhole: Bool
    package let schedule: Located<ScheduleSyntax>?
    package let channels: Located<[Located<String>]>?
    package let variants: Located<[Named<VariantSyntax>]>?
    /// Of a journey.
    package let steps: Located<[Located<StepSyntax>]>?
    package let restart: Located<Bool>?
    package let beforeTrigger: Located<ConditionSyntax>?
    package let exit: Located<ConditionSyntax>?
    /// Where each key is written.
    package let keys: WrittenKeys
    package let span: Span

    /// Nil where it cannot be named.
    init?(_ node: YAMLNode, _ decoder: inout Decoder) {
        let isJourney =
            if case .mapping(let entries, _) = node { entries.contains { $0.key.value == "steps" } } else { false }
        let declaration = isJourney ? CampaignFields.declaration : CampaignFields.messageDeclaration
        guard let record = decoder.open(node, declaration),
            let name = record.value(CampaignFields.campaign, &decoder)
        else { return nil }
        let (audience, isAudienceWhole) = decoder.watching { record.value(CampaignFields.audience, &$0)?.value }
        self.name = name
        description = record.value(CampaignFields.description, &decoder)
        owner = record.value(CampaignFields.owner, &decoder)
        kind = record.value(CampaignFields.kind, &decoder)?.value ?? .marketing
        priority = record.value(CampaignFields.priority, &decoder)
        salt = record.value(CampaignFields.salt, &decoder)
        goal = record.value(CampaignFields.goal, &decoder)
        self.audience = audience
        self.isAudienceWhole = isAudienceWhole && record.isComplete
        schedule = record.value(CampaignFields.schedule, &decoder)
        channels = record.value(CampaignFields.channels, &decoder)
        variants = record.value(CampaignFields.variants, &decoder)
        steps = record.value(CampaignFields.steps, &decoder)
        restart = record.value(CampaignFields.restart, &decoder)
        beforeTrigger = record.value(CampaignFields.beforeTrigger, &decoder)
        exit = record.value(CampaignFields.exit, &decoder)
        keys = WrittenKeys(record)
        span = record.span
    }
}

/// The keys of a campaign.
package enum CampaignFields {
    static let campaign = Field(
        "campaign", Shape<String>.name.declaring(.campaign), required: true,
        doc: "The name of the campaign: that of its file.",
        example: "weekly-digest")
    static let description = Field(
        "description", Shape<String>.text, doc: "What it is for, in a sentence.",
        example: "Bring readers back with one useful article.")
    static let owner = Field("owner", Shape<String>.text, doc: "The team that answers for it.", example: "growth")
    static let kind = Field(
        "kind", Shape<CampaignDocument.Kind>.choice(),
        doc: "Marketing needs consent and obeys policy; transactional messages do not. Default marketing.",
        example: "marketing", default: "marketing")
    static let priority = Field(
        "priority", Shape<Int>.integer, doc: "Higher is served first when campaigns meet; default 50.", example: "50",
        default: "50")
    static let salt = Field(
        "salt", Shape<String>.text, doc: "What variants and control group are drawn with; default the name.",
        example: "weekly-digest")
    static let goal = Field(
        "goal",
        Shape<CampaignDocument.Goal>.mapping(goalDeclaration) { record, decoder in
            let conversion = record.value(conversion, &decoder)?.value
            return .init(
                metric: record.value(metric, &decoder), conversion: conversion?.selection,
                within: conversion?.within)
        }, doc: "The KPI, and the conversion that counts.",
        example: "{ metric: revenue, conversion: { event: purchase, within: 7d } }")
    static let audience = Field(
        "audience",
        Shape<CampaignDocument.Audience>.mapping(audienceDeclaration) { record, decoder in
            .init(
                include: record.value(include, &decoder), exclude: record.value(exclude, &decoder),
                controlGroup: record.value(controlGroup, &decoder),
                maxRecipients: record.value(maxRecipients, &decoder), evaluate: record.value(evaluate, &decoder))
        }, doc: "Who is considered; without it everybody.", example: "{ include: { segment: away-a-week } }")
    static let schedule = Field(
        "schedule", ScheduleSyntax.shape, required: true, doc: "When people are considered.",
        example: "{ every: { days: weekdays, at: \"12:30\" } }")
    static let channels = Field(
        "channels", Shape<[Located<String>]>.list(.text.referring(to: .channel)), required: true,
        doc: "The first one with content, address and consent is used. Not of a journey: its steps have their own.",
        example: "[kakao, push]")
    static let variants = Field(
        "variants", Shape<[Named<VariantSyntax>]>.named(VariantSyntax.shape).keyed(by: .declares(.variant)),
        required: true, doc: "The messages, one variant or more. Not of a journey: its steps have their own.",
        example: "{ only: { sms: { text: Hello } } }")
    static let steps = Field(
        "steps", Shape<[Located<StepSyntax>]>.list(StepSyntax.shape),
        doc: """
            Instead of one message those of a journey, in order. It runs for one trigger at a time, until its last step is \
            planned or its `exit` holds.
            """,
        example: "[{ name: hello, after: 0d, channels: [sms], variants: { only: { sms: { text: Hello } } } }]")
    static let restart = Field(
        "restart", Shape<Bool>.boolean,
        doc: """
            Whether a newer trigger restarts a journey that still runs, whatever `re_entry` says; else it is ignored. \
            Default false.
            """,
        example: "true", default: "false")
    static let beforeTrigger = Field(
        "before_trigger", ConditionSyntax.shape,
        doc: "Looked at just before the trigger: whoever does not satisfy it is not triggered.",
        example: "{ event: visit, at_most: 0, within: 60d }")
    static let exit = Field(
        "exit", ConditionSyntax.shape,
        doc: "Whoever satisfies this after the trigger is not sent to; events without a window mean since the trigger.",
        example: "{ event: purchase }")

    /// Of a campaign of one message.
    static let messageDeclaration = declaration(needsMessage: true)
    package static let declaration = declaration(needsMessage: false)

    private static func declaration(needsMessage: Bool) -> Declaration {
        Declaration("campaign", doc: "One campaign.", fields(needsMessage: needsMessage))
    }

    private static func fields(needsMessage: Bool) -> [FieldDeclaration] {
        [
            campaign.declaration, description.declaration, owner.declaration, kind.declaration, priority.declaration,
            salt.declaration, goal.declaration, audience.declaration, schedule.declaration,
            channels.declaration.required(needsMessage), variants.declaration.required(needsMessage),
            beforeTrigger.declaration, exit.declaration, steps.declaration, restart.declaration,
            .later("links", doc: "What is added to links.", example: "{ utm: { source: crm } }"),
            .later("experiment", doc: "How variants are compared.", example: "{ significance: 5%, power: 80% }"),
        ]
    }

    static let metric = Field(
        "metric", Shape<String>.identifier.referring(to: .metric), doc: "A metric of the catalog.",
        example: "weekly-active-users")
    struct Conversion: Sendable {
        let selection: EventSelectionSyntax
        let within: Located<Int64>
    }
    static let conversionWithin = Field(
        "within", Shape<Int64>.duration, required: true, doc: "The conversion window after the message.",
        example: "3d")
    static let conversionEvent = Field(
        "event", EventSelectionSyntax.namesShape, required: true, doc: "The event that counts as a conversion.",
        example: "purchase")
    static let conversion = Field(
        "conversion",
        Shape<Conversion>.mapping(
            Declaration(
                "conversion", doc: "The event that counts, and how long after the message.",
                [conversionEvent.declaration, ConditionFields.where.declaration, conversionWithin.declaration])
        ) { record, decoder in
            let tests = EventSelectionSyntax.tests(record, &decoder)
            let within = record.value(conversionWithin, &decoder)
            guard let names = record.value(conversionEvent, &decoder), let within else { return nil }
            return Conversion(selection: .init(names: names.value, tests: tests), within: within)
        }, required: true, doc: "The conversion that counts.", example: "{ event: purchase, within: 7d }")
    static let goalDeclaration = Declaration(
        "goal", doc: "The KPI, and the conversion that counts.",
        [
            metric.declaration, conversion.declaration,
            .later("minimum_detectable_lift", doc: "The smallest lift worth finding.", example: "15%"),
            .later(
                "guardrails", doc: "What must not get worse.",
                example: "[{ event: unsubscribe, within: 3d, at_most: 0.5% }]"),
        ])

    static let include = Field(
        "include", ConditionSyntax.shape, doc: "Who is in the audience; default everybody.",
        example: "{ segment: away-a-week }")
    static let exclude = Field(
        "exclude", ConditionSyntax.shape, doc: "Who is not, although included.",
        example: "{ segment: complained-lately }")
    static let controlGroup = Field(
        "control_group", Shape<Int>.ratio, doc: "The share that is not sent to, for comparison.", example: "10%")
    static let maxRecipients = Field(
        "max_recipients", Shape<Int>.integer,
        doc: "The most messages of one occurrence; of a trigger, of one day. A breach stops it.", example: "200000")
    static let evaluate = Field(
        "evaluate", Shape<CampaignDocument.Evaluate>.choice(),
        doc: "When `include` is looked at: `send`, which is the default, or `entry`, only when the trigger fires.",
        example: "entry", default: "send")
    static let audienceDeclaration = Declaration(
        "audience", doc: "Who is considered.",
        [
            include.declaration, exclude.declaration, controlGroup.declaration, maxRecipients.declaration,
            evaluate.declaration,
        ])
}
