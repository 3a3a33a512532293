internal import CampaignPlan
internal import CivilTime
internal import Diagnostics

extension Output {
    /// Refuses a period in which working days of the plan are not known.
    func refuseUnknownHolidays(_ plan: Plan, from: Instant, to: Instant, at path: String) throws {
        guard let unknown = plan.unknownHolidays(from: from, to: to) else { return }
        throw refuse(diagnostic(unknown, .error, path), .usage)
    }

    /// Says that working days of the plan are known for less than another two months.
    func warnOfHolidays(_ plan: Plan, from now: Instant, at path: String) {
        let soon = Instant(milliseconds: now.milliseconds + 60 * 86_400_000)
        guard let unknown = plan.unknownHolidays(from: now, to: soon) else { return }
        show([diagnostic(unknown, .warning, path)], in: SourceMap(), on: .talk)
    }

    private func diagnostic(_ unknown: Plan.UnknownHolidays, _ severity: Severity, _ path: String) -> Diagnostic {
        let years = unknown.holidays.years
        return Diagnostic(
            .unknownHolidays,
            "`\(unknown.campaign)` needs the public holidays of \(unknown.date.year), which are not known",
            at: .path(path),
            notes: ["for \(unknown.holidays.rawValue) those of \(years.lowerBound) to \(years.upperBound) are"],
            help: ["keep to these years, or use a newer version"], severity: severity)
    }
}
