internal import CampaignPlan
internal import CampaignSyntax
internal import CivilTime
internal import Diagnostics

/// Checks one condition tree. Nil results were reported, or would only follow from something that was.
struct ConditionChecker {
    /// What local days mean where the condition does not say; nil where the workspace's zone is unreadable.
    var zone: ZoneReference?
    /// Inside an exit events without a window mean since the trigger.
    var isExit = false
    /// Of an exit's campaign; nil where it could not be read.
    var schedule: Schedule?

    func check(_ condition: ConditionSyntax, _ context: inout CheckContext) -> CheckedCondition? {
        switch condition {
        case .all(let children, let key): return checkList(children, key, "all", &context).map { .all($0) }
        case .any(let children, let key): return checkList(children, key, "any", &context).map { .any($0) }
        case .none(let children, let key): return checkList(children, key, "none", &context).map { .not(.any($0)) }
        case .not(let child, _): return check(child, &context).map { .not($0) }
        case .segment(let name): return checkSegment(name, &context)
        case .attribute(let attribute): return checkAttribute(attribute, &context)
        case .event(let event): return checkEvent(event, &context)
        case .behaviour(let behaviour): return checkBehaviour(behaviour, &context)
        case .lifecycle(let lifecycle): return checkLifecycle(lifecycle, &context)
        case .sequence(let sequence): return checkSequence(sequence, &context)
        case .anniversary(let anniversary): return checkAnniversary(anniversary, &context)
        case .population(let population): return checkPopulation(population, &context)
        case .movement(let movement): return checkMovement(movement, &context)
        case .invalid: return nil
        }
    }

    private func checkList(
        _ children: [ConditionSyntax], _ key: Span, _ word: String, _ context: inout CheckContext
    ) -> [CheckedCondition]? {
        guard !children.isEmpty else {
            context.report(
                Diagnostic(
                    .emptyList, "the list of `\(word)` is empty", at: key,
                    label: word == "any" ? "holds for nobody" : "holds for everybody",
                    help: ["add conditions, or remove `\(word)`"]))
            return nil
        }
        let checked = children.compactMap { check($0, &context) }
        return checked.count == children.count ? checked : nil
    }

    func checkSegment(_ name: Located<String>, _ context: inout CheckContext) -> CheckedCondition? {
        if context.names.segments[name.value] != nil { return .segment(name.value) }
        if context.names.poisoned.contains(name.value) { return nil }
        if let campaign = context.names.campaigns[name.value] {
            context.report(
                Diagnostic(
                    .unknownSegment, "`\(name.value)` is a campaign, not a segment", at: name.span,
                    label: "a segment is needed", related: [.init(campaign, "the campaign")],
                    help: ["name a segment; to share the campaign's audience make a segment of it"]))
            return nil
        }
        if let path = context.names.unread[name.value] {
            context.report(
                Diagnostic(
                    .unknownSegment, "unknown segment `\(name.value)`", at: name.span,
                    label: "the file `\(path)` is not read", help: ["end the file's name in `.yaml`"]))
            return nil
        }
        context.reportUnknown(
            .unknownSegment, "segment", name, among: context.names.segments, label: "no file declares it",
            otherwise: "create `segments/\(name.value).yaml`")
        return nil
    }

    /// The zone of local days in this condition.
    func zone(_ own: Located<String>?, _ context: inout CheckContext) -> ZoneReference? {
        if let own { return context.checkZone(own) }
        return zone
    }

    // MARK: attributes

    private func checkAttribute(
        _ condition: AttributeConditionSyntax, _ context: inout CheckContext
    ) -> CheckedCondition? {
        let zone = zone(condition.zone, &context)
        guard let schema = context.schema, let attribute = find(condition.name, schema, &context), let zone else {
            return nil
        }
        guard !condition.comparisons.isEmpty || condition.window != nil || !condition.isWhole else {
            context.report(
                Diagnostic(
                    .missingKey, "the attribute condition compares `\(attribute.name)` with nothing",
                    at: condition.name.span, label: "no comparison follows",
                    help: ["add a comparison such as `is: X`"]))
            return nil
        }
        let reader = LiteralReader(type: attribute.type, values: attribute.values, zone: literalZone(zone))
        let tests = ComparisonChecker(
            reader: reader, isOptional: attribute.isOptional || attribute.history != nil, subject: attribute.name
        ).check(condition.comparisons, &context)
        var parts: [CheckedCondition] = []
        if let window = condition.window {
            guard let checked = checkWindow(window, attribute, zone, &context) else { return nil }
            parts.append(.leaf(.attributeTime(attribute.name, checked)))
        }
        guard let tests, condition.isWhole else { return nil }
        reportIdleZone(condition, attribute, &context)
        parts += tests.map { .leaf(.attribute(attribute.name, $0)) }
        return parts.count == 1 ? parts.first : .all(parts)
    }

    func find(
        _ name: Located<String>, _ schema: DataSchema, _ context: inout CheckContext
    ) -> AttributeSchema? {
        if let attribute = schema.attribute(name.value) { return attribute }
        guard !context.catalog.poisoned.contains(name.value) else { return nil }
        guard name.value != schema.customer.key else {
            context.report(
                Diagnostic(
                    .unknownAttribute, "`\(name.value)` is the customer's key, not an attribute", at: name.span,
                    label: "identifies the customer", help: ["name an attribute of the catalog"]))
            return nil
        }
        context.reportUnknown(
            .unknownAttribute, "attribute", name, among: context.catalog.attributes, label: "not in the catalog",
            otherwise: "declare it in the catalog under `customer: attributes:`")
        return nil
    }

    private func checkWindow(
        _ window: WindowSyntax, _ attribute: AttributeSchema, _ zone: ZoneReference, _ context: inout CheckContext
    ) -> AttributeWindow? {
        guard attribute.type == .instant || attribute.type == .date else {
            context.report(
                Diagnostic(
                    .comparisonType, "a window needs an instant or a date", at: window.span,
                    label: "`\(attribute.name)` is of type \(attribute.type.name)",
                    help: ["compare it with a value instead"]))
            return nil
        }
        switch window {
        case .within(let from, let to, let span):
            guard isWindow(from.value, to.value, span, &context) else { return nil }
            return .elapsed(from: from.value, to: to.value, zone)
        case .past(let span): return .past(span.value, zone)
        case .recent(let span): return .recent(span.value, zone)
        case .nextElapsed(let length):
            guard isWindow(length.value, 0, length.span, &context) else { return nil }
            return .nextElapsed(length.value, zone)
        case .nextDays(let span): return .nextDays(span.value, zone)
        // Of an attribute that is a comparison.
        case .between: return nil
        }
    }

    func isWindow(_ from: Int64, _ to: Int64, _ span: Span, _ context: inout CheckContext) -> Bool {
        guard from <= to else { return true }
        context.report(
            Diagnostic(
                .impossibleComparison, "the window is empty", at: span,
                label: to == 0 ? "no time at all" : "`from` must lie further back than `to`",
                help: [to == 0 ? "write a duration above zero" : "write the longer duration behind `from`"]))
        return false
    }

    func literalZone(_ zone: ZoneReference) -> TimeZoneRules? {
        switch zone {
        case .named(let name): TimeZoneRules.named(name)
        case .recipient: nil
        }
    }

    /// A zone matters for local days, and for instants that are written by a wall clock.
    private func reportIdleZone(
        _ condition: AttributeConditionSyntax, _ attribute: AttributeSchema, _ context: inout CheckContext
    ) {
        guard let zone = condition.zone else { return }
        let hasLocalDays =
            switch condition.window {
            case .past, .recent, .nextDays: true
            case .within, .nextElapsed: attribute.type == .date
            case .between, nil: false
            }
        let hasInstants = attribute.type == .instant && condition.comparisons.contains { $0.comparison != .missing }
        if !hasLocalDays, !hasInstants { reportIdle(zone, &context) }
    }

    func reportIdle(_ zone: Located<String>, _ context: inout CheckContext) {
        context.report(
            Diagnostic(
                .noEffect, "`zone` has no effect in this condition", at: zone.span,
                label: "it has no local days", help: ["remove it"]))
    }
}
