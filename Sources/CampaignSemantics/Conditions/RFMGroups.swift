internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

/// What the names of RFM groups mean: ranges of r, f and m among five groups.
struct RFMGroups {
    static let count = 5
    static let whole = 1...count

    private(set) var ranges: [String: [ClosedRange<Int>]] = [:]
    /// Where a workspace declares its own.
    private(set) var spans: [String: Span] = [:]

    /// The ten names that most tools share. Each customer is in exactly one of them: they are rectangles that cover the
    /// grid of recency and frequency, as in the segment map that RFM tutorials and packages repeat (the `seg_map` with
    /// its keys from `[1-2][1-2]`, hibernating, to `5[4-5]`, champions).
    init() {
        ranges = [
            "hibernating": [1...2, 1...2, Self.whole],
            "at_risk": [1...2, 3...4, Self.whole],
            "cannot_lose_them": [1...2, 5...5, Self.whole],
            "about_to_sleep": [3...3, 1...2, Self.whole],
            "need_attention": [3...3, 3...3, Self.whole],
            "loyal": [3...4, 4...5, Self.whole],
            "promising": [4...4, 1...1, Self.whole],
            "new_customers": [5...5, 1...1, Self.whole],
            "potential_loyalists": [4...5, 2...3, Self.whole],
            "champions": [5...5, 4...5, Self.whole],
        ]
    }

    /// Those of a workspace; nil after a report.
    init?(_ written: Located<WorkspaceDocument.RFMNames>, _ context: inout CheckContext) {
        var isWhole = true
        for entry in written.value {
            guard let value = entry.value, let checked = context.checkRanges(value, of: Self.count) else {
                isWhole = false
                continue
            }
            ranges[entry.name.value] = checked
            spans[entry.name.value] = entry.name.span
        }
        guard isWhole else { return nil }
    }
}

extension CheckContext {
    /// Ranges of r, f and m among so many groups; nil after a report.
    mutating func checkRanges(_ written: RFMRangesSyntax, of count: Int) -> [ClosedRange<Int>]? {
        let ranges = written.all.map { comparisons -> ClosedRange<Int>? in
            comparisons.map { checkRange($0, of: count) } ?? 1...count
        }
        let checked = ranges.compactMap { $0 }
        return checked.count == ranges.count ? checked : nil
    }

    private mutating func checkRange(
        _ comparisons: Located<[ComparisonSyntax]>, of count: Int
    ) -> ClosedRange<Int>? {
        let checker = ComparisonChecker(
            reader: LiteralReader(type: .integer, values: nil, zone: nil, subject: "a group"), isOptional: false,
            subject: "the group")
        var low: Int64 = 1
        var high = Int64(count)
        for comparison in comparisons.value {
            switch comparison.comparison {
            case .is, .atLeast, .atMost, .moreThan, .lessThan, .between: break
            case .isNot, .isIn, .isNotIn, .exactly, .contains, .startsWith, .endsWith, .missing, .before, .after:
                report(
                    Diagnostic(
                        .comparisonType, "`\(comparison.comparison.rawValue)` does not go with a group",
                        at: comparison.keySpan, label: "groups are numbers from 1 to \(count)",
                        help: ["write `is`, `at_least`, `at_most` or `between`"]))
                return nil
            }
            guard case .within(let min, let max)? = checker.numberTest(comparison, &self) else { return nil }
            low = Swift.max(low, min ?? low)
            high = Swift.min(high, max ?? high)
        }
        guard low <= high else {
            report(
                Diagnostic(
                    .impossibleComparison, "no group satisfies this",
                    at: comparisons.value.last?.keySpan ?? comparisons.span,
                    label: "groups are numbers from 1 to \(count)", help: ["correct the number"]))
            return nil
        }
        return Int(low)...Int(high)
    }
}
