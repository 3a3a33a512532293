import Foundation

/// A folder that is written beside its target and takes its place when it is whole.
struct PendingFolder {
    let target: String
    private let temporary: String

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
        let unique = "\(ProcessInfo.processInfo.processIdentifier)-\(UInt32.random(in: 0...UInt32.max))"
        temporary = url.deletingLastPathComponent().path + "/.\(url.lastPathComponent).import-\(unique)"
        do {
            try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
        } catch {
            throw DatasetError(path: target, .fileSystem("cannot make the folder: \(error.reason)"))
        }
    }

    /// Writes a file, which is on the device only after `commit`.
    func write(_ name: String, _ bytes: UnsafeRawBufferPointer) throws {
        let path = temporary + "/" + name
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
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
        // An empty folder is replaced by renaming; one with files has to step aside.
        if rename(temporary, target) != 0 {
            let aside = temporary + ".old"
            guard errno == ENOTEMPTY || errno == EEXIST, rename(target, aside) == 0 else {
                throw failure("cannot put the data set in place")
            }
            guard rename(temporary, target) == 0 else {
                let error = failure("cannot put the data set in place")
                rename(aside, target)
                throw error
            }
            try? FileManager.default.removeItem(atPath: aside)
        }
        try synchronise(parent)
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

    private func failure(_ what: String) -> DatasetError {
        DatasetError(path: target, .fileSystem("\(what): \(FileStatus.lastError())"))
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
