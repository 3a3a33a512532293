internal import Foundation
internal import GRDB

/// The store on a disk: one SQLite connection for everything, since versions before 3.51.3 can damage a write-ahead log
/// when two connections checkpoint it.
package final class SQLiteStore: RunnerStore {
    package let epoch: Int64
    let queue: DatabaseQueue
    private let folder: StoreFolder
    private let environment: String
    /// Ids of campaigns by name, and names by id.
    private var campaignIDs: [String: Int64] = [:]
    private var campaignNames: [Int64: String] = [:]
    /// Set by the first failure: what follows one could be written over a hole.
    private var failure: StoreError?

    package struct Owner: Hashable, Sendable {
        package var workspace: String
        package var environment: String

        package init(workspace: String, environment: String) {
            self.workspace = workspace
            self.environment = environment
        }
    }

    /// Opens or makes the store and begins an epoch.
    ///
    /// `adopts`: take over a folder that was copied. `owner` nil: whoever it belongs to, if there is a store. Throws
    /// `StoreError`.
    package init(_ folder: StoreFolder, owner: Owner?, adopts: Bool = false) throws {
        self.folder = folder
        do {
            if owner == nil, !FileManager.default.fileExists(atPath: folder.database) {
                throw StoreError.folder("there is no ledger")
            }
            try folder.prepareDatabase()
            queue = try DatabaseQueue(path: folder.database, configuration: Self.configuration)
            let numbers = try folder.numbers()
            (epoch, environment) = try queue.write { database in
                try Self.begin(database, owner, numbers, adopts: adopts)
            }
            try queue.read { database in
                try Self.checkSettings(database)
                let rows = try Row.fetchCursor(database, sql: "SELECT id, name FROM campaign")
                while let row = try rows.next() { remember(row[1], row[0]) }
            }
        } catch {
            throw Self.storeError(error)
        }
    }

    package func commit(_ changes: [Change]) throws {
        if let failure { throw failure }
        do {
            try queue.write { database in
                // Inside the transaction, so that nobody can begin an epoch between the look and the write.
                let statement = try database.cachedStatement(
                    sql: "UPDATE runner SET writes = writes + 1 WHERE one = 1 AND epoch = ?")
                try statement.execute(arguments: [epoch])
                guard database.changesCount == 1 else {
                    throw StoreError.fenced(
                        epoch: try Int64.fetchOne(database, sql: "SELECT epoch FROM runner") ?? 0)
                }
                for change in changes { try apply(change, database) }
            }
        } catch {
            let failure = Self.storeError(error)
            self.failure = failure
            throw failure
        }
    }

    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        if let failure { throw failure }
        do {
            // There is one connection, which nobody else reads or writes meanwhile: nothing has to be isolated. GRDB does
            // so by a setting that makes SQLite compile every statement anew.
            return try queue.unsafeRead(body)
        } catch {
            throw Self.storeError(error)
        }
    }

    func remember(_ name: String, _ id: Int64) {
        campaignIDs[name] = id
        campaignNames[id] = name
    }

    func id(ofCampaign name: String) throws -> Int64 {
        guard let id = campaignIDs[name] else { throw StoreError.program("no campaign `\(name)` in the ledger") }
        return id
    }

    func campaignName(_ id: Int64) -> String { campaignNames[id] ?? "" }

    var environmentName: String { environment }
}

extension SQLiteStore {
    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "ledger"
        configuration.maximumReaderCount = 1
        configuration.prepareDatabase { database in
            // GRDB's `journalMode = .wal` would leave `synchronous` at NORMAL, which may lose the last commits.
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.execute(sql: "PRAGMA fullfsync = ON")
            try database.execute(sql: "PRAGMA secure_delete = ON")
            try database.execute(sql: "PRAGMA foreign_keys = ON")
        }
        return configuration
    }

    private static func checkSettings(_ database: Database) throws {
        let wanted = [("journal_mode", "wal"), ("synchronous", "2"), ("secure_delete", "1"), ("foreign_keys", "1")]
        for (name, value) in wanted {
            let found = try String.fetchOne(database, sql: "PRAGMA \(name)") ?? ""
            guard found == value else { throw StoreError.setting("\(name) is \(found) instead of \(value)") }
        }
    }

    private static func begin(
        _ database: Database, _ owner: Owner?, _ numbers: (file: Int64, folder: Int64), adopts: Bool
    ) throws -> (Int64, String) {
        try SQLiteSchema.migrate(database)
        guard let row = try Row.fetchOne(database, sql: "SELECT * FROM runner") else {
            guard let owner else { throw StoreError.damaged("the ledger has no owner") }
            try database.execute(
                sql: "INSERT INTO runner VALUES (1, 1, 0, ?, ?, ?, ?, NULL, 0)",
                arguments: [owner.workspace, owner.environment, numbers.file, numbers.folder])
            return (1, owner.environment)
        }
        let environment: String = row["environment"]
        if let owner, row["workspace"] != owner.workspace || environment != owner.environment {
            let workspace: String = row["workspace"]
            throw StoreError.otherOwner("workspace `\(workspace)`, environment `\(environment)`")
        }
        let isSame = row["file_number"] == numbers.file && row["folder_number"] == numbers.folder
        guard isSame || adopts else { throw StoreError.copied }
        let epoch: Int64 = row["epoch"] + 1
        try database.execute(
            sql: "UPDATE runner SET epoch = ?, file_number = ?, folder_number = ?",
            arguments: [epoch, numbers.file, numbers.folder])
        return (epoch, environment)
    }

    static func storeError(_ error: any Error) -> StoreError {
        if let error = error as? StoreError { return error }
        guard let error = error as? DatabaseError else { return .program("\(error)") }
        let message = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_FULL: return .full
        case .SQLITE_IOERR: return .notDurable(message)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .damaged(message)
        case .SQLITE_BUSY, .SQLITE_LOCKED: return .inUse(process: nil)
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY: return .folder(message)
        default: return .program(error.description)
        }
    }
}
