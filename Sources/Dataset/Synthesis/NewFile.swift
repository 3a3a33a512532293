import Foundation

/// A file that was not there before.
struct NewFile: ~Copyable {
    /// A good amount to write at once.
    static let pieceBytes = 1 << 20

    private let path: String
    private let descriptor: Int32

    /// Throws a `DatasetError`.
    init(_ path: String) throws {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw DatasetError(path: path, .fileSystem("cannot write: \(FileStatus.lastError())"))
        }
    }

    deinit { close(descriptor) }

    /// Throws a `DatasetError`.
    func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { bytes in
            var written = 0
            while written < bytes.count {
                let count = Foundation.write(
                    descriptor, bytes.baseAddress.map { $0 + written }, min(bytes.count - written, 1 << 30))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    throw DatasetError(path: path, .fileSystem("cannot write: \(FileStatus.lastError())"))
                }
                written += count
            }
        }
    }

    /// Writes all of a buffer and empties it.
    func write(_ buffer: inout [UInt8]) throws {
        try write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
