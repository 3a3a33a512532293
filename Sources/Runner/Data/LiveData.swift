internal import CampaignPlan
internal import CivilTime
internal import Dataset
internal import Foundation
internal import Timeline

/// What arrived after the import: events by customer and type, and new values of attributes. In memory only; the store
/// holds the lines of which it is made.
struct LiveData {
    struct Event {
        var time: Int64
        /// Behind every row of the import.
        var order: Int64
        /// When it became known; `CustomerTimeline.missing`: at its time.
        var recorded: Int64
        /// By property; missing ones are not there.
        var values: [String: Int64]
    }

    /// By customer, by event type, ascending by time, then order.
    private(set) var events: [Int: [String: [Event]]] = [:]
    /// By customer, by attribute.
    private(set) var attributes: [Int: [String: Int64]] = [:]
    var attributeTexts: [String: LiveTexts] = [:]
    var propertyTexts: [String: LiveTexts] = [:]

    private let attributeReaders: [String: (type: ValueType, reader: FieldReader)]
    private let propertyReaders: [String: [String: (type: ValueType, reader: FieldReader)]]
    private var nextOrder: Int64 = 1 << 40

    /// `zone`: what instants without an offset are read in.
    init(schema: DataSchema, zone: TimeZoneRules) {
        attributeReaders = Dictionary(
            uniqueKeysWithValues: schema.customer.attributes.map { attribute in
                let isRequired = !attribute.isOptional || attribute.name == schema.customer.since
                let reader = FieldReader(
                    name: attribute.name, type: attribute.type, isRequired: isRequired,
                    isPersonal: attribute.isPersonal, values: attribute.values, zone: zone)
                return (attribute.name, (attribute.type, reader))
            })
        propertyReaders = Dictionary(
            uniqueKeysWithValues: schema.events.map { event in
                let readers = event.properties.map { property in
                    let reader = FieldReader(
                        name: property.name, type: property.type, isRequired: !property.isOptional, zone: zone)
                    return (property.name, (property.type, reader))
                }
                return (event.name, Dictionary(uniqueKeysWithValues: readers))
            })
    }

    /// Throws a `LiveDefect`. Values that the catalog does not list are ignored, as an import ignores columns.
    func check(_ record: LiveRecord) throws {
        do {
            if let event = record.event {
                guard let readers = propertyReaders[event] else { throw LiveDefect("no event `\(event)`") }
                for (name, reader) in readers { _ = try reader.reader.read(record.values[name] ?? "") }
            } else {
                let known = record.values.filter { attributeReaders[$0.key] != nil }
                if known.isEmpty { throw LiveDefect("no attribute that the catalog lists") }
                for (name, value) in known { _ = try attributeReaders[name]?.reader.read(value) }
            }
        } catch let defect as FieldReader.Defect {
            throw LiveDefect(defect.message)
        }
    }

    /// True where a text is a new one.
    mutating func add(_ record: LiveRecord, customer: Int) -> Bool {
        var isNew = false
        if let event = record.event {
            var values: [String: Int64] = [:]
            for (name, reader) in propertyReaders[event] ?? [:] {
                guard let value = try? reader.reader.read(record.values[name] ?? "") else { continue }
                values[name] = Self.stored(value, &propertyTexts[name, default: LiveTexts(nil)], &isNew)
            }
            let recorded = record.recorded ?? CustomerTimeline.missing
            insert(Event(time: record.time, order: nextOrder, recorded: recorded, values: values), event, customer)
            nextOrder += 1
            return isNew
        }
        for (name, text) in record.values {
            guard let value = try? attributeReaders[name]?.reader.read(text) else { continue }
            let stored = Self.stored(value, &attributeTexts[name, default: LiveTexts(nil)], &isNew)
            attributes[customer, default: [:]][name] = stored ?? CustomerTimeline.missing
        }
        return isNew
    }

    /// Nil for a missing value.
    private static func stored(_ value: FieldReader.Value, _ texts: inout LiveTexts, _ isNew: inout Bool) -> Int64? {
        switch value {
        case .missing: return nil
        case .number(let number): return number
        case .text(let text):
            let (code, new) = texts.code(of: text.precomposedStringWithCanonicalMapping)
            isNew = isNew || new
            return Int64(code)
        }
    }

    private mutating func insert(_ event: Event, _ type: String, _ customer: Int) {
        var list = events[customer, default: [:]][type, default: []]
        // Mostly the newest comes last.
        var place = list.count
        while place > 0, list[place - 1].time > event.time { place -= 1 }
        list.insert(event, at: place)
        events[customer, default: [:]][type] = list
    }
}

extension LiveData: Vocabulary {
    func codes(ofAttribute name: String, where test: (String) -> Bool) -> [Bool] {
        Self.codes(attributeTexts[name], test)
    }

    func codes(ofProperty name: String, where test: (String) -> Bool) -> [Bool] {
        Self.codes(propertyTexts[name], test)
    }

    func text(ofAttribute name: String, code: Int) -> String? { attributeTexts[name]?[code] }
    func codeCount(ofAttribute name: String) -> Int { attributeTexts[name]?.count ?? 0 }

    private static func codes(_ texts: LiveTexts?, _ test: (String) -> Bool) -> [Bool] {
        guard let texts else { return [] }
        return (0..<texts.count).map { code in texts[code].map(test) ?? false }
    }
}
