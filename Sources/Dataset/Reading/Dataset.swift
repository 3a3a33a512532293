package import CampaignPlan
package import CivilTime

/// A data set: customers with attributes, and a table of events per type, in files that are read in place.
///
/// Opening reads the header and the customer keys; every other column is verified when it is first asked for, and
/// fails then with a `DatasetError`. What has been handed out cannot fail any more, as long as nobody cuts off a file that
/// is being read; imports never do, they put new files in the place of old ones. Use from any thread.
package final class Dataset: Sendable {
    let store: ColumnStore
    private let keys: TextDictionary

    /// Throws a `DatasetError` where there is no data set, or a damaged one or one of a newer version. Columns are verified
    /// on so many threads.
    package static func open(at path: String, threads: Int = 1) throws -> Dataset {
        let store = try openStore(at: path, threads: threads)
        let keys = try store.dictionary(offsets: .keyOffsets, bytes: .keyBytes, of: "customer keys")
        return Dataset(store: store, keys: keys)
    }

    private init(store: ColumnStore, keys: TextDictionary) {
        self.store = store
        self.keys = keys
    }

    /// Verifies columns that will be asked for, on all threads at once; one after another they would take as long as
    /// each has. Throws a `DatasetError` about the first that is damaged.
    package func verify(_ selection: ColumnSelection) throws { try store.verify(selection) }

    package var path: String { store.folder }
    package var header: DatasetHeader { store.header }
    /// The schema that the data was imported with.
    package var schema: DataSchema { store.schema }

    /// Customers have the ids `0..<customerCount`, in the bytewise order of their keys.
    package var customerCount: Int { keys.count }

    package func key(of customer: Int) -> String { keys[customer] }

    /// The UTF-8 of a customer's key.
    @_lifetime(borrow self)
    package func keyBytes(of customer: Int) -> Span<UInt8> {
        let span = Span(_unsafeElements: keys.elements(of: customer))
        return _overrideLifetime(span, borrowing: self)
    }

    package func customer(named key: String) -> Int? { keys.code(of: key) }

    /// The event types of the schema, sorted; a type may have no rows.
    package var eventTypes: [String] { schema.events.map(\.name) }

    /// 0 for a type that is not stored.
    package func rowCount(of event: String) -> Int { header.events.first { $0.name == event }?.rows ?? 0 }

    /// The time of the earliest event; nil without events.
    package var firstTime: Instant? { header.firstTime.map(Instant.init(milliseconds:)) }
    /// The time of the latest event; nil without events.
    package var lastTime: Instant? { header.lastTime.map(Instant.init(milliseconds:)) }

    /// The values of an attribute by customer id.
    package func attribute(_ name: String) throws -> ValueColumn { try store.attribute(name) }

    /// The texts behind the codes of an attribute that is stored as text.
    package func dictionary(attribute name: String) throws -> TextDictionary {
        try store.dictionary(
            offsets: .attributeDictionaryOffsets(name), bytes: .attributeDictionaryBytes(name),
            of: "texts of attribute `\(name)`")
    }

    /// The texts behind the codes of every property of this name that is stored as text.
    package func dictionary(property name: String) throws -> TextDictionary {
        try store.dictionary(
            offsets: .propertyDictionaryOffsets(name), bytes: .propertyDictionaryBytes(name),
            of: "texts of property `\(name)`")
    }

    package func events(_ name: String) throws -> EventTable {
        EventTable(event: name, store: store, columns: try store.table(name))
    }
}
