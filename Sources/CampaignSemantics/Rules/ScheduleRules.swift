internal import CampaignPlan
internal import CampaignSyntax
internal import CivilTime
internal import Diagnostics

/// A schedule with its defaults filled in.
struct CheckedSchedule {
    var schedule: Schedule
    var expires: Int64?
    var reEntry: ReEntry
}

/// Checks when a campaign considers people.
struct ScheduleRules {
    let kind: CampaignKind
    /// The audience has no `include`: everybody.
    let isForEverybody: Bool

    func check(_ syntax: Located<ScheduleSyntax>, _ context: inout CheckContext) -> CheckedSchedule? {
        let zone: ZoneReference? =
            if let written = syntax.value.zone { context.checkZone(written) } else { context.zone.map { .named($0) } }
        if let expires = syntax.value.expires, expires.value == 0 {
            context.report(
                Diagnostic(
                    .neverFires, "a message that expires at once is never sent", at: expires.span,
                    label: "no time at all",
                    help: ["write a duration such as `2d`, or remove the key"]))
        }
        guard let form = syntax.value.form, let zone else { return nil }
        let schedule: Schedule?
        switch form {
        case .at(let at): schedule = once(at, syntax.value, zone, &context)
        case .every(let every, _): schedule = recurring(every, syntax.value, zone, &context)
        case .when(let trigger, let span): schedule = triggered(trigger, span, syntax.value, zone, &context)
        }
        let reEntry = reEntry(form, syntax.value, &context)
        guard let schedule, let reEntry else { return nil }
        return CheckedSchedule(schedule: schedule, expires: syntax.value.expires?.value, reEntry: reEntry)
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
        guard let rule = rule(every.days, &context) else { return nil }
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

    private func rule(_ days: Located<ScheduleSyntax.Days>, _ context: inout CheckContext) -> DayRule? {
        if case .monthDay(let day) = days.value {
            guard (1...31).contains(day.value) else {
                context.report(
                    Diagnostic(
                        .neverFires, "no month has a day \(day.value)", at: day.span, label: "1 to 31 are possible",
                        help: ["write a number from 1 to 31; 31 means the last day of shorter months"]))
                return nil
            }
            return .monthDay(day.value)
        }
        return .weekdays(weekdays(days.value))
    }

    private func weekdays(_ days: ScheduleSyntax.Days?) -> [Weekday] {
        switch days {
        case nil, .daily, .monthDay: Weekday.allCases
        case .weekdays: Array(Weekday.allCases.prefix(5))
        case .listed(let listed): Set(listed.map(\.value)).sorted()
        }
    }

    private func triggered(
        _ trigger: ScheduleSyntax.Trigger, _ span: Span, _ syntax: ScheduleSyntax, _ zone: ZoneReference,
        _ context: inout CheckContext
    ) -> Schedule? {
        if let zone = syntax.zone, syntax.send == nil, syntax.isWhole {
            reportNoEffect("zone", zone.span, syntax, "the schedule has no wall time", &context)
        }
        let next = syntax.send.map {
            NextTime(days: weekdays($0.value.next?.value), at: $0.value.at.value, zone: zone)
        }
        let timing = SendTiming(delay: syntax.delay?.value ?? 0, next: next)
        switch trigger {
        case .event(let selection, _):
            return ConditionChecker(zone: context.zone.map { .named($0) })
                .checkSelection(selection, zone: context.zone.map { .named($0) }, &context)
                .map { .onEvent($0, timing) }
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
        case .at, .every: return .always
        case .when(.enters, _): return .never
        case .when(.event, let span):
            guard kind == .marketing else { return .always }
            guard syntax.isWhole else { return nil }
            context.report(
                Diagnostic(
                    .reEntryUnsaid, "the schedule does not say whether somebody may come again", at: span,
                    label: "fires at every such event",
                    help: ["add `re_entry: never`, `always`, or `{ after: 30d }` to the schedule"]))
            return nil
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
