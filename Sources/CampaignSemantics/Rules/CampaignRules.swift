internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

/// Checks one campaign; nil after a report.
func checkCampaign(_ document: CampaignDocument, _ context: inout CheckContext) -> CheckedCampaign? {
    let workspaceZone = context.zone.map { ZoneReference.named($0) }
    let conditions = ConditionChecker(zone: workspaceZone)
    let include = document.audience?.include.map { conditions.check($0.value, &context) }
    let exclude = document.audience?.exclude.map { conditions.check($0.value, &context) }
    let before = document.beforeTrigger.map { conditions.check($0.value, &context) }
    checkTriggerKeys(document, &context)
    let kind: CampaignKind = document.kind == .marketing ? .marketing : .transactional
    let schedule = document.schedule.flatMap {
        ScheduleRules(
            kind: kind, isForEverybody: document.isAudienceWhole && document.audience?.include == nil,
            steps: document.steps?.value.map(\.value)
        ).check($0, &context)
    }
    let sinceTrigger = ConditionChecker(zone: workspaceZone, isExit: true, schedule: schedule?.schedule)
    let exit = document.exit.map { sinceTrigger.check($0.value, &context) }
    let goal = document.goal.map { checkGoal($0, conditions, &context) }
    let isControlled = checkControlGroup(document.audience?.controlGroup, &context)
    let isLimited = checkMaxRecipients(document.audience?.maxRecipients, &context)
    let steps = JourneyRules(conditions: sinceTrigger).check(document, &context)
    let variants =
        document.keys["steps"] != nil
        ? ([], []) : VariantRules().check(channels: document.channels, variants: document.variants, &context)
    // A part that was written and could not be checked makes the whole unusable.
    let isUnchecked = [include, exclude, before, exit].contains { if case .some(.none) = $0 { true } else { false } }
    guard let schedule, let variants, let steps, isControlled, isLimited, !isUnchecked else { return nil }
    return CheckedCampaign(
        name: document.name.value, description: document.description?.value, owner: document.owner?.value, kind: kind,
        priority: document.priority?.value ?? 50, salt: document.salt?.value ?? document.name.value,
        goal: goal ?? nil, include: (include ?? nil) ?? .constant(true), exclude: exclude ?? nil,
        controlGroup: document.audience?.controlGroup?.value, maxRecipients: document.audience?.maxRecipients?.value,
        schedule: schedule.schedule, expires: schedule.expires, reEntry: schedule.reEntry, exit: exit ?? nil,
        beforeTrigger: before ?? nil, evaluatesAtEntry: document.audience?.evaluate?.value == .entry,
        includesCurrent: document.schedule?.value.includeCurrent?.value ?? false,
        channels: variants.channels, variants: variants.variants,
        steps: zip(steps, schedule.steps).map { step, timing in
            var step = step
            step.timing = timing
            return step
        }, restarts: document.restart?.value ?? false)
}

/// Keys that only say something about triggers.
private func checkTriggerKeys(_ document: CampaignDocument, _ context: inout CheckContext) {
    guard let schedule = document.schedule?.value, let form = schedule.form else { return }
    var (isTriggered, isEntry) = (false, false)
    if case .when(let trigger, _) = form {
        isTriggered = true
        if case .enters = trigger { isEntry = true }
    }
    func report(_ key: String, _ span: Span, _ label: String) {
        context.report(
            Diagnostic(
                .noEffect, "`\(key)` has no effect in this campaign", at: span, label: label, help: ["remove it"]))
    }
    if let evaluate = document.audience?.evaluate, evaluate.value == .entry {
        if !isTriggered {
            report("evaluate", evaluate.span, "its schedule has no trigger")
        } else if document.audience?.include == nil, document.isAudienceWhole {
            report("evaluate", evaluate.span, "its audience has no `include`")
        }
    }
    if let current = schedule.includeCurrent, current.value, !isEntry {
        report("include_current", schedule.keys["include_current"] ?? current.span, "nobody enters its audience")
    }
    if let before = document.beforeTrigger, !isTriggered {
        report("before_trigger", document.keys["before_trigger"] ?? before.span, "its schedule has no trigger")
    }
}

private func checkGoal(
    _ goal: Located<CampaignDocument.Goal>, _ conditions: ConditionChecker, _ context: inout CheckContext
) -> CheckedGoal? {
    let metric = goal.value.metric
    if let metric, context.schema != nil, context.catalog.metrics[metric.value] == nil {
        context.reportUnknown(
            .unknownMetric, "metric", metric, among: context.catalog.metrics, label: "not in the catalog",
            otherwise: "declare it in the catalog under `metrics:`")
    }
    guard let conversion = goal.value.conversion, let within = goal.value.within else { return nil }
    if within.value == 0 {
        context.report(
            Diagnostic(
                .impossibleComparison, "the conversion window is empty", at: within.span, label: "no time at all",
                help: ["write a duration such as `3d`"]))
    }
    return conditions.checkSelection(conversion, zone: conditions.zone, &context).map {
        CheckedGoal(metric: metric?.value, conversion: $0, within: within.value)
    }
}

private func checkControlGroup(_ share: Located<Int>?, _ context: inout CheckContext) -> Bool {
    guard let share, share.value == 1_000_000 else { return true }
    context.report(
        Diagnostic(
            .wholeShare, "a control group of 100% leaves nobody to send to", at: share.span, label: "everybody",
            help: ["write a smaller share such as `10%`"]))
    return false
}
