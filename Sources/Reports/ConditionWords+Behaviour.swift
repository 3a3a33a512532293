internal import CampaignPlan
internal import CivilTime

extension ConditionWords {
    func words(_ behaviour: Behaviour) -> String {
        switch behaviour {
        case .numbered(let selection, let window, let number):
            var text = "number \(number.number) of \(words(selection))"
            if let length = number.ofFirstWithin {
                text += " at most \(ElapsedTime.text(milliseconds: length)) after the first"
            }
            if let after = number.after {
                text += " at most \(ElapsedTime.text(milliseconds: after.within)) after \(after.attribute)"
                text += words(after.zone)
            }
            return "\(text) \(words(window))"
        case .compared(let first, let order, let times, let second):
            let factor = times == 1_000_000 ? "" : "\(percentage(times)) of "
            return "\(words(first)) \(words(order)) \(factor)\(words(second))"
        case .share(let selection, let window, let least, let test):
            let all = words(EventSelection(types: selection.types, tests: []))
            let subject = "share of \(words(selection)) in \(all) \(words(window))"
            let of = least > 1 ? " (of at least \(least))" : ""
            return "\(subject)\(of) \(percentage(test))"
        case .purchaseInterval(let selection, let cycle, let test):
            return "\(words(cycle)) between \(words(selection)) \(interval(test, cycle))"
        case .overdue(let selection, let cycle, let by):
            return "more than \(percentage(by)) of the \(words(cycle)) since the last "
                + words(selection)
        case .matching(let match):
            let events = words(.countAtLeast(match.count), match.selection, match.window)
            return "\(events) with the same \(match.property) as the trigger"
        }
    }

    func words(_ measure: Measure, _ selection: EventSelection, _ window: EventWindow) -> String {
        switch measure {
        case .countAtLeast(1): return "\(words(selection)) \(words(window))"
        case .countAtLeast(let count): return "\(words(selection)) at least \(count)× \(words(window))"
        case .aggregate(let aggregate, let property, let test):
            let subject = "\(words(aggregate)) \(property) of \(words(selection)) \(words(window))"
            let type = plan.schema.event(selection.types.first ?? "")?.property(property)?.type
            return "\(subject) \(words(test) { shown(aggregate, type, $0) })"
        case .distinctLocal(let part, let zone, let test):
            let subject = "\(words(Aggregate.distinct)) \(part.rawValue)\(words(zone)) of \(words(selection))"
            return "\(subject) \(words(window)) \(words(test) { _ in .integer })"
        case .edge(let edge, let property, let test):
            let type = plan.schema.event(selection.types.first ?? "")?.property(property)?.type
            return "\(edge.rawValue) \(property) of \(words(selection)) \(words(window)) \(words(test, type))"
        }
    }

    /// `type`: that of literals with so many more decimals.
    private func words(_ test: AggregateTest, _ type: (_ extraScale: Int) -> ValueType?) -> String {
        switch test {
        case .missing(let isMissing): "is \(isMissing ? "missing" : "known")"
        case .number(let number, let extraScale): words(.number(number), type(extraScale))
        }
    }

    private func words(_ measure: EventMeasure) -> String {
        switch measure.value {
        case .count: return "number of \(words(measure.selection)) \(words(measure.window))"
        case .aggregate(let aggregate, let property):
            return "\(words(aggregate)) \(property) of \(words(measure.selection)) \(words(measure.window))"
        case .distinctLocal(let part, let zone):
            let subject = "\(words(Aggregate.distinct)) \(part.rawValue)\(words(zone))"
            return "\(subject) of \(words(measure.selection)) \(words(measure.window))"
        }
    }

    private func words(_ order: MeasureOrder) -> String {
        switch order {
        case .atLeast: "at least"
        case .atMost: "at most"
        case .moreThan: "more than"
        case .lessThan: "less than"
        case .exactly: "exactly"
        }
    }

    private func words(_ cycle: EventCycle) -> String {
        let least = cycle.occurrences > 2 ? " (of at least \(cycle.occurrences))" : ""
        switch cycle.unit {
        case .elapsed: return "median time\(least)"
        case .localDays(let zone): return "median days\(words(zone))\(least)"
        }
    }

    /// Millionths as percent, which have four decimals.
    private func percentage(_ test: AggregateTest) -> String {
        words(test) { _ in .decimal(scale: 4) } + unit(" percent", test)
    }

    /// `-50%`.
    private func percentage(_ partsPerMillion: Int64) -> String {
        "\(partsPerMillion < 0 ? "-" : "")"
            + RatioText.percentage(partsPerMillion: Int(clamping: partsPerMillion.magnitude))
    }

    private func unit(_ unit: String, _ test: AggregateTest) -> String {
        switch test {
        case .missing: ""
        case .number: unit
        }
    }

    private func interval(_ test: AggregateTest, _ cycle: EventCycle) -> String {
        switch cycle.unit {
        case .localDays: words(test) { $0 > 0 ? .decimal(scale: $0) : .integer }
        case .elapsed:
            if case .number(let number, 0) = test {
                words(lengths: .number(number))
            } else {
                words(test) { _ in .integer } + unit(" milliseconds", test)
            }
        }
    }
}
