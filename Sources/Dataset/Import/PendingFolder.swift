import Foundation
import Synchronization

/// A folder that is written beside its target and takes its place when it is whole.
///
/// It is locked for as long as its import lives, so that the next import to the same target can tell a folder that was
/// left behind by a killed one and removes it.
final class PendingFolder: Sendable {
    let target: String
    private let temporary: String
    private let lock: Int32

    /// Throws a `DatasetError` if something that is not a data set is in the way.
    static func checkTarget(_ target: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: target, isDirectory: &isFolder) else { return }
        guard isFolder.boolValue, let names = try? FileManager.default.contentsOfDirectory(atPath: target) else {
            throw DatasetError(path: target, .targetOccupied)
        }
        // Replacing removes what is there, so nothing may be there that an import has not written.
        let header = [DatasetFormat.headerFile, DatasetFormat.headerChecksumFile]
        let isOurs = names.allSatisfy { header.contains($0) || $0.hasSuffix(DatasetFormat.columnSuffix) }
        guard names.isEmpty || (isOurs && names.contains(DatasetFormat.headerFile)) else {
            throw DatasetError(path: target, .targetOccupied)
        }
    }

    init(target: String) throws {
        var target = target
        while target.count > 1, target.hasSuffix("/") { target.removeLast() }
        try Self.checkTarget(target)
        self.target = target
        let url = URL(fileURLWithPath: target)
        let parent = url.deletingLastPathComponent().path
        let prefix = ".\(url.lastPathComponent).import-"
        Self.removeAbandoned(in: parent, prefix: prefix)
        let unique = "\(ProcessInfo.processInfo.processIdentifier)-\(UInt32.random(in: 0...UInt32.max))"
        temporary = parent + "/" + prefix + unique
        do {
            try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
        } catch {
            throw DatasetError(path: target, .fileSystem("cannot make the folder: \(error.reason)"))
        }
        lock = open(temporary, O_RDONLY | O_CLOEXEC)
        // Where the file system has no locks, folders left behind stay.
        if lock >= 0 { _ = flock(lock, LOCK_EX | LOCK_NB) }
    }

    deinit {
        if lock >= 0 { close(lock) }
    }

    /// Removes the folders of imports that no longer run.
    private static func removeAbandoned(in parent: String, prefix: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        for name in names where name.hasPrefix(prefix) {
            let path = parent + "/" + name
            let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { try? FileManager.default.removeItem(atPath: path) }
        }
    }

    /// Adds to a file, which is made if need be, and is on the device only after `commit`.
    func append(_ bytes: UnsafeRawBufferPointer, to name: String) throws {
        // Closed again at once: a data set may have more columns than a process may have open files.
        let descriptor = open(temporary + "/" + name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure("cannot write") }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = Foundation.write(
                descriptor, bytes.baseAddress.map { $0 + written }, min(bytes.count - written, 1 << 30))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("cannot write") }
            written += count
        }
    }

    func append(_ text: some Sequence<UInt8>, to name: String) throws {
        try Array(text).withUnsafeBytes { try append($0, to: name) }
    }

    /// Bytes of a file that has been written.
    func read(_ name: String, _ range: Range<Int>) throws -> [UInt8] {
        let descriptor = open(temporary + "/" + name, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("cannot read what was written") }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: range.count)
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, off_t(range.lowerBound)) }
        guard count == range.count else { throw failure("cannot read what was written") }
        return bytes
    }

    func rename(_ name: String, to other: String) throws {
        guard Foundation.rename(temporary + "/" + name, temporary + "/" + other) == 0 else {
            throw failure("cannot write")
        }
    }

    func remove(_ name: String) { unlink(temporary + "/" + name) }

    /// A nameless file beside the columns, gone with its descriptor.
    func scratchFile() throws -> Int32 {
        let path = temporary + "/scratch"
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("cannot write") }
        unlink(path)
        return descriptor
    }

    func failure(_ what: String) -> DatasetError {
        DatasetError(path: target, .fileSystem("\(what): \(FileStatus.lastError())"))
    }

    /// Puts the folder in the target's place. An earlier data set is there until then, and stays if that fails.
    func commit() throws {
        try Self.checkTarget(target)
        // All at the end, because the first file to wait for takes most of the others along.
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: temporary) else {
            throw DatasetError(path: target, .fileSystem("cannot read the folder that was written"))
        }
        for name in names { try synchronise(temporary + "/" + name) }
        try synchronise(temporary)
        let parent = URL(fileURLWithPath: target).deletingLastPathComponent().path
        // An empty folder is replaced by renaming; one with files changes places, and where the file system cannot do that,
        // it has to step aside.
        if Foundation.rename(temporary, target) != 0 {
            guard errno == ENOTEMPTY || errno == EEXIST else { throw failure("cannot put the data set in place") }
            if exchangeFolders(temporary, target) {
                discard()
            } else {
                try replaceStepwise()
            }
        }
        try synchronise(parent)
    }

    private func replaceStepwise() throws {
        let aside = temporary + ".old"
        guard Foundation.rename(target, aside) == 0 else { throw failure("cannot put the data set in place") }
        guard Foundation.rename(temporary, target) == 0 else {
            let error = failure("cannot put the data set in place")
            _ = Foundation.rename(aside, target)
            throw error
        }
        try? FileManager.default.removeItem(atPath: aside)
    }

    /// Removes what has been written.
    func discard() {
        try? FileManager.default.removeItem(atPath: temporary)
    }

    /// Waits until a file or folder is on the device.
    private func synchronise(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("cannot write") }
        defer { close(descriptor) }
        // Some file systems cannot, and then have nothing to wait for.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure("cannot write") }
    }
}

/// A pending folder that is made when somebody needs it first; for several threads.
final class LazyFolder: Sendable {
    private struct Made {
        var folder: PendingFolder?
        var scratch: ScratchFile?
    }

    private let target: String
    private let made = Mutex(Made())

    init(target: String) {
        self.target = target
    }

    func open() throws -> PendingFolder {
        try made.withLock { made in
            if let folder = made.folder { return folder }
            let folder = try PendingFolder(target: target)
            made.folder = folder
            return folder
        }
    }

    func scratch() throws -> ScratchFile {
        let folder = try open()
        return try made.withLock { made in
            if let scratch = made.scratch { return scratch }
            let scratch = try ScratchFile(in: folder)
            made.scratch = scratch
            return scratch
        }
    }

    func discard() {
        made.withLock { $0.folder?.discard() }
    }
}

extension Error {
    /// The file system's own words, where it has any.
    fileprivate var reason: String {
        let error = self as NSError
        if let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError, underlying.domain == NSPOSIXErrorDomain {
            return String(cString: strerror(Int32(truncatingIfNeeded: underlying.code)))
        }
        return "the file system refuses"
    }
}

/// Lets two folders change places in one step; false where that cannot be done.
private func exchangeFolders(_ a: String, _ b: String) -> Bool {
    #if os(Linux)
        // Looked up, because the C library's header hides it.
        typealias Exchange = @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
        guard let symbol = dlsym(nil, "renameat2") else { return false }
        let exchange = 2 as UInt32
        return unsafeBitCast(symbol, to: Exchange.self)(AT_FDCWD, a, AT_FDCWD, b, exchange) == 0
    #elseif canImport(Darwin)
        return renamex_np(a, b, UInt32(RENAME_SWAP)) == 0
    #else
        return false
    #endif
}
