import Foundation

/// A file mapped into memory, read-only, for as long as somebody holds it.
///
/// The mapping is immutable and outlives every pointer taken from it, because columns hold the file; hence unchecked.
final class MappedFile: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer

    /// Throws a `DatasetError` if the file is not there or has not that many bytes.
    init(path: String, byteCount: Int) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DatasetError(path: path, FileStatus.openFailure()) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw DatasetError(path: path, FileStatus.openFailure()) }
        try FileStatus.check(size: Int(status.st_size), expected: byteCount, path: path)
        guard byteCount > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        guard let start = mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
            throw DatasetError(path: path, .fileSystem("cannot map the file: \(FileStatus.lastError())"))
        }
        bytes = UnsafeRawBufferPointer(start: start, count: byteCount)
    }

    deinit {
        if let start = bytes.baseAddress {
            munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
        }
    }
}

/// What the file system says of a column's file.
enum FileStatus {
    /// Throws if the file is not there, is no file or has another size.
    static func check(path: String, byteCount: Int) throws {
        var status = stat()
        guard stat(path, &status) == 0 else { throw DatasetError(path: path, openFailure()) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw DatasetError(path: path, .damaged("this is not a file"))
        }
        try check(size: Int(status.st_size), expected: byteCount, path: path)
    }

    static func check(size: Int, expected: Int, path: String) throws {
        guard size == expected else {
            throw DatasetError(path: path, .damaged("the file has \(size) bytes instead of \(expected)"))
        }
    }

    /// The reason for a failed call on a file that the header names.
    static func openFailure() -> DatasetError.Reason {
        errno == ENOENT ? .damaged("the file is missing") : .fileSystem("cannot read the file: \(lastError())")
    }

    static func lastError() -> String {
        String(cString: strerror(errno))
    }
}
