internal import CampaignPlan
internal import CampaignSyntax
internal import CivilTime
internal import Diagnostics

/// A schedule with its defaults filled in.
struct CheckedSchedule {
    var schedule: Schedule
    var expires: Int64?
    var reEntry: ReEntry
    /// When each step of a journey is planned after its trigger.
    var steps: [SendTiming] = []
}

/// Checks when a campaign considers people.
struct ScheduleRules {
    let kind: CampaignKind
    /// The audience has no `include`: everybody.
    let isForEverybody: Bool
    /// Of a journey; nil: it has one message, and the schedule says when.
    var steps: [StepSyntax]?

    func check(_ syntax: Located<ScheduleSyntax>, _ context: inout CheckContext) -> CheckedSchedule? {
        let zone: ZoneReference? =
            if let written = syntax.value.zone { context.checkZone(written) } else { context.zone.map { .named($0) } }
        for expires in [syntax.value.expires] + (steps ?? []).map(\.expires) {
            if let expires, expires.value == 0 { reportExpired(expires, &context) }
        }
        if steps != nil { refuseMessageKeys(syntax.value, &context) }
        guard let form = syntax.value.form, let zone else { return nil }
        if let steps, !form.isTriggered, !steps.isEmpty {
            reportNoTrigger(form, &context)
            return nil
        }
        let schedule: Schedule?
        switch form {
        case .at(let at): schedule = once(at, syntax.value, zone, &context)
        case .every(let every, _): schedule = recurring(every, syntax.value, zone, &context)
        case .cron(let expression): schedule = cron(expression, syntax.value, zone, &context)
        case .when(let trigger, let span): schedule = triggered(trigger, span, syntax.value, zone, &context)
        }
        let reEntry = reEntry(form, syntax.value, &context)
        let steps = (steps ?? []).map {
            timing(delay: $0.after, send: $0.send, zone, isWritten: syntax.value.zone != nil, &context)
        }
        guard let schedule, let reEntry, steps.allSatisfy({ $0 != nil }) else { return nil }
        return CheckedSchedule(
            schedule: schedule, expires: syntax.value.expires?.value, reEntry: reEntry, steps: steps.compactMap { $0 })
    }

    private func reportNoTrigger(_ form: ScheduleSyntax.Form, _ context: inout CheckContext) {
        context.report(
            Diagnostic(
                .journeyTrigger, "a journey needs a trigger of each customer", at: form.span,
                label: "the same times for everybody",
                help: [
                    "write `when: { enters: audience }` or `when: { event: NAME }`, or a campaign of its own for each message"
                ]))
    }

    private func reportExpired(_ expires: Located<Int64>, _ context: inout CheckContext) {
        context.report(
            Diagnostic(
                .neverFires, "a message that expires at once is never sent", at: expires.span, label: "no time at all",
                help: ["write a duration such as `2d`, or remove the key"]))
    }

    /// What the steps of a journey say each for itself.
    private func refuseMessageKeys(_ syntax: ScheduleSyntax, _ context: inout CheckContext) {
        let written: [(key: String, value: Span?, step: String)] = [
            ("delay", syntax.delay?.span, "after"), ("send", syntax.send?.span, "send"),
            ("expires", syntax.expires?.span, "expires"),
        ]
        for (key, value, step) in written {
            guard let value else { continue }
            context.report(
                Diagnostic(
                    .noEffect, "`\(key)` has no effect in the schedule of a journey", at: syntax.keys[key] ?? value,
                    label: "each step has its own", help: ["write `\(step)` in the steps"]))
        }
    }

    /// The zone matters for send times, of which a journey has those of its steps.
    private func hasSendTime(_ syntax: ScheduleSyntax) -> Bool {
        syntax.send != nil || (steps ?? []).contains { $0.send != nil || !$0.isWhole }
    }

    private func once(
        _ at: Located<InstantText>, _ syntax: ScheduleSyntax, _ zone: ZoneReference, _ context: inout CheckContext
    ) -> Schedule {
        refuseTriggerKeys(syntax, "at", &context)
        if let reEntry = syntax.reEntry {
            reportNoEffect("re_entry", reEntry.span, syntax, "the campaign fires once", &context)
        }
        guard at.value.offsetSeconds != nil else { return .once(at.value.local, zone) }
        if let zone = syntax.zone { reportNoEffect("zone", zone.span, syntax, "the time has an offset", &context) }
        return .onceAtInstant(at.value.instant(in: .utc))
    }

    private func recurring(
        _ every: ScheduleSyntax.Every, _ syntax: ScheduleSyntax, _ zone: ZoneReference, _ context: inout CheckContext
    ) -> Schedule? {
        refuseTriggerKeys(syntax, "every", &context)
        let rule = DayRules(key: every.holidaysKey, holidays: every.holidays).check(every.days, &context)
        guard let rule, knowsHolidays(rule, [every.from, every.until], &context) else { return nil }
        if let from = every.from, let until = every.until {
            guard from.value <= until.value else {
                context.report(
                    Diagnostic(
                        .neverFires, "the schedule ends before it begins", at: until.span,
                        label: "earlier than the first day", related: [.init(from.span, "the first day")],
                        help: ["write the earlier date behind `from`"]))
                return nil
            }
            // Every rule comes round within 31 days of any date.
            let days = min(Int(until.value.daysSinceEpoch - from.value.daysSinceEpoch), 62)
            guard (0...days).contains(where: { rule.contains(from.value.adding(days: $0)) }) else {
                context.report(
                    Diagnostic(
                        .neverFires, "none of the schedule's days lies between these dates", at: until.span,
                        label: "the last day", related: [.init(from.span, "the first day")],
                        help: ["move a date, or add a day"]))
                return nil
            }
        }
        return .recurring(rule, at: every.at.value, from: every.from?.value, until: every.until?.value, zone)
    }

    private func knowsHolidays(
        _ rule: DayRule, _ dates: [Located<CivilDate>?], _ context: inout CheckContext
    ) -> Bool {
        guard case .workingDays(let holidays) = rule,
            let date = dates.compactMap({ $0 }).first(where: { !holidays.knows($0.value) })
        else { return true }
        let years = holidays.years
        context.report(
            Diagnostic(
                .unknownHolidays, "the public holidays of \(date.value.year) are not known", at: date.span,
                label: "for \(holidays.rawValue) those of \(years.lowerBound) to \(years.upperBound) are",
                help: ["write a date of these years, or `days: weekdays`"]))
        return false
    }

    private func cron(
        _ expression: Located<CronExpression>, _ syntax: ScheduleSyntax, _ zone: ZoneReference,
        _ context: inout CheckContext
    ) -> Schedule? {
        refuseTriggerKeys(syntax, "cron", &context)
        if expression.value.followsElapsedTime, zone == .recipient, let written = syntax.zone {
            context.report(
                Diagnostic(
                    .wrongCron, "a cron expression with `*` for the minute or the hour needs one zone for all",
                    at: written.span, label: "one for each recipient",
                    related: [.init(expression.span, "follows the time that passes")],
                    help: ["write the hours, such as `0 9-18 * * *`, or name a zone"]))
            return nil
        }
        return .cron(expression.value, zone)
    }

    private func triggered(
        _ trigger: ScheduleSyntax.Trigger, _ span: Span, _ syntax: ScheduleSyntax, _ zone: ZoneReference,
        _ context: inout CheckContext
    ) -> Schedule? {
        let hasDate =
            switch trigger {
            case .before: true
            case .anniversary(let anniversary, _): anniversary.zone == nil
            case .enters, .event, .sequence: false
            }
        if let zone = syntax.zone, !hasSendTime(syntax), !hasDate, syntax.isWhole {
            reportNoEffect("zone", zone.span, syntax, "the schedule has no wall time", &context)
        }
        let written =
            steps == nil
            ? timing(delay: syntax.delay, send: syntax.send, zone, isWritten: syntax.zone != nil, &context)
            : SendTiming(delay: 0, next: nil)
        guard let timing = written else { return nil }
        switch trigger {
        case .event(let selection, _):
            return ConditionChecker(zone: context.zone.map { .named($0) })
                .checkSelection(selection, zone: context.zone.map { .named($0) }, &context)
                .map { .onEvent($0, timing) }
        case .before(let lead, let date, _):
            return checkDate(lead, date, zone, &context).map { .beforeDate($0, timing) }
        case .sequence(let syntax, _):
            let condition = ConditionChecker(zone: context.zone.map { .named($0) }).checkSequence(syntax, &context)
            guard case .leaf(.sequence(let pattern))? = condition else { return nil }
            return .onSequence(pattern, timing)
        case .anniversary(let syntax, _):
            let condition = ConditionChecker(zone: zone).checkAnniversary(syntax, &context)
            guard case .leaf(.anniversary(let anniversary))? = condition else { return nil }
            return .onAnniversary(anniversary, timing)
        case .enters(let word):
            guard !isForEverybody || context.schema?.customer.since != nil || context.schema == nil else {
                context.report(
                    Diagnostic(
                        .neverFires, "nobody ever enters an audience of everybody", at: word.span,
                        label: "the audience has no `include`",
                        help: ["add `include`, or declare `since` in the catalog: then customers enter when they begin"]
                    ))
                return nil
            }
            return .onEntry(timing)
        }
    }

    private func checkDate(
        _ lead: ScheduleSyntax.Lead, _ date: ScheduleSyntax.EventDate, _ zone: ZoneReference,
        _ context: inout CheckContext
    ) -> EventDate? {
        let checker = ConditionChecker(zone: context.zone.map { .named($0) })
        guard let selection = checker.checkSelection(date.selection, zone: checker.zone, &context),
            let types = context.schema.map({ schema in selection.types.compactMap { schema.event($0) } }),
            let property = checker.findProper(date.property, types, &context)
        else { return nil }
        guard property.type == .instant || property.type == .date else {
            context.report(
                Diagnostic(
                    .literalType, "`\(property.name)` is no date to count from", at: date.property.span,
                    label: "of type \(property.type.name)", help: ["name a property of type instant or date"]))
            return nil
        }
        let checked: EventDate.Lead =
            switch lead {
            case .elapsed(let length): .elapsed(length.value)
            case .calendar(let span): .calendar(span.value)
            }
        return EventDate(selection: selection, property: property.name, lead: checked, zone: zone)
    }

    private func timing(
        delay: Located<Int64>?, send: Located<ScheduleSyntax.Send>?, _ zone: ZoneReference, isWritten: Bool,
        _ context: inout CheckContext
    ) -> SendTiming? {
        let delay = delay?.value ?? 0
        guard let send = send?.value else { return SendTiming(delay: delay, next: nil) }
        let days = DayRules(key: send.holidaysKey, holidays: send.holidays).check(send.next, &context)
        guard let days, let time = SendTimeRules().check(send.time, &context) else { return nil }
        var zone = zone
        // The hour of somebody's day is that of their own clock.
        if case .best = time, !isWritten, context.schema?.customer.zone != nil { zone = .recipient }
        return SendTiming(delay: delay, next: NextTime(days: days, time: time, zone: zone))
    }

    private func reEntry(
        _ form: ScheduleSyntax.Form, _ syntax: ScheduleSyntax, _ context: inout CheckContext
    ) -> ReEntry? {
        switch syntax.reEntry?.value {
        case .never: return .never
        case .always: return .always
        case .after(let length):
            guard length.value > 0 else {
                context.report(
                    Diagnostic(
                        .noEffect, "re-entry after no time is `always`", at: length.span, label: "no time at all",
                        help: ["write `re_entry: always`, or a duration above zero"]))
                return nil
            }
            return .after(length.value)
        case nil: break
        }
        switch form {
        case .at, .every, .cron: return .always
        case .when(.enters, _): return .never
        case .when(.event, let span), .when(.before, let span), .when(.sequence, let span),
            .when(.anniversary, let span):
            guard kind == .marketing else { return .always }
            guard syntax.isWhole else { return nil }
            context.report(
                Diagnostic(
                    .reEntryUnsaid, "the schedule does not say whether somebody may come again", at: span,
                    label: fires(form),
                    help: ["add `re_entry: never`, `always`, or `{ after: 30d }` to the schedule"]))
            return nil
        }
    }

    private func fires(_ form: ScheduleSyntax.Form) -> String {
        switch form {
        case .when(.sequence, _): "fires at each completion"
        case .when(.anniversary, _): "fires at each return"
        case .when(.event, _), .when(.before, _), .when(.enters, _), .at, .every, .cron: "fires for every such event"
        }
    }

    private func refuseTriggerKeys(_ syntax: ScheduleSyntax, _ form: String, _ context: inout CheckContext) {
        let reason = "`\(form)` says when already"
        if let delay = syntax.delay { reportNoEffect("delay", delay.span, syntax, reason, &context) }
        if let send = syntax.send { reportNoEffect("send", send.span, syntax, reason, &context) }
    }

    private func reportNoEffect(
        _ key: String, _ value: Span, _ syntax: ScheduleSyntax, _ reason: String, _ context: inout CheckContext
    ) {
        context.report(
            Diagnostic(
                .noEffect, "`\(key)` has no effect in this schedule", at: syntax.keys[key] ?? value, label: reason,
                help: ["remove it"]))
    }
}

extension ScheduleSyntax.Form {
    fileprivate var isTriggered: Bool {
        switch self {
        case .at, .every, .cron: false
        case .when: true
        }
    }

    fileprivate var span: Span {
        switch self {
        case .at(let at): at.span
        case .cron(let expression): expression.span
        case .every(_, let span), .when(_, let span): span
        }
    }
}
