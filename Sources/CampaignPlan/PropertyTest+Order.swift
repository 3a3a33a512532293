extension PropertyTest {
    /// A text that orders the tests of a selection the same way everywhere.
    package var sortKey: String { "\(property) \(zone.map { "\($0.name) " } ?? "")\(test.sortKey)" }
}

extension ValueTest {
    private func text(_ bound: Int64?) -> String { bound.map { "\($0)" } ?? "-" }

    var sortKey: String {
        switch self {
        case .missing(let flag): "0 \(flag)"
        case .number(.within(let min, let max)): "1 \(text(min)) \(text(max))"
        case .number(.outside(let min, let max)): "2 \(text(min)) \(text(max))"
        case .number(.isIn(let values)): "3 \(values)"
        case .number(.isNotIn(let values)): "4 \(values)"
        case .text(.isIn(let texts)): "5 \(texts)"
        case .text(.isNotIn(let texts)): "6 \(texts)"
        case .text(.contains(let text)): "7 \(text)"
        case .text(.startsWith(let text)): "8 \(text)"
        case .text(.endsWith(let text)): "9 \(text)"
        }
    }
}
