package import CampaignPlan
internal import CivilTime

/// Conditions and schedules in words, close to how they are written.
package struct ConditionWords {
    private let plan: Plan
    /// Names of segments by their condition, so that a known part keeps its name.
    private let segments: [ConditionIndex: String]

    package init(_ plan: Plan) {
        self.plan = plan
        segments = Dictionary(plan.segments.map { ($0.condition, $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    /// One line; a part that is a segment is called by its name.
    package func text(_ index: ConditionIndex, isTop: Bool = true) -> String {
        if let name = segments[index] { return name }
        return written(index, isTop: isTop)
    }

    /// The segment's name, if the condition is one.
    func name(_ index: ConditionIndex) -> String? { segments[index] }

    /// The condition itself, also where it is a segment.
    func written(_ index: ConditionIndex, isTop: Bool = true) -> String {
        switch plan.conditions[index] {
        case .constant(let value): return value ? "everybody" : "nobody"
        case .not(let child): return negation(child)
        case .all(let children):
            let text = children.map { self.text($0, isTop: false) }.joined(separator: " and ")
            return isTop ? text : "(\(text))"
        case .any(let children):
            let text = children.map { self.text($0, isTop: false) }.joined(separator: " or ")
            return isTop ? text : "(\(text))"
        case .attribute(let name, let test): return "\(name) \(words(test, plan.schema.attribute(name)?.type))"
        case .attributeTime(let name, let window): return "\(name) \(words(window))"
        case .events(let selection, let window, let measure):
            return [words(selection), words(measure, selection), words(window)].filter { !$0.isEmpty }
                .joined(separator: " ")
        }
    }

    private func negation(_ child: ConditionIndex) -> String {
        if segments[child] == nil,
            case .events(let selection, let window, .countAtLeast(let count)) = plan.conditions[child]
        {
            let amount = count == 1 ? "no \(words(selection))" : "\(words(selection)) at most \(count - 1)×"
            return [amount, words(window)].filter { !$0.isEmpty }.joined(separator: " ")
        }
        return "not \(text(child, isTop: false))"
    }

    package func words(_ selection: EventSelection) -> String {
        let types = selection.types.count == plan.schema.events.count && selection.types.count > 1
            ? "any event" : selection.types.joined(separator: "/")
        guard !selection.tests.isEmpty else { return types }
        let tests = selection.tests.map { test in
            let type = plan.schema.event(selection.types.first ?? "")?.property(test.property)?.type
            return "\(test.property) \(words(test.test, type))"
        }
        return "\(types) [\(tests.joined(separator: ", "))]"
    }

    private func words(_ window: EventWindow) -> String {
        switch window {
        case .ever: "ever"
        case .elapsed(let from, 0): "within \(ElapsedTime.text(milliseconds: from))"
        case .elapsed(let from, let to):
            "between \(ElapsedTime.text(milliseconds: from)) and \(ElapsedTime.text(milliseconds: to)) ago"
        case .past(let span, let zone): "in the past \(span)\(words(zone))"
        case .recent(let span, let zone): "in the recent \(span)\(words(zone))"
        case .sinceTrigger: "since the trigger"
        }
    }

    private func words(_ window: AttributeWindow) -> String {
        switch window {
        case .elapsed(let from, 0, _): "within \(ElapsedTime.text(milliseconds: from))"
        case .elapsed(let from, let to, _):
            "between \(ElapsedTime.text(milliseconds: from)) and \(ElapsedTime.text(milliseconds: to)) ago"
        case .past(let span, let zone): "in the past \(span)\(words(zone))"
        case .recent(let span, let zone): "in the recent \(span)\(words(zone))"
        case .nextElapsed(let length, _): "in the next \(ElapsedTime.text(milliseconds: length))"
        case .nextDays(let span, let zone): "in the next \(span)\(words(zone))"
        }
    }

    private func words(_ zone: ZoneReference) -> String {
        zone == .named(plan.workspace.zone) ? "" : " (\(zone.name))"
    }

    private func words(_ measure: Measure, _ selection: EventSelection) -> String {
        switch measure {
        case .countAtLeast(let count): return count == 1 ? "" : "at least \(count)×"
        case .aggregate(let aggregate, let property, let test):
            let type = plan.schema.event(selection.types.first ?? "")?.property(property)?.type
            let subject = "\(aggregate.rawValue) of \(property)"
            switch test {
            case .missing(let flag): return "\(subject) \(flag ? "missing" : "known")"
            case .number(let number, let extraScale):
                let scale = if case .decimal(let scale)? = type { scale } else { 0 }
                let shown = aggregate == .distinct ? ValueType.integer : .decimal(scale: scale + extraScale)
                return "\(subject) \(words(.number(number), shown))"
            }
        }
    }

    private func words(_ test: ValueTest, _ type: ValueType?) -> String {
        switch test {
        case .missing(let flag): return flag ? "is missing" : "is known"
        case .text(.isIn(let texts)): return texts.count == 1 ? "is \(texts[0])" : "in \(texts)"
        case .text(.isNotIn(let texts)): return texts.count == 1 ? "is not \(texts[0])" : "not in \(texts)"
        case .text(.contains(let text)): return "contains \(text)"
        case .text(.startsWith(let text)): return "starts with \(text)"
        case .text(.endsWith(let text)): return "ends with \(text)"
        case .number(.within(let min?, let max?)) where min == max: return "is \(value(min, type))"
        case .number(.within(let min, let max)): return bounds(min, max, type)
        case .number(.outside(let min?, let max?)) where min == max: return "is not \(value(min, type))"
        case .number(.outside(let min, let max)): return "not \(bounds(min, max, type))"
        case .number(.isIn(let values)): return "in [\(values.map { value($0, type) }.joined(separator: ", "))]"
        case .number(.isNotIn(let values)):
            return "not in [\(values.map { value($0, type) }.joined(separator: ", "))]"
        }
    }

    private func bounds(_ min: Int64?, _ max: Int64?, _ type: ValueType?) -> String {
        switch (min, max) {
        case (let min?, let max?): "between \(value(min, type)) and \(value(max, type))"
        case (let min?, nil): "at least \(value(min, type))"
        case (nil, let max?): "at most \(value(max, type))"
        case (nil, nil): "anything"
        }
    }

    private func value(_ stored: Int64, _ type: ValueType?) -> String {
        switch type {
        case .decimal(let scale)? where scale > 0:
            var unit: Int64 = 1
            for _ in 0..<min(scale, 18) { unit *= 10 }
            let fraction = String((stored % unit).magnitude)
            let padded = String(repeating: "0", count: max(0, scale - fraction.count)) + fraction
            return "\(stored < 0 && stored / unit == 0 ? "-" : "")\(stored / unit).\(padded)"
        case .boolean?, .consent?: return stored == 1 ? "true" : "false"
        case .instant?: return "\(Instant(milliseconds: stored))"
        case .date?: return "\(CivilDate(daysSinceEpoch: Int32(clamping: stored)))"
        default: return "\(stored)"
        }
    }

    package func words(_ schedule: Schedule) -> String {
        switch schedule {
        case .onceAtInstant(let instant): "once at \(instant)"
        case .once(let wall, let zone): "once at \(wall) \(zone.name)"
        case .recurring(let days, let at, let from, let until, let zone):
            "every \(words(days)) at \(at) \(zone.name)" + (from.map { " from \($0)" } ?? "")
                + (until.map { " until \($0)" } ?? "")
        case .onEvent(let selection, let timing): "when \(words(selection)) happens\(words(timing))"
        case .onEntry(let timing): "when somebody enters the audience\(words(timing))"
        }
    }

    private func words(_ timing: SendTiming) -> String {
        var text = timing.delay > 0 ? ", after \(ElapsedTime.text(milliseconds: timing.delay))" : ""
        if let next = timing.next { text += ", next \(words(.weekdays(next.days))) at \(next.at) \(next.zone.name)" }
        return text
    }

    private func words(_ rule: DayRule) -> String {
        switch rule {
        case .weekdays(let days) where days.count == 7: "day"
        case .weekdays(let days) where days == Array(Weekday.allCases.prefix(5)): "weekday"
        case .weekdays(let days): days.map(\.abbreviation).joined(separator: ", ")
        case .monthDay(let day): "day \(day) of the month"
        }
    }
}
