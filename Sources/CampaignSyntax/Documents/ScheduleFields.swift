internal import CivilTime
internal import Diagnostics

/// The keys of a schedule.
package enum ScheduleFields {
    static let at = Field(
        "at", Shape<InstantText>.instant, doc: "Once, at this time.", example: "2026-11-27T18:00")
    static let every = Field(
        "every",
        Shape<ScheduleSyntax.Every>.mapping(everyDeclaration) { record, decoder in
            let days = decodeDays(record, &decoder)
            let from = record.value(everyFrom, &decoder)
            let until = record.value(everyUntil, &decoder)
            let holidays = record.value(holidays, &decoder)
            guard let days, let at = record.value(everyAt, &decoder) else { return nil }
            return .init(
                days: days, holidays: holidays, holidaysKey: record.keySpan(Self.holidays), at: at, from: from,
                until: until)
        }, doc: "Again and again.", example: "{ days: weekdays, at: \"12:30\" }")
    static let when = Field(
        "when", Shape<ScheduleSyntax.Trigger>.mapping(whenDeclaration, build: decodeTrigger),
        doc: "For each customer when something happens.", example: "{ enters: audience }")
    static let delay = Field(
        "delay", Shape<Int64>.duration, doc: "How long after the trigger; default at once.", example: "30m")
    static let send = Field(
        "send",
        Shape<ScheduleSyntax.Send>.mapping(sendDeclaration) { record, decoder in
            let next = record.value(sendNext, &decoder)
            let holidays = record.value(holidays, &decoder)
            return decodeSendTime(record, &decoder).map {
                .init(next: next, holidays: holidays, time: $0, holidaysKey: record.keySpan(Self.holidays))
            }
        }, doc: "Wait for a day and time.", example: "{ next: weekday, at: \"12:30\" }")
    static let cron = Field(
        "cron", Shape<CronExpression>.cron,
        doc: "At the times of a cron expression: minute, hour, day of the month, month, day of the week.",
        example: "\"30 12 * * 1-5\"")
    static let zone = Field(
        "zone", Shape<String>.zone, doc: "The zone of its wall times, or `recipient`; default the workspace's.",
        example: "recipient")
    static let expires = Field(
        "expires", Shape<Int64>.duration, doc: "How long after the planned instant a message may still be sent.",
        example: "2d")
    static let reEntry = Field(
        "re_entry",
        Shape<ScheduleSyntax.ReEntry>(
            .oneOf([.choice(["never", "always"]), .mapping { reEntryDeclaration }]),
            decode: decodeReEntry), doc: "Whether somebody may come again.", example: "{ after: 30d }")

    static let includeCurrent = Field(
        "include_current", Shape<Bool>.boolean,
        doc: "Whether whoever is in the audience when the campaign goes live enters it then; default false.",
        example: "true", default: "false")

    package static let declaration = Declaration(
        "schedule", doc: "When people are considered.",
        [
            at.declaration, every.declaration, cron.declaration, when.declaration, delay.declaration,
            send.declaration, zone.declaration, expires.declaration, reEntry.declaration,
            includeCurrent.declaration,
        ])

    private static let dayWords: [(String, ScheduleSyntax.Days)] = [
        ("daily", .daily), ("weekdays", .weekdays), ("working_days", .working),
    ]
    private static let weekday = Shape<Weekday>.choice(
        Weekday.allCases.map { ($0.abbreviation, $0) })

    /// One of these words, or a list of weekdays.
    private static func days(_ words: [(String, ScheduleSyntax.Days)]) -> Shape<ScheduleSyntax.Days> {
        let word = Shape<ScheduleSyntax.Days>.choice(words)
        let list = Shape<[Located<Weekday>]>.list(weekday)
        return Shape(.oneOf([word.schema, list.schema])) { node, decoder in
            if case .sequence = node {
                guard let days = list.decode(node, &decoder) else { return nil }
                guard !days.isEmpty else {
                    decoder.report(
                        Diagnostic(
                            .neverFires, "the schedule has no days", at: node.span, label: "an empty list",
                            help: ["name days such as `[mon, thu]`, or write `daily`"]))
                    return nil
                }
                return .listed(days)
            }
            return word.decode(node, &decoder)
        }
    }

    static let everyDays = Field(
        "days", days(dayWords), doc: "`daily`, `weekdays`, `working_days`, or a list of weekdays.",
        example: "[mon, thu]")
    static let holidays = Field(
        "holidays", Shape<HolidayCalendar>.choice(),
        doc: "The country whose public holidays are no working days.", example: "KR")
    static let monthDay = Field(
        "month_day", Shape<Int>.integer, doc: "The n-th of each month; in shorter months its last day.", example: "31")
    static let everyAt = Field(
        "at", Shape<TimeOfDay>.timeOfDay, required: true, doc: "The wall time.", example: "\"12:30\"")
    static let everyFrom = Field("from", Shape<CivilDate>.date, doc: "The first day.", example: "2026-01-01")
    static let everyUntil = Field("until", Shape<CivilDate>.date, doc: "The last day.", example: "2026-12-31")
    static let everyDeclaration = Declaration(
        "recurring schedule", doc: "Days and a time.",
        [
            everyDays.declaration, holidays.declaration, monthDay.declaration, everyAt.declaration,
            everyFrom.declaration, everyUntil.declaration,
        ])

    private static func decodeDays(_ record: Record, _ decoder: inout Decoder) -> Located<ScheduleSyntax.Days>? {
        decoder.reportExcluding(
            "the schedule has two rules for its days", [record.keySpan(everyDays), record.keySpan(monthDay)])
        if record.has(monthDay) {
            return record.value(monthDay, &decoder).map { Located(.monthDay($0), $0.span) }
        }
        if !record.has(everyDays), record.isComplete {
            decoder.report(
                Diagnostic(
                    .missingKey, "the recurring schedule has no `days`", at: record.head,
                    label: "`days` or `month_day` is required", help: ["add `days: daily`"]))
        }
        return record.value(everyDays, &decoder)
    }

    static let enters = Field(
        "enters", Shape<String>.choice([("audience", "audience")]),
        doc: "When a customer begins to satisfy the audience's `include`.", example: "audience")
    static let before = Field(
        "before", WindowSyntax.nextShape, doc: "That long before a date of an event: local days or a duration.",
        example: "3 days")
    static let ofProperty = Field(
        "property", Shape<String>.identifier.referring(to: .property), required: true,
        doc: "A property of type instant or date.",
        example: "expires_at")
    static let ofEvent = Field(
        "event", EventSelectionSyntax.namesShape, required: true, doc: "The event that carries the date.",
        example: "coupon_issued")
    static let of = Field(
        "of",
        Shape<ScheduleSyntax.EventDate>.mapping(
            Declaration(
                "date of an event", doc: "Which date counts.",
                [ofEvent.declaration, ConditionFields.where.declaration, ofProperty.declaration])
        ) { record, decoder in
            let tests = EventSelectionSyntax.tests(record, &decoder)
            let property = record.value(ofProperty, &decoder)
            guard let names = record.value(ofEvent, &decoder), let property else { return nil }
            return .init(selection: .init(names: names.value, tests: tests), property: property)
        }, doc: "The date that `before` counts from.", example: "{ event: coupon_issued, property: expires_at }")
    static let sequenceWithin = Field(
        "within", WindowSyntax.withinShape, doc: "Only sequences that began within this time.", example: "7d")
    static let whenDeclaration = Declaration(
        "trigger", doc: "What happens.",
        [
            enters.declaration, ConditionFields.event.declaration, ConditionFields.where.declaration,
            SequenceFields.sequence.declaration, sequenceWithin.declaration, SequenceFields.start.declaration,
            ConditionFields.anniversary.declaration, before.declaration, of.declaration,
        ])

    @Sendable private static func decodeTrigger(_ record: Record, _ decoder: inout Decoder) -> ScheduleSyntax.Trigger? {
        decoder.reportExcluding(
            "the trigger names two things",
            [
                record.keySpan(ConditionFields.event), record.keySpan(enters),
                record.keySpan(before) ?? record.keySpan(of), record.keySpan(SequenceFields.sequence),
                record.keySpan(ConditionFields.anniversary),
            ])
        reportIdleKeys(record, &decoder)
        if record.has(before) || record.has(of) { return decodeBefore(record, &decoder) }
        if let key = record.keySpan(SequenceFields.sequence) {
            return SequenceSyntax.decode(trigger: record, &decoder).map { .sequence($0, key) }
        }
        if let key = record.keySpan(ConditionFields.anniversary) {
            return record.value(ConditionFields.anniversary, &decoder).map { .anniversary($0.value, key) }
        }
        if record.has(ConditionFields.event) {
            let tests = EventSelectionSyntax.tests(record, &decoder)
            return record.value(ConditionFields.event, &decoder).map {
                .event(.init(names: $0.value, tests: tests), $0.span)
            }
        }
        if !record.has(enters), record.isComplete {
            decoder.report(
                Diagnostic(
                    .missingKey, "the trigger names nothing that happens", at: record.head,
                    label: "one of `enters`, `event`, `sequence`, `anniversary` and `before` is required",
                    help: ["write `enters: audience`, or `event: NAME`"]))
        }
        return record.value(enters, &decoder).map { .enters($0) }
    }

    /// Keys that say something about another kind of trigger.
    private static func reportIdleKeys(_ record: Record, _ decoder: inout Decoder) {
        func report(_ key: Span?, _ name: String, _ reason: String, _ help: String) {
            guard let key else { return }
            decoder.report(
                Diagnostic(.noEffect, "`\(name)` has no effect in this trigger", at: key, label: reason, help: [help]))
        }
        if !record.has(ConditionFields.event) {
            let help =
                record.has(enters)
                ? "put it into a condition of the audience, or remove it"
                : "remove it, or write it beside the event it is about"
            report(record.keySpan(ConditionFields.where), "where", "the trigger has no `event`", help)
        }
        if !record.has(SequenceFields.sequence) {
            report(record.keySpan(sequenceWithin), "within", "the trigger has no `sequence`", "remove it")
            report(record.keySpan(SequenceFields.start), "start", "the trigger has no `sequence`", "remove it")
        }
    }

    private static func decodeBefore(_ record: Record, _ decoder: inout Decoder) -> ScheduleSyntax.Trigger? {
        let missing = !record.has(before) ? "before" : !record.has(of) ? "of" : nil
        if let missing, record.isComplete {
            decoder.report(
                Diagnostic(
                    .missingKey, "the trigger has no `\(missing)`", at: record.head, label: "`\(missing)` is required",
                    help: ["write `before: 3 days` and `of: { event: NAME, property: NAME }`"]))
        }
        let date = record.value(of, &decoder)
        guard let lead = record.value(before, &decoder), let date else { return nil }
        switch lead.value {
        case .nextElapsed(let length): return .before(.elapsed(length), date.value, lead.span)
        case .nextDays(let span): return .before(.calendar(span), date.value, lead.span)
        case .within, .past, .recent, .between: return nil
        }
    }

    static let sendNext = Field(
        "next", days([("day", .daily), ("weekday", .weekdays), ("working_day", .working)]),
        doc: "`day`, `weekday` (Monday to Friday), `working_day`, or a list of weekdays; default `day`.",
        example: "weekday", default: "day")
    static let sendAt = Field("at", Shape<TimeOfDay>.timeOfDay, doc: "The wall time.", example: "\"12:30\"")
    static let windowFrom = Field(
        "from", Shape<TimeOfDay>.timeOfDay, required: true, doc: "The first time.", example: "\"10:00\"")
    static let windowTo = Field(
        "to", Shape<TimeOfDay>.timeOfDay, required: true, doc: "The time at which they are over.",
        example: "\"20:00\"")
    static let window = Field(
        "window",
        Shape<ScheduleSyntax.Hours>.mapping(
            Declaration(
                "send window", doc: "Hours by the wall clock.", [windowFrom.declaration, windowTo.declaration])
        ) { record, decoder in
            let from = record.value(windowFrom, &decoder)
            let to = record.value(windowTo, &decoder)
            guard let from, let to else { return nil }
            return .init(from: from, to: to)
        }, doc: "The hours in which messages go out, also where quiet hours move them.",
        example: "{ from: \"10:00\", to: \"20:00\" }")
    static let sendDeclaration = Declaration(
        "send time", doc: "Wait for a day and time.",
        [
            sendNext.declaration, holidays.declaration, sendAt.declaration, window.declaration,
            BestTimeFields.bestTime.declaration,
        ])

    private static func decodeSendTime(
        _ record: Record, _ decoder: inout Decoder
    ) -> ScheduleSyntax.SendTime? {
        decoder.reportExcluding(
            "the send time is said twice",
            [record.keySpan(sendAt), record.keySpan(window), record.keySpan(BestTimeFields.bestTime)])
        if !record.has(sendAt), !record.has(window), !record.has(BestTimeFields.bestTime), record.isComplete {
            decoder.report(
                Diagnostic(
                    .missingKey, "the send time has no time", at: record.head,
                    label: "`at`, `window` or `best_time` is required",
                    help: ["add `at: \"12:30\"`, or the hours `window: { from: \"10:00\", to: \"20:00\" }`"]))
        }
        let at = record.value(sendAt, &decoder)
        let window = record.value(window, &decoder)
        let best = record.value(BestTimeFields.bestTime, &decoder)
        return at.map { .at($0) } ?? window.map { .window($0) } ?? best.map { .best($0) }
    }

    static let reEntryAfter = Field(
        "after", Shape<Int64>.duration, required: true, doc: "How long after the last time.", example: "30d")
    static let reEntryDeclaration = Declaration(
        "re-entry", doc: "How soon somebody may come again.", [reEntryAfter.declaration])

    private static let reEntryWord = Shape<ScheduleSyntax.ReEntry>.choice([("never", .never), ("always", .always)])

    @Sendable private static func decodeReEntry(_ node: YAMLNode, _ decoder: inout Decoder) -> ScheduleSyntax.ReEntry? {
        if case .mapping = node {
            return decoder.open(node, reEntryDeclaration)?.value(reEntryAfter, &decoder).map { .after($0) }
        }
        return reEntryWord.decode(node, &decoder)
    }
}
