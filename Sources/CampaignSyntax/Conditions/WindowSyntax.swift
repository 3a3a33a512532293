package import CivilTime
package import Diagnostics

/// The window of a condition.
package enum WindowSyntax: Sendable {
    /// Milliseconds; `to` is 0 for `within: d`.
    case within(from: Located<Int64>, to: Located<Int64>, Span)
    case past(Located<CalendarSpan>)
    case recent(Located<CalendarSpan>)
    case nextElapsed(Located<Int64>)
    case nextDays(Located<CalendarSpan>)
    case between(CivilDate, CivilDate, Span)

    package var span: Span {
        switch self {
        case .within(_, _, let span), .between(_, _, let span): span
        case .past(let value), .recent(let value), .nextDays(let value): value.span
        case .nextElapsed(let value): value.span
        }
    }
}

extension WindowSyntax {
    static let withinShape = Shape<WindowSyntax>(.oneOf([.scalar("duration"), .mapping { rangeDeclaration }])) {
        node, decoder in
        if case .mapping = node {
            guard let record = decoder.open(node, rangeDeclaration), let from = record.value(rangeFrom, &decoder),
                let to = record.value(rangeTo, &decoder)
            else { return nil }
            return .within(from: from, to: to, record.span)
        }
        guard let length = Shape<Int64>.duration.decode(node, &decoder) else { return nil }
        return .within(from: Located(length, node.span), to: Located(0, node.span), node.span)
    }

    static let nextShape = Shape<WindowSyntax>(.oneOf([.scalar("duration"), .scalar("calendar span")])) {
        node, decoder in
        if case .scalar(let scalar) = node {
            if let length = ElapsedTime.milliseconds(parsing: scalar.text) {
                return .nextElapsed(Located(length, node.span))
            }
            if let days = CalendarSpan(parsing: scalar.text) { return .nextDays(Located(days, node.span)) }
            decoder.reportMalformed(scalar, wanted: "a duration such as `24h` or local days such as `7 days`")
            return nil
        }
        decoder.reportWrongShape(node, wanted: "a duration such as `24h` or local days such as `7 days`")
        return nil
    }

    static let betweenShape = Shape<WindowSyntax>.pair(
        .date, "`between` takes two dates", help: "write `between: [2026-12-01, 2026-12-31]`; both are included"
    ) { first, last, span in
        .between(first.value, last.value, span)
    }

    private static let rangeFrom = Field(
        "from", Shape<Int64>.duration, required: true, doc: "How long ago the window begins.", example: "180d")
    private static let rangeTo = Field(
        "to", Shape<Int64>.duration, required: true, doc: "How long ago the window ends.", example: "90d")
    private static let rangeDeclaration = Declaration(
        "window", doc: "From one age to another.", [rangeFrom.declaration, rangeTo.declaration])

    /// The window of a condition; two of them are reported. `ofEvents`: `between` is a window, not a comparison.
    static func decode(_ record: Record, ofEvents: Bool, _ decoder: inout Decoder) -> WindowSyntax? {
        decoder.reportExcluding(
            "the condition has two windows",
            [
                record.keySpan(ConditionFields.within), record.keySpan(ConditionFields.past),
                record.keySpan(ConditionFields.recent), record.keySpan(ConditionFields.next),
                ofEvents ? record.keySpan(ConditionFields.between) : nil,
            ])
        let within = record.value(ConditionFields.within, &decoder)
        let past = record.value(ConditionFields.past, &decoder)
        let recent = record.value(ConditionFields.recent, &decoder)
        let next = record.value(ConditionFields.next, &decoder)
        let between = ofEvents ? record.value(ConditionFields.between, &decoder) : nil
        return within?.value ?? past.map { .past($0) } ?? recent.map { .recent($0) } ?? next?.value ?? between?.value
    }
}
