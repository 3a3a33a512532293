package import CampaignPlan
internal import CivilTime

extension ConditionWords {
    /// `every Monday at 18:00`; the zone only where it is not the workspace's.
    package func words(_ schedule: Schedule) -> String {
        switch schedule {
        case .onceAtInstant(let instant): "once at \(instant)"
        case .once(let wall, let zone): "once on \(wall.date) at \(wall.time)\(words(zone))"
        case .recurring(let days, let at, let from, let until, let zone):
            "\(words(days)) at \(at)\(words(zone))" + (from.map { ", from \($0)" } ?? "")
                + (until.map { ", until \($0)" } ?? "")
        case .cron(let expression, let zone): "at the times of cron `\(expression.text)`\(words(zone))"
        case .onEvent(let selection, let timing): "when \(words(selection)) happens\(words(timing))"
        case .beforeDate(let date, let timing):
            "\(words(date.lead)) before `\(date.property)` of \(words(date.selection))\(words(date.zone))\(words(timing))"
        case .onSequence(let pattern, let timing): "when this is completed: \(words(pattern))\(words(timing))"
        case .onAnniversary(let anniversary, let timing): "when \(words(anniversary)) first falls\(words(timing))"
        case .onEntry(let timing): "when somebody enters the audience\(words(timing))"
        }
    }

    /// What a journey begins with.
    package func trigger(_ schedule: Schedule) -> String {
        var schedule = schedule
        schedule.timing = SendTiming(delay: 0, next: nil)
        return words(schedule)
    }

    /// `at once`, `2d later`, `at once, on the next day at 12:30`.
    package func afterTrigger(_ timing: SendTiming) -> String {
        let start = timing.delay > 0 ? "\(ElapsedTime.text(milliseconds: timing.delay)) later" : "at once"
        return start + words(SendTiming(delay: 0, next: timing.next))
    }

    private func words(_ timing: SendTiming) -> String {
        let delay = timing.delay > 0 ? ", \(ElapsedTime.text(milliseconds: timing.delay)) later" : ""
        guard let next = timing.next else { return delay }
        return "\(delay), on the next \(nextDays(next.days)) \(words(next.time))\(words(next.zone))"
    }

    private func words(_ lead: EventDate.Lead) -> String {
        switch lead {
        case .elapsed(let length): ElapsedTime.text(milliseconds: length)
        case .calendar(let span): "\(span)"
        }
    }

    private func words(_ time: SendTime) -> String {
        switch time {
        case .at(let time): "at \(time)"
        case .within(let hours): "between \(hours.from) and \(hours.until)"
        case .best(let best): "\(words(best))"
        }
    }

    /// `at the hour of most message_opened within 90 days, between 09:00 and 20:00, or at 12:30 after fewer than 5`.
    private func words(_ best: BestTime) -> String {
        let within = best.within.map { ", between \($0.from) and \($0.until)" } ?? ""
        let over = ElapsedTime.text(milliseconds: best.over)
        return "at the hour of most \(words(best.selection)) within \(over)\(within), or at \(best.fallback)"
            + " after fewer than \(best.occurrences)"
    }

    private func nextDays(_ rule: DayRule) -> String {
        switch rule {
        case .weekdays(let days): words(days, joining: "or")
        case .workingDays(let holidays): "working day of \(holidays.rawValue)"
        case .monthDay(let day): "day \(day) of a month"
        }
    }

    private func words(_ rule: DayRule) -> String {
        switch rule {
        case .weekdays(let days): "every \(words(days, joining: "and"))"
        case .workingDays(let holidays): "every working day of \(holidays.rawValue)"
        case .monthDay(31): "on the last day of every month"
        case .monthDay(let day) where day > 28: "on day \(day) of every month, or its last day,"
        case .monthDay(let day): "on day \(day) of every month"
        }
    }

    /// `Monday and Thursday`, `weekday`, `day`.
    private func words(_ days: [Weekday], joining word: String) -> String {
        if days.count == Weekday.allCases.count { return "day" }
        if days == [.monday, .tuesday, .wednesday, .thursday, .friday] { return "weekday" }
        let names = days.map(name)
        guard names.count > 1, let last = names.last else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " \(word) \(last)"
    }

    func name(_ day: Weekday) -> String {
        switch day {
        case .monday: "Monday"
        case .tuesday: "Tuesday"
        case .wednesday: "Wednesday"
        case .thursday: "Thursday"
        case .friday: "Friday"
        case .saturday: "Saturday"
        case .sunday: "Sunday"
        }
    }
}
