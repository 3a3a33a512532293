package import Diagnostics

/// `rank: { by: …, top: 10% }` or `rfm: { … }`.
package enum PopulationSyntax: Sendable {
    case rank(RankSyntax)
    case rfm(RFMSyntax)
}

/// A number of each customer: `{ event: order, sum: amount, within: 90d }`.
package struct StatisticSyntax: Sendable {
    package let selection: EventSelectionSyntax
    package let window: WindowSyntax?
    package let measure: MeasureSyntax?
    package let zone: Located<String>?
    package let span: Span
}

package enum RefreshSyntax: String, CaseIterable, Sendable {
    case daily
    case weekly
    case monthly
}

package struct RankSyntax: Sendable {
    package let by: StatisticSyntax
    /// Parts per million.
    package let top: Located<Int>?
    package let percentile: Located<Percentile>?
    package let refresh: RefreshSyntax?

    /// Ten-thousandths of a percent, as parts per million.
    package enum Percentile: Sendable {
        case atLeast(Int)
        case atMost(Int)
    }
}

package struct RFMSyntax: Sendable {
    package let recency: StatisticSyntax
    package let frequency: StatisticSyntax
    package let monetary: StatisticSyntax
    package let groups: Located<Int>?
    package let ranges: RFMRangesSyntax
    package let name: Located<String>?
    package let refresh: RefreshSyntax?
    package let head: Span
}

/// Comparisons of the three groups of a customer.
package struct RFMRangesSyntax: Sendable {
    package let r: Located<[ComparisonSyntax]>?
    package let f: Located<[ComparisonSyntax]>?
    package let m: Located<[ComparisonSyntax]>?

    package var isEmpty: Bool { r == nil && f == nil && m == nil }

    /// In their order.
    package var all: [Located<[ComparisonSyntax]>?] { [r, f, m] }

    /// Nil where one of them was reported.
    static func decode(_ record: Record, _ decoder: inout Decoder) -> RFMRangesSyntax? {
        let (ranges, isWhole) = decoder.watching { decoder in
            RFMRangesSyntax(
                r: record.value(PopulationFields.r, &decoder), f: record.value(PopulationFields.f, &decoder),
                m: record.value(PopulationFields.m, &decoder))
        }
        return isWhole ? ranges : nil
    }
}

/// The keys of `rank` and `rfm`.
enum PopulationFields {
    static let rank = Shape<PopulationSyntax>.mapping(rankDeclaration) { record, decoder in
        decoder.reportExcluding(
            "the condition names two places", [record.keySpan(top), record.keySpan(percentile)])
        if !record.has(top), !record.has(percentile), record.isComplete {
            decoder.report(
                Diagnostic(
                    .missingKey, "the rank condition names no place", at: record.head,
                    label: "`top` or `percentile` is required", help: ["add `top: 10%`"]))
        }
        let (by, share) = (record.value(by, &decoder), record.value(top, &decoder))
        let percentile = record.value(percentile, &decoder)
        let refresh = record.value(refresh, &decoder)
        guard let by, share != nil || percentile != nil, refresh != nil || !record.has(Self.refresh) else { return nil }
        return .rank(RankSyntax(by: by.value, top: share, percentile: percentile, refresh: refresh?.value))
    }

    static let rfm = Shape<PopulationSyntax>.mapping(rfmDeclaration) { record, decoder in
        decoder.reportExcluding(
            "the condition has a name and groups of its own",
            [record.keySpan(name), [r, f, m].lazy.compactMap { record.keySpan($0) }.first])
        if !record.has(name), !record.has(r), !record.has(f), !record.has(m), record.isComplete {
            decoder.report(
                Diagnostic(
                    .missingKey, "the rfm condition names no groups", at: record.head,
                    label: "`is`, `r`, `f` or `m` is required", help: ["add `is: champions`, or `r: { at_least: 4 }`"]))
        }
        let (recency, frequency) = (record.value(recency, &decoder), record.value(frequency, &decoder))
        let monetary = record.value(monetary, &decoder)
        let groups = record.value(groups, &decoder)
        let ranges = RFMRangesSyntax.decode(record, &decoder)
        let name = record.value(name, &decoder)
        let refresh = record.value(refresh, &decoder)
        guard let recency, let frequency, let monetary, let ranges, name != nil || !ranges.isEmpty,
            groups != nil || !record.has(Self.groups), refresh != nil || !record.has(Self.refresh)
        else { return nil }
        return .rfm(
            RFMSyntax(
                recency: recency.value, frequency: frequency.value, monetary: monetary.value, groups: groups,
                ranges: ranges, name: name, refresh: refresh?.value, head: record.head))
    }

    static let event = Field(
        "event", EventSelectionSyntax.namesShape, required: true,
        doc: "The events; only customers with one in the window take part.", example: "purchase")
    static let statisticDeclaration = Declaration(
        "statistic", doc: "A number of each customer: how many events, or a measure of them.",
        [
            event.declaration, ConditionFields.where.declaration, ConditionFields.within.declaration,
            ConditionFields.past.declaration, ConditionFields.recent.declaration, ConditionFields.between.declaration,
        ] + ConditionFields.measures.map(\.declaration) + [ConditionFields.zone.declaration])

    private static let statistic = Shape<StatisticSyntax>.mapping(statisticDeclaration) { record, decoder in
        let (statistic, isWhole) = decoder.watching { decoder -> StatisticSyntax? in
            let tests = EventSelectionSyntax.tests(record, &decoder)
            let window = WindowSyntax.decode(record, ofEvents: true, &decoder)
            let measure = MeasureSyntax.decode(record, &decoder)
            let zone = record.value(ConditionFields.zone, &decoder)
            return record.value(event, &decoder).map {
                StatisticSyntax(
                    selection: EventSelectionSyntax(names: $0.value, tests: tests), window: window, measure: measure,
                    zone: zone, span: record.head)
            }
        }
        return isWhole && record.isComplete ? statistic : nil
    }

    static let refresh = Field(
        "refresh", Shape<RefreshSyntax>.choice(),
        doc: """
            When everybody is compared again: at the beginning of each day, Monday or month of the workspace; default at \
            the occurrences of a scheduled campaign, else daily.
            """, example: "weekly")

    static let by = Field(
        "by", statistic, required: true, doc: "What customers are ordered by, greatest first.",
        example: "{ event: purchase, sum: amount, within: 90d }")
    static let top = Field(
        "top", Shape<Int>.ratio, doc: "The first so many of a hundred; ties by the customer's key.", example: "10%")
    static let percentile = Field(
        "percentile",
        Shape<RankSyntax.Percentile>.mapping(percentileDeclaration) { record, decoder in
            decoder.reportExcluding(
                "the percentile is compared twice", [record.keySpan(percentileMin), record.keySpan(percentileMax)])
            if record.isEmpty {
                decoder.report(
                    Diagnostic(
                        .missingKey, "the percentile is compared with nothing", at: record.head,
                        label: "`at_least` or `at_most` is required", help: ["add `at_least: 90`"]))
            }
            let least = record.value(percentileMin, &decoder).map { RankSyntax.Percentile.atLeast($0.value) }
            return least ?? record.value(percentileMax, &decoder).map { .atMost($0.value) }
        }, doc: "The value is at least or at most a percentile of all; ties are in.", example: "{ at_least: 90 }")
    static let rankDeclaration = Declaration(
        "rank condition", doc: "The customer's place among all who have such an event.",
        [by.declaration, top.declaration, percentile.declaration, refresh.declaration])

    private static let percent = Shape<Int>.scalar("percentile", wanted: "a number from 0 to 100 such as `90`") {
        scaledInteger($0, scale: 4).flatMap { (0...1_000_000).contains($0) ? Int($0) : nil }
    }
    static let percentileMin = Field(
        "at_least", percent, doc: "The value of this percentile or more.", example: "90")
    static let percentileMax = Field(
        "at_most", percent, doc: "The value of this percentile or less.", example: "10")
    static let percentileDeclaration = Declaration(
        "percentile", doc: "A percentile, interpolated linearly between the values of all.",
        [percentileMin.declaration, percentileMax.declaration])

    static let recency = Field(
        "recency", statistic, required: true, doc: "The events of which the latest counts; the later the better.",
        example: "{ event: purchase }")
    static let frequency = Field(
        "frequency", statistic, required: true, doc: "How many events; the more the better.",
        example: "{ event: purchase }")
    static let monetary = Field(
        "monetary", statistic, required: true, doc: "What the events came to; the more the better.",
        example: "{ event: purchase, sum: amount }")
    static let groups = Field(
        "groups", Shape<Int>.integer, doc: "Into how many groups of one size all are divided; default 5.",
        example: "5", default: "5")
    static let r = Field(
        "r", ComparisonSyntax.shape, doc: "The group by recency; the highest is the best.", example: "{ at_least: 4 }")
    static let f = Field("f", ComparisonSyntax.shape, doc: "The group by frequency.", example: "{ at_least: 4 }")
    static let m = Field("m", ComparisonSyntax.shape, doc: "The group by monetary value.", example: "{ at_least: 4 }")
    static let name = Field(
        "is", Shape<String>.identifier.referring(to: .rfmGroup),
        doc: "A named combination of groups, of `policy: rfm:` or the usual ten.",
        example: "champions")
    static let rfmDeclaration = Declaration(
        "rfm condition", doc: "Groups by recency, frequency and monetary value among all who have such events.",
        [
            recency.declaration, frequency.declaration, monetary.declaration, groups.declaration, r.declaration,
            f.declaration, m.declaration, name.declaration, refresh.declaration,
        ])
    static let namedDeclaration = Declaration(
        "named rfm groups", doc: "The groups that a name means, of five.",
        [r.declaration, f.declaration, m.declaration])
}
