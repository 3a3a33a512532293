internal import CivilTime

extension PlannedCampaign {
    init(_ node: JSONNode, _ conditions: ConditionDecoder) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            let audience = try Audience(members.required("audience"), conditions)
            return PlannedCampaign(
                name: try members.required("name").string(), description: try members.text("description"),
                owner: try members.text("owner"), kind: try members.required("kind").choice(CampaignKind.self),
                priority: try members.required("priority").integer(in: Int.min...Int.max),
                goal: try members.optional("goal")?.goal(conditions), include: audience.include,
                exclude: audience.exclude, controlGroup: audience.controlGroup,
                maxRecipients: audience.maxRecipients, schedule: try Schedule(members.required("schedule"), conditions),
                expires: try members.optional("expires_ms")?.duration(),
                reEntry: try ReEntry(members.required("re_entry")),
                exit: try members.optional("exit")?.exit(conditions),
                channels: try members.required("channels").channels(), salt: try members.required("salt").string(),
                variantKey: try members.required("variant_key").assignmentKey(),
                variants: try members.required("variants").variants())
        }
    }
}

private struct Audience {
    let include: ConditionIndex
    let exclude: ConditionIndex?
    let controlGroup: BucketShare?
    let maxRecipients: Int?

    init(_ node: JSONNode, _ conditions: ConditionDecoder) throws(JSONProblem) {
        (include, exclude, controlGroup, maxRecipients) = try node.members { members throws(JSONProblem) in
            let include = try conditions.index(members.required("include"))
            let exclude = try members.optional("exclude")?.condition(conditions)
            let controlGroup = try members.optional("control_group")?.bucketShare()
            let maxRecipients = try members.optional("max_recipients")?.integer(in: 1...Int.max)
            return (include, exclude, controlGroup, maxRecipients)
        }
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

extension Schedule {
    fileprivate init(_ node: JSONNode, _ conditions: ConditionDecoder) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            if let instant = members.optional("at_ms") {
                return .onceAtInstant(Instant(milliseconds: try instant.integer(in: Instant.writable)))
            }
            if let when = members.optional("when") {
                let delay = try members.required("delay_ms").duration()
                let timing = SendTiming(delay: delay, next: try members.optional("next").map(NextTime.init))
                return try when.members { members throws(JSONProblem) in
                    if let selection = members.optional("event") {
                        return .onEvent(try conditions.selection(selection), timing)
                    }
                    let enters = try members.required("enters")
                    guard try enters.string() == "audience" else { throw enters.problem("`audience` is needed here") }
                    return .onEntry(timing)
                }
            }
            guard let every = members.optional("every") else {
                return .once(
                    try members.required("at").wallTime(), try members.required("zone").zoneReference())
            }
            let from = try members.optional("from")?.date()
            let end = members.optional("until")
            let until = try end?.date()
            if let end, let from, let until, until < from { throw end.problem("the last day comes before the first") }
            return .recurring(
                try DayRule(every), at: try members.required("at").timeOfDay(), from: from, until: until,
                try members.required("zone").zoneReference())
        }
    }
}

extension Instant {
    /// The years 1 to 9999, outside of which no instant can be written.
    fileprivate static let writable: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999
}

extension DayRule {
    fileprivate init(_ node: JSONNode) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            if let days = members.optional("weekdays") { return .weekdays(try days.weekdays()) }
            return .monthDay(try members.required("month_day").integer(in: 1...31))
        }
    }
}

extension NextTime {
    fileprivate init(_ node: JSONNode) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            NextTime(
                days: try members.required("days").weekdays(), at: try members.required("at").timeOfDay(),
                zone: try members.required("zone").zoneReference())
        }
    }
}
