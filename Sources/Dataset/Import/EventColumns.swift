import CampaignPlan
import CivilTime
import Diagnostics

/// Which columns of the events' source hold what, and how they are read.
final class EventColumns: Sendable {
    let events: [EventSchema]
    /// By event type in the order of the schema, by property in its order.
    let readers: [[ValueReader]]
    /// Names of the properties stored as text, sorted.
    let textNames: [String]
    let customer: (index: Int, name: String)
    let event: (index: Int, name: String)
    let time: ValueReader
    let timeIndex: Int
    /// Says when a row became known; then each type's last reader. Nil: the source does not say.
    let recorded: ValueReader?
    let tableNames: [String: Int]
    private let areZones: [Bool]

    /// Nil where a column that is needed is not there.
    init?(_ events: [EventSchema], zone: TimeZoneRules, columns: inout SourceColumns) {
        let customer = columns.find("customer", default: "customer_id", for: "the customer", isRequired: true)
        let event = columns.find("event", default: "event", for: "the event type", isRequired: true)
        let time = columns.find("time", default: "timestamp", for: "the time", isRequired: true)
        let properties = events.flatMap(\.properties)
        let textProperties = properties.filter { $0.type.storage == .text }
        let textNames = Set(textProperties.map(\.name)).sorted()
        self.events = events
        self.textNames = textNames
        areZones = textNames.map { name in textProperties.contains { $0.name == name && $0.type == .zone } }
        var found: [String: (index: Int?, name: String)] = [:]
        for name in Set(properties.map(\.name)).sorted() {
            // The names of the roles cannot rename a property.
            let isRole = DataSources.eventRoles.contains(name)
            found[name] = columns.find(
                isRole ? "" : name, default: name, for: "property `\(name)`",
                isRequired: properties.contains { $0.name == name && !$0.isOptional })
        }
        let spans = ZoneSpans(zone)
        var recorded: ValueReader?
        if columns.isNamed(DataSources.recordedRole) {
            let column = columns.find(
                DataSources.recordedRole, default: DataSources.recordedRole, for: "when events became known",
                isRequired: true)
            recorded = ValueReader(
                column: column.index, columnName: column.name, type: .instant, isRequired: false, isPersonal: false,
                checksTexts: false, zone: zone, spans: spans, texts: 0)
        }
        self.recorded = recorded
        readers = events.map { event in
            event.properties.map { property in
                ValueReader(
                    column: found[property.name]?.index, columnName: found[property.name]?.name ?? property.name,
                    type: property.type, isRequired: !property.isOptional, isPersonal: false,
                    checksTexts: property.type == .zone, zone: zone, spans: spans,
                    texts: textNames.firstIndex(of: property.name) ?? 0)
            } + [recorded].compactMap(\.self)
        }
        guard let customerIndex = customer.index, let eventIndex = event.index, let timeIndex = time.index,
            !columns.diagnostics.hasErrors
        else { return nil }
        self.customer = (customerIndex, customer.name)
        self.event = (eventIndex, event.name)
        self.timeIndex = timeIndex
        self.time = ValueReader(
            column: timeIndex, columnName: time.name, type: .instant, isRequired: true, isPersonal: false,
            checksTexts: false, zone: zone, spans: spans, texts: 0)
        tableNames = Dictionary(uniqueKeysWithValues: events.enumerated().map { ($0.element.name, $0.offset) })
    }

    /// Where a thread collects the texts of each name.
    func emptyTexts() -> [ColumnTexts] {
        areZones.map { ColumnTexts(isAllowed: $0 ? ValueType.zone.textTest : nil) }
    }
}
