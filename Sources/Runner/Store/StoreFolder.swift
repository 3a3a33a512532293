internal import Foundation

/// The folder of a store, held by one process at a time for as long as the value lives.
package final class StoreFolder {
    package let path: String
    private let lock: Int32

    var database: String { path + "/ledger.db" }

    /// Makes the folder with room for its owner only and locks it. Throws `StoreError`.
    package init(_ path: String) throws {
        self.path = path
        if mkdir(path, 0o700) != 0 {
            guard errno == EEXIST else { throw StoreError.folder(Self.lastError) }
            // Personal data must not be readable by others, whoever made the folder.
            guard chmod(path, 0o700) == 0 else { throw StoreError.folder(Self.lastError) }
        }
        lock = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw StoreError.folder(Self.lastError) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            let isHeld = errno == EWOULDBLOCK
            let reason = Self.lastError
            let holder = Self.holder(lock)
            close(lock)
            throw isHeld ? StoreError.inUse(process: holder) : StoreError.folder(reason)
        }
        let process = Array("\(getpid())\n".utf8)
        _ = ftruncate(lock, 0)
        _ = process.withUnsafeBytes { pwrite(lock, $0.baseAddress, $0.count, 0) }
    }

    deinit { close(lock) }

    /// Makes the file before SQLite does, so that it and its companions are for the owner only.
    func prepareDatabase() throws {
        let file = open(database, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw StoreError.folder(Self.lastError) }
        defer { close(file) }
        guard fchmod(file, 0o600) == 0 else { throw StoreError.folder(Self.lastError) }
    }

    /// What a copy does not have in common with its original: the numbers under which the file system knows the file
    /// and the folder. Devices are left out, since theirs change when a machine starts again.
    func numbers() throws -> (file: Int64, folder: Int64) {
        (try Self.number(database), try Self.number(path))
    }

    private static func number(_ path: String) throws -> Int64 {
        var status = stat()
        guard stat(path, &status) == 0 else { throw StoreError.folder(lastError) }
        return Int64(truncatingIfNeeded: status.st_ino)
    }

    private static func holder(_ lock: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = bytes.withUnsafeMutableBytes { pread(lock, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { return nil }
        return Int32(String(decoding: bytes[..<count].prefix { $0 != 10 }, as: UTF8.self))
    }

    private static var lastError: String { String(cString: strerror(errno)) }
}
