import Foundation

package struct ImportOptions: Sendable {
    /// More bad rows than this, in both sources together, refuse the import.
    package var badRowsMax: Int
    /// Stored with the data: tells whether a data set was made with the catalog at hand.
    package var catalogDigest: String
    /// Stored with the data: tells whether a data set was made of the sources at hand.
    package var sourcesDigest: String
    /// Bytes that rows of events may take up on their way; what goes beyond is put on disk. Customers and the different
    /// texts are in memory whatever this is.
    package var memory: Int
    /// How many threads to use. The data set is the same whatever this and `memory` are.
    package var threads: Int
    /// Asked now and then; true ends the import with a `CancellationError`.
    package var isCancelled: (@Sendable () -> Bool)?
    /// Called about ten times a second.
    package var progress: (@Sendable (ImportProgress) -> Void)?

    /// `threads`: nil for one a processor.
    package init(
        badRowsMax: Int = 0, catalogDigest: String, sourcesDigest: String,
        memory: Int = 1 << 30, threads: Int? = nil,
        progress: (@Sendable (ImportProgress) -> Void)? = nil, isCancelled: (@Sendable () -> Bool)? = nil
    ) {
        self.memory = max(1, memory)
        self.threads = max(1, threads ?? ProcessInfo.processInfo.activeProcessorCount)
        self.isCancelled = isCancelled
        self.badRowsMax = badRowsMax
        self.catalogDigest = catalogDigest
        self.sourcesDigest = sourcesDigest
        self.progress = progress
    }
}

/// How far an import is.
package struct ImportProgress: Equatable, Sendable {
    package enum Phase: String, Sendable {
        case readingCustomers
        case readingEvents
        case writing
    }

    package var phase: Phase
    /// Rows of the source read, or events written.
    package var rows: Int
    /// Bytes of the source read, compressed as it is, or bytes written.
    package var bytes: Int
    /// Bytes of the source; nil while writing and for a source that is no plain file.
    package var bytesTotal: Int?
}

/// What an import made.
package struct ImportSummary: Equatable, Sendable {
    package var customers: Int
    /// Rows by event type, in the order of the schema.
    package var events: [DatasetHeader.EventTable]
    /// Rows of event types that the catalog does not list, sorted by name.
    package var skippedEvents: [DatasetHeader.SkippedEvents]
    /// Rows left out as bad or as events of customers with a bad row.
    package var skippedRows: Int
    /// Of all column files.
    package var bytes: Int
}
