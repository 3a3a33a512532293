internal import CivilTime

extension Schedule {
    var json: JSON {
        switch self {
        case .onceAtInstant(let instant): .object(["at_ms": .integer(instant.milliseconds)])
        case .once(let local, let zone): .object(["at": .string("\(local)"), "zone": zone.json])
        case .recurring(let days, let at, let from, let until, let zone):
            .members([
                "every": days.json, "at": .string("\(at)"), "from": from.map { .string("\($0)") },
                "until": until.map { .string("\($0)") }, "zone": zone.json,
            ])
        case .cron(let expression, let zone):
            .object(["cron": .string(expression.text), "zone": zone.json])
        case .onEvent(let selection, let timing):
            .members([
                "when": .object(["event": selection.json]), "delay_ms": .integer(timing.delay),
                "next": timing.next?.json,
            ])
        case .onEntry(let timing):
            .members([
                "when": .object(["enters": .string("audience")]), "delay_ms": .integer(timing.delay),
                "next": timing.next?.json,
            ])
        case .beforeDate(let date, let timing):
            .members([
                "when": .object(["before": date.json]), "delay_ms": .integer(timing.delay), "next": timing.next?.json,
            ])
        case .onSequence(let pattern, let timing):
            .members([
                "when": Condition.sequence(pattern).json, "delay_ms": .integer(timing.delay),
                "next": timing.next?.json,
            ])
        case .onAnniversary(let anniversary, let timing):
            .members([
                "when": Condition.anniversary(anniversary).json, "delay_ms": .integer(timing.delay),
                "next": timing.next?.json,
            ])
        }
    }
}

extension EventDate {
    var json: JSON {
        let span: JSON =
            switch lead {
            case .elapsed(let length): .integer(length)
            case .calendar(let span): .string("\(span)")
            }
        let isElapsed = if case .elapsed = lead { true } else { false }
        return .object([
            "event": selection.json, "property": .string(property), isElapsed ? "lead_ms" : "lead": span,
            "zone": zone.json,
        ])
    }
}

extension DayRule {
    fileprivate var json: JSON {
        switch self {
        case .weekdays(let days): .object(["weekdays": .array(days.map { .string($0.abbreviation) })])
        case .monthDay(let day): .object(["month_day": JSON(day)])
        case .workingDays(let holidays):
            .object([
                "working_days": .string(holidays.rawValue), "holiday_data": .string(HolidayCalendar.dataVersion),
            ])
        }
    }
}

extension NextTime {
    var json: JSON {
        let time: (key: String, value: JSON) =
            switch self.time {
            case .at(let time): ("at", .string("\(time)"))
            case .within(let hours): ("window", hours.json)
            case .best(let best): ("best_time", best.json)
            }
        return .object(["days": dayJSON, time.key: time.value, "zone": zone.json])
    }

    /// Days of the week are a list, other rules what they are in a recurring schedule.
    private var dayJSON: JSON {
        switch days {
        case .weekdays(let days): .array(days.map { .string($0.abbreviation) })
        case .monthDay, .workingDays: days.json
        }
    }
}

extension BestTime {
    fileprivate var json: JSON {
        .members([
            "events": selection.json, "over_ms": .integer(over), "occurrences": JSON(occurrences),
            "within": within?.json, "fallback": .string("\(fallback)"),
        ])
    }
}

extension WallHours {
    fileprivate var json: JSON {
        .object(["from": .string("\(from)"), "to": .string("\(until)")])
    }
}
