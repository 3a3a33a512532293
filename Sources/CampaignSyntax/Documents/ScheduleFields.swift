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
            guard let days, let at = record.value(everyAt, &decoder) else { return nil }
            return .init(days: days, at: at, from: from, until: until)
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
            return record.value(sendAt, &decoder).map { .init(next: next, at: $0) }
        }, doc: "Wait for a day and time.", example: "{ next: weekday, at: \"12:30\" }")
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

    package static let declaration = Declaration(
        "schedule", doc: "When people are considered.",
        [
            at.declaration, every.declaration, when.declaration, delay.declaration, send.declaration,
            zone.declaration, expires.declaration, reEntry.declaration,
            .later("cron", doc: "Times as a cron expression.", example: "\"30 12 * * 1-5\""),
            .later(
                "window", doc: "The hours in which messages may go out.", example: "{ from: \"10:00\", to: \"20:00\" }"),
            .later(
                "best_time", doc: "The recipient's most frequent hour.", example: "{ event: message_opened, over: 90d }"
            ),
            .later("include_current", doc: "Whoever is inside at the start counts as entering.", example: "false"),
        ])

    private static let dayWords: [(String, ScheduleSyntax.Days)] = [("daily", .daily), ("weekdays", .weekdays)]
    private static let weekday = Shape<Weekday>.choice(
        Weekday.allCases.map { ($0.abbreviation, $0) })

    /// `daily`, `weekdays` or a list of weekdays; `words` are the single words allowed.
    private static func days(_ words: [(String, ScheduleSyntax.Days)], later: String) -> Shape<ScheduleSyntax.Days> {
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
            if case .scalar(let scalar) = node, scalar.text == later {
                decoder.reportUnavailable(
                    Located(later, scalar.span),
                    .later(later, doc: "Days that are neither weekends nor public holidays.", example: later))
                return nil
            }
            return word.decode(node, &decoder)
        }
    }

    static let everyDays = Field(
        "days", days(dayWords, later: "working_days"), doc: "`daily`, `weekdays`, or a list of weekdays.",
        example: "[mon, thu]")
    static let monthDay = Field(
        "month_day", Shape<Int>.integer, doc: "The n-th of each month; in shorter months its last day.", example: "31")
    static let everyAt = Field(
        "at", Shape<TimeOfDay>.timeOfDay, required: true, doc: "The wall time.", example: "\"12:30\"")
    static let everyFrom = Field("from", Shape<CivilDate>.date, doc: "The first day.", example: "2026-01-01")
    static let everyUntil = Field("until", Shape<CivilDate>.date, doc: "The last day.", example: "2026-12-31")
    static let everyDeclaration = Declaration(
        "recurring schedule", doc: "Days and a time.",
        [
            everyDays.declaration, monthDay.declaration, everyAt.declaration, everyFrom.declaration,
            everyUntil.declaration,
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
    static let whenDeclaration = Declaration(
        "trigger", doc: "What happens.",
        [
            enters.declaration, ConditionFields.event.declaration, ConditionFields.where.declaration,
            .later("sequence", doc: "When ordered behaviour completes.", example: "[{ event: add_to_cart }]"),
            .later("before", doc: "That long before a date of an event.", example: "3 days"),
            .later(
                "of", doc: "The event whose date counts.", example: "{ event: coupon_issued, property: expires_at }"),
        ])

    @Sendable private static func decodeTrigger(_ record: Record, _ decoder: inout Decoder) -> ScheduleSyntax.Trigger? {
        decoder.reportExcluding(
            "the trigger names two things", [record.keySpan(ConditionFields.event), record.keySpan(enters)])
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
                    label: "`enters` or `event` is required",
                    help: ["write `enters: audience`, or `event: NAME`"]))
        }
        return record.value(enters, &decoder).map { .enters($0) }
    }

    static let sendNext = Field(
        "next", days([("day", .daily), ("weekday", .weekdays)], later: "working_day"),
        doc: "`day`, `weekday` (Monday to Friday), or a list of weekdays; default `day`.", example: "weekday")
    static let sendAt = Field(
        "at", Shape<TimeOfDay>.timeOfDay, required: true, doc: "The wall time.", example: "\"12:30\"")
    static let sendDeclaration = Declaration(
        "send time", doc: "Wait for a day and time.",
        [
            sendNext.declaration, sendAt.declaration,
            .later("holidays", doc: "The country whose public holidays are no working days.", example: "KR"),
        ])

    static let reEntryAfter = Field(
        "after", Shape<Int64>.duration, required: true, doc: "How long after the last time.", example: "30d")
    static let reEntryDeclaration = Declaration(
        "re-entry", doc: "How soon somebody may come again.", [reEntryAfter.declaration])

    @Sendable private static func decodeReEntry(_ node: YAMLNode, _ decoder: inout Decoder) -> ScheduleSyntax.ReEntry? {
        if case .mapping = node {
            return decoder.open(node, reEntryDeclaration)?.value(reEntryAfter, &decoder).map { .after($0) }
        }
        return Shape<ScheduleSyntax.ReEntry>.choice([("never", .never), ("always", .always)]).decode(node, &decoder)
    }
}
