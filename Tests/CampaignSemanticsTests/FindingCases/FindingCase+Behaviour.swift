import Diagnostics

extension FindingCase {
    private static let base = SampleFiles.whole

    private static func segment(_ code: Code, _ name: String, _ condition: String) -> FindingCase {
        FindingCase(code, name, base.segment(condition))
    }

    static let behaviour: [FindingCase] = [
        segment(.wrongShape, "between-dates", "{ event: purchase, between: [2026-12-01] }"),
        segment(.impossibleComparison, "between-days", "{ event: purchase, between: [2026-12-31, 2026-12-01] }"),
        segment(.malformedValue, "between-date", "{ event: purchase, between: [2026-12-01, christmas] }"),
        segment(
            .excludingKeys, "between-and-within", "{ event: purchase, within: 3d, between: [2026-12-01, 2026-12-31] }"),
        segment(
            .wrongShape, "latest-of-two", "{ event: purchase, latest: { product: { is: mug }, size: { is: S } } }"),
        segment(
            .excludingKeys, "latest-and-first",
            "{ event: purchase, latest: { product: { is: mug } }, first: { product: { is: cup } } }"),
        segment(
            .excludingKeys, "latest-and-count", "{ event: purchase, latest: { product: { is: mug } }, at_least: 2 }"),
        segment(.excludingKeys, "number-and-sum", "{ event: purchase, number: 2, sum: amount, at_least: 2 }"),
        segment(.unknownProperty, "latest", "{ event: purchase, latest: { prodct: { is: mug } } }"),
        segment(.unknownProperty, "latest-hour", "{ event: purchase, latest: { local_hour: { is: 3 } } }"),
        segment(.impossibleComparison, "latest-value", "{ event: purchase, latest: { size: { is: XXL } } }"),
        segment(.missingKey, "number", "{ event: purchase, of_first_within: 14d }"),
        segment(.impossibleComparison, "number-zero", "{ event: purchase, number: 0, of_first_within: 14d }"),
        segment(.noEffect, "first-of-first", "{ event: purchase, number: 1, of_first_within: 14d }"),
        segment(
            .unknownAttribute, "after", "{ event: purchase, number: 1, after: { attribute: joined, within: 2d } }"),
        segment(
            .comparisonType, "after", "{ event: purchase, number: 1, after: { attribute: visits, within: 2d } }"),
        segment(
            .noEffect, "zone-of-number",
            "{ event: purchase, number: 2, of_first_within: 2d, zone: Europe/London }"),
        segment(.missingKey, "measure-compared", "{ measure: { event: purchase, sum: amount } }"),
        segment(.missingKey, "measured-event", "{ measure: { sum: amount }, at_least: 3 }"),
        segment(
            .malformedValue, "times",
            "{ measure: { event: purchase }, at_least: { times: half, measure: { event: refund } } }"),
        segment(
            .impossibleComparison, "times",
            "{ measure: { event: purchase }, at_least: { times: 2000000, measure: { event: refund } } }"),
        segment(
            .wrongShape, "missing-measure",
            "{ measure: { event: purchase }, missing: { times: 2, measure: { event: refund } } }"),
        segment(
            .notANumber, "other-measure",
            "{ measure: { event: purchase }, at_least: { measure: { event: purchase, sum: product } } }"),
        segment(
            .noEffect, "zone-of-measure", "{ measure: { event: purchase }, at_least: 3, zone: Europe/London }"),
        segment(.literalType, "weekday", "{ event: purchase, where: { local_weekday: { is: saturday } } }"),
        segment(.comparisonType, "weekday", "{ event: purchase, where: { local_weekday: { at_least: fri } } }"),
        segment(.literalType, "hour", "{ event: purchase, where: { local_hour: { at_least: 24 } } }"),
        segment(
            .impossibleComparison, "local-missing", "{ event: purchase, where: { local_date: { missing: true } } }"),
        segment(.notANumber, "local-hour", "{ event: purchase, sum: local_hour, at_least: 3 }"),
        segment(.missingKey, "share-of-all", "{ share: { event: purchase }, at_least: 50% }"),
        segment(.missingKey, "share-compared", "{ share: { event: purchase, where: { size: { is: S } } } }"),
        segment(
            .literalType, "share", "{ share: { event: purchase, where: { size: { is: S } } }, at_least: 0.5 }"),
        segment(
            .impossibleComparison, "share-of-none",
            "{ share: { event: purchase, where: { size: { is: S } }, of_at_least: 0 }, at_least: 50% }"),
        segment(
            .impossibleComparison, "shares",
            "{ share: { event: purchase, where: { size: { is: S } } }, more_than: 50%, less_than: 50% }"),
        segment(.missingKey, "median", "{ purchase_interval: { event: purchase }, at_most: 21 }"),
        segment(
            .missingKey, "interval-compared", "{ purchase_interval: { event: purchase, median: local_days } }"),
        segment(
            .literalType, "interval-days",
            "{ purchase_interval: { event: purchase, median: local_days }, at_most: 21d }"),
        segment(
            .literalType, "interval-elapsed",
            "{ purchase_interval: { event: purchase, median: elapsed }, at_most: 21 }"),
        segment(
            .impossibleComparison, "occurrences",
            "{ purchase_interval: { event: purchase, median: elapsed, occurrences: 1 }, at_most: 21d }"),
        segment(
            .noEffect, "zone-of-interval",
            "{ purchase_interval: { event: purchase, median: elapsed }, at_most: 2d, zone: Europe/London }"),
        segment(.missingKey, "overdue-by", "{ overdue: { event: purchase, median: local_days } }"),
        segment(
            .impossibleComparison, "overdue-by", "{ overdue: { event: purchase, median: local_days, by: 0 } }"),
    ]

    static let derived: [FindingCase] = [
        derived(.unknownEvent, "derived-from", "{ from: purchse, by: product }"),
        derived(.unknownProperty, "derived-by", "{ from: purchase, by: prodct }"),
        derived(.unknownProperty, "derived-sum", "{ from: purchase, by: product, sum: [amnt] }"),
        derived(.notANumber, "derived-sum", "{ from: purchase, by: product, sum: [size] }"),
        derived(.propertyNotShared, "derived-by", "{ from: any, by: product }"),
        derived(.catalogDeclaration, "derived-count", "{ from: purchase, by: product, count: product }"),
        derived(.catalogDeclaration, "derived-sum-twice", "{ from: purchase, by: product, sum: [items, items] }"),
        derived(.missingKey, "derived-by", "{ from: purchase }"),
        FindingCase(
            .nameTaken, "derived",
            base.catalog("metrics:", "derived: { refund: { from: purchase, by: product } }\nmetrics:")),
        FindingCase(.nameTaken, "local-part", base.catalog("items: ", "local_hour: ")),
        FindingCase(
            .unknownProperty, "of-derived",
            base.catalog("metrics:", "derived: { order: { from: purchase, by: product } }\nmetrics:").segment(
                "{ event: order, sum: amount, at_least: 5 }")),
    ]

    private static func derived(_ code: Code, _ name: String, _ order: String) -> FindingCase {
        FindingCase(code, name, base.catalog("metrics:", "derived: { order: \(order) }\nmetrics:"))
    }
}
