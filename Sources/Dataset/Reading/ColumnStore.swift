import CampaignPlan
import Synchronization

/// The columns of one data set: mapped, verified and checked when first asked for, once for all threads.
final class ColumnStore: Sendable {
    let folder: String
    let header: DatasetHeader
    let schema: DataSchema
    private let descriptors: [ColumnRole: ColumnDescriptor]
    private let cache = Mutex(Cache())

    private struct Cache: Sendable {
        var values: [ColumnRole: ValueColumn] = [:]
        var dictionaries: [ColumnRole: TextDictionary] = [:]
        var tables: [String: EventTable.Columns] = [:]
    }

    init(folder: String, header: DatasetHeader, schema: DataSchema, descriptors: [ColumnRole: ColumnDescriptor]) {
        self.folder = folder
        self.header = header
        self.schema = schema
        self.descriptors = descriptors
    }

    func attribute(_ name: String) throws -> ValueColumn {
        guard let attribute = schema.attribute(name) else { throw notStored("attribute `\(name)`") }
        return try values(.attribute(name), type: attribute.type, dictionary: .attributeDictionaryOffsets(name))
    }

    func property(_ name: String, of event: String) throws -> ValueColumn {
        guard let property = schema.event(event)?.property(name) else {
            throw notStored("property `\(name)` of event `\(event)`")
        }
        return try values(
            .property(event: event, name: name), type: property.type, dictionary: .propertyDictionaryOffsets(name))
    }

    /// The texts between pairs of offsets; also the customer keys are stored so.
    func dictionary(offsets: ColumnRole, bytes: ColumnRole, of what: String) throws -> TextDictionary {
        guard descriptors[offsets] != nil else { throw notStored(what) }
        return try cache.withLock { cache in
            if let dictionary = cache.dictionaries[offsets] { return dictionary }
            guard
                let dictionary = TextDictionary(offsets: try indices(offsets), bytes: try column(bytes, of: UInt8.self))
            else { throw damaged(offsets, "the texts are not in order") }
            cache.dictionaries[offsets] = dictionary
            return dictionary
        }
    }

    func table(_ event: String) throws -> EventTable.Columns {
        guard schema.event(event) != nil else { throw notStored("event `\(event)`") }
        return try cache.withLock { cache in
            if let table = cache.tables[event] { return table }
            let table = try openTable(event)
            cache.tables[event] = table
            return table
        }
    }

    private func values(_ role: ColumnRole, type: ValueType, dictionary: ColumnRole) throws -> ValueColumn {
        try cache.withLock { cache in
            if let column = cache.values[role] { return column }
            let column = try openValues(role, type: type, dictionary: dictionary)
            cache.values[role] = column
            return column
        }
    }
}

// Opening: bytes are verified, then every value is checked, so that later reads cannot fail.
extension ColumnStore {
    private func openValues(_ role: ColumnRole, type: ValueType, dictionary: ColumnRole) throws -> ValueColumn {
        switch type.storage {
        case .text:
            let codes = try column(role, of: UInt32.self)
            let texts = try descriptor(dictionary).count - 1
            let span = codes.span
            for index in span.indices where span[index] != DatasetFormat.missingCode && Int(span[index]) >= texts {
                throw damaged(role, "a code lies outside its dictionary")
            }
            return ValueColumn(type: type, codes: codes)
        case .number:
            let numbers = try column(role, of: Int64.self)
            let range = type.numberRange ?? 0...0
            let span = numbers.span
            for index in span.indices where span[index] != DatasetFormat.missingNumber && !range.contains(span[index]) {
                throw damaged(role, "a value is no \(type.name)")
            }
            return ValueColumn(type: type, numbers: numbers)
        }
    }

    private func openTable(_ event: String) throws -> EventTable.Columns {
        let customers = try column(.eventCustomers(event), of: UInt32.self)
        let ids = customers.span
        for index in ids.indices {
            guard Int(ids[index]) < header.customers, index == 0 || ids[index - 1] < ids[index] else {
                throw damaged(.eventCustomers(event), "the customers are not in order")
            }
        }
        let order = try indices(.eventOrder(event))
        let starts = try indices(.eventStarts(event))
        guard starts.isPartition(upTo: order.count) else {
            throw damaged(.eventStarts(event), "the customers' rows are not in order")
        }
        let times: EventTable.Times
        switch header.timeUnit {
        case .second: times = .seconds(try column(.eventTimes(event), of: UInt32.self), epoch: header.epoch)
        case .millisecond: times = .milliseconds(try column(.eventTimes(event), of: Int64.self))
        }
        let table = EventTable.Columns(customers: customers, starts: starts, times: times, order: order)
        guard let first = header.firstTime, let last = header.lastTime else { return table }
        for position in 0..<customers.count {
            guard times.areSorted(starts[position]..<starts[position + 1], in: first...last) else {
                throw damaged(.eventTimes(event), "the times are not in order")
            }
        }
        return table
    }

    /// Row numbers and offsets fit an `Int` afterwards.
    private func indices(_ role: ColumnRole) throws -> IndexColumn {
        let descriptor = try descriptor(role)
        guard descriptor.element == .u64 else { return .narrow(try column(role, of: UInt32.self)) }
        let wide = try column(role, of: UInt64.self)
        let span = wide.span
        for index in span.indices where span[index] > UInt64(Int64.max) {
            throw damaged(role, "a number is too large")
        }
        return .wide(wide)
    }

    private func column<Element>(_ role: ColumnRole, of: Element.Type) throws -> MappedColumn<Element> {
        let descriptor = try descriptor(role)
        let path = path(of: descriptor)
        guard descriptor.element.width == MemoryLayout<Element>.stride else {
            throw DatasetError(path: path, .damaged("the elements have the wrong width"))
        }
        let file = try MappedFile(path: path, byteCount: descriptor.bytes)
        guard Checksum.blocks(file.bytes) == descriptor.crc32 else {
            throw DatasetError(path: path, .damaged("the checksum does not match"))
        }
        return MappedColumn(file)
    }

    private func descriptor(_ role: ColumnRole) throws -> ColumnDescriptor {
        guard let descriptor = descriptors[role] else { throw notStored("column of role `\(role.code)`") }
        return descriptor
    }

    private func path(of descriptor: ColumnDescriptor) -> String { folder + "/" + descriptor.file }

    private func damaged(_ role: ColumnRole, _ detail: String) -> DatasetError {
        DatasetError(path: descriptors[role].map(path(of:)) ?? folder, .damaged(detail))
    }

    private func notStored(_ what: String) -> DatasetError { DatasetError(path: folder, .notStored(what)) }
}

extension EventTable.Times {
    /// True if the times of `rows` never fall and all lie in `range`, in milliseconds.
    fileprivate func areSorted(_ rows: Range<Int>, in range: ClosedRange<Int64>) -> Bool {
        var previous = range.lowerBound
        for row in rows {
            let time: Int64
            switch self {
            case .seconds(let column, let epoch): time = epoch + Int64(column[row]) * 1000
            case .milliseconds(let column): time = column[row]
            }
            guard time >= previous, time <= range.upperBound else { return false }
            previous = time
        }
        return true
    }
}
