internal import CivilTime

extension Schedule {
    init(_ node: JSONNode, _ conditions: ConditionDecoder) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            if let instant = members.optional("at_ms") {
                return .onceAtInstant(Instant(milliseconds: try instant.integer(in: Instant.writable)))
            }
            if let when = members.optional("when") {
                let delay = try members.required("delay_ms").duration()
                let timing = SendTiming(
                    delay: delay,
                    next: try members.optional("next").map { node throws(JSONProblem) in try NextTime(node, conditions)
                    })
                return try when.members { members throws(JSONProblem) in
                    if let selection = members.optional("event") {
                        return .onEvent(try conditions.selection(selection), timing)
                    }
                    if let date = members.optional("before") {
                        return .beforeDate(try EventDate(date, conditions), timing)
                    }
                    if let steps = members.optional("sequence") {
                        let pattern = try conditions.sequence(steps, &members)
                        guard pattern.window != .sinceTrigger else {
                            throw steps.problem("a sequence that is the trigger cannot begin after it")
                        }
                        return .onSequence(pattern, timing)
                    }
                    if let origin = members.optional("anniversary") {
                        return .onAnniversary(try conditions.anniversary(origin, &members), timing)
                    }
                    let enters = try members.required("enters")
                    guard try enters.string() == "audience" else { throw enters.problem("`audience` is needed here") }
                    return .onEntry(timing)
                }
            }
            if let cron = members.optional("cron") {
                let expression = try CronExpression(cron)
                let zone = try members.required("zone")
                let reference = try zone.zoneReference()
                guard !expression.followsElapsedTime || reference != .recipient else {
                    throw zone.problem("an expression that follows the time that passes needs one zone for all")
                }
                return .cron(expression, reference)
            }
            guard let every = members.optional("every") else {
                return .once(
                    try members.required("at").wallTime(), try members.required("zone").zoneReference())
            }
            let from = try members.optional("from")?.date()
            let end = members.optional("until")
            let until = try end?.date()
            if let end, let from, let until, until < from { throw end.problem("the last day comes before the first") }
            return .recurring(
                try DayRule(every), at: try members.required("at").timeOfDay(), from: from, until: until,
                try members.required("zone").zoneReference())
        }
    }
}

extension Instant {
    /// The years 1 to 9999, outside of which no instant can be written.
    fileprivate static let writable: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999
}

extension EventDate {
    init(_ node: JSONNode, _ conditions: ConditionDecoder) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            let selection = try conditions.selection(members.required("event"))
            let property = try members.required("property")
            let type = try conditions.propertyType(property, selection)
            guard type == .instant || type == .date else {
                throw property.problem("an instant or a date is needed here")
            }
            let lead: Lead
            if let span = members.optional("lead") {
                lead = .calendar(try span.calendarSpan())
            } else {
                lead = .elapsed(try members.required("lead_ms").duration())
            }
            return EventDate(
                selection: selection, property: try property.string(), lead: lead,
                zone: try members.required("zone").zoneReference())
        }
    }
}

extension DayRule {
    fileprivate init(_ node: JSONNode) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            if let days = members.optional("weekdays") { return .weekdays(try days.weekdays()) }
            if let day = members.optional("month_day") { return .monthDay(try day.integer(in: 1...31)) }
            let holidays = try members.required("working_days").choice(HolidayCalendar.self)
            let edition = try members.required("holiday_data")
            guard try edition.string() == HolidayCalendar.dataVersion else {
                throw edition.problem(
                    "the plan was made with other public holidays than those of \(HolidayCalendar.dataVersion)")
            }
            return .workingDays(holidays)
        }
    }
}

extension NextTime {
    init(_ node: JSONNode, _ conditions: ConditionDecoder) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            let days = try members.required("days")
            let rule: DayRule
            if case .array = days.value { rule = .weekdays(try days.weekdays()) } else { rule = try DayRule(days) }
            let time: SendTime
            if let window = members.optional("window") {
                time = .within(try WallHours(window))
            } else if let best = members.optional("best_time") {
                time = .best(try BestTime(best, conditions))
            } else {
                time = .at(try members.required("at").timeOfDay())
            }
            return NextTime(days: rule, time: time, zone: try members.required("zone").zoneReference())
        }
    }
}

extension BestTime {
    fileprivate init(_ node: JSONNode, _ conditions: ConditionDecoder) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            let within = members.optional("within")
            let best = BestTime(
                selection: try conditions.selection(members.required("events")),
                over: try members.required("over_ms").duration(from: 1),
                occurrences: try members.required("occurrences").integer(in: 1...Int.max),
                within: try within.map { node throws(JSONProblem) in try WallHours(node) },
                fallback: try members.required("fallback").timeOfDay())
            if let within, best.hours.isEmpty { throw within.problem("no hour begins between these times") }
            return best
        }
    }
}

extension WallHours {
    fileprivate init(_ node: JSONNode) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            WallHours(
                from: try members.required("from").timeOfDay(), until: try members.required("to").timeOfDay())
        }
        guard from != until else { throw node.problem("the window is empty") }
    }
}

extension CronExpression {
    fileprivate init(_ node: JSONNode) throws(JSONProblem) {
        let text = try node.string()
        guard case .success(let expression) = Self.parse(text), expression.text == text else {
            throw node.problem("a cron expression in its shortest form is needed here")
        }
        self = expression
    }
}
