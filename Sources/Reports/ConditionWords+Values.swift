internal import CampaignPlan
internal import CivilTime

extension ConditionWords {
    /// More of them would hide the rest of the line.
    private static let listedMax = 8

    func words(_ test: ValueTest, _ type: ValueType?) -> String { words(test) { value($0, type) } }

    /// Weekdays have names.
    func words(_ test: ValueTest, _ part: LocalPart?) -> String {
        switch part {
        case .weekday?: words(test) { stored in Weekday(rawValue: Int(clamping: stored)).map(name) ?? "\(stored)" }
        case .date?, .hour?, nil: words(test, part?.type)
        }
    }

    /// Lengths of time in milliseconds, as people write them.
    func words(lengths test: ValueTest) -> String { words(test) { ElapsedTime.text(milliseconds: $0) } }

    private func words(_ test: ValueTest, _ value: (Int64) -> String) -> String {
        switch test {
        case .missing(let isMissing): isMissing ? "is missing" : "is known"
        case .text(.isIn(let texts)): texts.count == 1 ? "is \(texts[0])" : "in \(list(texts))"
        case .text(.isNotIn(let texts)): texts.count == 1 ? "is not \(texts[0])" : "not in \(list(texts))"
        case .text(.contains(let text)): "contains \(text)"
        case .text(.startsWith(let text)): "starts with \(text)"
        case .text(.endsWith(let text)): "ends with \(text)"
        case .number(.within(let min?, let max?)) where min == max: "is \(value(min))"
        case .number(.within(let min?, let max?)): "between \(value(min)) and \(value(max))"
        case .number(.within(let min?, nil)): "at least \(value(min))"
        case .number(.within(nil, let max?)): "at most \(value(max))"
        case .number(.outside(let min?, let max?)) where min == max: "is not \(value(min))"
        case .number(.outside(let min?, let max?)): "not between \(value(min)) and \(value(max))"
        case .number(.outside(let min?, nil)): "less than \(value(min))"
        case .number(.outside(nil, let max?)): "more than \(value(max))"
        case .number(.within(nil, nil)), .number(.outside(nil, nil)): "is known"
        case .number(.isIn(let values)): "in \(list(values.map(value)))"
        case .number(.isNotIn(let values)): "not in \(list(values.map(value)))"
        }
    }

    private func list(_ texts: [String]) -> String {
        let more = texts.count - Self.listedMax
        // To leave out one is no shorter than to name it.
        guard more > 1 else { return "[\(texts.joined(separator: ", "))]" }
        return "[\(texts.prefix(Self.listedMax).joined(separator: ", ")), and \(more) more]"
    }

    private func value(_ stored: Int64, _ type: ValueType?) -> String {
        switch type {
        case .decimal(let scale)? where scale > 0: decimal(stored, scale: min(scale, 18))
        case .boolean?, .consent?: stored == 1 ? "true" : "false"
        case .instant?: "\(Instant(milliseconds: stored))"
        case .date?: "\(CivilDate(daysSinceEpoch: Int32(clamping: stored)))"
        case .decimal?, .integer?, .text?, .email?, .phone?, .zone?, nil: "\(stored)"
        }
    }

    /// `2000.00`.
    private func decimal(_ stored: Int64, scale: Int) -> String {
        let digits = String(stored.magnitude)
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        return "\(stored < 0 ? "-" : "")\(padded.dropLast(scale)).\(padded.suffix(scale))"
    }
}
