internal import CampaignPlan
internal import CampaignSyntax
internal import CivilTime
internal import Diagnostics

/// Checks on which days a schedule fires or sends.
struct DayRules {
    /// Where `holidays` is written.
    let key: Span?
    /// Nil where it is not written or could not be read.
    let holidays: Located<HolidayCalendar>?

    /// No days are all days; nil after a report.
    func check(_ days: Located<ScheduleSyntax.Days>?, _ context: inout CheckContext) -> DayRule? {
        guard let days else {
            refuseHolidays(&context)
            return .weekdays(Weekday.allCases)
        }
        if case .working = days.value { return workingDays(days.span, &context) }
        refuseHolidays(&context)
        switch days.value {
        case .daily, .working: return .weekdays(Weekday.allCases)
        case .weekdays: return .weekdays(Array(Weekday.allCases.prefix(5)))
        case .listed(let listed): return .weekdays(Set(listed.map(\.value)).sorted())
        case .monthDay(let day): return monthDay(day, &context)
        }
    }

    private func workingDays(_ word: Span, _ context: inout CheckContext) -> DayRule? {
        if let holidays { return .workingDays(holidays.value) }
        if key == nil {
            context.report(
                Diagnostic(
                    .missingKey, "the schedule does not say whose public holidays are no working days", at: word,
                    label: "needs `holidays`", help: ["add `holidays: KR`, for instance"]))
        }
        return nil
    }

    private func refuseHolidays(_ context: inout CheckContext) {
        guard let key else { return }
        context.report(
            Diagnostic(
                .noEffect, "`holidays` has no effect in this schedule", at: key,
                label: "the days are not working days", help: ["remove it, or use working days"]))
    }

    private func monthDay(_ day: Located<Int>, _ context: inout CheckContext) -> DayRule? {
        guard (1...31).contains(day.value) else {
            context.report(
                Diagnostic(
                    .neverFires, "no month has a day \(day.value)", at: day.span, label: "1 to 31 are possible",
                    help: ["write a number from 1 to 31; 31 means the last day of shorter months"]))
            return nil
        }
        return .monthDay(day.value)
    }
}
