package import CivilTime
package import Diagnostics

/// `pabal.yaml`.
package struct WorkspaceDocument: Sendable {
    package struct QuietHours: Sendable {
        package enum Then: String, CaseIterable, Sendable {
            case nextAllowed = "next_allowed"
            case drop
        }

        package let from: Located<TimeOfDay>
        package let to: Located<TimeOfDay>
        package let channels: Located<[Located<String>]>?
        package let then: Then
    }

    package struct FrequencyCap: Sendable {
        /// Nil: the messages of all channels together.
        package let channel: Located<String>?
        package let atMost: Located<Int>
        /// Milliseconds.
        package let per: Located<Int64>
    }

    /// How long after the last event stages begin, in milliseconds; nil: as long as by default.
    package struct Lifecycle: Sendable {
        package let atRisk: Located<Int64>?
        package let lapsed: Located<Int64>?
    }

    /// What a name of RFM groups means.
    package typealias RFMNames = [Named<RFMRangesSyntax>]

    package struct Source: Sendable {
        package let csv: Located<String>
        package let columns: [Named<String>]
        package let zone: Located<String>?
    }

    package struct Cost: Sendable {
        /// Its key.
        package let channel: Located<String>
        /// Ten-thousandths of the currency's unit.
        package let amount: Int64
    }

    package let edition: Located<Int>
    package let name: Located<String>?
    package let zone: Located<String>?
    package let currency: Located<String>?
    package let jurisdictions: [Located<String>]
    package let quietHours: Located<QuietHours>?
    package let frequencyCaps: Located<[Located<FrequencyCap>]>?
    package let holdout: Located<Int>?
    package let lifecycle: Located<Lifecycle>?
    package let rfmNames: Located<RFMNames>?
    package let costs: [Cost]
    package let customers: Located<Source>?
    package let events: Located<Source>?
    package let span: Span

    static func decode(_ node: YAMLNode, _ decoder: inout Decoder) -> WorkspaceDocument? {
        guard let record = decoder.open(node, WorkspaceFields.declaration),
            let edition = record.value(WorkspaceFields.pabal, &decoder)
        else { return nil }
        let policy = record.value(WorkspaceFields.policy, &decoder)?.value
        let sources = record.value(WorkspaceFields.sources, &decoder)?.value
        return WorkspaceDocument(
            edition: edition, name: record.value(WorkspaceFields.workspace, &decoder),
            zone: record.value(WorkspaceFields.zone, &decoder),
            currency: record.value(WorkspaceFields.currency, &decoder),
            jurisdictions: record.value(WorkspaceFields.jurisdictions, &decoder)?.value ?? [],
            quietHours: policy?.quietHours, frequencyCaps: policy?.frequencyCaps, holdout: policy?.holdout,
            lifecycle: policy?.lifecycle, rfmNames: policy?.rfmNames,
            costs: record.value(WorkspaceFields.costs, &decoder)?.value ?? [], customers: sources?.customers,
            events: sources?.events, span: record.span)
    }
}

/// The keys of `pabal.yaml`.
package enum WorkspaceFields {
    static let pabal = Field(
        "pabal", Shape<Int>.integer, required: true, doc: "The edition of the language.", example: "1")
    static let workspace = Field(
        "workspace", Shape<String>.name, required: true, doc: "The name of the workspace.", example: "gift-shop")
    static let zone = Field(
        "zone", Shape<String>.zone, required: true,
        doc: "What local days and wall times mean unless something nearer says otherwise.", example: "Asia/Seoul")
    static let currency = Field(
        "currency", Shape<String>.currency, doc: "The currency of amounts and costs, by its ISO 4217 code.",
        example: "KRW")
    static let jurisdictions = Field(
        "jurisdictions", Shape<[Located<String>]>.list(.country), doc: "Countries whose law applies, by ISO 3166 code.",
        example: "[KR]")
    static let policy = Field(
        "policy",
        Shape<Policy>.mapping(policyDeclaration) { record, decoder in
            Policy(
                quietHours: record.value(quietHours, &decoder), frequencyCaps: record.value(frequencyCaps, &decoder),
                holdout: record.value(holdout, &decoder), lifecycle: record.value(lifecycle, &decoder),
                rfmNames: record.value(rfm, &decoder))
        }, doc: "Rules over all campaigns.", example: "{ holdout: 5% }")
    static let senders = FieldDeclaration.later(
        "senders", doc: "Who messages come from.", example: "{ sms: { number: \"0212345678\" } }")
    static let costs = Field(
        "costs",
        Shape<[WorkspaceDocument.Cost]>.mapping(costsDeclaration) { record, decoder in
            costFields.compactMap { field in
                guard let key = record.keySpan(field), let amount = record.value(field, &decoder) else { return nil }
                return .init(channel: Located(field.name, key), amount: amount.value)
            }
        }, doc: "What a message costs, by channel, in the workspace's currency.", example: "{ sms: 9.9, email: 0.5 }")
    static let sources = Field(
        "sources",
        Shape<Sources>.mapping(sourcesDeclaration) { record, decoder in
            Sources(customers: record.value(customers, &decoder), events: record.value(events, &decoder))
        }, doc: "Where customers and events come from.",
        example: "{ customers: { csv: customers.csv }, events: { csv: events.csv } }")

    package static let declaration = Declaration(
        "workspace", doc: "The settings of a workspace.",
        [
            pabal.declaration, workspace.declaration, zone.declaration, currency.declaration,
            jurisdictions.declaration, policy.declaration, senders, costs.declaration, sources.declaration,
        ])

    struct Policy: Sendable {
        let quietHours: Located<WorkspaceDocument.QuietHours>?
        let frequencyCaps: Located<[Located<WorkspaceDocument.FrequencyCap>]>?
        let holdout: Located<Int>?
        let lifecycle: Located<WorkspaceDocument.Lifecycle>?
        let rfmNames: Located<WorkspaceDocument.RFMNames>?
    }

    static let quietHours = Field(
        "quiet_hours",
        Shape<WorkspaceDocument.QuietHours>.mapping(quietHoursDeclaration) { record, decoder in
            let channels = record.value(quietChannels, &decoder)
            let then = record.value(quietThen, &decoder)
            guard let from = record.value(quietFrom, &decoder), let to = record.value(quietTo, &decoder) else {
                return nil
            }
            return .init(from: from, to: to, channels: channels, then: then?.value ?? .nextAllowed)
        }, doc: "Wall-clock hours in which marketing messages are not sent.",
        example: "{ from: \"21:00\", to: \"08:00\", channels: [sms, push], then: next_allowed }")
    static let holdout = Field(
        "holdout", Shape<Int>.ratio, doc: "The share of customers that no marketing campaign ever contacts.",
        example: "5%")
    static let frequencyCaps = Field(
        "frequency_caps",
        Shape<[Located<WorkspaceDocument.FrequencyCap>]>.list(
            .mapping(frequencyCapDeclaration) { record, decoder in
                let channel = record.value(capChannel, &decoder)
                let atMost = record.value(capAtMost, &decoder)
                guard let per = record.value(capPer, &decoder), let atMost else { return nil }
                // A cap whose channel cannot be read must not become one over all channels.
                guard channel != nil || !record.has(capChannel) else { return nil }
                return .init(channel: channel, atMost: atMost, per: per)
            }), doc: "The most marketing messages a customer gets in a time, over all campaigns.",
        example: "[{ at_most: 3, per: 7d }]")
    static let policyDeclaration = Declaration(
        "policy", doc: "Rules over all campaigns.",
        [
            quietHours.declaration, frequencyCaps.declaration, holdout.declaration, lifecycle.declaration,
            rfm.declaration,
        ])

    static let rfm = Field(
        "rfm",
        Shape<WorkspaceDocument.RFMNames>.named(
            .mapping(PopulationFields.namedDeclaration) { record, decoder in
                RFMRangesSyntax.decode(record, &decoder)
            }
        ).keyed(by: .declares(.rfmGroup)), doc: "What the names of RFM groups mean, instead of the usual ten.",
        example: "{ champions: { r: { at_least: 4 }, f: { at_least: 4 }, m: { at_least: 4 } } }")
    static let lifecycle = Field(
        "lifecycle",
        Shape<WorkspaceDocument.Lifecycle>.mapping(lifecycleDeclaration) { record, decoder in
            let atRisk = record.value(lifecycleAtRisk, &decoder)
            let lapsed = record.value(lifecycleLapsed, &decoder)
            // A time that cannot be read must not become the usual one.
            guard atRisk != nil || !record.has(lifecycleAtRisk), lapsed != nil || !record.has(lifecycleLapsed) else {
                return nil
            }
            return .init(atRisk: atRisk, lapsed: lapsed)
        }, doc: "When the stages of `lifecycle` conditions begin.", example: "{ at_risk: 90d, lapsed: 365d }")
    static let lifecycleAtRisk = Field(
        "at_risk", Shape<Int64>.duration, doc: "How long after the last event a customer is at risk; default 90d.",
        example: "90d", default: "90d")
    static let lifecycleLapsed = Field(
        "lapsed", Shape<Int64>.duration, doc: "How long after the last event a customer has lapsed; default 365d.",
        example: "365d", default: "365d")
    static let lifecycleDeclaration = Declaration(
        "lifecycle thresholds", doc: "When the stages of `lifecycle` conditions begin.",
        [lifecycleAtRisk.declaration, lifecycleLapsed.declaration])

    static let capChannel = Field(
        "channel", Shape<String>.text.referring(to: .channel),
        doc: "The channel whose messages are counted; default all together.",
        example: "sms")
    static let capAtMost = Field(
        "at_most", Shape<Int>.integer, required: true, doc: "The most messages in any such time.", example: "3")
    static let capPer = Field(
        "per", Shape<Int64>.duration, required: true, doc: "How far back messages are counted.", example: "7d")
    static let frequencyCapDeclaration = Declaration(
        "frequency cap", doc: "The most marketing messages a customer gets in a time.",
        [capChannel.declaration, capAtMost.declaration, capPer.declaration])

    static let quietFrom = Field(
        "from", Shape<TimeOfDay>.timeOfDay, required: true, doc: "When quiet hours begin.", example: "\"21:00\"")
    static let quietTo = Field(
        "to", Shape<TimeOfDay>.timeOfDay, required: true, doc: "When they end.", example: "\"08:00\"")
    static let quietChannels = Field(
        "channels", Shape<[Located<String>]>.list(.text.referring(to: .channel)),
        doc: "The channels concerned; default all.",
        example: "[sms, push]")
    static let quietThen = Field(
        "then", Shape<WorkspaceDocument.QuietHours.Then>.choice(),
        doc: "Wait for the next allowed instant, or drop the message; default next_allowed.", example: "next_allowed",
        default: "next_allowed")
    static let quietHoursDeclaration = Declaration(
        "quiet hours", doc: "Wall-clock hours in which marketing messages are not sent.",
        [quietFrom.declaration, quietTo.declaration, quietChannels.declaration, quietThen.declaration])

    /// Up to a thousand million, so that a year's sum stays a number.
    static let amount = Shape<Int64>.scalar("money", wanted: "an amount of at most four decimals such as `9.9`") {
        scaledInteger($0, scale: 4).flatMap { (0...10_000_000_000_000).contains($0) ? $0 : nil }
    }
    static let costFields = ChannelKind.available.map { kind in
        Field(
            kind.rawValue, amount, key: .refers(.channel), doc: "The cost of one \(kind.rawValue) message.",
            example: "9.9")
    }
    static let costsDeclaration = Declaration(
        "costs", doc: "What a message costs, by channel.",
        costFields.map(\.declaration)
            + [.later("lms", doc: "The cost of a long SMS.", example: "30")])

    struct Sources: Sendable {
        let customers: Located<WorkspaceDocument.Source>?
        let events: Located<WorkspaceDocument.Source>?
    }

    /// A table of customers with their attributes, or of events with their properties.
    private static func source(of kind: NameKind) -> Shape<WorkspaceDocument.Source> {
        let columns = columns(of: kind)
        let declaration = Declaration(
            "source", doc: "One table.", [csv.declaration, columns.declaration, sourceZone.declaration])
        return Shape<WorkspaceDocument.Source>.mapping(declaration) { record, decoder in
            let columns = record.value(columns, &decoder)?.value ?? []
            let zone = record.value(sourceZone, &decoder)
            return record.value(csv, &decoder).map { .init(csv: $0, columns: columns, zone: zone) }
        }
    }
    static let customers = Field(
        "customers", source(of: .attribute), required: true, doc: "The customers' table.",
        example: "{ csv: data/customers.csv }")
    static let events = Field(
        "events", source(of: .property), required: true, doc: "The events' table.",
        example: "{ csv: data/events.csv.gz }")
    static let sourcesDeclaration = Declaration(
        "sources", doc: "Where customers and events come from.", [customers.declaration, events.declaration])

    static let csv = Field(
        "csv", Shape<String>.text, required: true,
        doc: "A CSV file, gzip-compressed or not; a path from the workspace.",
        example: "data/customers.csv")
    /// `kind`: what the catalog's names among the keys are.
    private static func columns(of kind: NameKind) -> Field<[Named<String>]> {
        Field(
            "columns", Shape<[Named<String>]>.named(.text).keyed(by: .refers(kind)),
            doc: """
                Columns whose names differ: role (`customer`, `event`, `time`) or catalog name, then column. `recorded_at` is \
                when an event became known: until then nothing sees it.
                """, example: "{ customer: customer_id, event: event, time: timestamp, recorded_at: loaded_at }")
    }
    static let sourceZone = Field(
        "zone", Shape<String>.zone, doc: "The zone of instants without an offset; default UTC.", example: "UTC",
        default: "UTC")
}
