internal import CivilTime

extension PlannedCampaign {
    /// One campaign as it is written; of a journey all steps.
    static func read(_ node: JSONNode, _ conditions: ConditionDecoder) throws(JSONProblem) -> [PlannedCampaign] {
        try node.members { members throws(JSONProblem) in
            let steps = members.optional("steps")
            let restart = members.optional("restart")
            let isRestarted = try restart?.bool() ?? false
            if let restart, steps == nil || !isRestarted { throw restart.problem("only a journey restarts") }
            var message = Message()
            if steps == nil { message = try Message(&members) }
            let campaign = try PlannedCampaign(&members, message, conditions)
            guard let steps else { return [campaign] }
            return try campaign.journey(steps, restarts: isRestarted, conditions)
        }
    }

    private init(
        _ members: inout JSONMembers, _ message: Message, _ conditions: ConditionDecoder
    ) throws(JSONProblem) {
        let audience = try Audience(members.required("audience"), conditions)
        let schedule = try Schedule(members.required("schedule"), conditions)
        let current = members.optional("include_current")
        let before = members.optional("before_trigger")
        try schedule.check(current: current, before: before, evaluate: audience.evaluate)
        self.init(
            name: try members.required("name").string(), description: try members.text("description"),
            owner: try members.text("owner"), kind: try members.required("kind").choice(CampaignKind.self),
            priority: try members.required("priority").integer(in: Int.min...Int.max),
            goal: try members.optional("goal")?.goal(conditions), include: audience.include,
            exclude: audience.exclude, controlGroup: audience.controlGroup,
            maxRecipients: audience.maxRecipients, schedule: schedule, expires: message.expires,
            reEntry: try ReEntry(members.required("re_entry")),
            exit: try members.optional("exit")?.exit(conditions),
            beforeTrigger: try before?.condition(conditions), evaluatesAtEntry: audience.evaluate != nil,
            includesCurrent: current != nil, channels: message.channels, salt: try members.required("salt").string(),
            variantKey: try members.required("variant_key").assignmentKey(), variants: message.variants)
    }

    /// The steps of a journey, of which this is what they have in common.
    private func journey(
        _ node: JSONNode, restarts: Bool, _ conditions: ConditionDecoder
    ) throws(JSONProblem) -> [PlannedCampaign] {
        guard schedule.timing == SendTiming(delay: 0, next: nil) else {
            throw node.problem("a journey needs a trigger, and its steps say when")
        }
        var steps: [PlannedCampaign] = []
        for node in try node.elements() {
            let step = try node.members { members throws(JSONProblem) in
                var step = self
                let name = try members.required("name").string()
                step.schedule.timing = SendTiming(
                    delay: try members.required("after_ms").duration(),
                    next: try members.optional("next").map { node throws(JSONProblem) in try NextTime(node, conditions)
                    })
                let condition = try members.optional("if")?.exit(conditions)
                let message = try Message(&members)
                (step.expires, step.channels, step.variants) = (message.expires, message.channels, message.variants)
                step.step = StepPlan(name: name, number: steps.count, condition: condition, restarts: restarts)
                return step
            }
            guard !steps.contains(where: { $0.step?.name == step.step?.name }) else {
                throw node.problem("the step comes twice")
            }
            if let first = steps.first {
                let isShared =
                    first.variants.map { $0.name } == step.variants.map { $0.name }
                    && first.variants.map { $0.buckets } == step.variants.map { $0.buckets }
                guard isShared else { throw node.problem("the steps of a journey share their variants") }
            }
            steps.append(step)
        }
        guard !steps.isEmpty else { throw node.problem("at least one step is needed here") }
        return steps
    }
}

/// What is sent, and until when.
private struct Message {
    var expires: Int64?
    var channels: [String] = []
    var variants: [VariantPlan] = []

    init() {}

    init(_ members: inout JSONMembers) throws(JSONProblem) {
        expires = try members.optional("expires_ms")?.duration()
        channels = try members.required("channels").channels()
        variants = try members.required("variants").variants()
    }
}

private struct Audience {
    let include: ConditionIndex
    let exclude: ConditionIndex?
    let controlGroup: BucketShare?
    let maxRecipients: Int?
    let evaluate: JSONNode?

    init(_ node: JSONNode, _ conditions: ConditionDecoder) throws(JSONProblem) {
        (include, exclude, controlGroup, maxRecipients, evaluate) = try node.members { members throws(JSONProblem) in
            let include = try conditions.index(members.required("include"))
            let exclude = try members.optional("exclude")?.condition(conditions)
            let controlGroup = try members.optional("control_group")?.bucketShare()
            let maxRecipients = try members.optional("max_recipients")?.integer(in: 1...Int.max)
            return (include, exclude, controlGroup, maxRecipients, members.optional("evaluate"))
        }
    }
}

extension Schedule {
    /// What is only promised of campaigns with triggers.
    fileprivate func check(
        current: JSONNode?, before: JSONNode?, evaluate: JSONNode?
    ) throws(JSONProblem) {
        if let evaluate, try evaluate.string() != "entry" { throw evaluate.problem("`entry` is needed here") }
        if let node = before ?? evaluate, !isTriggered { throw node.problem("the schedule has no trigger") }
        guard let current else { return }
        guard try current.bool() else { throw current.problem("false is not written") }
        guard case .onEntry = self else { throw current.problem("nobody enters the audience") }
    }
}

extension JSONNode {
    fileprivate func condition(_ conditions: ConditionDecoder) throws(JSONProblem) -> ConditionIndex {
        try conditions.index(self)
    }

    fileprivate func exit(_ conditions: ConditionDecoder) throws(JSONProblem) -> ConditionIndex {
        try conditions.index(self, insideExit: true)
    }

    fileprivate func goal(_ conditions: ConditionDecoder) throws(JSONProblem) -> GoalPlan {
        try members { members throws(JSONProblem) in
            let metric = try members.text("metric")
            let conversion = try conditions.selection(members.required("conversion"))
            let within = try members.required("within_ms").duration(from: 1)
            let node = try members.required("converted")
            let converted = try conditions.index(node)
            let meant = Condition.events(conversion, .elapsed(from: within, to: 0), .countAtLeast(1))
            guard conditions.conditions[converted] == meant else {
                throw node.problem("the condition is not the conversion within the window")
            }
            return GoalPlan(metric: metric, conversion: conversion, within: within, converted: converted)
        }
    }

    fileprivate func channels() throws(JSONProblem) -> [String] {
        let channels = try strings()
        guard Set(channels).count == channels.count else { throw problem("a channel comes twice") }
        return channels
    }

    /// Ranges that cover all buckets without gaps.
    fileprivate func variants() throws(JSONProblem) -> [VariantPlan] {
        var variants: [VariantPlan] = []
        for node in try elements() {
            let variant = try VariantPlan(node, from: variants.last?.buckets.upperBound ?? 0)
            guard !variants.contains(where: { $0.name == variant.name }) else {
                throw node.problem("the variant `\(variant.name)` comes twice")
            }
            variants.append(variant)
        }
        guard variants.last?.buckets.upperBound == 1_000_000 else {
            throw problem("the variants do not cover all buckets")
        }
        return variants
    }
}

extension VariantPlan {
    fileprivate init(_ node: JSONNode, from start: Int) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            let name = try members.required("name").string()
            let range = try members.required("buckets")
            let ends = try range.list { node throws(JSONProblem) in try node.integer(in: 0...1_000_000) }
            guard ends.count == 2, ends[0] == start, ends[1] >= start else {
                throw range.problem("the buckets do not begin where the variant before them ends")
            }
            var messages: [MessagePlan] = []
            for (channel, node) in try members.required("messages").entries() {
                var fields: [MessageField] = []
                for (name, node) in try node.entries() {
                    fields.append(MessageField(name: name, text: try node.string()))
                }
                messages.append(MessagePlan(channel: channel, fields: fields))
            }
            return VariantPlan(name: name, buckets: ends[0]..<ends[1], messages: messages)
        }
    }
}

extension ReEntry {
    fileprivate init(_ node: JSONNode) throws(JSONProblem) {
        switch node.value {
        case .string("never"): self = .never
        case .string("always"): self = .always
        case .string, .object, .array, .integer, .bool:
            self = try node.members { members throws(JSONProblem) in
                .after(try members.required("after_ms").duration(from: 1))
            }
        }
    }
}
