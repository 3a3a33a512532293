import CampaignPlan
import Synchronization

/// The columns of one data set: mapped, verified and checked when first asked for, once for all threads.
final class ColumnStore: Sendable {
    let folder: String
    let header: DatasetHeader
    let schema: DataSchema
    private let descriptors: [ColumnRole: ColumnDescriptor]
    private let threads: Int
    private let verified = Mutex(Verified())

    /// What is as it should be.
    private struct Verified {
        var files: [ColumnRole: MappedFile] = [:]
        var dictionaries: [ColumnRole: TextDictionary] = [:]
    }

    init(
        folder: String, header: DatasetHeader, schema: DataSchema, descriptors: [ColumnRole: ColumnDescriptor],
        threads: Int
    ) {
        self.folder = folder
        self.header = header
        self.schema = schema
        self.descriptors = descriptors
        self.threads = threads
    }

    func attribute(_ name: String) throws -> ValueColumn {
        guard let attribute = schema.attribute(name) else { throw notStored("attribute `\(name)`") }
        return try values(.attribute(name), attribute.type)
    }

    func property(_ name: String, of event: String) throws -> ValueColumn {
        guard let property = schema.event(event)?.property(name) else {
            throw notStored("property `\(name)` of event `\(event)`")
        }
        return try values(.property(event: event, name: name), property.type)
    }

    func table(_ event: String) throws -> EventTable.Columns {
        guard schema.event(event) != nil else { throw notStored("event `\(event)`") }
        let roles = [ColumnRole.eventCustomers(event), .eventStarts(event), .eventTimes(event)]
        return try verified.withLock { verified in
            try open(roles, &verified)
            let times: EventTable.Times =
                switch header.timeUnit {
                case .second: .seconds(try column(.eventTimes(event), verified), epoch: header.epoch)
                case .millisecond: .milliseconds(try column(.eventTimes(event), verified))
                }
            return EventTable.Columns(
                customers: try column(.eventCustomers(event), verified),
                starts: try indices(.eventStarts(event), verified), times: times)
        }
    }

    /// The numbers of an event table's rows in the source.
    func order(of event: String) throws -> IndexColumn {
        try verified.withLock { verified in
            try open([.eventOrder(event)], &verified)
            return try indices(.eventOrder(event), verified)
        }
    }

    /// When an event table's rows became known, where that was later than their time; nil: none was late.
    func recorded(of event: String) throws -> ValueColumn? {
        let role = ColumnRole.eventRecorded(event)
        guard let descriptor = descriptors[role], descriptor.missing != descriptor.count else { return nil }
        return try values(role, .instant)
    }

    /// The texts between pairs of offsets; also the customer keys are stored so.
    func dictionary(offsets: ColumnRole, bytes: ColumnRole, of what: String) throws -> TextDictionary {
        guard descriptors[offsets] != nil else { throw notStored(what) }
        return try verified.withLock { verified in
            if let dictionary = verified.dictionaries[offsets] { return dictionary }
            try open([bytes, offsets], &verified)
            let dictionary = TextDictionary(offsets: try indices(offsets, verified), bytes: try column(bytes, verified))
            try ColumnCheck.makeAll(
                [ColumnCheck(dictionary, path: path(of: try descriptor(offsets)))], threads: threads)
            verified.dictionaries[offsets] = dictionary
            return dictionary
        }
    }

    /// Verifies columns together instead of one after another; what is not stored is left out.
    func verify(_ selection: ColumnSelection) throws {
        var roles = selection.attributes.map { ColumnRole.attribute($0) }
        for events in selection.events {
            let event = events.event
            roles += [.eventCustomers(event), .eventStarts(event), .eventTimes(event)]
            roles.append(.eventRecorded(event))
            if events.needsOrder { roles.append(.eventOrder(event)) }
            roles += events.properties.map { .property(event: event, name: $0) }
        }
        try verified.withLock { try open(roles.filter { descriptors[$0] != nil }, &$0) }
    }

    private func values(_ role: ColumnRole, _ type: ValueType) throws -> ValueColumn {
        try verified.withLock { verified in
            try open([role], &verified)
            switch type.storage {
            case .text: return ValueColumn(type: type, codes: try column(role, verified))
            case .number: return ValueColumn(type: type, numbers: try column(role, verified))
            }
        }
    }
}

// Opening: bytes are verified and every element is checked, so that later reads cannot fail.
extension ColumnStore {
    /// Maps and verifies the columns that are not known yet.
    private func open(_ roles: [ColumnRole], _ verified: inout Verified) throws {
        // In a fixed order, so that of several defects always the same is reported.
        let unknown = try Set(roles).filter { verified.files[$0] == nil }.map { ($0, try descriptor($0)) }
            .sorted { $0.1.file < $1.1.file }
        // Times are checked against the starts, which must be whole by then.
        try openTogether(unknown.filter { !$0.0.areTimes }, &verified)
        try openTogether(unknown.filter { $0.0.areTimes }, &verified)
    }

    private func openTogether(_ columns: [(ColumnRole, ColumnDescriptor)], _ verified: inout Verified) throws {
        var files: [(role: ColumnRole, file: MappedFile)] = []
        var checks: [ColumnCheck] = []
        for (role, descriptor) in columns {
            let path = path(of: descriptor)
            let file = try MappedFile(path: path, byteCount: descriptor.bytes)
            files.append((role, file))
            checks.append(ColumnCheck(file, descriptor, path: path, content: try content(of: role, verified)))
        }
        try ColumnCheck.makeAll(checks, threads: threads)
        for (role, file) in files { verified.files[role] = file }
    }

    private func content(of role: ColumnRole, _ verified: Verified) throws -> ColumnContent {
        switch role {
        case .keyBytes, .attributeDictionaryBytes, .propertyDictionaryBytes: return .anything
        case .keyOffsets: return .partition(upTo: try descriptor(.keyBytes).count, of: "texts")
        case .attributeDictionaryOffsets(let name):
            return .partition(upTo: try descriptor(.attributeDictionaryBytes(name)).count, of: "texts")
        case .propertyDictionaryOffsets(let name):
            return .partition(upTo: try descriptor(.propertyDictionaryBytes(name)).count, of: "texts")
        case .attribute(let name):
            guard let type = schema.attribute(name)?.type else { throw notStored("attribute `\(name)`") }
            return try content(of: type, dictionary: .attributeDictionaryOffsets(name))
        case .property(let event, let name):
            guard let type = schema.event(event)?.property(name)?.type else { throw notStored("property `\(name)`") }
            return try content(of: type, dictionary: .propertyDictionaryOffsets(name))
        case .eventCustomers: return .risingIDs(below: header.customers)
        case .eventStarts(let event):
            return .partition(upTo: try descriptor(.eventTimes(event)).count, of: "customers' rows")
        case .eventOrder: return .rowNumbers
        case .eventRecorded: return .numbers(.instant)
        case .eventTimes(let event):
            guard let first = header.firstTime, let last = header.lastTime else { return .anything }
            return .times(
                header.timeUnit, epoch: header.epoch, first: first, last: last,
                starts: try indices(.eventStarts(event), verified))
        }
    }

    private func content(of type: ValueType, dictionary: ColumnRole) throws -> ColumnContent {
        switch type.storage {
        case .text: .codes(below: try descriptor(dictionary).count - 1)
        case .number: .numbers(type)
        }
    }

    private func column<Element>(_ role: ColumnRole, _ verified: Verified) throws -> MappedColumn<Element> {
        let descriptor = try descriptor(role)
        guard let file = verified.files[role], descriptor.element.width == MemoryLayout<Element>.stride else {
            throw DatasetError(path: path(of: descriptor), .damaged("the elements have the wrong width"))
        }
        return MappedColumn(file)
    }

    private func indices(_ role: ColumnRole, _ verified: Verified) throws -> IndexColumn {
        try descriptor(role).element == .u64 ? .wide(try column(role, verified)) : .narrow(try column(role, verified))
    }

    private func descriptor(_ role: ColumnRole) throws -> ColumnDescriptor {
        guard let descriptor = descriptors[role] else { throw notStored("column of role `\(role.code)`") }
        return descriptor
    }

    private func path(of descriptor: ColumnDescriptor) -> String { folder + "/" + descriptor.file }

    private func notStored(_ what: String) -> DatasetError { DatasetError(path: folder, .notStored(what)) }
}

extension ColumnRole {
    fileprivate var areTimes: Bool {
        if case .eventTimes = self { return true }
        return false
    }
}
