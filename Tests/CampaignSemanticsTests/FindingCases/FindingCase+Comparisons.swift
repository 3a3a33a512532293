import Diagnostics

extension FindingCase {
    private static let base = SampleFiles.whole

    private static func segment(_ code: Code, _ name: String, _ condition: String) -> FindingCase {
        FindingCase(code, name, base.segment(condition))
    }

    static let comparisons: [FindingCase] = [
        segment(.literalType, "integer", "{ attribute: visits, at_least: many }"),
        segment(.literalType, "decimals", "{ event: purchase, sum: amount, at_least: 12.345 }"),
        segment(.literalType, "boolean", "{ attribute: is_member, is: yes }"),
        segment(.literalType, "date", "{ attribute: birthday, before: 2001-02-29 }"),
        segment(.literalType, "instant", "{ attribute: joined_at, before: yesterday }"),
        segment(
            .literalType, "instant-of-the-recipient", "{ attribute: joined_at, before: 2026-12-24, zone: recipient }"),
        segment(.literalType, "count", "{ event: purchase, at_least: 1.5 }"),
        segment(.literalType, "one-of-a-list", "{ attribute: visits, in: [1, two, 3] }"),
        segment(.comparisonType, "text", "{ attribute: country, at_least: 5 }"),
        segment(.comparisonType, "integer", "{ event: purchase, where: { items: { contains: 3 } } }"),
        segment(.comparisonType, "date", "{ attribute: birthday, starts_with: 2001 }"),
        segment(.comparisonType, "window", "{ attribute: visits, within: 30d }"),
        segment(.impossibleComparison, "value-not-allowed", "{ attribute: country, is: KO }"),
        segment(
            .impossibleComparison, "property-value-not-allowed",
            "{ event: purchase, where: { size: { in: [S, XXL] } } }"),
        segment(.impossibleComparison, "between", "{ attribute: visits, between: [40, 30] }"),
        segment(.impossibleComparison, "two-bounds", "{ attribute: visits, at_least: 5, at_most: 3 }"),
        segment(
            .impossibleComparison, "two-bounds-of-a-property",
            "{ event: purchase, where: { amount: { more_than: 5, less_than: 5 } } }"),
        segment(
            .impossibleComparison, "two-texts", "{ event: purchase, where: { product: { is: mug, starts_with: cup } } }"
        ),
        segment(
            .impossibleComparison, "missing-and-a-value", "{ attribute: birthday, missing: true, after: 2001-01-01 }"),
        segment(.impossibleComparison, "three-bounds", "{ attribute: visits, at_least: 1, in: [2, 3], less_than: 2 }"),
        segment(.impossibleComparison, "never-missing", "{ attribute: country, missing: true }"),
        segment(.impossibleComparison, "sum-never-missing", "{ event: purchase, sum: amount, missing: true }"),
        segment(.impossibleComparison, "count-never-missing", "{ event: purchase, missing: false }"),
        segment(.impossibleComparison, "counts", "{ event: purchase, at_least: 5, at_most: 3 }"),
        segment(.impossibleComparison, "negative-count", "{ event: purchase, at_most: -1 }"),
        segment(.impossibleComparison, "huge-count", "{ event: purchase, at_least: 5000000000 }"),
        segment(
            .impossibleComparison, "average", "{ event: purchase, average: amount, more_than: 5.125, less_than: 5.125 }"
        ),
        segment(.impossibleComparison, "distinct", "{ event: purchase, distinct: product, less_than: 0 }"),
        segment(.impossibleComparison, "window", "{ event: purchase, within: { from: 30d, to: 60d } }"),
        segment(.impossibleComparison, "no-window", "{ event: purchase, within: 0d }"),
        segment(.impossibleComparison, "all-values-excluded", "{ attribute: country, not_in: [KR, US, JP] }"),
        segment(.impossibleComparison, "end-of-numbers", "{ attribute: visits, more_than: 9223372036854775807 }"),
        FindingCase(.impossibleComparison, "conversion-window", base.campaign("within: 7d } }", "within: 0d } }")),
        segment(.emptyList, "all", "{ all: [] }"),
        segment(.emptyList, "any", "{ any: [{ none: [] }, { never: purchase }] }"),
        segment(.emptyList, "values", "{ attribute: country, in: [] }"),
        segment(.emptyList, "comparison", "{ event: purchase, where: { product: {} } }"),
        segment(.emptyList, "events", "{ event: [] }"),
        FindingCase(.emptyList, "channels", base.campaign("[email, sms]", "[]")),
        FindingCase(.emptyList, "catalog-values", base.catalog("[KR, US, JP]", "[]")),
        FindingCase(.emptyList, "quiet-hours", base.settings("channels: [sms]", "channels: []")),
        segment(.alwaysTrue, "count", "{ event: purchase, at_least: 0 }"),
        segment(.alwaysTrue, "huge-count", "{ event: purchase, at_most: 5000000000 }"),
        segment(.alwaysTrue, "distinct", "{ event: purchase, distinct: product, at_least: 0 }"),
        segment(.alwaysTrue, "empty-text", "{ event: purchase, where: { product: { contains: \"\" } } }"),
        segment(.alwaysTrue, "all-values", "{ attribute: country, in: [KR, US, JP] }"),
        segment(.alwaysTrue, "segment", "{ any: [{ event: purchase }, { never: purchase }] }"),
        FindingCase(
            .alwaysTrue, "include",
            base.campaign("{ segment: lapsed }", "{ any: [{ segment: lapsed }, { not: { segment: lapsed } }] }")),
        segment(.neverTrue, "segment", "{ all: [{ event: purchase }, { never: purchase }] }"),
        FindingCase(
            .neverTrue, "exclude",
            base.campaign(
                "control_group: 10%", "exclude: { all: [{ segment: lapsed }, { none: [{ segment: lapsed }] }] }")),
        FindingCase(
            .neverTrue, "exclude-covers-include",
            base.campaign("control_group: 10%", "exclude: { any: [{ segment: lapsed }, { event: refund }] }")),
        FindingCase(
            .neverTrue, "through-a-segment",
            base.segment("{ all: [{ event: purchase }, { segment: loyal }] }")
                .with("segments/loyal.yaml", "segment: loyal\nwhere: { never: purchase }\n")),
        segment(
            .neverTrue, "windows",
            "{ all: [{ event: purchase, at_least: 2, within: 7d }, { event: purchase, at_most: 1, within: 30d }] }"),
        segment(
            .alwaysTrue, "windows",
            "{ any: [{ event: purchase, within: 30d }, { event: purchase, at_most: 0, within: 7d }] }"),
        FindingCase(
            .neverTrue, "exclude-is-wider",
            base.segment("{ event: purchase, within: 7d }")
                .campaign("control_group: 10%", "exclude: { event: purchase }")),
        FindingCase(
            .equalSegments, "two-spellings",
            base.segment("{ event: purchase, at_least: 1, within: 30d }")
                .with(
                    "segments/recent.yaml",
                    "segment: recent\nwhere: { not: { event: purchase, at_most: 0, within: 30d } }\n"
                )
                .campaign("{ segment: lapsed }", "{ any: [{ segment: lapsed }, { segment: recent }] }")),
        FindingCase(
            .idleExclusion, "newer",
            base.segment("{ event: purchase, within: 7d }")
                .campaign("control_group: 10%", "exclude: { event: purchase, at_most: 0, within: 30d }")),
        segment(.notANumber, "text", "{ event: purchase, sum: product, at_least: 3 }"),
        segment(.notANumber, "instant", "{ event: purchase, maximum: paid_at, at_least: 3 }"),
        FindingCase(.notANumber, "metric", base.catalog("sum: amount }", "sum: product }")),
    ]
}
