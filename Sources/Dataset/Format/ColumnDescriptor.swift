/// What the header says of one column file.
package struct ColumnDescriptor: Codable, Equatable, Sendable {
    package enum Element: String, Codable, Sendable {
        case u8
        case u32
        case u64
        case i64

        /// Bytes of one element.
        package var width: Int {
            switch self {
            case .u8: 1
            case .u32: 4
            case .u64, .i64: 8
            }
        }
    }

    /// `ColumnRole.code`, or a code of a later version.
    package var role: String
    /// The event type, for roles of event tables.
    package var event: String?
    /// The attribute or property, for roles that have one.
    package var name: String?
    /// True where a reader that does not know the role may leave the column alone.
    package var optional: Bool
    /// A file in the data set's folder.
    package var file: String
    package var element: Element
    /// Elements.
    package var count: Int
    package var bytes: Int
    /// Missing values among the elements, for value columns.
    package var missing: Int?
    /// CRC-32 (zlib's) of every block of 1 MiB.
    package var crc32: [UInt32]

    package init(
        role: ColumnRole, file: String, element: Element, count: Int, missing: Int? = nil, crc32: [UInt32]
    ) {
        self.role = role.code
        self.event = role.event
        self.name = role.name
        self.optional = false
        self.file = file
        self.element = element
        self.count = count
        self.bytes = count * element.width
        self.missing = missing
        self.crc32 = crc32
    }
}

/// What a column holds.
package enum ColumnRole: Hashable, Sendable {
    case keyOffsets
    case keyBytes
    case attribute(String)
    case attributeDictionaryOffsets(String)
    case attributeDictionaryBytes(String)
    case propertyDictionaryOffsets(String)
    case propertyDictionaryBytes(String)
    case eventCustomers(String)
    case eventStarts(String)
    case eventTimes(String)
    case eventOrder(String)
    case eventRecorded(String)
    case property(event: String, name: String)

    package var code: String {
        switch self {
        case .keyOffsets: "customer-key-offsets"
        case .keyBytes: "customer-key-bytes"
        case .attribute: "attribute"
        case .attributeDictionaryOffsets: "attribute-dictionary-offsets"
        case .attributeDictionaryBytes: "attribute-dictionary-bytes"
        case .propertyDictionaryOffsets: "property-dictionary-offsets"
        case .propertyDictionaryBytes: "property-dictionary-bytes"
        case .eventCustomers: "event-customers"
        case .eventStarts: "event-starts"
        case .eventTimes: "event-times"
        case .eventOrder: "event-order"
        case .eventRecorded: "event-recorded"
        case .property: "property"
        }
    }

    package var event: String? {
        switch self {
        case .keyOffsets, .keyBytes, .attribute, .attributeDictionaryOffsets, .attributeDictionaryBytes,
            .propertyDictionaryOffsets, .propertyDictionaryBytes:
            nil
        case .eventCustomers(let event), .eventStarts(let event), .eventTimes(let event), .eventOrder(let event),
            .eventRecorded(let event), .property(let event, _):
            event
        }
    }

    package var name: String? {
        switch self {
        case .keyOffsets, .keyBytes, .eventCustomers, .eventStarts, .eventTimes, .eventOrder, .eventRecorded: nil
        case .attribute(let name), .attributeDictionaryOffsets(let name), .attributeDictionaryBytes(let name),
            .propertyDictionaryOffsets(let name), .propertyDictionaryBytes(let name), .property(_, let name):
            name
        }
    }

    /// Nil for a descriptor whose role this version does not know or that lacks a name it needs.
    package init?(_ column: ColumnDescriptor) {
        let candidates: [ColumnRole]
        switch (column.event, column.name) {
        case (nil, nil): candidates = [.keyOffsets, .keyBytes]
        case (nil, let name?):
            candidates = [
                .attribute(name), .attributeDictionaryOffsets(name), .attributeDictionaryBytes(name),
                .propertyDictionaryOffsets(name), .propertyDictionaryBytes(name),
            ]
        case (let event?, nil):
            candidates = [
                .eventCustomers(event), .eventStarts(event), .eventTimes(event), .eventOrder(event),
                .eventRecorded(event),
            ]
        case (let event?, let name?): candidates = [.property(event: event, name: name)]
        }
        guard let role = candidates.first(where: { $0.code == column.role }) else { return nil }
        self = role
    }
}
