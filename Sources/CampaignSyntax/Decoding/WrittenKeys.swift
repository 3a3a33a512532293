package import Diagnostics

/// Where each key of a mapping is written. The few keys of a mapping are looked through faster than a table is made.
package struct WrittenKeys: Sendable {
    private let entries: [Located<String>]

    init(_ record: Record) {
        entries = record.entries.map(\.key)
    }

    package subscript(_ key: String) -> Span? { entries.first { $0.value == key }?.span }
}
