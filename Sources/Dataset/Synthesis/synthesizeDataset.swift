import CampaignPlan

/// Synthesizes straight into a data set at `target`, which is replaced if it is one; in memory that does not depend on
/// the number of events or customers.
///
/// The data set is the same, byte for byte, as one imported from `synthesizeSources` with the same options, but for
/// the digests, which are stored as given. Throws `DatasetError`.
package func synthesizeDataset(
    _ options: SynthesisOptions, to target: String, catalogDigest: String, sourcesDigest: String
) throws -> ImportSummary {
    try PendingFolder.checkTarget(target)
    let survey = SynthesisSurvey(options)
    var writer = try SyntheticDataset(survey, target: target)
    try survey.forEachCustomer { customer, activity, count in
        try writer.append(customer, activity, events: count)
    }
    return try writer.finish(catalogDigest: catalogDigest, sourcesDigest: sourcesDigest)
}

/// A data set on its way: customers with their events, one after the other.
private struct SyntheticDataset {
    /// What a type's rows are collected to before they are written.
    private static let batchRows = 1 << 13

    private let options: SynthesisOptions
    private let events: SyntheticEvents
    private let times: ClosedRange<Int64>?
    private let stream: DatasetStream
    private let countries: [UInt32]
    private let plans: [UInt32]
    private let zones: [UInt32]
    private let products: [UInt32]
    /// By type: the place in the schema, what has been collected.
    private let places: [Int]
    private var batches: [EventBatch]
    /// By hour: the row of the source that comes next.
    private var nextRow: [Int]
    /// Of the customer at hand: seconds in the upper half, the order of drawing in the lower.
    private var drawn: [UInt64] = []

    init(_ survey: SynthesisSurvey, target: String) throws {
        options = survey.options
        events = survey.events
        nextRow = survey.rowsBefore
        times = survey.times
        let schema = SyntheticShop.schema(types: options.types)
        let clock = DatasetClock(
            first: times?.lowerBound ?? 0, last: times?.upperBound ?? 0, areWholeSeconds: true)
        let countryTexts = SortedTexts(survey.texts(CustomerShares.homes.map(\.country), survey.usesHome))
        let zoneTexts = SortedTexts(survey.texts(CustomerShares.homes.map(\.zone), survey.usesHome))
        let planTexts = SortedTexts(survey.texts(SyntheticShop.plans, survey.usesPlan))
        let productTexts = SortedTexts(
            survey.texts((0..<SyntheticShop.productCount).map(SyntheticShop.productName), survey.usesProduct))
        countries = survey.codes(countryTexts, survey.usesHome)
        zones = survey.codes(zoneTexts, survey.usesHome)
        plans = survey.codes(planTexts, survey.usesPlan)
        products = survey.codes(productTexts, survey.usesProduct)
        stream = try DatasetStream(
            target: target, schema: schema,
            attributeTexts: ["country": countryTexts, "plan": planTexts, "zone": zoneTexts],
            propertyTexts: ["product": productTexts], clock: clock)
        let names = (0..<options.types).map(SyntheticShop.eventName)
        places = names.map { name in schema.events.firstIndex { $0.name == name } ?? 0 }
        batches = places.map { EventBatch(schema.events[$0], clock: clock) }
    }

    mutating func append(_ customer: Int, _ activity: CustomerActivity, events count: Int) throws {
        let values = activity.customer(options)
        // In the order of the attributes' names.
        let attributes: InlineArray<9, Int64> = [
            values.age ?? DatasetFormat.missingNumber, Int64(countries[values.home]), values.emailConsent ? 1 : 0,
            Int64(plans[values.plan]), values.pushConsent ? 1 : 0, values.signedUpAt * 1000,
            values.smsConsent ? 1 : 0, values.smsNightConsent ? 1 : 0, Int64(zones[values.home]),
        ]
        try stream.append(customer: SyntheticKey(customer).bytes.span, values: attributes.span)
        draw(activity, count)
        for time in drawn {
            let second = UInt32(truncatingIfNeeded: time >> 32)
            let event = events.event(activity.events, Int(time & 0xFFFF_FFFF))
            let row = nextRow[Int(second / 3600)]
            nextRow[Int(second / 3600)] = row + 1
            // In the order of the properties' names.
            let properties: InlineArray<3, Int64> =
                switch events.kind(event.type) {
                case .plain: [0, 0, 0]
                case .product: [Int64(products[event.product]), 0, 0]
                case .line: [event.amount, Int64(products[event.product]), event.quantity]
                }
            batches[event.type].append(
                customer: customer, time: (options.startSeconds + Int64(second)) * 1000,
                order: UInt32(truncatingIfNeeded: row),
                values: properties.span.extracting(first: events.kind(event.type).propertyCount))
            if batches[event.type].count == Self.batchRows { try flush(event.type) }
        }
    }

    mutating func finish(catalogDigest: String, sourcesDigest: String) throws -> ImportSummary {
        for type in batches.indices { try flush(type) }
        return try stream.finish(times: times, catalogDigest: catalogDigest, sourcesDigest: sourcesDigest)
    }

    private mutating func draw(_ activity: CustomerActivity, _ count: Int) {
        let slots = events.slots(activity)
        let stream = activity.events
        drawn.removeAll(keepingCapacity: true)
        for index in 0..<count {
            drawn.append(UInt64(events.second(stream, index, slots)) << 32 | UInt64(truncatingIfNeeded: index))
        }
        drawn.sort()
    }

    private mutating func flush(_ type: Int) throws {
        try stream.append(batches[type], event: places[type])
        batches[type].removeAll()
    }
}

extension SynthesisSurvey {
    /// Milliseconds since 1970; nil without events.
    fileprivate var times: ClosedRange<Int64>? {
        guard let firstSecond, let lastSecond else { return nil }
        let start = options.startSeconds
        return (start + Int64(firstSecond)) * 1000...(start + Int64(lastSecond)) * 1000
    }

    /// The texts that are in use, which are all that an import would find.
    fileprivate func texts(_ all: [String], _ isUsed: [Bool]) -> [String] {
        zip(all, isUsed).filter(\.1).map(\.0)
    }

    /// The place of each text in the dictionary; the missing one for texts that are not in use.
    fileprivate func codes(_ texts: SortedTexts, _ isUsed: [Bool]) -> [UInt32] {
        var used = 0
        return isUsed.map { isUsed in
            guard isUsed else { return DatasetFormat.missingCode }
            defer { used += 1 }
            return texts.places[used]
        }
    }
}
