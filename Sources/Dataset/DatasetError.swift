package import Diagnostics

/// Why a data set cannot be read or written.
package struct DatasetError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        /// Nothing is at the path.
        case missing
        /// Something else is at the path.
        case notADataset
        /// A file does not hold what the header says; in a few words.
        case damaged(String)
        /// Written by a later version of the format, or needing one.
        case newer(String)
        /// The data set has no such column or table; in a few words.
        case notStored(String)
        /// The target of an import is there and is not a data set.
        case targetOccupied
        /// The file system refused; in a few words.
        case fileSystem(String)
    }

    /// The data set's folder or the file in it.
    package var path: String
    package var reason: Reason

    package init(path: String, _ reason: Reason) {
        self.path = path
        self.reason = reason
    }

    package var diagnostic: Diagnostic {
        Diagnostic(code, message, at: .path(path), help: help)
    }

    /// `path: message`.
    package var description: String { "\(path): \(message)" }

    private var code: Code {
        switch reason {
        case .missing: .noDataset
        case .notADataset: .notADataset
        case .damaged: .damagedDataset
        case .newer: .newerDataset
        case .notStored: .notInDataset
        case .targetOccupied: .importTargetOccupied
        case .fileSystem: .dataFileSystem
        }
    }

    private var message: String {
        switch reason {
        case .missing: "there is no data set here"
        case .notADataset: "this is not a data set"
        case .damaged(let detail): "damaged data set: \(detail)"
        case .newer(let detail): "data set of a newer version: \(detail)"
        case .notStored(let detail): "the data set has no \(detail)"
        case .targetOccupied: "the target of the import is not a data set"
        case .fileSystem(let detail): detail
        }
    }

    private var help: [String] {
        switch reason {
        case .missing, .notADataset: ["make one with `pabal data import`"]
        case .damaged, .notStored: ["import the data again"]
        case .newer: ["use a newer pabal, or import the data again with this one"]
        case .targetOccupied: ["name another folder, or remove this one"]
        case .fileSystem: []
        }
    }
}
