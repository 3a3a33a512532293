import CampaignPlan
import CampaignSemantics
import Diagnostics
import Testing

/// Every comparison with every type: accepted, or PB2108.
@Suite struct ComparisonTableTests {
    /// The attribute of the sample of each type, and a literal of it.
    private static let types: [(attribute: String, type: String, literals: (String, String))] = [
        ("country", "text", ("KR", "US")), ("visits", "integer", ("3", "7")), ("spent", "decimal", ("1.25", "7")),
        ("is_member", "boolean", ("true", "false")), ("joined_at", "instant", ("2026-01-01", "2026-02-01T10:00Z")),
        ("birthday", "date", ("2001-01-01", "2001-12-31")), ("zone", "zone", ("Asia/Seoul", "UTC")),
        ("email", "email", ("a@example.com", "b@example.com")), ("phone", "phone", ("010", "011")),
        ("sms_consent", "consent", ("true", "false")),
    ]

    private static let texts = ["is", "is_not", "in", "not_in", "contains", "starts_with", "ends_with"]
    private static let numbers = [
        "is", "is_not", "in", "not_in", "at_least", "at_most", "more_than", "less_than", "between",
    ]
    private static let flags = ["is", "is_not"]
    private static let accepted: [String: [String]] = [
        "text": texts, "zone": texts, "email": texts, "phone": texts, "integer": numbers, "decimal": numbers,
        "boolean": flags, "consent": flags,
        "instant": ["is", "is_not", "at_least", "at_most", "between", "before", "after"],
        "date": ["is", "is_not", "in", "not_in", "at_least", "at_most", "between", "before", "after"],
    ]

    private static let comparisons = [
        "is", "is_not", "in", "not_in", "at_least", "at_most", "more_than", "less_than", "between", "contains",
        "starts_with", "ends_with", "before", "after",
    ]

    private static let base = SampleFiles.whole
        .catalog(
            "visits:      { type: integer }",
            "visits:      { type: integer, optional: true }\n    spent:       { type: decimal, scale: 2 }")

    @Test(arguments: comparisons) func everyType(_ comparison: String) {
        for (attribute, type, literals) in Self.types {
            let operand =
                ["in", "not_in", "between"].contains(comparison) ? "[\(literals.0), \(literals.1)]" : literals.0
            let sample = CheckedSample(Self.base.segment("{ attribute: \(attribute), \(comparison): \(operand) }"))
            let isAccepted = Self.accepted[type]?.contains(comparison) == true
            #expect(sample.codes == (isAccepted ? [] : ["PB2108"]), "\(comparison) of \(type)\n\(sample.text)")
        }
    }

    @Test func missingGoesWithEveryOptionalType() {
        for (attribute, type, _) in Self.types {
            let sample = CheckedSample(Self.base.segment("{ attribute: \(attribute), missing: false }"))
            let isOptional = ["zone", "phone", "visits", "birthday"].contains(attribute)
            #expect(sample.codes == (isOptional ? [] : ["PB2109"]), "\(type)\n\(sample.text)")
        }
    }

    @Test func exactlyIsForCounts() {
        #expect(CheckedSample(Self.base.segment("{ attribute: visits, exactly: 3 }")).codes == ["PB1001"])
        #expect(CheckedSample(Self.base.segment("{ event: purchase, exactly: 3 }")).codes == [])
    }

    @Test func windowsGoWithTimes() {
        for (attribute, type, _) in Self.types {
            for window in [
                "within: 7d", "within: { from: 9d, to: 2d }", "past: 7 days", "recent: 1 month", "next: 24h",
                "next: 7 days",
            ] {
                let sample = CheckedSample(Self.base.segment("{ attribute: \(attribute), \(window) }"))
                let isTime = type == "instant" || type == "date"
                #expect(sample.codes == (isTime ? [] : ["PB2108"]), "\(window) of \(type)\n\(sample.text)")
            }
        }
    }
}
