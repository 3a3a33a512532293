package import CivilTime
package import Diagnostics

/// When people are considered, as written.
package struct ScheduleSyntax: Sendable {
    package enum Days: Sendable {
        case daily
        case weekdays
        /// Monday to Friday without public holidays.
        case working
        case listed([Located<Weekday>])
        case monthDay(Located<Int>)
    }

    package struct Every: Sendable {
        package let days: Located<Days>
        /// Whose holidays are no working days.
        package let holidays: Located<HolidayCalendar>?
        /// Where `holidays` is written.
        package let holidaysKey: Span?
        package let at: Located<TimeOfDay>
        package let from: Located<CivilDate>?
        package let until: Located<CivilDate>?
    }

    package enum Trigger: Sendable {
        case enters(Located<String>)
        case event(EventSelectionSyntax, Span)
        /// How long before the date of an event; the span of the key `before`.
        case before(Lead, EventDate, Span)
        /// The span of the key `sequence`.
        case sequence(SequenceSyntax, Span)
        /// The span of the key `anniversary`.
        case anniversary(AnniversarySyntax, Span)
    }

    package enum Lead: Sendable {
        case elapsed(Located<Int64>)
        case calendar(Located<CalendarSpan>)
    }

    package struct EventDate: Sendable {
        package let selection: EventSelectionSyntax
        package let property: Located<String>
    }

    package enum Form: Sendable {
        case at(Located<InstantText>)
        case every(Every, Span)
        case cron(Located<CronExpression>)
        case when(Trigger, Span)
    }

    package enum ReEntry: Sendable {
        case never
        case always
        case after(Located<Int64>)
    }

    package struct Hours: Sendable {
        package let from: Located<TimeOfDay>
        package let to: Located<TimeOfDay>
    }

    package enum SendTime: Sendable {
        case at(Located<TimeOfDay>)
        case window(Located<Hours>)
        case best(Located<BestTimeSyntax>)
    }

    package struct Send: Sendable {
        package let next: Located<Days>?
        package let holidays: Located<HolidayCalendar>?
        package let time: SendTime
        /// Where `holidays` is written.
        package let holidaysKey: Span?
    }

    package let form: Form?
    package let delay: Located<Int64>?
    package let send: Located<Send>?
    package let zone: Located<String>?
    package let expires: Located<Int64>?
    package let reEntry: Located<ReEntry>?
    package let includeCurrent: Located<Bool>?
    /// No part of it was reported: what is missing was not written.
    package private(set) var isWhole = true
    /// Where each key is written.
    package let keys: WrittenKeys

    static let shape = Shape<ScheduleSyntax>(.mapping { ScheduleFields.declaration }) { node, decoder in
        var (schedule, isWhole) = decoder.watching { decoder in
            decoder.open(node, ScheduleFields.declaration).map { decode($0, &decoder) }
        }
        schedule?.isWhole = isWhole
        return schedule
    }

    private static func decode(_ record: Record, _ decoder: inout Decoder) -> ScheduleSyntax {
        ScheduleSyntax(
            form: form(record, &decoder), delay: record.value(ScheduleFields.delay, &decoder),
            send: record.value(ScheduleFields.send, &decoder), zone: record.value(ScheduleFields.zone, &decoder),
            expires: record.value(ScheduleFields.expires, &decoder),
            reEntry: record.value(ScheduleFields.reEntry, &decoder),
            includeCurrent: record.value(ScheduleFields.includeCurrent, &decoder),
            keys: WrittenKeys(record))
    }

    private static func form(_ record: Record, _ decoder: inout Decoder) -> Form? {
        let present = [
            record.keySpan(ScheduleFields.at), record.keySpan(ScheduleFields.every),
            record.keySpan(ScheduleFields.cron), record.keySpan(ScheduleFields.when),
        ].compactMap { $0 }
        if present.isEmpty, record.isComplete {
            decoder.report(
                Diagnostic(
                    .missingKey, "the schedule does not say when", at: record.head,
                    label: "needs one of `at`, `every`, `cron` and `when`",
                    help: ["add `every: { days: weekdays, at: \"12:30\" }`, for instance"]))
        }
        decoder.reportExcluding("the schedule says twice when", present)
        let at = record.value(ScheduleFields.at, &decoder)
        let every = record.value(ScheduleFields.every, &decoder)
        let cron = record.value(ScheduleFields.cron, &decoder)
        let when = record.value(ScheduleFields.when, &decoder)
        return at.map { .at($0) } ?? every.map { .every($0.value, $0.span) } ?? cron.map { .cron($0) }
            ?? when.map { .when($0.value, $0.span) }
    }
}
