/// One field of a cron expression: a list of numbers, names, ranges and steps.
struct CronField {
    enum Kind: CaseIterable {
        case minute
        case hour
        case day
        case month
        case weekday

        var range: ClosedRange<Int> {
            switch self {
            case .minute: 0...59
            case .hour: 0...23
            case .day: 1...31
            case .month: 1...12
            // 7 is Sunday too.
            case .weekday: 0...7
            }
        }

        var word: String {
            switch self {
            case .minute: "minute"
            case .hour: "hour"
            case .day: "day of the month"
            case .month: "month"
            case .weekday: "day of the week"
            }
        }

        /// By number, from the first of the range.
        var names: [String] {
            switch self {
            case .minute, .hour, .day: []
            case .month: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
            case .weekday: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
            }
        }
    }

    /// Without zeros in front and names.
    let text: String
    /// A bit for each value.
    let values: UInt64
    /// Whether it begins with `*`.
    let isOpen: Bool

    init(_ kind: Kind, _ field: String, at start: Int) throws(CronProblem) {
        var texts: [String] = []
        var values: UInt64 = 0
        for part in CronText.elements(of: field, at: start) {
            let element = try CronElement(kind, part)
            texts.append(element.text)
            values |= element.values
        }
        text = texts.joined(separator: ",")
        self.values = values
        isOpen = field.hasPrefix("*")
    }
}

/// `*`, `5`, `mon`, `1-5`, and with a step `*/15` or `0-30/10`.
private struct CronElement {
    let text: String
    let values: UInt64

    init(_ kind: CronField.Kind, _ part: CronText) throws(CronProblem) {
        let parts = part.text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, let base = parts.first, !base.isEmpty else { throw Self.problem(kind, part) }
        let ends = base.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        let (low, high): (Int, Int)
        var text: String
        if base == "*" {
            (low, high) = (kind.range.lowerBound, kind == .weekday ? 6 : kind.range.upperBound)
            text = "*"
        } else if ends.count == 2 {
            low = try Self.value(kind, ends[0], part)
            let end = try Self.value(kind, ends[1], part)
            // As a name Sunday is the end of a week where a range ends with it.
            high = kind == .weekday && end == 0 && low > 0 ? 7 : end
            guard low <= high else {
                throw CronProblem(
                    part.range, "a range that ends before it begins",
                    help: "write two ranges, such as `22-23,0-2` for the hours from 22 to 2")
            }
            text = "\(low)-\(high)"
        } else if ends.count == 1 {
            low = try Self.value(kind, base, part)
            high = low
            text = "\(low)"
            if parts.count == 2 {
                throw CronProblem(
                    part.range, "a step without a range",
                    help: "write `\(low)-\(kind.range.upperBound)/\(parts[1])`, or `*/\(parts[1])`")
            }
        } else {
            throw Self.problem(kind, part)
        }
        var step = 1
        if parts.count == 2 {
            step = try Self.step(kind, parts[1], low...high, part)
            text += "/\(step)"
        }
        self.text = text
        values = stride(from: low, through: high, by: step).reduce(0) { bits, value in
            bits | 1 << UInt64(kind == .weekday ? value % 7 : value)
        }
    }

    private static func value(_ kind: CronField.Kind, _ text: String, _ part: CronText) throws(CronProblem) -> Int {
        if let place = kind.names.firstIndex(of: text.lowercased()) { return place + kind.range.lowerBound }
        guard let number = number(text) else { throw problem(kind, part) }
        guard kind.range.contains(number) else {
            throw CronProblem(
                part.range, "\(kind.word) \(number)",
                help: "write a number from \(kind.range.lowerBound) to \(kind.range.upperBound)")
        }
        return number
    }

    /// One that leaves more than the first value.
    private static func step(
        _ kind: CronField.Kind, _ text: String, _ range: ClosedRange<Int>, _ part: CronText
    ) throws(CronProblem) -> Int {
        guard let step = number(text), step > 0 else { throw problem(kind, part) }
        guard step <= range.upperBound - range.lowerBound else {
            throw CronProblem(
                part.range, "a step of \(step), which leaves \(kind.word) \(range.lowerBound) alone",
                help: "write `\(range.lowerBound)`, or a smaller step")
        }
        return step
    }

    /// Digits only, few enough for every field.
    private static func number(_ text: String) -> Int? {
        guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }

    private static func problem(_ kind: CronField.Kind, _ part: CronText) -> CronProblem {
        CronProblem(
            part.range, part.text.isEmpty ? "nothing" : "`\(part.text)`",
            help:
                "write `*`, a \(kind.word), a range such as `\(example(kind))`, a list of them, or a step such as `*/2`"
        )
    }

    private static func example(_ kind: CronField.Kind) -> String {
        switch kind {
        case .minute: "0-30"
        case .hour: "9-18"
        case .day: "1-15"
        case .month: "mar-may"
        case .weekday: "mon-fri"
        }
    }
}
